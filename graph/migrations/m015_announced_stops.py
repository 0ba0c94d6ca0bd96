"""What is announced to end is in force until then, and a stop of a later batch or round leaves an earlier one alone."""

from __future__ import annotations

from graph.refold import refold_found
from graph.store import Store

MOVED = """
MATCH (c:Claim)
WHERE c.thread > $after AND c.retired_at IS NULL
  AND (c.round IN ['new', 'further'] OR (c.stage IN ['suspended', 'refused', 'ended']
       AND (c.batch IS NOT NULL OR c.round IS NOT NULL
            OR coalesce(c.date_from, c.date_to) > substring(c.published, 0, 10))))
RETURN DISTINCT c.thread AS thread ORDER BY thread LIMIT 200
"""


def apply(store: Store) -> None:
    """Folds the threads of such claims anew."""
    refold_found(store, MOVED)
