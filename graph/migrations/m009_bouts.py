"""Tests and uses are over at once, and classes stand under wider ones."""

from __future__ import annotations

from functools import partial

from neo4j import ManagedTransaction

from graph.hierarchy import hierarchy_of
from graph.joins import lock, with_partials
from graph.memory import Memory
from graph.refold import refold
from graph.store import Store
from graph.threads import PARTS

FRAMES = [frame for frame, parts in PARTS.items() if parts[-1] == "WEAPON"]
THREADS = """
MATCH (c:Claim) WHERE c.thread > $after AND c.frame IN $frames
RETURN DISTINCT c.thread AS thread ORDER BY thread LIMIT 200
"""


def apply(store: Store) -> None:
    """Folds the threads of weapons anew, and lets their locks remember what they fit now."""
    after = ""
    while threads := [row["thread"] for row in store.read(THREADS, after=after, frames=FRAMES)]:
        store.write(partial(_fold, store=store, threads=threads))
        after = threads[-1]


def _fold(transaction: ManagedTransaction, store: Store, threads: list[str]) -> None:
    kinds = hierarchy_of(store, transaction.run)
    held = lock(transaction, with_partials(threads, kinds))
    refold(transaction, threads, held | {key: held[key]._replace(turn=0) for key in threads}, {}, kinds, Memory())
