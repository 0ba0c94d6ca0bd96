"""Articles keep the outlet as they name it, beside the one that the catalogue finds for it, and their origin."""

from __future__ import annotations

from graph.model import indexes
from graph.store import Store

KEEP = """
MATCH (a:Article) WHERE a.outlet IS NULL
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
SET a.outlet = o.id, a.origin = coalesce(o.id, a.id)
"""


def apply(store: Store) -> None:
    """Copies the outlet's id; what is new in the catalogue follows when that is loaded."""
    for statement in indexes("Article"):
        store.execute(statement)
    store.execute(KEEP)
