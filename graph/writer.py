"""Writes articles, their claims and what follows from them, in batches that are safe to repeat and to interleave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from neo4j import ManagedTransaction

from graph import log, origins
from graph.articles import Article
from graph.changes import Change, apply, read_states
from graph.claims import Claim
from graph.clock import now
from graph.entities import settle
from graph.hierarchy import hierarchy_of
from graph.history import judged
from graph.joins import Held, lock, with_partials
from graph.memory import Folded, Memory
from graph.migrations import migrate
from graph.outlets import Outlets, outlets_of
from graph.refold import refold
from graph.store import Store
from graph.telemetry import counted
from graph.threads import Statement

BY_ID = "MATCH (a:Article {id: $article}) RETURN a.id AS id"
BY_SOURCE = "MATCH (a:Article {source_id: $article}) RETURN a.id AS id ORDER BY id"
ERASE_CLAIMS = "MATCH (:Article {id: $id})-[:REPORTS]->(c:Claim) DETACH DELETE c"
TOMBSTONE = "MATCH (a:Article {id: $id}) SET a.erased = true, a.retired_at = $now REMOVE a.text, a.title, a.sketch"
UNSETTLED = "MATCH (s:Sketch {id: $id}) SET s.pending = true"


class UnknownArticleError(LookupError):
    """No article, or more than one, has the id given."""


@dataclass(frozen=True, slots=True)
class WriteCounts:
    """What a write did. A claim that the graph had not, and keeps only as retired, is neither new nor known."""

    articles_new: int = 0
    articles_updated: int = 0
    """Of those known: now in a later version."""
    articles_known: int = 0
    claims_new: int = 0
    claims_known: int = 0
    claims_retired: int = 0
    claims_revived: int = 0

    def __add__(self, other: WriteCounts) -> WriteCounts:
        """The counts of both."""
        return WriteCounts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


class _Done(NamedTuple):
    """What a transaction did."""

    changes: list[Change]
    unsettled: bool
    """Whether `entities.settle` has to follow."""
    folded: dict[str, Folded]
    """The threads that it has folded, by key."""


class Writer:
    """Writes to one store; safe beside other writers, in this process or another."""

    def __init__(self, store: Store, extractors: Mapping[str, str] | None = None) -> None:
        """Brings the graph to this version's form.

        Args:
            store: an open store.
            extractors: name and version of what reads every article of every batch, so that an article without
                claims retires what an older version had found in it. Versions must grow: 1.10 comes after 1.9.

        Raises:
            StoreError: a later version of Embargo has changed this graph.
        """
        migrate(store)
        settle(store)  # what a writer that was killed left
        origins.settle_pending(store)
        self._store = store
        self._extractors = dict(extractors or {})
        self._memory = Memory()

    def write(self, batch: Sequence[tuple[Article, Sequence[Claim]]]) -> WriteCounts:
        """Writes articles with their claims, and folds the threads that they touch, in one transaction.

        What is stored already is not written again. The later version of an article counts, and the later version of
        an extractor: claims of earlier ones are kept, retired. The graph that results does not depend on the order of
        articles, nor on how they are cut into batches.

        Args:
            batch: articles with all claims that were read from them; 1,000 to 5,000 claims are a good size.

        Raises:
            ValueError: a claim belongs to another article than the one it came with.
            StoreUnavailableError: the server went away; nothing of the batch was written.
        """
        for article, claims in batch:
            for claim in claims:
                if claim.article_id != article.id:
                    raise ValueError(f"claim {claim.id} belongs to article {claim.article_id}, not to {article.id}")

        def plan(transaction: ManagedTransaction) -> list[Change]:
            states = read_states(transaction, sorted({article.id for article, _ in batch}))
            changes = {id: Change(id, state, state) for id, state in states.items()}
            for article, claims in batch:
                change = changes.setdefault(article.id, Change(article.id, None, None))
                change.read(article, claims, self._extractors)
            return list(changes.values())

        def work(transaction: ManagedTransaction) -> _Done:
            done = self._carry_out(transaction, plan)
            log.append(transaction, log.events_of(done.changes), now())
            return done

        changes, unsettled, folded = self._store.write(work)
        self._memory.keep(folded)
        if unsettled:
            settle(self._store)
        origins.settle(self._store, [change.id for change in changes if change.unsettled])
        counts = counts_of(changes, len(batch), sum(len(claims) for _, claims in batch))
        counted("articles", counts.articles_new, state="new")
        counted("articles", counts.articles_updated, state="updated")
        counted("claims", counts.claims_new, state="new")
        counted("claims", counts.claims_known, state="known")
        return counts

    def forget(self, article: str, erase: bool = False) -> WriteCounts:
        """Retires all claims of an article, also those that a later load would bring.

        Args:
            article: `Article.id` or the input's own id.
            erase: also removes the article's text and title and its claims for good, and leaves a tombstone so that
                loading it again brings nothing back.

        Raises:
            UnknownArticleError: no article, or more than one, has this id.
        """
        id = self._find(article)

        def plan(transaction: ManagedTransaction) -> list[Change]:
            [(_, state)] = read_states(transaction, [id]).items()
            return [Change(id, state, judged(replace(state, forgotten=True)))]

        def work(transaction: ManagedTransaction) -> _Done:
            done = self._carry_out(transaction, plan)
            changes = done.changes
            events = log.events_of(changes)
            if erase:
                transaction.run(ERASE_CLAIMS, id=id).consume()
                transaction.run(TOMBSTONE, id=id, now=now()).consume()
                transaction.run(UNSETTLED, id=id).consume()
                events = log.erased(changes)
            log.append(transaction, events, now())
            return done

        changes, _, folded = self._store.write(work)
        self._memory.keep(folded)
        counts = counts_of(changes, 1, 0)
        if erase:
            origins.settle(self._store, [id])
        return counts

    def _carry_out(self, transaction: ManagedTransaction, plan: Callable[[ManagedTransaction], list[Change]]) -> _Done:
        """Plans, takes the locks that the plan needs, plans again with what others wrote meanwhile, and writes."""
        held: dict[str, Held] = {}
        kinds, outlets = hierarchy_of(self._store, transaction.run), outlets_of(self._store, transaction.run)
        changes = plan(transaction)
        while needed := with_partials((key for change in changes for key in change.locks()), kinds) - held.keys():
            held |= lock(transaction, needed)
            if all(change.before is None for change in changes if change.needed):
                break
            changes = plan(transaction)
        unsettled = apply(transaction, changes, outlets, self._store.keep_text, now())
        threads = {thread for change in changes for thread in change.threads()}
        folded = refold(transaction, threads, held, _added(changes, outlets), kinds, self._memory)
        return _Done(changes, unsettled, folded)

    def _find(self, article: str) -> str:
        for query in (BY_ID, BY_SOURCE):
            found = [row["id"] for row in self._store.read(query, article=article)]
            if len(found) == 1:
                return str(found[0])
            if found:
                raise UnknownArticleError(f"{len(found)} articles are called '{article}'; give one of {found[:10]}")
        raise UnknownArticleError(f"there is no article '{article}'; give its id or the input's own id of it")


def _added(changes: Sequence[Change], outlets: Outlets) -> dict[str, list[Statement]]:
    """The new live claims of the threads whose other claims all stay as they are."""
    told: dict[str, list[Statement]] = defaultdict(list)
    for change in changes:
        for statement in change.statements(outlets):
            told[statement.thread].append(statement)
    moved = {thread for change in changes for thread in change.moved()}
    return {thread: statements for thread, statements in told.items() if thread not in moved}


def counts_of(changes: Iterable[Change], articles: int, claims: int) -> WriteCounts:
    """What the changes come to, of so many articles and claims read; one read twice is known the second time."""
    counts = WriteCounts(articles_known=articles, claims_known=claims)
    for change in changes:
        added = change.new_claims()
        flipped = change.flipped()
        counts += WriteCounts(
            articles_new=change.before is None,
            articles_updated=change.updated,
            articles_known=-(change.before is None) - change.updated,
            claims_new=sum(change.is_live(id) for id in added),
            claims_known=-len(added),
            claims_retired=sum(why is not None for why in flipped.values()),
            claims_revived=sum(why is None for why in flipped.values()),
        )
    return counts
