"""Pronouns and descriptions: which actor named before do they stand for?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from loaders.linking.links import Link

MAX_SENTENCES = 3
"""How far back a pronoun may reach."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named actor that later words may point back to."""

    sentence: int
    link: Link
    """The actor itself, before offices: a person is the person here."""
    subject: bool
    agent: bool = False
    """The `by …` of a passive."""
    joint: bool = False
    """One of several that do it together: China and Russia."""
    place: bool = False
    """Told as where something is: unrest *in Libya*."""


class Salience:
    """The actors of an article in the order of the text."""

    def __init__(self) -> None:
        self._candidates: list[Candidate] = []

    def add(self, candidate: Candidate) -> None:
        """Remember one more mention; mentions come in the order of the text."""
        self._candidates.append(candidate)

    def best(
        self,
        sentence: int,
        start: int,
        accepts: Callable[[Link], bool],
        exclude: frozenset[str],
        *,
        nearest: bool = False,
        several: bool = False,
    ) -> Link | None:
        """The most likely antecedent of words at `start`.

        Args:
            sentence: index of the sentence of the words.
            start: code point at which they begin.
            accepts: whether a link can be meant (a person for `he`, a country for `the country`).
            exclude: node ids that cannot be meant, such as the other party of the same verb.
            nearest: whether the last one named is likelier than the subject.
            several: whether the words may point to those who do something together, as `they` may.
        """
        best: tuple[float, int] | None = None
        found = None
        for candidate in self._candidates:
            gap = sentence - candidate.sentence
            if gap < 0 or gap > MAX_SENTENCES:
                continue
            following = candidate.link.start >= start
            if following and (gap > 0 or not candidate.subject):
                continue
            if candidate.link.entity.id in exclude or not accepts(candidate.link):
                continue
            if nearest and candidate.agent:
                continue
            subject = candidate.subject and (several or not candidate.joint)
            score = (2.0 if subject or nearest else 0.9) - 0.8 * gap - (2.5 if following else 0.0)
            key = (score, -abs(start - candidate.link.start))
            if best is None or key > best:
                best, found = key, candidate.link
        return found

    def latest(self, ids: frozenset[str], start: int) -> Candidate | None:
        """The last mention before `start` of an actor with one of these ids; else the first one after it."""
        known = [candidate for candidate in self._candidates if candidate.link.entity.id in ids]
        before = [candidate for candidate in known if candidate.link.start < start]
        return before[-1] if before else next(iter(known), None)

    def last_distinct(self, start: int, count: int, accepts: Callable[[Link], bool]) -> list[Link]:
        """The last `count` different actors before `start` (the two presidents), in the order of the text.

        Of those that are only told as a place, none where there are enough others.
        """
        before = [c for c in reversed(self._candidates) if c.link.start < start and accepts(c.link)]
        for meant in ([c for c in before if not c.place], before):
            found: dict[str, Link] = {}
            for candidate in meant:
                found.setdefault(candidate.link.entity.id, candidate.link)
                if len(found) == count:
                    return list(found.values())[::-1]
        return []
