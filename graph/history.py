"""Which claims of an article count: decided from what was loaded, never from the order of loading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.articles import Article
from graph.claims import Claim

HUMAN = "human"
"""The extractor of a person's judgements."""
Version = tuple[str, ...]
"""Of an article: see `Article.version`."""


@dataclass(frozen=True, slots=True)
class ClaimState:
    """From where a stored claim was read, and why it no longer counts."""

    version: Version
    extractor: str
    extractor_version: str
    thread: str
    retired: str | None = None

    @property
    def rank(self) -> tuple[Version, bool, str, list[tuple[int, str]]]:
        """Of two readings of one claim the greater stays: later text, a person's, then by extractor and version."""
        return (self.version, self.extractor == HUMAN, self.extractor, version_key(self.extractor_version))


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What the graph knows of an article."""

    version: Version
    readers: Mapping[str, str] = field(default_factory=dict)
    """The newest version of each extractor that has read this version of the article."""
    claims: Mapping[str, ClaimState] = field(default_factory=dict)
    origin: str | None = None
    """Whose report it is, as far as the graph knows."""
    forgotten: bool = False
    erased: bool = False


def version_key(version: str) -> list[tuple[int, str]]:
    """Order of extractors' versions: numbers in them count as numbers, so 1.10 comes after 1.9."""
    return [(int(number or 0), text) for number, text in re.findall(r"(\d+)|([^\d]+)", version)]


def merge(
    before: ArticleState | None,
    article: Article,
    claims: Iterable[tuple[Claim, str]],
    readers: Mapping[str, str],
) -> ArticleState:
    """The article's state once a reading of one of its versions is added; any order of readings ends in the same.

    Args:
        before: what the graph knows of the article.
        article: the version that was read.
        claims: what was read from it, each with its thread.
        readers: the extractors that read it and their versions; those of the claims are added.
    """
    version = article.version
    known = dict(before.claims) if before else {}
    read = dict(readers)
    for claim, thread in claims:
        state = ClaimState(version, claim.extractor, claim.extractor_version, thread)
        if claim.id not in known or state.rank > known[claim.id].rank:
            known[claim.id] = state
        read[claim.extractor] = _newer(read.get(claim.extractor), claim.extractor_version)
    if before is None or version > before.version:
        after = ArticleState(version, read)
    elif version == before.version:
        both = {name: _newer(before.readers.get(name), theirs) for name, theirs in read.items()}
        after = ArticleState(version, {**before.readers, **both})
    else:
        after = before
    if before is not None:
        after = replace(after, origin=before.origin, forgotten=before.forgotten, erased=before.erased)
    return judged(replace(after, claims=known))


def judged(state: ArticleState) -> ArticleState:
    """The same with every claim retired or live, as the article's state says."""
    return replace(
        state, claims={key: replace(claim, retired=_why(state, claim)) for key, claim in state.claims.items()}
    )


def _why(article: ArticleState, claim: ClaimState) -> str | None:
    if article.forgotten:
        return "forgotten"
    if claim.version != article.version:
        return "newer text"
    if article.readers.get(claim.extractor) != claim.extractor_version:
        return "newer extractor"
    return None


def _newer(ours: str | None, theirs: str) -> str:
    return theirs if ours is None else max(ours, theirs, key=version_key)
