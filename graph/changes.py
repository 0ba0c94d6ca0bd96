"""What a reading changes about an article, and the statements that write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from graph import classes, entities
from graph.articles import Article
from graph.claims import Claim, Entity, Mention
from graph.history import ArticleState, ClaimState, merge
from graph.model import family
from graph.origins import DROP_SKETCHES, write_sketches
from graph.outlets import Outlets
from graph.rows import DROP, RoleRow, article_properties, by_type, claim_properties, literal, role_rows, run
from graph.settings import KeepText
from graph.sketch import Sketch, sketch_of
from graph.threads import Ref, Statement, statement, thread_key

ARTICLES = """
UNWIND $ids AS id MATCH (a:Article {id: id})
RETURN id, a.published AS published, a.modified AS modified, a.sha256 AS sha256, a.source_id AS source_id,
       a.source AS source, a.extractors AS extractors, a.extractor_versions AS extractor_versions,
       coalesce(a.origin, id) AS origin, a.forgotten AS forgotten, a.erased AS erased
"""
CLAIMS = """
UNWIND $ids AS id MATCH (a:Article {id: id})-[:REPORTS]->(c:Claim)
RETURN id, c.id AS claim, c.article_version AS version, c.extractor AS extractor,
       c.extractor_version AS extractor_version, c.thread AS thread, c.retired_why AS retired
"""
CREATE_ARTICLES = "UNWIND $rows AS row CREATE (a:Article) SET a = row"
UPDATE_ARTICLES = "UNWIND $rows AS row MATCH (a:Article {id: row.id}) SET a += row"
CREATE_OUTLETS = "UNWIND $ids AS id MERGE (o:Outlet {id: id}) ON CREATE SET o.name = id"
CREATE_PUBLISHED_BY = """
UNWIND $rows AS row MATCH (a:Article {id: row.article}) MATCH (o:Outlet {id: row.outlet})
CREATE (a)-[:PUBLISHED_BY]->(o)
"""
PUBLISHED_BY = """
UNWIND $rows AS row MATCH (a:Article {id: row.article}) MATCH (o:Outlet {id: row.outlet}) MERGE (a)-[:PUBLISHED_BY]->(o)
"""
CREATE_CLAIMS = """
UNWIND $rows AS row MATCH (a:Article {id: row.article})
UNWIND row.claims AS claim
CREATE (a)-[:REPORTS]->(c:Claim) SET c = claim
"""
UPDATE_CLAIMS = """
UNWIND $rows AS row MATCH (c:Claim {id: row.id})
WITH c, row, c.recorded_at AS recorded_at, c.retired_at AS retired_at, c.lapsed_at AS lapsed_at,
     c.revived_at AS revived_at, c.retired_at IS NOT NULL AND row.retired_at IS NULL AS revived
SET c = row
SET c.recorded_at = recorded_at,
    c.retired_at = CASE WHEN row.retired_at IS NOT NULL THEN coalesce(retired_at, row.retired_at) END,
    c.lapsed_at = CASE WHEN revived THEN coalesce(lapsed_at, []) + [retired_at] ELSE lapsed_at END,
    c.revived_at = CASE WHEN revived THEN coalesce(revived_at, []) + [$now] ELSE revived_at END
