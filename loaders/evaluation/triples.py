"""Claims and annotated frames as triples over canonical names, so that one can be held against the other.

A transfer counts in all its views: its recipient acquires, its supplier supplies and arms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.evaluation.names import canonical
from loaders.evaluation.records import ClaimRecord, FrameRecord

Triple = tuple[str, str, str]
"""Subject, predicate, object."""
Said = tuple[str | None, str | None]
"""Stage and assertion."""
Triples = dict[Triple, list[Said]]

COUNTED = {
    "purchases": "acquires",
    "receives": "acquires",
    "supplies": "supplies",
    "arms": "arms",
    "sanctions": "sanctions",
    "excludes": "excludes",
    "develops": "develops",
    "tests": "tests",
    "deploys": "deploys",
    "uses": "uses",
    "signs": "signs",
    "withdraws_from": "withdraws",
    "violates": "violates",
    "complies_with": "complies",
}
"""Predicates of claims that are scored, and as what; stances, meetings and background are not annotated."""
ACTIONS = {
    "signs": "signs",
    "ratifies": "signs",
    "withdraws": "withdraws",
    "suspends": "withdraws",
    "violates": "violates",
    "complies": "complies",
}
WEAPON_FRAMES = {"develop": "develops", "test": "tests", "deploy": "deploys", "use": "uses"}


@dataclass(frozen=True, slots=True)
class Gold:
    """What one text says by its annotators."""

    triples: Triples
    disputed: frozenset[Triple] = frozenset()
    """Found by one annotator only; they count neither way."""
    unsent: frozenset[str] = frozenset()
    """Targets of sanctions whose sender the text leaves open: whom a system names is neither right nor wrong."""

    def counts(self, triple: Triple) -> bool:
        """Whether a system's triple is right or wrong, rather than left out."""
        _, predicate, target = triple
        if triple in self.disputed:
            return False
        return triple in self.triples or predicate != "sanctions" or target not in self.unsent


def gold(frames: list[FrameRecord], second: list[FrameRecord] | None = None) -> Gold:
    """What both readings of a text found; with one reading, all of it."""
    one, two = _of_frames(frames), _of_frames(frames if second is None else second)
    return Gold(
        triples={triple: said + two[triple] for triple, said in one.items() if triple in two},
        disputed=frozenset(one.keys() ^ two.keys()),
        unsent=_unsent(frames) | _unsent(second or []),
    )


def of_claims(claims: Iterable[ClaimRecord]) -> Triples:
    """The triples of one article's claims."""
    found: Triples = {}
    for claim in claims:
        said = ("agreed" if claim.stage == "approved" else claim.stage, claim.assertion)
        for triple in _views(claim):
            _add(found, triple, said)
    return found


def _views(claim: ClaimRecord) -> list[tuple[str | None, str, str | None]]:
    predicate, qualifiers = COUNTED.get(claim.predicate), claim.qualifiers
    subject, target = claim.subject_name, claim.object_name
    views: list[tuple[str | None, str, str | None]] = []
    if predicate is None:
        return views
    if predicate == "excludes":
        programme = qualifiers.programme_name
        return [(target, predicate, programme) if programme else (subject, predicate, target)]
    views.append((subject, predicate, target))
    if predicate == "acquires" and qualifiers.supplier_name:
        views += [(qualifiers.supplier_name, "supplies", target), (qualifiers.supplier_name, "arms", subject)]
    if predicate == "supplies" and qualifiers.recipient_name:
        views += [(qualifiers.recipient_name, "acquires", target), (subject, "arms", qualifiers.recipient_name)]
    return views


def _of_frames(frames: list[FrameRecord]) -> Triples:
    found: Triples = {}
    for frame in frames:
        for triple in dict.fromkeys(_frame_views(frame)):
            _add(found, triple, (frame.stage, frame.assertion))
    return found


def _frame_views(frame: FrameRecord) -> list[tuple[str | None, str, str | None]]:
    if frame.frame == "transfer":
        return [
            (frame.recipient, "acquires", frame.weapon),
            (frame.supplier, "supplies", frame.weapon),
            (frame.supplier, "arms", frame.recipient),
        ]
    if frame.frame == "sanction":
        return [(frame.sender, "sanctions", frame.target)]
    if frame.frame == "exclude":
        return [(frame.target, "excludes", frame.programme)]
    if frame.frame == "treaty":
        return [(frame.actor, ACTIONS[frame.action or "signs"], frame.instrument)]
    return [(frame.actor, WEAPON_FRAMES[frame.frame], frame.weapon)]


def _add(triples: Triples, triple: tuple[str | None, str, str | None], said: Said) -> None:
    subject, predicate, target = triple
    if subject and target and (one := canonical(subject)) and (two := canonical(target)):
        triples.setdefault((one, predicate, two), []).append(said)


def _unsent(frames: list[FrameRecord]) -> frozenset[str]:
    return frozenset(canonical(f.target) for f in frames if f.frame == "sanction" and f.target and not f.sender)
