"""Tests and uses are over at once, and classes stand under wider ones."""

from __future__ import annotations

from graph.refold import refold_found
from graph.store import Store
from graph.threads import PARTS

FRAMES = [frame for frame, parts in PARTS.items() if parts[-1] == "WEAPON"]
THREADS = """
MATCH (c:Claim) WHERE c.thread > $after AND c.frame IN $frames
RETURN DISTINCT c.thread AS thread ORDER BY thread LIMIT 200
"""


def apply(store: Store) -> None:
    """Folds the threads of weapons anew, and lets their locks remember what they fit now."""
    refold_found(store, THREADS, lambda held: held._replace(turn=0), frames=FRAMES)
