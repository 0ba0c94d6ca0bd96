"""Our writer beside others, on one Neo4j in one run: `python -m bench.peers [CLAIMS]`.

All write the same made-up press (`bench.corpus`) into an empty database of the same server, then once more. A table
tells how many facts can be read back with article, stage and quote for each second of processors, the server's
included; standard output gets the figures as JSON. Others write claims with their roles, ours also folds them. Needs
Java and Maven; environments for the others are made in build/peers. All write another press first, to warm up.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from neo4j import GraphDatabase
from rich.console import Console
from rich.table import Table

from bench.peers.loads import BUILD, ROOT, Load, empty, load, python
from bench.peers.writers import EACH, OURS, PEERS, Peer
from dev.neo4j_server import Server

WANTED_BULK, WANTED_EACH, WANTED_AGAIN = 1.3, 5, 10
"""Times ours is to be better: than the best in bulk, the best article by article, and the first load."""

Loads = list[tuple[Peer, Load, Load]]
"""Of each writer the first load and the second."""


def plugins(home: Path) -> None:
    """Puts APOC into a server that is not started yet."""
    pom = Path(__file__).with_name("pom.xml")
    command = ["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={home / 'plugins'}"]
    subprocess.run(command, check=True, stdout=sys.stderr)


def corpus(claims: int, seed: int, folder: Path) -> Path:
    """A file with the lines of the press."""
    path = folder / f"press-{seed}.jsonl"
    command = [sys.executable, "-m", "bench.corpus", str(claims), "--seed", str(seed), "-o", path]
    subprocess.run(command, cwd=ROOT, check=True)
    return path


def measured(claims: int, folder: Path, console: Console) -> Loads:
    """Has everybody load the press twice."""
    server = Server(folder / "server", heap="2g")
    plugins(server.home)
    press, warm_up = corpus(claims, 5, folder), corpus(claims, 6, folder)
    done: Loads = []
    try:
        server.start()
        assert server.pid is not None
        with GraphDatabase.driver(server.uri, notifications_min_severity="OFF") as driver:
            for number, peer in enumerate(2 * (OURS, *PEERS)):
                empty(driver)
                console.print(f"{peer.name}, {peer.use} …")
                if number <= len(PEERS):
                    load(peer, driver, server.uri, server.pid, warm_up)
                    continue
                first, second = (load(peer, driver, server.uri, server.pid, press) for _ in range(2))
                done.append((peer, first, second))
    finally:
        server.stop()
    return done


def rate(first: Load) -> float:
    """Facts that are preserved for each second of processors."""
    return first.preserved / first.seconds


def table(claims: int, loads: Loads) -> Table:
    """A line for each writer."""
    columns = ("writer", "facts kept", "client s", "server s", "facts / s", "ours is", "again s", "it adds")
    shown = Table(
        *columns,
        title=f"{claims:,} claims; seconds of processors; what the second load adds in nodes and relationships",
    )
    ours = rate(loads[0][1])
    for peer, first, second in loads:
        added = second.nodes - first.nodes, second.relationships - first.relationships
        shown.add_row(
            f"{peer.name}, {peer.use}", f"{first.preserved:,}", f"{first.client:.1f}", f"{first.server:.1f}",
            f"{rate(first):,.0f}", f"{ours / rate(first):.2f}", f"{second.seconds:.1f}",
            f"{added[0]:,} + {added[1]:,}" if any(added) else "nothing",
        )  # fmt: skip
    return shown


def goals(loads: Loads) -> list[str]:
    """What is wanted of ours, and what it does."""
    (_, first, second), *others = loads
    said = []
    for wanted, each, words in ((WANTED_BULK, False, "in bulk"), (WANTED_EACH, True, "article by article")):
        best = max(rate(load) for peer, load, _ in others if (peer.group == EACH) == each)
        said.append(f"{rate(first) / best:.2f} times the best {words}, {wanted} wanted")
    return [*said, f"second load {first.seconds / second.seconds:.1f} times cheaper, {WANTED_AGAIN} wanted"]


def main() -> None:
    """Reads the arguments, measures and prints."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("claims", type=int, nargs="?", default=5000)
    given = parser.parse_args()
    console = Console(stderr=True, highlight=False, width=140)
    BUILD.mkdir(parents=True, exist_ok=True)
    for peer in PEERS:
        python(peer)
    with tempfile.TemporaryDirectory() as folder:
        loads = measured(given.claims, Path(folder), console)
    console.print(table(given.claims, loads))
    for goal in goals(loads):
        console.print(f"ours: {goal}")
    told = [{"writer": peer.name, "use": peer.use, "first": asdict(a), "second": asdict(b)} for peer, a, b in loads]
    print(json.dumps({"claims": given.claims, "loads": told}))


if __name__ == "__main__":
    main()
