"""One event told twice in an article is one claim, at its most advanced stage; batches and rounds stay apart."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.bouts import APART
from graph.vocabulary import PHASE_OF, PREDICATES, Stage
from loaders.catalogue import Catalogue
from loaders.extraction.dates import When
from loaders.extraction.draft import Draft
from loaders.extraction.observer import Observer
from loaders.extraction.turns import are_apart, is_part, two_deliveries, two_orders, two_steps, two_turns, weapons_of
from loaders.linking.links import Link
from loaders.linking.plain import load_plain
from loaders.linking.things import WEAPONS_CLASS, class_of

ADVANCE: dict[Stage, int] = {
    "threatened": 1,
    "demanded": 0,
    "considered": 0,
    "planned": 2,
    "approved": 3,
    "agreed": 3,
    "ongoing": 4,
    "completed": 5,
    "suspended": 6,
    "refused": 3,
    "ended": 7,
}
CERTAINTY = {"asserted": 3, "denied": 2, "alleged": 1, "conditional": 0}
AID = "class/military-aid"
ANTI_AIRCRAFT = frozenset({"class/air-defence-system", "class/surface-to-air-missile"})
"""Classes told of one system: S-400 missiles, the S-400 system."""
DRONES = frozenset({"class/drone", "class/combat-drone", "class/loitering-munition"})
"""Classes told of one model: attack drones, Shahed drones."""
DOUBT = 0.2
"""How much less sure than the other a draft may be whose stage counts: the most advanced of those that are sure."""
SHIP_NAME = re.compile(r"(?:[A-Z]{2,4}|Al) [A-Z][a-z]")
"""A navy's letters and a name: PNS Tughril, BRP Miguel Malvar."""
LISTED = 60
"""Characters within which two weapons are things of one list."""
PARTIES = ("supplier", "recipient", "sender", "target", "actor")


def merge(drafts: list[Draft], catalogue: Catalogue, observer: Observer) -> list[Draft]:
    """The drafts of an article without repetitions, in the order of the text.

    Two drafts tell one event where they share the frame and no known role, batch or round contradicts; the class
    told beside a system is that system.

    Args:
        drafts: those of the whole article.
        catalogue: tells of which class a weapon is.
        observer: is told which were put together.
    """
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: _specific(draft, catalogue), reverse=True):
        twin = next((other for other in kept if _same_event(draft, other, catalogue)), None)
        if twin is None:
            kept.append(draft)
        else:
            joined = _joined(twin, draft, catalogue)
            kept[kept.index(twin)] = joined
            observer.merged(twin, draft, joined)
    turned = [draft for draft in kept if any(_is_reverse(draft, other) for other in kept)]
    for draft in turned:
        observer.doubted(draft, "the other way round it is surer")
    one_way = [draft for draft in kept if draft not in turned]
    return sorted(one_way, key=lambda d: (d.start, d.end, d.predicate))


def _is_reverse(draft: Draft, other: Draft) -> bool:
    """Whether the other tells, more surely, that who would receive the weapon supplies it to who would supply it."""
    one, two = draft.roles, other.roles
    if not {"supplier", "recipient", "weapon"} <= one.keys() & two.keys() or draft.confidence >= other.confidence:
        return False
    given = [[roles[role].entity.id for role in ("supplier", "recipient", "weapon")] for roles in (one, two)]
    return given[0] == [given[1][1], given[1][0], given[1][2]]


def _specific(draft: Draft, catalogue: Catalogue) -> tuple[bool, int, int, int, int]:
    """The order in which drafts take in others: `weapons` told beside helicopters and radars are one of these."""
    named = sum(not link.entity.id.startswith("class/") for link in draft.roles.values())
    kind = "weapon" not in draft.roles or draft.roles["weapon"].entity.id != WEAPONS_CLASS
    narrow = len(catalogue.classes_over(draft.roles["weapon"].entity.id)) if "weapon" in draft.roles else 0
    return (kind, len(draft.roles), named, narrow, -draft.start)


def _same_event(a: Draft, b: Draft, catalogue: Catalogue) -> bool:
    frame = PREDICATES[a.predicate].frame
    if frame != PREDICATES[b.predicate].frame or (
        frame in ("treaty", "stance", "background") and a.predicate != b.predicate
    ):
        return False
    for detail in ("batch",):
        if a.details.get(detail) != b.details.get(detail) and a.details.get(detail) and b.details.get(detail):
            return False
    if frame == "sanction" and not _one_round(a, b):
        return False
    if frame in APART and not _one_day(a, b, frame):
        return False
    if frame == "treaty" and a.stage != b.stage and are_apart(a, b):
        return False
    if frame in ("transfer", "sanction", "exclude") and two_turns(a, b, frame):
        return False
    shared = 0
    for role in a.roles.keys() & b.roles.keys():
        one, two = a.roles[role], b.roles[role]
        wider = role == "weapon" and (
            _generic(one, two, catalogue)
            or (frame in APART and _wider(one, two, catalogue))
            or (frame == "transfer" and _of_one_deal(a, b) and _of_family(one, two, catalogue))
        )
        if one.entity.id == two.entity.id or wider:
            shared += 1
        elif role != "instrument":
            return False
    if frame == "transfer" and (
        _instead(a, b)
        or _in_general(a, b)
        or _in_general(b, a)
        or two_orders(a, b)
        or two_steps(a, b)
        or two_deliveries(a, b)
    ):
        return False
    if frame == "transfer" and len(weapons_of(a, b)) == 1 and (is_part(a, b) or is_part(b, a)):
        return False
    if frame == "transfer":
        known = {role for role in PARTIES if role in a.roles or role in b.roles}
        return shared >= 2 or (shared >= 1 and len(known) < 2)
    if frame == "sanction":
        return a.roles["target"].entity.id == b.roles["target"].entity.id
    return shared == len(a.roles.keys() & b.roles.keys()) and shared > 0


