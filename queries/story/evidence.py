"""Who tells the steps of a story, with which words, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from graph.store import Store
from queries.story.model import Citation, Source

BATCH = 1000
TOLD = """
UNWIND $ids AS id MATCH (c:Claim {id: id})<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(speaker:Actor)
OPTIONAL MATCH (c)-[:WEAPON]->(over:Weapon) WHERE c.frame = 'sanction'
OPTIONAL MATCH (c)-[:BECAUSE_OF]->(cause:Claim) WHERE cause.retired_at IS NULL
WITH c, a, o, speaker, over, collect(cause.id) AS causes
RETURN collect({claim: c.id, day: substring(c.published, 0, 10), quote: c.quotes[0], reason: c.reason,
                article: a.id, title: a.title, url: a.url, outlet: coalesce(o.name, o.id),
                origin: coalesce(a.origin, o.id, a.id), speaker: speaker.name,
                over: over.id, over_name: over.name, causes: causes}) AS told
"""
"""In one row, since the driver takes longer for a row than for what is in it."""
CITED = 3
"""So many quotes stand for a step; the rest is in the claims."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim as its article tells it."""

    claim: str
    day: str | None
    quote: str
    reason: str | None
    article: str
    title: str | None
    url: str | None
    outlet: str | None
    origin: str
    speaker: str | None
    over: str | None
    """Id of the weapon over which a sanction is said to be."""
    over_name: str | None
    causes: list[str]
    """Ids of the claims that the article gives as the reason."""


def tellings(store: Store, claims: Iterable[str]) -> dict[str, Telling]:
    """What stands behind each of these claims, by its id."""
    ids = sorted(set(claims))
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    rows = [row for batch in batches for row in store.read(TOLD, ids=batch)[0]["told"]]
    return {row["claim"]: Telling(**row | {"causes": sorted(row["causes"])}) for row in rows}


def cited(told: Iterable[Telling]) -> list[Telling]:
    """The first report of each origin, the earliest first, a few at most."""
    first: dict[str, Telling] = {}
    for telling in sorted(told, key=_order):
        first.setdefault(telling.origin, telling)
    return list(first.values())[:CITED]


def _order(telling: Telling) -> tuple[Any, ...]:
    return telling.day or "9999", telling.article, telling.claim


class Sources:
    """The articles that a story quotes, numbered by their publication."""

    def __init__(self, told: Iterable[Telling]) -> None:
        by_article = {telling.article: telling for telling in sorted(told, key=_order)}
        self._numbers = {article: number for number, article in enumerate(by_article, 1)}
        self.listed = [
            Source(
                number=self._numbers[article], article=article, outlet=one.outlet, title=one.title,
                published=one.day, url=web_address(one.url), origin=one.origin,
            )
            for article, one in by_article.items()
        ]  # fmt: skip

    def citation(self, telling: Telling) -> Citation:
        """The words with the number of their article."""
        return Citation(quote=telling.quote, speaker=telling.speaker, source=self._numbers[telling.article])


def web_address(url: str | None) -> str | None:
    """The address, if it is one of the web: nothing else is to become a link."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
