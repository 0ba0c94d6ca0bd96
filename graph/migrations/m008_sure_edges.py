"""Plain edges rest on claims that are sure enough."""

from __future__ import annotations

from functools import partial

from neo4j import ManagedTransaction

from graph.edges import SURE
from graph.hierarchy import hierarchy_of
from graph.joins import lock, with_partials
from graph.memory import Memory
from graph.refold import refold
from graph.store import Store

UNSURE = """
MATCH (c:Claim) WHERE c.thread > $after AND c.confidence < $sure AND c.retired_at IS NULL
RETURN DISTINCT c.thread AS thread ORDER BY thread LIMIT 200
"""


def apply(store: Store) -> None:
    """Folds the threads anew that have claims which alone are not."""
    after = ""
    while threads := [row["thread"] for row in store.read(UNSURE, after=after, sure=SURE)]:
        store.write(partial(_fold, store=store, threads=threads))
        after = threads[-1]


def _fold(transaction: ManagedTransaction, store: Store, threads: list[str]) -> None:
    kinds = hierarchy_of(store, transaction.run)
    refold(transaction, threads, lock(transaction, with_partials(threads, kinds)), {}, kinds, Memory())
