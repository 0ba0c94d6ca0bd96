"""Whose reports articles are: gives them their origins, and folds what is thereby supported by more or fewer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from neo4j import ManagedTransaction

from graph.hierarchy import Hierarchy, hierarchy_of
from graph.joins import lock, with_partials
from graph.outlets import Outlets, outlets_of
from graph.refold import refold
from graph.rows import run
from graph.store import Store

LOCK = "origins"
"""Key of the lock that whoever changes origins holds; it is taken before those of threads, and never after."""
BATCH = 500

ARTICLES = """
UNWIND $ids AS id MATCH (a:Article {id: id})
RETURN a.id AS id, a.outlet AS outlet, a.credited AS credited, a.origin AS origin
"""
SET_ORIGINS = "UNWIND $rows AS row MATCH (a:Article {id: row.id}) SET a.origin = row.origin"
THREADS = """
UNWIND $ids AS id MATCH (:Article {id: id})-[:REPORTS]->(c:Claim) WHERE c.retired_at IS NULL
RETURN DISTINCT c.thread AS thread
"""
KEYS = "MATCH (a:Article) WHERE a.{name} IS NOT NULL RETURN DISTINCT a.{name} AS key"
NAMED = "MATCH (a:Article) WHERE a.{name} IN $keys RETURN a.id AS id ORDER BY id"
UNLINK = "MATCH (a:Article)-[r:PUBLISHED_BY]->(:Outlet) WHERE a.outlet IN $keys DELETE r"
CREATE = "UNWIND $rows AS row MERGE (o:Outlet {id: row.outlet}) ON CREATE SET o.name = row.outlet"
LINK = """
UNWIND $rows AS row MATCH (o:Outlet {id: row.outlet}) MATCH (a:Article) WHERE a.outlet = row.key
CREATE (a)-[:PUBLISHED_BY]->(o)
"""
DROP_UNUSED = "MATCH (o:Outlet) WHERE o.source IS NULL AND NOT (o)<-[:PUBLISHED_BY]-() DELETE o"


def settle(store: Store, ids: Iterable[str]) -> None:
    """Gives these articles their origins, in transactions of their own.

    Args:
        store: an open store.
        ids: articles that were changed.
    """
    changed = sorted(set(ids))

    def work(some: list[str], transaction: ManagedTransaction) -> None:
        lock(transaction, [LOCK])
        move(transaction, some, outlets_of(store, transaction.run), hierarchy_of(store, transaction.run))

    for start in range(0, len(changed), BATCH):
        some = changed[start : start + BATCH]
        store.write(partial(work, some))


def move(transaction: ManagedTransaction, ids: list[str], outlets: Outlets, kinds: Hierarchy) -> None:
    """Writes the origins of these articles that have changed, and folds the threads of their claims anew."""
    moved = []
    for row in transaction.run(ARTICLES, ids=ids).data() if ids else []:
        origin = outlets.origin(row["id"], row["outlet"], row["credited"])
        if origin != row["origin"]:
            moved.append({"id": row["id"], "origin": origin})
    run(transaction, SET_ORIGINS, rows=moved)
    found = transaction.run(THREADS, ids=[row["id"] for row in moved]).data() if moved else []
    threads = sorted(row["thread"] for row in found)
    for start in range(0, len(threads), BATCH):
        some = threads[start : start + BATCH]
        refold(transaction, some, lock(transaction, with_partials(some, kinds)), {}, kinds)


def relink(transaction: ManagedTransaction, before: Outlets, after: Outlets) -> list[str]:
    """Gives articles the outlets that a new catalogue knows.

    Args:
        transaction: has written the outlets of the new catalogue.
        before: the outlets of the old one.
        after: those of the new one.

    Returns:
        Ids of the articles whose origins may have changed.
    """
    touched: set[str] = set()
    for name in ("outlet", "credited"):
        keys = sorted(row["key"] for row in transaction.run(KEYS.format(name=name)))
        other = [key for key in keys if before.origin("", key, None) != after.origin("", key, None)]
        if name == "outlet":
            rows = [
                {"key": key, "outlet": after.resolve(key)} for key in keys if before.resolve(key) != after.resolve(key)
            ]
            run(transaction, UNLINK, keys=[row["key"] for row in rows])
            run(transaction, CREATE, rows=rows)
            run(transaction, LINK, rows=rows)
        if other:
            touched |= {row["id"] for row in transaction.run(NAMED.format(name=name), keys=other)}
    transaction.run(DROP_UNUSED).consume()
    return sorted(touched)
