"""A contract signed after a delivery is another order, what is imposed after a threat is what was threatened, and
what is suspended in part goes on."""

from __future__ import annotations

from graph.refold import refold_found
from graph.store import Store

MOVED = """
MATCH (c:Claim)
WHERE c.thread > $after AND c.retired_at IS NULL
  AND (c.frame IN ['transfer', 'sanction', 'exclude'] OR c.basis = 'before' OR c.stage = 'suspended')
RETURN DISTINCT c.thread AS thread ORDER BY thread LIMIT 200
"""


def apply(store: Store) -> None:
    """Folds the threads of such claims anew."""
    refold_found(store, MOVED)
