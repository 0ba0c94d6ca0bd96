"""A claim before the article is seen as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.vocabulary import PHASE_OF, Assertion, Stage
from loaders.extraction.dates import When
from loaders.linking.links import Link


@dataclass(slots=True)
class Draft:
    """What one trigger tells; offsets in the article."""

    predicate: str
    roles: dict[str, Link]
    stage: Stage
    assertion: Assertion
    speaker: Link | None
    when: When | None
    background: bool
    start: int
    end: int
    shown: tuple[int, int]
    """Where the words begin and end that are quoted for it."""
    confidence: float
    details: dict[str, Any] = field(default_factory=dict)
    whole: float | None = None
    """How many there are in all, where it tells of a part of them: six of *24* jets."""
    anchors: tuple[int, ...] = ()
    """Where the words begin that tell it."""
    reasons: tuple[tuple[int, int], ...] = ()
    """Where the phrases begin and end that say why: over its purchase of S-400s, because it tested a bomb."""
    lacks: tuple[str, ...] = ()
    """Roles without which it is no claim, and which the sentence leaves out."""
    open: tuple[str, ...] = ()
    """Roles that it can do without, left out as well."""
    many: bool = False
    """It tells of more than one event: arms *sales*."""
    firm: bool = False
    """Told so plainly that the learned reader's doubts do not count."""
    prolonged: bool = False
    """Somebody makes longer what is in force."""
    kept: bool = False
    """A measure that stays, whatever else is lifted."""
    signed: bool = False
    """Words, and not only a noun, tell that it is agreed."""
    hearsay: bool = False
    """Alleged only since somebody says so who, as far as the sentence tells, takes no part."""
    presumed: bool = False
    """Its stage is what its noun tells where no other word does: *the purchase* of 12 jets."""
    continues: int | None = None
    """It only lists what an event that was told before this place consists of."""

    def become(self, stage: Stage) -> None:
        """It is told to have got as far as this, by more than its noun."""
        self.background &= not self.presumed or stage == "agreed" or PHASE_OF[stage] == "actual"
        self.stage, self.presumed = stage, False

    def overlaps(self, other: Draft) -> bool:
        """Whether the words that tell them have some in common."""
        return self.start < other.end and other.start < self.end

    def is_reason_for(self, other: Draft) -> bool:
        """Whether some of its words stand where the other says why."""
        return any(low <= place < high for low, high in other.reasons for place in self.anchors)
