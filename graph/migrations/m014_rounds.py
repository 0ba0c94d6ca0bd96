"""What is lifted of one numbered round is lifted of that round."""

from __future__ import annotations

from graph.refold import refold_found
from graph.store import Store

MOVED = """
MATCH (c:Claim)
WHERE c.thread > $after AND c.retired_at IS NULL AND c.round IS NOT NULL
  AND c.stage IN ['suspended', 'refused', 'ended']
RETURN DISTINCT c.thread AS thread ORDER BY thread LIMIT 200
"""


def apply(store: Store) -> None:
    """Folds the threads of such claims anew."""
    refold_found(store, MOVED)