def _instead(a: Draft, b: Draft) -> bool:
    """Whether one deal is given up and another considered: jets *from Moscow* scrapped, those *of France* looked at."""
    suppliers = [draft for draft in (a, b) if "supplier" in draft.roles]
    return given_up_for(a, b) and (len(suppliers) == 1 or (len(weapons_of(a, b)) == 2 and not suppliers))


def _in_general(a: Draft, b: Draft) -> bool:
    """Whether one tells of other arms than the one weapon of the other.

    Of all arms sales to somebody, or of *more* arms, which have got as far as they have; or of arms of another year.
    """
    bare = [draft.roles["weapon"].entity.id == WEAPONS_CLASS for draft in (a, b) if "weapon" in draft.roles]
    if bare != [True, False]:
        return False
    other = a.many or a.details.get("batch") == "further"
    return (are_apart(a, b) and a.stage == b.stage) or (other and PHASE_OF[a.stage] != PHASE_OF[b.stage])


def given_up_for(a: Draft, b: Draft) -> bool:
    """Whether one is given up while the other is still to come."""
    stages = {a.stage, b.stage}
    return bool(stages & {"ended", "refused"}) and bool(stages & {"considered", "planned", "demanded"})


def _generic(one: Link, two: Link, catalogue: Catalogue) -> bool:
    """Whether one is the class of the other, or any weapons; military aid is told beside what it consists of."""
    ids = {one.entity.id, two.entity.id}
    if AID in ids:
        return False
    if WEAPONS_CLASS in ids:
        return True
    classes = {class_of(catalogue, link) for link in (one, two)}
    if ids & ANTI_AIRCRAFT and classes & ANTI_AIRCRAFT:
        return True
    if len(ids & DRONES) == 1 and classes & DRONES:
        return True
    wider = {load_plain().told_as.get(kind or "") for kind in classes}
    return any(kind and (kind in ids or f"class/{kind.rsplit('-', 1)[-1]}" in ids) for kind in classes | wider)


def _wider(one: Link, two: Link, catalogue: Catalogue) -> bool:
    """Whether one of two classes holds the other, or one of them is a family of the other: Agni and Agni-V."""
    pairs = ((one, two), (two, one))
    return any(a.entity.id in catalogue.classes_over(b.entity.id) or _is_of_family(b, a, catalogue) for a, b in pairs)


def _is_of_family(model: Link, family: Link, catalogue: Catalogue) -> bool:
    one, whole = (catalogue.entries.get(link.entity.id) for link in (model, family))
    return one is not None and whole is not None and whole.kind == "family" and one.variant_of == whole.id


def _of_one_deal(a: Draft, b: Draft) -> bool:
    """Whether two can tell of one deal: as far as each other, or a part of as many as were ordered.

    Not in one breath, as of two things of a list.
    """
    apart = abs(a.roles["weapon"].start - b.roles["weapon"].start)
    return (PHASE_OF[a.stage] == PHASE_OF[b.stage] or _of_one_order(a, b)) and apart > LISTED


def _of_one_order(a: Draft, b: Draft) -> bool:
    """Whether one tells of the first of as many as the other: the first six of *24* jets, *24* ordered before."""
    counts = [draft.whole or draft.details.get("quantity_min") for draft in (a, b)]
    return counts[0] == counts[1] is not None and any(draft.details.get("partial") for draft in (a, b))


def _of_family(one: Link, two: Link, catalogue: Catalogue) -> bool:
    """Whether one of two is the family that the other is a model of: Su-30 and Su-30SM."""
    return _is_of_family(one, two, catalogue) or _is_of_family(two, one, catalogue)


def _narrower(one: Link, two: Link, catalogue: Catalogue) -> Link:
    """The second where it is a model of the first, a class or a family; else the first."""
    of_class = one.entity.id.startswith("class/") and not two.entity.id.startswith("class/")
    if _is_of_family(one, two, catalogue) and _is_ship(one):
        return two
    return two if of_class or (_is_of_family(two, one, catalogue) and not _is_ship(two)) else one


