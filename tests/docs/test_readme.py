"""What the README shows works as it is shown there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from dev.neo4j_server import free_port
from tests.docs.console import Block, Shell, console_blocks, matches

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
SHOWN_NEO4J = "bolt://127.0.0.1:7687"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    folder = tmp_path_factory.mktemp("readme")
    (folder / "samples").symlink_to(ROOT / "samples")
    port = free_port()
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "EMBARGO_STORE": f"embedded:{folder / 'store'}",
        "COLUMNS": "160",
        "NO_COLOR": "1",
    }
    shell = Shell(folder, environment, {"embargo serve": f"embargo serve --port {port}", ":8000": f":{port}"}, port)
    yield shell
    shell.close()


@pytest.mark.parametrize("block", console_blocks(README.read_text(encoding="utf-8")), ids=lambda b: f"line-{b.line}")
def test_block(block: Block, shell: Shell, request: pytest.FixtureRequest) -> None:
    if block.needs != "neo4j":
        assert shell.run(block) == []
        return
    uri = request.getfixturevalue("neo4j_uri")
    shell.replaced = {**shell.replaced, SHOWN_NEO4J: uri}
    try:
        assert shell.run(block) == []
    finally:
        with GraphDatabase.driver(uri) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n")


def test_readme_shows_commands() -> None:
    commands = [
        command.text for block in console_blocks(README.read_text(encoding="utf-8")) for command in block.commands
    ]
    for start in ("embargo extract", "embargo load", "embargo query", "embargo export", "embargo serve", "curl"):
        assert any(start in command for command in commands), start


@pytest.mark.parametrize(
    ("expected", "output", "matching"),
    [
        ("a  b", "a b\n", True),
        ("a … d", "x\na b c d\n", True),
        ("a b", "a b c\n", False),
        ("┌────┐", "┌──────────┐\n", True),
        ('{"n": 1}', '{"n": 11}\n', False),
    ],
)
def test_matches(expected: str, output: str, matching: bool) -> None:
    assert matches(expected, output) is matching
