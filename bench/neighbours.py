"""How long a page of neighbours takes, of a hub and of a leaf: `python -m bench.neighbours [--store URI] [--edges N]`.

The hub is made for it: half of its edges lead to one other state, the others to a thousand weapons; the leaf has three.
The store should be empty; what is made stays in it.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from functools import partial
from statistics import quantiles
from typing import Any

import structlog
from fastapi.testclient import TestClient
from neo4j import ManagedTransaction

from api.app import create_app
from api.settings import ApiSettings
from graph import spokes
from graph.edges import Edge
from graph.migrations import migrate
from graph.store import Store, connect
from graph.threads import Ref

EDGES, WEAPONS, BATCH, ASKED = 100_000, 1_000, 2_000, 50
NODES = "UNWIND $ids AS id MERGE (n:{labels} {{id: id}}) ON CREATE SET n.name = id"
ADD = """
UNWIND $rows AS row MATCH (a:Actor {{id: row.start}}) MATCH (b:{family} {{id: row.end}})
CREATE (a)-[r:{type}]->(b) SET r = row.properties
"""
HUB, OTHER, LEAF = "hub", "other", "leaf"


def edge(number: int, start: str) -> Edge:
    """The edge of this number: an even one is a round of sanctions, an odd one a use of a weapon."""
    day = f"{1950 + number % 70}-{1 + number % 12:02}-01"
    spell = {"status": "actual", "since_from": day, "since": day, "support": 1, "denials": 0}
    if number % 2:
        weapon = f"weapon-{number % WEAPONS}"
        return Edge("USES", Ref(start, "Actor"), Ref(weapon, "Weapon"),
                    spell | {"episode": f"use/{start}/{weapon}/{day}/{number}"})  # fmt: skip
    return Edge("SANCTIONS", Ref(start, "Actor"), Ref(OTHER, "Actor"),
                spell | {"episode": f"sanction/{start}/{OTHER}/{day}/{number}"})  # fmt: skip


def fill(store: Store, count: int) -> None:
    """Makes the hub with so many edges, and the leaf."""
    migrate(store)
    store.execute(NODES.format(labels="Actor:Country"), ids=[HUB, OTHER, LEAF])
    store.execute(NODES.format(labels="Weapon"), ids=[f"weapon-{number}" for number in range(WEAPONS)])
    made = [edge(number, HUB) for number in range(count)] + [edge(number, LEAF) for number in range(3)]
    for start in range(0, len(made), BATCH):
        store.write(partial(_write, some=made[start : start + BATCH]))


def _write(transaction: ManagedTransaction, some: list[Edge]) -> None:
    for type, family in (("SANCTIONS", "Actor"), ("USES", "Weapon")):
        rows: list[dict[str, Any]] = [
            {"start": item.start.id, "end": item.end.id, "properties": dict(item.properties)}
            for item in some if item.type == type
        ]  # fmt: skip
        transaction.run(ADD.format(type=type, family=family), rows=rows).consume()
    spokes.write(transaction, (), some)


def measure(client: TestClient, what: str, path: str, **params: Any) -> None:
    """Asks again and again, and prints half of the times and 95 in a hundred."""
    times = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        client.get(path, params=params).raise_for_status()
        times.append((time.perf_counter() - begun) * 1000)
    cuts = quantiles(times[ASKED // 10 :], n=20)
    print(f"{what:44} p50 {cuts[9]:6.1f} ms   p95 {cuts[18]:6.1f} ms")


def main() -> None:
    """Fills a store and asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", help="an empty store; by default an embedded one that is deleted afterwards")
    parser.add_argument("--edges", type=int, default=EDGES, help=f"edges of the hub (default: {EDGES:,})")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        uri = given.store or f"embedded:{folder}"
        with connect(uri) as store:
            fill(store, given.edges)
        with TestClient(create_app(ApiSettings(store=uri))) as client:
            for entity in (LEAF, HUB):
                path = f"/v1/entities/{entity}/neighbours"
                measure(client, f"{entity}: first page", path)
                measure(client, f"{entity}: first page by predicate", path, predicate="uses", direction="out")
            asked: dict[str, Any] = {"limit": 1000}
            for _ in range(given.edges // 2000):
                asked["cursor"] = client.get(path, params=asked).json()["next_cursor"]
            measure(
                client, f"hub: page after {given.edges // 2000 * 1000:,} others", path, limit=50, cursor=asked["cursor"]
            )


if __name__ == "__main__":
    main()
