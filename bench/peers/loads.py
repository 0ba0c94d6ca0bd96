"""Loads the press with one writer twice, and looks at what is in the graph."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j import Driver

from bench.peers.press import Report, read
from bench.peers.writers import Peer

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "peers"
EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
SIZE = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS relationships"


@dataclass(frozen=True, slots=True)
class Load:
    """What one load took, in seconds of processors, and what was in the graph then."""

    opening: float
    """Constraints and the like, once a store; beside client and server."""
    client: float
    server: float
    rows: int
    """Facts found."""
    preserved: int
    """Facts of the press that are found with article, stage and quote."""
    nodes: int
    relationships: int

    @property
    def seconds(self) -> float:
        """Of client and server."""
        return self.client + self.server


def python(peer: Peer) -> Path:
    """The interpreter of a writer's environment, which is made where it is missing."""
    if not peer.needs:
        return Path(sys.executable)
    uv, folder = Path(sys.executable).with_name("uv"), BUILD / "-".join(peer.needs)
    interpreter = folder / "bin" / "python"
    if not interpreter.exists():
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", "--python", interpreter, *peer.needs], check=True)
    return interpreter


def empty(driver: Driver) -> None:
    """Takes everything out of the database, with constraints and indexes."""
    with driver.session() as session:
        session.run(EMPTY).consume()
        for kind, query in (("CONSTRAINT", "SHOW CONSTRAINTS"), ("INDEX", "SHOW INDEXES WHERE type <> 'LOOKUP'")):
            for name in session.run(query).value("name"):
                session.run(f"DROP {kind} `{name}` IF EXISTS").consume()


def load(peer: Peer, driver: Driver, uri: str, server: int, press: Path) -> Load:
    """Loads the press into what is there already."""
    arguments = [python(peer), "-m", f"bench.peers.{peer.module}", uri, press, str(peer.group), str(server)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    ran = subprocess.run(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    took: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    found = [row.data() for row in driver.execute_query(peer.facts).records]
    [size] = driver.execute_query(SIZE).records
    return Load(**took, rows=len(found), preserved=_preserved(read(press), found), **size.data())


def _preserved(press: list[Report], found: list[dict[str, Any]]) -> int:
    told = {
        (fact.id, report.id, fact.properties["stage"], fact.properties["quote"])
        for report in press
        for fact in report.facts
    }
    return len(told & {(row["id"], row["article"], row["stage"], row["quote"]) for row in found})