"""
CREATE_ROLES = """
UNWIND $rows AS row MATCH (n:{family} {{id: row.id}})
UNWIND row.claims AS claim MATCH (c:Claim {{id: claim.id}})
CREATE (c)-[:{type} {{{words}}}]->(n)
"""
DROP_ROLES = f"UNWIND $ids AS id MATCH (c:Claim {{id: id}})-[r]->() WHERE type(r) <> 'ABOUT' {DROP}"
RETIRE = """
UNWIND $rows AS row MATCH (c:Claim {id: row.id})
SET c.retired_at = coalesce(c.retired_at, $now), c.retired_why = row.why
"""
DROP_ABOUT = f"UNWIND $ids AS id MATCH (:Claim {{id: id}})-[r:ABOUT]->() {DROP}"
REVIVE = """
UNWIND $ids AS id MATCH (c:Claim {id: id})
SET c.lapsed_at = coalesce(c.lapsed_at, []) + [c.retired_at], c.revived_at = coalesce(c.revived_at, []) + [$now]
REMOVE c.retired_at, c.retired_why
"""
BECAUSE_OF = """
UNWIND $ids AS id MATCH (a:Article {id: id})-[:REPORTS]->(c:Claim) WHERE c.because_of IS NOT NULL
UNWIND c.because_of AS reason
MATCH (a)-[:REPORTS]->(d:Claim {id: reason}) WHERE d.id <> c.id
MERGE (c)-[:BECAUSE_OF]->(d)
"""
DROP_MENTIONS = f"UNWIND $ids AS id MATCH (:Article {{id: id}})-[r:MENTIONS]->() {DROP}"
MENTIONS = """
UNWIND $ids AS id
MATCH (a:Article {id: id})-[:REPORTS]->(c:Claim)-[r]->(n) WHERE c.retired_at IS NULL AND r.start IS NOT NULL
WITH a, n, count(DISTINCT r.start) AS count
CREATE (a)-[:MENTIONS {count: count}]->(n)
"""
CREATE_MENTIONS = """
UNWIND $rows AS row MATCH (n:{family} {{id: row.id}})
UNWIND row.articles AS article MATCH (a:Article {{id: article.id}})
CREATE (a)-[:MENTIONS {{count: article.count}}]->(n)
"""


@dataclass(slots=True)
class Change:
    """One article, as the graph has it and as it is to be."""

    id: str
    before: ArticleState | None
    after: ArticleState | None
    article: Article | None = None
    """The version that counts, where it was among those read."""
    sources: dict[str, tuple[Claim, Article]] = field(default_factory=dict)
    """Claims to be written, with the version that they were read from."""
    roles: dict[str, list[RoleRow]] = field(default_factory=dict)
    """The relationships of these claims, by their ids."""
    sketched: bool = False
    """Whether the article was written with a sketch."""

    def read(self, article: Article, claims: Sequence[Claim], extractors: Mapping[str, str]) -> None:
        """Adds one reading of one version of the article."""
        if self.after is not None and self.after.erased:
            return
        threads = {claim.id: thread_key(claim) for claim in claims}
        after = merge(self.after, article, [(claim, threads[claim.id]) for claim in claims], extractors)
        known = self.after.claims if self.after else {}
        for claim in claims:
            if claim.id not in known or _content(known[claim.id]) != _content(after.claims[claim.id]):
                self.sources[claim.id] = (claim, article)
                self.roles[claim.id] = role_rows(claim)
        if article.version == after.version:
            self.article = article
        self.after = after

    @property
    def needed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after

    @property
    def updated(self) -> bool:
        """Whether a known article is now in a later version."""
        return self.before is not None and self.after is not None and self.before.version != self.after.version

    @property
    def unsettled(self) -> bool:
        """Whether its copies and origin have to be found: it is new and may have copies, or was written again."""
        return self.needed and self.article is not None and (self.before is not None or self.sketched)

    @property
    def may_give_reasons(self) -> bool:
        """Whether a claim of the article may now be linked to its reason."""
        return self.before is not None or any(claim.qualifiers.because_of for claim, _ in self.sources.values())

    def new_claims(self) -> list[str]:
        """Ids of the claims that the graph does not have."""
        known = self.before.claims if self.before else {}
        return [id for id in self.sources if id not in known]

    def flipped(self) -> dict[str, str | None]:
        """Stored claims that become retired, with the reason, or live."""
        return {id: new.retired for id, old, new in self._both() if (old.retired is None) != (new.retired is None)}

    def rejudged(self) -> dict[str, str | None]:
        """Stored claims that stay as they were read but are retired or live for another reason."""
        return {
            id: new.retired for id, old, new in self._both() if old.retired != new.retired and id not in self.sources
        }

    def _both(self) -> list[tuple[str, ClaimState, ClaimState]]:
        if self.before is None or self.after is None:
            return []
        return [(id, old, self.after.claims[id]) for id, old in self.before.claims.items()]

    def threads(self) -> set[str]:
        """Keys of the threads whose live claims change."""
        new = {self.after.claims[id].thread for id in self.new_claims() if self.is_live(id)} if self.after else set()
        return new | self.moved()

    def moved(self) -> set[str]:
        """Those of them of which a claim that the graph has comes, goes or is read anew."""
        if self.before is None or self.after is None:
            return set()
        known = self.before.claims
        touched = (self.sources.keys() | self.flipped().keys()) & known.keys()
        return {self.after.claims[id].thread for id in touched if self.is_live(id) or known[id].retired is None}

    def statements(self, outlets: Outlets) -> list[Statement]:
        """The live claims that the graph does not have, as folding sees them."""
        return [
            statement(claim, self._origin(of, outlets), of.published)
            for claim, of in (self.sources[id] for id in self.new_claims() if self.is_live(id))
        ]

    def _origin(self, article: Article, outlets: Outlets) -> str:
        if self.before is not None and self.before.origin is not None:
            return self.before.origin
        return outlets.origin(article.id, article.outlet, article.credited)

    def live_claims(self) -> list[Claim]:
        """Those to be written that count."""
        return [claim for id, (claim, _) in self.sources.items() if self.is_live(id)]

    def claim_row(self, id: str, now: str) -> dict[str, Any]:
        """Properties of the node of a claim to be written, without when it was recorded."""
        assert self.after is not None
        (claim, article), state = self.sources[id], self.after.claims[id]
        retired = {} if state.retired is None else {"retired_at": now, "retired_why": state.retired}
        return claim_properties(claim, article, state.thread) | retired

    def mentions(self) -> dict[Ref, int]:
        """What a new article mentions in its live claims, and in how many places."""
        starts: dict[Ref, set[int]] = defaultdict(set)
        for row in self._live_roles():
            if (start := row.words.get("start")) is not None:
                starts[Ref(row.entity.id, family(row.entity.label))].add(start)
        return {node: len(places) for node, places in sorted(starts.items())}

    def classes(self) -> set[tuple[str, str]]:
        """Ids of weapons, each with that of a class that a live claim to be written gives it."""
        return {(row.entity.id, row.words["of_class"]) for row in self._live_roles() if "of_class" in row.words}

    def entities(self) -> Iterator[Entity]:
        """All that the claims to be written refer to."""
        for row in (row for rows in self.roles.values() for row in rows):
            yield row.entity
            if isinstance(row.entity, Mention) and row.entity.of_class is not None:
                yield row.entity.of_class

    def _live_roles(self) -> Iterator[RoleRow]:
        return (row for claim in self.live_claims() for row in self.roles[claim.id])

    def is_live(self, claim: str) -> bool:
        """Whether the claim counts once this is written."""
        return self.after is not None and self.after.claims[claim].retired is None

    def locks(self) -> set[str]:
        """What must be held while this is written: the threads, and the article where others may be changing it."""
        if not self.needed:
            return set()
        return self.threads() | ({self.id} if self.before is not None else set())


def _content(state: ClaimState) -> tuple[object, ...]:
    return (state.version, state.extractor, state.extractor_version)


def read_states(transaction: ManagedTransaction, ids: list[str]) -> dict[str, ArticleState]:
    """What the graph knows of these articles; those that it does not know are left out."""
    claims: dict[str, dict[str, ClaimState]] = defaultdict(dict)
    for row in transaction.run(CLAIMS, ids=ids):
        claims[row["id"]][row["claim"]] = ClaimState(
            tuple(row["version"]), row["extractor"], row["extractor_version"], row["thread"], row["retired"]
        )
    return {
        row["id"]: ArticleState(
            (row["modified"] or row["published"] or "", row["sha256"], row["source_id"], row["source"]),
            dict(zip(row["extractors"] or [], row["extractor_versions"] or [], strict=True)),
            claims[row["id"]],
            row["origin"],
            bool(row["forgotten"]),
            bool(row["erased"]),
        )
        for row in transaction.run(ARTICLES, ids=ids)
    }


def apply(
    transaction: ManagedTransaction, changes: Iterable[Change], outlets: Outlets, keep: KeepText, now: str
) -> bool:
    """Writes articles and claims; episodes and plain edges are left to refolding, new origins to `origins.settle`.

    Returns:
        Whether `entities.settle` has to follow.
    """
    needed = [change for change in changes if change.needed]
    if not needed:
        return False
    _write_articles(transaction, needed, outlets, keep)
    reread = [id for change in needed for id in {*change.sources, *change.flipped()} - set(change.new_claims())]
    classed = classes.classed(transaction, reread)
    unsettled = _write_claims(transaction, needed, now)
    judged = {id: why for change in needed for id, why in change.rejudged().items()}
    retired = [{"id": id, "why": why} for id, why in judged.items() if why is not None]
    run(transaction, RETIRE, rows=retired, now=now)
    run(transaction, REVIVE, ids=[id for id, why in judged.items() if why is None], now=now)
    flipped = {id: why for change in needed for id, why in change.flipped().items()}
    run(transaction, DROP_ABOUT, ids=sorted(id for id, why in flipped.items() if why is not None))
    known = [change.id for change in needed if change.before is not None]
    run(transaction, DROP_MENTIONS, ids=known)
    run(transaction, MENTIONS, ids=known)
    _create_mentions(transaction, [change for change in needed if change.before is None])
    told = {pair for change in needed for pair in change.classes()}
    classes.refresh(transaction, classed)
    classes.add(transaction, {(weapon, of_class) for weapon, of_class in told if weapon not in classed})
    return unsettled


def _create_mentions(transaction: ManagedTransaction, changes: list[Change]) -> None:
    """What new articles mention: as `MENTIONS` counts it, but from their claims, which need not be read back."""
    grouped: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        for node, count in change.mentions().items():
            grouped[node.family][node.id].append({"id": change.id, "count": count})
    for label, nodes in sorted(grouped.items()):
        rows = [{"id": id, "articles": articles} for id, articles in sorted(nodes.items())]
        run(transaction, CREATE_MENTIONS.format(family=label), rows=rows)


def sketched(article: Article) -> tuple[Article, Sketch | None]:
    """The article with the sketch of its text; where the text is not kept, the one that came with it."""
    if article.text:
        sketch = sketch_of(article.text)
        return article.model_copy(update={"sketch": sketch and sketch.pack()}), sketch
    return article, Sketch.unpack(article.sketch) if article.sketch else None


def _write_articles(transaction: ManagedTransaction, changes: list[Change], outlets: Outlets, keep: KeepText) -> None:
    created: list[dict[str, Any]] = []
    updated: list[dict[str, Any]] = []
    new: list[dict[str, str]] = []
    known: list[dict[str, str]] = []
    sketches: list[tuple[str, str | None, Sketch]] = []
    for change in changes:
        if change.after is None:
            continue
        if change.article is None:  # only its claims, or whether it is forgotten
            updated.append({"id": change.id, "forgotten": change.after.forgotten or None})
            continue
        article, sketch = sketched(change.article)
        row = article_properties(article, change.after, keep)
        if not article.text and not change.updated and change.before is not None:
            del row["text"], row["sketch"]  # a reading without the text takes nothing away
        change.sketched = sketch is not None
        if sketch is not None:
            sketches.append((article.id, article.published, sketch))
        if change.before is None:
            created.append(row | {"origin": outlets.origin(article.id, article.outlet, article.credited)})
        else:
            updated.append(row)
        if article.outlet:
            published = new if change.before is None else known
            published.append({"article": change.id, "outlet": outlets.resolve(article.outlet)})
    run(transaction, CREATE_ARTICLES, rows=created)
    run(transaction, UPDATE_ARTICLES, rows=updated)
    run(transaction, CREATE_OUTLETS, ids=sorted({row["outlet"] for row in new + known}))
    run(transaction, CREATE_PUBLISHED_BY, rows=new)
    run(transaction, PUBLISHED_BY, rows=known)
    run(transaction, DROP_SKETCHES, ids=[row["id"] for row in updated])
    write_sketches(transaction, sketches)


def _write_claims(transaction: ManagedTransaction, changes: list[Change], now: str) -> bool:
    created: list[dict[str, Any]] = []
    updated: list[dict[str, Any]] = []
    roles: list[RoleRow] = []
    for change in changes:
        new = set(change.new_claims())
        mine = []
        for id in change.sources:
            properties = change.claim_row(id, now)
            if id in new:
                mine.append(properties | {"recorded_at": now})
            else:
                updated.append(properties)
            roles += change.roles[id]
        if mine:
            created.append({"article": change.id, "claims": mine})
    unsettled = entities.ensure(transaction, (entity for change in changes for entity in change.entities()))
    run(transaction, CREATE_CLAIMS, rows=created)
    run(transaction, UPDATE_CLAIMS, rows=updated, now=now)
    run(transaction, DROP_ROLES, ids=[row["id"] for row in updated])
    for (kind, label), rows in by_type(roles).items():
        run(transaction, CREATE_ROLES.format(type=kind, family=label, words=literal(kind, "claim")), rows=rows)
    run(transaction, BECAUSE_OF, ids=[change.id for change in changes if change.may_give_reasons])
    return unsettled
