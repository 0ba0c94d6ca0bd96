"""Which articles are one text, which of them is the original, and whose report they are: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.sketch import SHORT, Sketch, alike

WINDOW_DAYS = 7
"""A text that comes again later than that tells of something else: elections and battles come in the same words."""


@dataclass(frozen=True, slots=True)
class Text:
    """One article, as far as copies are concerned."""

    id: str
    published: str | None
    sketch: Sketch | None
    origin: str
    """Whose report it is, taken alone."""
    named: bool
    """Whether it credits somebody, or an agency publishes it."""
    own: bool
    """Whether an agency publishes it."""

    @property
    def order(self) -> tuple[bool, str, int, str]:
        """The original comes first: what an agency itself publishes, the earliest, the longest."""
        return (not self.own, self.published or "9999", -(self.sketch.words if self.sketch else 0), self.id)


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are one text; most are alone."""

    texts: Sequence[Text]
    """The original first."""

    @property
    def origins(self) -> Mapping[str, str]:
        """Whose report each article is: that of whom it credits, else of whom the first that credits somebody does,
        else of the original."""
        shared = next((text.origin for text in self.texts if text.named), self.texts[0].origin)
        return {text.id: text.origin if text.named else shared for text in self.texts}


def near(one: str | None, other: str | None) -> bool:
    """Whether two texts may have been printed from one: days that are known are not too far apart."""
    if one is None or other is None:
        return True
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) <= WINDOW_DAYS


def copies(one: Text, other: Text) -> bool:
    """Whether two articles are one text; without a day of either, short texts are not."""
    if one.sketch is None or other.sketch is None or not near(one.published, other.published):
        return False
    dated = one.published is not None and other.published is not None
    return (dated or min(one.sketch.words, other.sketch.words) >= SHORT) and alike(one.sketch, other.sketch)


def grouped(texts: Iterable[Text], pairs: Iterable[tuple[str, str]]) -> list[Group]:
    """The groups of articles that are copies of each other, directly or by way of others.

    Args:
        texts: all articles of every group.
        pairs: ids of those of them that are copies.
    """
    group_of = {text.id: [text] for text in texts}
    for one, other in pairs:
        ours, theirs = group_of[one], group_of[other]
        if ours is not theirs:
            ours += theirs
            group_of |= dict.fromkeys((text.id for text in theirs), ours)
    groups = {id(group): group for group in group_of.values()}
    return [Group(sorted(group, key=lambda text: text.order)) for group in groups.values()]
