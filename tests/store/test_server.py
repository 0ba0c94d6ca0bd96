"""`python -m dev.neo4j_server`, which `make neo4j` runs, as somebody meets it who has it in a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dev.neo4j_server import free_port, missing_tools


def children(pid: int) -> list[int]:
    """The processes that a process has begun."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


@pytest.mark.skipif(missing_tools() is not None, reason="needs Java and Neo4j's jars")
def test_it_ends_with_its_server(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dev.neo4j_server", "--port", str(free_port()), "--home", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as terminal:
        assert terminal.stdout
        assert terminal.stdout.readline().startswith("Neo4j is ready")
        [server] = children(terminal.pid)
        os.kill(server, signal.SIGKILL)
        _, said = terminal.communicate(timeout=30)
    assert terminal.returncode == 2
    assert f"error: Neo4j has ended by itself; {tmp_path / 'console.log'} ends with:" in said
