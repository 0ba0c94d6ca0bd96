"""What folding looks at: one statement, when it says that something was, and the thread that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from graph.claims import Claim, Mention
from graph.history import HUMAN
from graph.model import family
from graph.vocabulary import PREDICATES

UNKNOWN = "?"
ROLE_TYPES = {"supplier": "SUPPLIER", "recipient": "RECIPIENT", "weapon": "WEAPON"}
"""Roles of the subject or object that the graph also writes under their own name."""
QUALIFIER_TYPES = ROLE_TYPES | {
    "target": "TARGET",
    "instrument": "UNDER",
    "programme": "PROGRAMME",
    "agent": "AGENT",
    "stopped_by": "STOPPED_BY",
}
VARYING = ("WEAPON", "TARGET", "UNDER", "PROGRAMME")
"""Roles that the thread does not tell, or whose kind it does not tell."""
PARTS: dict[str, tuple[str, ...]] = {
    "transfer": ("SUPPLIER", "RECIPIENT", "WEAPON"),
    "sanction": ("SUBJECT", "OBJECT"),
    "exclude": ("SUBJECT", "OBJECT", "PROGRAMME"),
    "develop": ("SUBJECT", "WEAPON"),
    "test": ("SUBJECT", "WEAPON"),
    "deploy": ("SUBJECT", "WEAPON"),
    "use": ("SUBJECT", "TARGET", "WEAPON"),
    "treaty": ("predicate", "SUBJECT", "OBJECT"),
    "stance": ("predicate", "SUBJECT", "OBJECT"),
    "meeting": ("SUBJECT", "OBJECT"),
    "background": ("predicate", "SUBJECT", "OBJECT"),
}
"""What follows the frame in a thread's key."""


CLAIM_FIELDS = (
    "id", "predicate", "stage", "phase", "assertion", "date_from", "date_to", "basis", "confidence", "extractor",
)  # fmt: skip
DETAIL_FIELDS = ("measure", "scope", "batch", "round", "partial", "mode")


class Ref(NamedTuple):
    """A node: its id, and the label under which that is unique."""

    id: str
    family: str


def claim_roles(claim: Claim) -> dict[str, Mention]:
    """The roles of a claim by the type of their relationship, without those of its speaker.

    SUBJECT and OBJECT are the triple as worded; where they fill a role of a transfer, or name the weapon, they stand
    under that name too.
    """
    predicate = PREDICATES[claim.predicate]
    roles = {
        kind: mention
        for name, kind in QUALIFIER_TYPES.items()
        if (mention := getattr(claim.qualifiers, name)) is not None
    }
    for role, mention in ((predicate.subject_role, claim.subject), (predicate.object_role, claim.object)):
        if mention is not None and role in ROLE_TYPES:
            roles[ROLE_TYPES[role]] = mention
    if claim.subject is not None:
        roles["SUBJECT"] = claim.subject
    return roles | {"OBJECT": claim.object}


def thread_key(claim: Claim) -> str:
    """Key of the claim's thread: frame, parties, and weapon, programme or instrument; `?` for what is not known.

    The two parties of a meeting are sorted. Only the last part may hold a slash of its own.
    """
    return _key(claim, claim_roles(claim))


def _key(claim: Claim, roles: Mapping[str, Mention]) -> str:
    ids = {kind: mention.id for kind, mention in roles.items()}
    parts = [claim.predicate if part == "predicate" else ids.get(part, UNKNOWN) for part in PARTS[claim.frame]]
    if claim.frame == "meeting":
        parts.sort()
    return "/".join([claim.frame, *(part.replace("/", "%2F") for part in parts[:-1]), parts[-1]])


def parties(thread: str) -> dict[str, Ref]:
    """The roles that a thread's key tells, by type of relationship; a weapon that is the object is both."""
    frame, *values = thread.split("/", len(PARTS[thread.partition("/")[0]]))
    named = dict(zip(PARTS[frame], values, strict=True))
    predicate = named.pop("predicate", None)
    last = PARTS[frame][-1]
    ids = {role: value if role == last else value.replace("%2F", "/") for role, value in named.items()}
    known = {role: Ref(value, _family(role)) for role, value in ids.items() if value != UNKNOWN}
    if predicate:
        known["OBJECT"] = Ref(known["OBJECT"].id, PREDICATES[predicate].object)
    if frame != "transfer" and "WEAPON" in known:
        known["OBJECT"] = known["WEAPON"]
    for role in ("TARGET", "PROGRAMME"):  # their kind is the claim's to tell
        known.pop(role, None)
    return known


