"""The plain edges of an episode are found by an index."""

from __future__ import annotations

from graph.model import relationship_indexes
from graph.store import Store

ONLY_SCHEMA = True


def apply(store: Store) -> None:
    """Makes the indexes of relationships."""
    for statement in relationship_indexes():
        store.execute(statement)
