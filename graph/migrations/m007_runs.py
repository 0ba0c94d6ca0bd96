"""Runs and rejects are kept."""

from __future__ import annotations

from graph.model import constraints, indexes
from graph.store import Store

ONLY_SCHEMA = True


def apply(store: Store) -> None:
    """Makes their keys unique and their indexes."""
    for label in ("Run", "Reject"):
        for statement in constraints(label) + indexes(label):
            store.execute(statement)