def predicate_of(thread: str) -> str | None:
    """The predicate, where the thread's key holds it."""
    frame, part = thread.split("/")[:2]
    return part if PARTS[frame][0] == "predicate" else None


def _family(role: str) -> str:
    return "Weapon" if role == "WEAPON" else "Actor"


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as folding sees it. Dates are ISO days; None where nothing is known."""

    id: str
    thread: str
    predicate: str
    stage: str
    phase: str
    assertion: str
    origin: str
    """Who stands behind the article: statements of one origin support a fact once."""
    first: str | None
    """First day on which it can have happened."""
    last: str | None
    """Last such day; never after publication."""
    published: str | None
    background: bool
    """Only said to have been before the article."""
    undated: bool = False
    """Told as news without a date: the day of publication stands in."""
    expected: str | None = None
    """Promised day, after publication."""
    roles: Mapping[str, Ref] | None = None
    """Roles of VARYING."""
    by: str | None = None
    """Whom the speaker speaks for, else the speaker."""
    measure: str | None = None
    scope: str | None = None
    batch: str | None = None
    round: str | None = None
    partial: bool = False
    mode: str | None = None
    confidence: float = 1.0
    """How sure its extractor is, 0 to 1; what a person says, or who gives no figure, counts as sure."""

    @property
    def frame(self) -> str:
        """What its thread is about."""
        return self.thread.partition("/")[0]

    @property
    def instrument(self) -> str | None:
        """Id of the instrument under which it is done."""
        return self.roles["UNDER"].id if self.roles and "UNDER" in self.roles else None

    @property
    def exact(self) -> bool:
        """Whether it is dated to the day."""
        return self.first is not None and self.first == self.last


def statement(claim: Claim, origin: str, published: str | None = None) -> Statement:
    """A claim as folding sees it.

    Args:
        claim: the claim.
        origin: who stands behind its article.
        published: when that was published, where the claim does not say.
    """
    mentions = claim_roles(claim)
    roles = {kind: Ref(mentions[kind].id, family(mentions[kind].label)) for kind in VARYING if kind in mentions}
    speaker, details = claim.speaker, claim.qualifiers
    properties = {name: getattr(claim, name) for name in CLAIM_FIELDS} | {
        name: getattr(details, name) for name in DETAIL_FIELDS
    }
    properties |= {"thread": _key(claim, mentions), "published": claim.published or published}
    return from_properties(properties, origin, roles, (speaker.speaks_for or speaker).id if speaker else None)


def from_properties(properties: Mapping[str, Any], origin: str, roles: Mapping[str, Ref], by: str | None) -> Statement:
    """A claim as folding sees it, from the properties of its node, its VARYING roles and who says so."""
    day = iso_day(properties.get("published"))
    date_from, date_to = iso_day(properties.get("date_from")), iso_day(properties.get("date_to"))
    basis = properties.get("basis")
    first, last, expected = when(date_from, date_to, basis, day)
    batch, spell = properties.get("batch"), properties.get("round")
    return Statement(
        id=properties["id"],
        thread=properties["thread"],
        predicate=properties["predicate"],
        stage=properties["stage"],
        phase=properties["phase"],
        assertion=properties["assertion"],
        measure=properties.get("measure"),
        scope=properties.get("scope"),
        mode=properties.get("mode"),
        origin=origin,
        first=first,
        last=last,
        published=day,
        background=basis == "before",
        undated=basis == "publication" or (basis != "before" and date_from is None and date_to is None),
        expected=expected,
        roles=roles,
        by=by,
        batch=str(batch) if batch is not None else None,
        round=str(spell) if spell is not None else None,
        partial=bool(properties.get("partial")),
        confidence=1.0 if properties.get("extractor") == HUMAN else properties.get("confidence", 1.0),
    )


def iso_day(text: str | None) -> str | None:
    """The day of an ISO 8601 date or date and time; None where it names no day of the calendar."""
    return _day(text[:10]) if text else None


@lru_cache(maxsize=10_000)
def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def when(
    date_from: str | None, date_to: str | None, basis: str | None, day: str | None
) -> tuple[str | None, str | None, str | None]:
    """First and last day on which it can have happened as far as the article can know, and the day promised.

    Without a date the day of publication stands in: as the day itself, or with basis `before` as the latest. A date
    after publication is a promise; what happened by then is that it was given.
    """
    if basis == "before":
        return date_from, date_to or day, None
    if date_from is None and date_to is None:
        return day, day, None
    if day is not None and (date_from or date_to or "") > day:
        return day, day, date_from or date_to
    if day is not None and (date_to is None or date_to > day):
        return date_from, day, None
    return date_from, date_to or date_from, None
