"""What the reader tells apart: relations between two candidates, and who may stand in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.vocabulary import Label

Fits = Callable[[Label], bool]


def _actor(label: Label) -> bool:
    return label not in ("Weapon", "Instrument")


def _weapon(label: Label) -> bool:
    return label == "Weapon"


def _instrument(label: Label) -> bool:
    return label == "Instrument"


def _body(label: Label) -> bool:
    return label in ("Instrument", "Organization")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation, and which labels its two ends may have."""

    name: str
    subject: Fits
    object: Fits

    def fits(self, subject: Label, object: Label, same: bool) -> bool:
        """Whether two candidates may stand in it.

        Args:
            subject: label of the first.
            object: label of the second.
            same: whether they are one; only `sanctioned` is told of one alone.
        """
        return same == (self.name == "sanctioned") and self.subject(subject) and self.object(object)


RELATIONS: tuple[Relation, ...] = (
    Relation("acquires", _actor, _weapon),
    Relation("supplies", _actor, _weapon),
    Relation("arms", _actor, _actor),
    Relation("sanctions", _actor, _actor),
    Relation("sanctioned", _actor, _actor),
    Relation("under", _actor, _instrument),
    Relation("excludes", _actor, _body),
    Relation("expels", _actor, _actor),
    Relation("develops", _actor, _weapon),
    Relation("tests", _actor, _weapon),
    Relation("deploys", _actor, _weapon),
    Relation("uses", _actor, _weapon),
    Relation("strikes", _actor, _actor),
    Relation("signs", _actor, _instrument),
    Relation("withdraws", _actor, _instrument),
    Relation("violates", _actor, _instrument),
    Relation("complies", _actor, _instrument),
)
"""`sanctioned` is of a target alone, whoever the sender; `under` is of a target and the instrument; `excludes` is of a
target and the programme or body, `expels` of who excludes and whom; `strikes` is of who uses a weapon and whom it
hits."""
