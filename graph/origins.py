"""Copies and origins in the store: written anew for what has changed, with the episodes that are supported by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from neo4j import ManagedTransaction

from graph.copies import Group, Text, copies, grouped, near
from graph.hierarchy import Hierarchy, hierarchy_of
from graph.joins import lock, with_partials
from graph.memory import Memory
from graph.model import SKETCH_KEYS
from graph.outlets import Outlets, outlets_of
from graph.refold import refold
from graph.rows import DROP, rows, run
from graph.sketch import Sketch, containment
from graph.store import Store

LOCK = "origins"
"""Key of the lock that whoever changes origins holds; it is taken before those of threads, and never after."""
BATCH = 500

TEXTS = """
UNWIND $ids AS id MATCH (a:Article {id: id})
RETURN a.id AS id, a.published AS published, a.sketch AS sketch, a.outlet AS outlet, a.credited AS credited,
       a.origin AS origin, a.erased AS erased
"""
COPIES = """
UNWIND $ids AS id MATCH (:Article {id: id})-[r:COPY_OF]->(of:Article)
RETURN id AS copy, of.id AS original, r.likeness AS likeness
"""
COPIED = """
UNWIND $ids AS id MATCH (:Article {id: id})<-[r:COPY_OF]-(copy:Article)
RETURN copy.id AS copy, id AS original, r.likeness AS likeness
"""
ALIKE = """
UNWIND $rows AS row MATCH (s:Sketch {{{key}: row.key}}) WHERE s.id <> row.id
RETURN collect([row.id, s.id, s.day]) AS rows
"""
PENDING = "MATCH (s:Sketch) WHERE s.pending = true RETURN s.id AS id ORDER BY id"
SKETCHES = "UNWIND $rows AS row MERGE (s:Sketch {id: row.id}) SET s = row"
COMPARED = "UNWIND $ids AS id MATCH (s:Sketch {id: id}) SET s.pending = false"
DROP_SKETCHES = "UNWIND $ids AS id MATCH (s:Sketch {id: id}) DETACH DELETE s"
SET_ORIGINS = "UNWIND $rows AS row MATCH (a:Article {id: row.id}) SET a.origin = row.origin"
DROP_COPIES = "UNWIND $rows AS row MATCH (:Article {id: row.copy})-[r:COPY_OF]->(:Article {id: row.original}) DELETE r"
ADD_COPIES = """
UNWIND $rows AS row MATCH (copy:Article {id: row.copy}) MATCH (original:Article {id: row.original})
CREATE (copy)-[:COPY_OF {likeness: row.likeness}]->(original)
"""
THREADS = """
UNWIND $ids AS id MATCH (:Article {id: id})-[:REPORTS]->(c:Claim) WHERE c.retired_at IS NULL
RETURN DISTINCT c.thread AS thread
"""
KEYS = "MATCH (a:Article) WHERE a.{name} IS NOT NULL RETURN DISTINCT a.{name} AS key"
NAMED = "MATCH (a:Article) WHERE a.{name} IN $keys RETURN a.id AS id ORDER BY id"
UNLINK = f"MATCH (a:Article)-[r:PUBLISHED_BY]->(:Outlet) WHERE a.outlet IN $keys {DROP}"
CREATE = "UNWIND $rows AS row MERGE (o:Outlet {id: row.outlet}) ON CREATE SET o.name = row.outlet"
LINK = """
UNWIND $rows AS row MATCH (o:Outlet {id: row.outlet}) MATCH (a:Article) WHERE a.outlet = row.key
CREATE (a)-[:PUBLISHED_BY]->(o)
"""
DROP_UNUSED = "MATCH (o:Outlet) WHERE o.source IS NULL AND NOT (o)<-[:PUBLISHED_BY]-() DELETE o"


def settle(store: Store, ids: Iterable[str]) -> None:
    """Finds the copies of these articles, and gives them and their copies their origins, in transactions of their own.

    Args:
        store: an open store.
        ids: articles that were written, changed or erased.
    """
    changed = sorted(set(ids))

    def work(some: list[str], transaction: ManagedTransaction) -> None:
        lock(transaction, [LOCK])
        move(transaction, some, outlets_of(store, transaction.run), hierarchy_of(store, transaction.run))

    for start in range(0, len(changed), BATCH):
        store.write(partial(work, changed[start : start + BATCH]))


def settle_pending(store: Store) -> None:
    """Compares the articles that a writer had written when it was killed."""
    settle(store, [row["id"] for row in store.read(PENDING)])


def write_sketches(transaction: ManagedTransaction, sketches: Iterable[tuple[str, str | None, Sketch]]) -> None:
    """Writes what finds copies of articles: their ids, when they were published, and their sketches."""
    run(transaction, SKETCHES, rows=[sketch_row(*sketch) for sketch in sketches])


def sketch_row(article: str, published: str | None, sketch: Sketch) -> dict[str, Any]:
    """Properties of what finds copies of an article that has not been compared with the others yet."""
    keys = dict(zip(SKETCH_KEYS, sketch.keys, strict=True))
    return {"id": article, "day": published and published[:10], "pending": True, **keys}


def move(transaction: ManagedTransaction, ids: list[str], outlets: Outlets, kinds: Hierarchy) -> None:
    """Writes what has changed of the copies and origins of these articles and of the groups that they belong to or have
    left, and folds the threads of the claims whose origins have changed."""
    if not ids:
        return
    read = _Reading(transaction, outlets)
    left = [id for row in read.links(ids) for id in (row["copy"], row["original"])]
    groups = grouped(*read.near([*ids, *left]))
    _write_copies(transaction, read, groups)
    origins = {id: origin for group in groups for id, origin in group.origins.items()}
    moved = [{"id": id, "origin": origin} for id, origin in sorted(origins.items()) if origin != read.stored[id]]
    run(transaction, SET_ORIGINS, rows=moved)
    run(transaction, DROP_SKETCHES, ids=sorted(read.erased))
    run(transaction, COMPARED, ids=sorted(ids))
    found = transaction.run(THREADS, ids=[row["id"] for row in moved]).data() if moved else []
    threads = sorted(row["thread"] for row in found)
    for start in range(0, len(threads), BATCH):
        some = threads[start : start + BATCH]
        refold(transaction, some, lock(transaction, with_partials(some, kinds)), {}, kinds, Memory())


class _Reading:
    """Reads articles and what may be copies of them, each once."""

    def __init__(self, transaction: ManagedTransaction, outlets: Outlets) -> None:
        self._transaction, self._outlets = transaction, outlets
        self.texts: dict[str, Text] = {}
        self.stored: dict[str, str | None] = {}
        """Origins as they are written."""
        self.erased: set[str] = set()

    def links(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """The copies and originals of these articles, as they are written."""
        wanted = sorted(set(ids))
        return [row for query in (COPIES, COPIED) for row in self._transaction.run(query, ids=wanted).data()]

    def near(self, ids: Iterable[str]) -> tuple[list[Text], list[tuple[str, str]]]:
        """These articles with all that are of their groups, and which pairs of them are copies."""
        new, compared, pairs = set(ids), set[str](), set[tuple[str, str]]()
        while new:
            self._fetch(new)
            candidates = self._candidates([self.texts[id] for id in sorted(new)])
            self._fetch({id for pair in candidates for id in pair})
            found = {(one, other) for one, other in candidates if copies(self.texts[one], self.texts[other])}
            pairs |= found
            compared |= new
            new = {id for pair in found for id in pair} - compared
        belong = set(ids) | {id for pair in pairs for id in pair}
        return [self.texts[id] for id in sorted(belong)], sorted(pairs)

    def _fetch(self, ids: set[str]) -> None:
        missing = sorted(ids - self.texts.keys())
        for row in self._transaction.run(TEXTS, ids=missing).data() if missing else []:
            sketch = Sketch.unpack(row["sketch"]) if row["sketch"] and not row["erased"] else None
            self.texts[row["id"]] = self._outlets.text(
                row["id"], row["published"], sketch, row["outlet"], row["credited"]
            )
            self.stored[row["id"]] = row["origin"]
            if row["erased"]:
                self.erased.add(row["id"])

    def _candidates(self, texts: list[Text]) -> set[tuple[str, str]]:
        """Pairs that share a key and lie near enough in time, each once."""
        found: set[tuple[str, str]] = set()
        sketched = [(text, text.sketch.keys) for text in texts if text.sketch is not None]
        for position, key in enumerate(SKETCH_KEYS if sketched else ()):
            wanted = [{"id": text.id, "key": keys[position]} for text, keys in sketched]
            found |= {
                (min(one, other), max(one, other))
                for one, other, day in rows(self._transaction, ALIKE.format(key=key), rows=wanted)
                if near(self.texts[one].published, day)
            }
        return found


def _write_copies(transaction: ManagedTransaction, read: _Reading, groups: Sequence[Group]) -> None:
    wanted = likenesses(groups)
    written = read.links(text.id for group in groups for text in group.texts)
    stored = {(row["copy"], row["original"]): row["likeness"] for row in written}
    gone, new = (
        [{"copy": copy, "original": original, "likeness": likeness} for (copy, original), likeness in sorted(some)]
        for some in (stored.items() - wanted.items(), wanted.items() - stored.items())
    )
    run(transaction, DROP_COPIES, rows=gone)
    run(transaction, ADD_COPIES, rows=new)


def likenesses(groups: Iterable[Group]) -> dict[tuple[str, str], float]:
    """The `likeness` of COPY_OF, by the ids of copy and original."""
    found = {}
    for group in groups:
        original, *others = group.texts
        for copy in others:
            assert copy.sketch is not None and original.sketch is not None
            found[copy.id, original.id] = round(containment(copy.sketch, original.sketch), 2)
    return found


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
