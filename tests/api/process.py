"""The service in a process of its own, as `embargo serve` runs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from dev.neo4j_server import free_port

END_SECONDS = 120.0
"""A worker that was just started anew opens its store before it hears that it shall end (api.graph.FIRST_SECONDS), and
then requests under way have api.server.GRACE_SECONDS."""
SERVE = """
import sys
from api import limits, server
from api.settings import api_settings

server.HEADER_SECONDS = server.STALL_SECONDS = server.REST_SECONDS = limits.BODY_GRACE = {patience}
if __name__ == "__main__":
    server.serve(api_settings(), *map(int, sys.argv[1:]))
"""


@dataclass
class Service:
    """A running service."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def connect(self, seconds: float = 10) -> socket.socket:
        """A connection to it, whose operations take so long at most."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def lives(self) -> bool:
        """Whether it answers at once."""
        return self.process.poll() is None and httpx.get(f"{self.url}/healthz", timeout=3).status_code == 200

    def children(self) -> list[int]:
        """The processes that it has started (Linux, proc(5))."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]

    def memory(self) -> int:
        """Bytes that it has in memory (Linux, proc(5))."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024


@contextmanager
def serving(folder: Path, store: str, patience: float = 10.0, workers: int = 1, **settings: str) -> Iterator[Service]:
    """Runs the service over a store until the block ends.

    Args:
        folder: for its log.
        store: address of the store.
        patience: seconds that slow clients have.
        workers: processes that answer.
        settings: more of the environment, without `EMBARGO_` and in lower case.
    """
    port, log = free_port(), folder / "service.log"
    environment = {f"EMBARGO_{name.upper()}": value for name, value in settings.items()}
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE.format(patience=patience), str(port), str(workers)],
            env=os.environ | {"EMBARGO_STORE": store} | environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    service = Service(process, port, log)
    try:
        _await_start(service)
        yield service
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(END_SECONDS)


def _await_start(service: Service) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and service.process.poll() is None:
        try:
            service.connect(1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the service did not start: {service.log.read_text()}")
