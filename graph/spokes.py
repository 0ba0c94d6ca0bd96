"""Plain edges once more, as nodes that an index keeps in the order of their ends.

A hub has a hundred thousand edges, and neither engine can begin in the midst of them. A spoke is one end of one edge:
its key begins with the entity there, so that a page of a hub's edges is a short walk along the index, as that of a
leaf's is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice
from typing import Any, Literal

from neo4j import ManagedTransaction

from graph.connections import Dialect
from graph.edges import Edge
from graph.model import FACTS
from graph.rows import run
from graph.store import Store
from graph.threads import Ref

Direction = Literal["in", "out"]
DIRECTIONS: tuple[Direction, ...] = ("in", "out")
BATCH = 1000
FIRST, NEXT = "\t", "\n"
"""What parts a key, and the character that follows it: all that begins with a part lies between the two."""
EDGES = f"""
MATCH (a:Actor)-[r:{"|".join(fact.type for fact in FACTS)}]->(b)
RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties
"""
LAST = "\U0010ffff"
PUT = "UNWIND $rows AS row MERGE (s:Spoke {id: row.id}) SET s = row"
DELETE = "UNWIND $ids AS id MATCH (s:Spoke {id: id}) DELETE s"
WALK = """
MATCH (s:Spoke) WHERE s.id > $begin AND s.id < $end
WITH s WHERE {conditions}
WITH s {order} LIMIT $limit
RETURN collect(properties(s)) AS spokes
"""
"""In two steps, lest the embedded engine look through all spokes for those that fulfil the conditions; and in one row,
since the driver takes longer for a row than for what is in it."""
ORDER: dict[Dialect, str] = {"neo4j": "ORDER BY s.id", "arcadedb": ""}
"""Both walk along the index. Only Neo4j knows that what comes is in order; the other would fetch and sort it all."""


def rows(edge: Edge) -> list[dict[str, Any]]:
    """Both spokes of an edge: `entity`, `direction`, `type`, `other`, and the edge's properties."""
    ends: tuple[tuple[Direction, str, str], ...] = (
        ("in", edge.end.id, edge.start.id), ("out", edge.start.id, edge.end.id),
    )  # fmt: skip
    return [
        dict(edge.properties) | {
            "id": key(entity, direction, edge.type, other, edge.properties["episode"],
                      edge.properties.get("predicate", "")),
            "entity": entity, "direction": direction, "type": edge.type, "other": other,
        }
        for direction, entity, other in ends
    ]  # fmt: skip


def key(*parts: str) -> str:
    """The key of the spoke with these parts, or what the keys of all that begin with them begin with."""
    return "".join(f"{part}{FIRST}" for part in parts)


def write(transaction: ManagedTransaction, dropped: Iterable[Edge], added: Iterable[Edge]) -> None:
    """Writes the spokes of edges, and deletes those of edges that are no more."""
    put = {row["id"]: row for edge in added for row in rows(edge)}
    gone = {row["id"] for edge in dropped for row in rows(edge)} - put.keys()
    run(transaction, DELETE, ids=sorted(gone))
    run(transaction, PUT, rows=[put[id] for id in sorted(put)])


def walk(
    store: Store, begins: tuple[str, ...], after: str, limit: int, conditions: Iterable[str] = (), **values: Any
) -> list[dict[str, Any]]:
    """Spokes in the order of their keys.

    Args:
        store: the graph.
        begins: the first parts of their keys: an entity, then a direction, then a type of edge.
        after: the key to go on after, or an empty text.
        limit: at most this many.
        conditions: Cypher about `s`.
        values: parameters of the conditions.
    """
    begin, end = bounds(begins)
    cypher = WALK.format(conditions=" AND ".join(("true", *conditions)), order=ORDER[store.dialect])
    [row] = store.read(cypher, begin=max(after, begin), end=end, limit=limit, **values)
    found: list[dict[str, Any]] = row["spokes"]
    return found


def bounds(begins: tuple[str, ...]) -> tuple[str, str]:
    """Between what all keys lie that begin with these parts."""
    prefix = key(*begins)
    return prefix, prefix[:-1] + NEXT if prefix else LAST


def build(store: Store) -> None:
    """Makes the spokes of all edges that the graph has."""
    with store.stream(EDGES) as found:
        while some := list(islice(found, BATCH)):
            made = [Edge(row["type"], Ref(row["start"], ""), Ref(row["end"], ""), row["properties"]) for row in some]
            store.write(partial(write, dropped=(), added=made))
