"""The classes of weapons that the catalogue does not know: those that live claims give them.

Where articles disagree, a weapon has every class that one of them tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from neo4j import ManagedTransaction

from graph.entities import HOLD
from graph.rows import run

CLASSED = """
UNWIND $ids AS id MATCH (:Claim {id: id})-[r:OBJECT|WEAPON|TARGET]->(w:Weapon) WHERE r.of_class IS NOT NULL
RETURN DISTINCT w.id AS id
"""
TOLD = """
UNWIND $ids AS id MATCH (w:Weapon {id: id})<-[r:OBJECT|WEAPON|TARGET]-(c:Claim)
WHERE r.of_class IS NOT NULL AND r.of_class <> id AND c.retired_at IS NULL AND w.source IS NULL
RETURN DISTINCT id, r.of_class AS class
"""
KNOWN = """
UNWIND $ids AS id MATCH (w:Weapon {id: id})-[:OF_CLASS]->(k:Weapon) WHERE w.source IS NULL
RETURN DISTINCT id, k.id AS class
"""
ADD = """
UNWIND $rows AS row MATCH (w:Weapon {id: row.id}) WHERE w.source IS NULL
MATCH (k:Weapon {id: row.class}) MERGE (w)-[:OF_CLASS]->(k)
"""
DROP = "UNWIND $rows AS row MATCH (:Weapon {id: row.id})-[r:OF_CLASS]->(:Weapon {id: row.class}) DELETE r"


def classed(transaction: ManagedTransaction, claims: Iterable[str]) -> set[str]:
    """The weapons to which these stored claims give a class."""
    wanted = sorted(claims)
    return {row["id"] for row in transaction.run(CLASSED, ids=wanted)} if wanted else set()


def refresh(transaction: ManagedTransaction, weapons: Iterable[str]) -> None:
    """Brings OF_CLASS of these weapons in line with the live claims; those of the catalogue are left alone."""
    ids = sorted(weapons)
    if not ids:
        return
    run(transaction, HOLD.format(family="Weapon"), ids=ids)  # another loader may be at it
    told, known = _pairs(transaction, TOLD, ids), _pairs(transaction, KNOWN, ids)
    run(transaction, ADD, rows=_rows(told - known))
    run(transaction, DROP, rows=_rows(known - told))


def add(transaction: ManagedTransaction, told: set[tuple[str, str]]) -> None:
    """Adds what new live claims tell, without a look at the others.

    Args:
        transaction: has written the claims.
        told: ids of weapons, each with that of a class.
    """
    rows = _rows({(id, of_class) for id, of_class in told if id != of_class})
    run(transaction, HOLD.format(family="Weapon"), ids=sorted({row["id"] for row in rows}))
    run(transaction, ADD, rows=rows)


def _pairs(transaction: ManagedTransaction, query: str, ids: list[str]) -> set[tuple[str, str]]:
    return {(row["id"], row["class"]) for row in transaction.run(query, ids=ids)}


def _rows(pairs: set[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"id": id, "class": of_class} for id, of_class in sorted(pairs)]
