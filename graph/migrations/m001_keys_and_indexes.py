"""Unique keys and indexes, as the model declares them."""

from __future__ import annotations

from graph.model import constraints, indexes
from graph.store import Store

ONLY_SCHEMA = True


def apply(store: Store) -> None:
    """Makes every key unique and every declared index, one a transaction, as both engines want it."""
    for statement in constraints() + indexes():
        store.execute(statement)
