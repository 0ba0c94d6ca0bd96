"""Plain edges once more as nodes in the order of their ends."""

from __future__ import annotations

from graph.model import constraints
from graph.spokes import build
from graph.store import Store


def apply(store: Store) -> None:
    """Makes the key of spokes unique, and the spokes of every edge."""
    for statement in constraints("Spoke"):
        store.execute(statement)
    build(store)