def _is_ship(model: Link) -> bool:
    """Whether a model is a ship by its own name, rather than a type: the PNS Tughril."""
    return SHIP_NAME.match(model.entity.name) is not None


def _one_day(a: Draft, b: Draft, frame: str) -> bool:
    """Whether two tests or uses can be one: of two days they are two, and a test that was done was not given up."""
    phases = {PHASE_OF[a.stage], PHASE_OF[b.stage]}
    return not are_apart(a, b) and not (frame == "test" and phases == {"actual", "stopped"})


def _one_round(a: Draft, b: Draft) -> bool:
    """A threat of new sanctions beside sanctions imposed is another round."""
    if a.roles.get("sender") and b.roles.get("sender") and a.roles["sender"].entity.id != b.roles["sender"].entity.id:
        return False
    if other_round(a, b):
        return False
    if a.stage == b.stage == "completed" and are_apart(a, b) and not a.overlaps(b):
        return False  # sanctioned banks on Tuesday. In 2014 it imposed an embargo
    proposed = {"threatened", "demanded", "considered", "planned"}
    one, two = a.stage in proposed, b.stage in proposed
    if one == two:
        return True
    early = a if one else b
    return early.details.get("round") is None and early.stage != "threatened"


def other_round(a: Draft, b: Draft) -> bool:
    """Whether one tells the end of sanctions and the other that new ones begin."""
    ends = [draft.stage in ("ended", "suspended") for draft in (a, b)]
    return any(ends) and any(not end and draft.details.get("round") for end, draft in zip(ends, (a, b), strict=True))


def _is_prolonged(draft: Draft, told: list[Draft]) -> bool:
    """Whether a sanction is extended that others only tell to have been imposed; not beside a new round, or its end.

    But what is renewed has not ended in part, as is told behind it.
    """
    standing = all(
        (d.stage in ("ongoing", "completed", "agreed") and d.details.get("round") is None)
        or (d.stage == "ended" and d.details.get("partial") and d.end > draft.end)
        for d in told
    )
    return draft.predicate == "sanctions" and draft.prolonged and draft.stage == "ongoing" and standing


def _joined(kept: Draft, other: Draft, catalogue: Catalogue) -> Draft:
    surest = max(kept.confidence, other.confidence)
    told = [draft for draft in (kept, other) if draft.confidence >= surest - DOUBT]
    told = [draft for draft in told if not draft.presumed] or told
    by_stage = max(
        told,
        key=lambda d: (CERTAINTY[d.assertion], _is_prolonged(d, told), ADVANCE[d.stage], d.signed, _is_shown(d)),
    )
    roles = {**other.roles, **kept.roles}
    if "weapon" in kept.roles and "weapon" in other.roles:
        roles["weapon"] = _narrower(kept.roles["weapon"], other.roles["weapon"], catalogue)
    details = {
        **{k: v for k, v in other.details.items() if v is not None},
        **{k: v for k, v in kept.details.items() if v is not None},
    }
    if PREDICATES[kept.predicate].frame == "sanction":  # what was only eased before may since have ended
        left = by_stage.stage in ("ended", "suspended") and any(draft.kept for draft in told)
        details["partial"] = left or by_stage.details.get("partial")
    return replace(
        kept,
        roles=roles,
        details=details,
        stage=by_stage.stage,
        presumed=by_stage.presumed,
        assertion=by_stage.assertion,
        speaker=by_stage.speaker,
        when=_day(by_stage, kept, other),
        background=by_stage.background and all(d.background for d in told if _as_far(d, by_stage)),
        confidence=max(kept.confidence, other.confidence),
        anchors=(*kept.anchors, *other.anchors),
        reasons=(*kept.reasons, *other.reasons),
        prolonged=kept.prolonged or other.prolonged,
        kept=kept.kept or other.kept,
        signed=by_stage.signed,
        start=by_stage.start,
        end=by_stage.end,
        shown=by_stage.shown,
    )


def _day(by_stage: Draft, kept: Draft, other: Draft) -> When | None:
    """The day of the one that tells how far it has got, or of another that has got as far.

    The day on which somebody told of it yields to that on which it was.
    """
    when = (
        by_stage.when
        or (kept.when if _as_far(kept, by_stage) else None)
        or (other.when if other.stage == by_stage.stage else None)
    )
    if when is None or not when.told:
        return when
    others = [d.when for d in (kept, other) if d.when and not d.when.told and _as_far(d, by_stage)]
    return next((own for own in others if own.is_right_before(when)), when)


def _as_far(a: Draft, b: Draft) -> bool:
    """Whether both tell of one step: the day of an order is not that of what was delivered. Buying may be either."""
    bought = a.predicate == b.predicate == "purchases" and {a.stage, b.stage} == {"agreed", "completed"}
    return bought or PHASE_OF[a.stage] == PHASE_OF[b.stage]


def _is_shown(draft: Draft) -> bool:
    """Whether all who take part are named in the words that are quoted for it."""
    start, end = draft.shown
    return all(start <= link.start and link.end <= end for link in draft.roles.values())
