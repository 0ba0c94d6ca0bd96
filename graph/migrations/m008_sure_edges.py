"""Plain edges rest on claims that are sure enough."""

from __future__ import annotations

from graph.edges import SURE
from graph.refold import refold_found
from graph.store import Store

UNSURE = """
MATCH (c:Claim) WHERE c.thread > $after AND c.confidence < $sure AND c.retired_at IS NULL
RETURN DISTINCT c.thread AS thread ORDER BY thread LIMIT 200
"""


def apply(store: Store) -> None:
    """Folds the threads anew that have claims which alone are not."""
    refold_found(store, UNSURE, sure=SURE)
