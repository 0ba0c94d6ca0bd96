"""Claims of a month or year come before what was later, and what is lifted from some is not lifted from all."""

from __future__ import annotations

from graph.refold import refold_found
from graph.store import Store

MOVED = """
MATCH (c:Claim)
WHERE c.thread > $after AND c.retired_at IS NULL
  AND (c.date_from < c.date_to OR c.basis = 'before' OR (c.phase = 'stopped' AND c.scope <> 'state'))
RETURN DISTINCT c.thread AS thread ORDER BY thread LIMIT 200
"""


def apply(store: Store) -> None:
    """Folds the threads of such claims anew."""
    refold_found(store, MOVED)
