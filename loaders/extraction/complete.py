"""Roles that one sentence leaves out and another tells: `the sale of Patriots to Kuwait` in an article on US sales."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from graph.vocabulary import PREDICATES
from loaders.catalogue import Catalogue
from loaders.extraction.draft import Draft
from loaders.extraction.merge import given_up_for, other_round
from loaders.extraction.observer import Observer
from loaders.extraction.turns import weapons_of
from loaders.linking.links import Link, entity_of

OPPOSED = {"supplier": "recipient", "recipient": "supplier", "sender": "target", "target": "sender", "actor": "target"}
SHARED = {"supplier": ("recipient", "weapon"), "recipient": ("weapon",), "sender": ("target",), "actor": ("weapon",)}
"""Roles that make two drafts likely to be of one event."""
OF_ONE_HAND = frozenset({"develop", "test", "deploy"})
"""Frames in which one weapon is likely in the same hands: North Korea tests a missile that is to be deployed."""

CONTINUED = {"transfer": ("supplier", "recipient"), "use": ("actor",)}
"""Roles that a list of what an event consists of takes over."""
SURE_SENDER, SURE_TARGET = 0.5, 0.46
"""How sure a sanction must be to give its sender to others, and how sure those."""
NEARBY = 1500
"""Characters between an event and the list of what it consists of."""


def complete(drafts: list[Draft], observer: Observer) -> list[Draft]:
    """The drafts with what the article tells of their missing roles; those that stay without a needed one are dropped.

    A role is taken over from drafts of the same frame: where all of them agree on it, else from the nearest before
    that shares another role. Who is sanctioned for a deed did it.

    Args:
        drafts: those of all sentences.
        observer: is told what was taken over and what was dropped.
    """
    single = [draft for draft in drafts if draft.continues is None]
    whole = [draft for draft in single if not draft.lacks]
    imposed = {
        (draft.predicate, draft.roles["sender"].entity.id, draft.roles["target"].entity.id)
        for draft in single
        if draft.roles.keys() >= {"sender", "target"}
    }
    completed: list[Draft] = []
    for draft in drafts:
        if draft.continues is not None:
            told = [other for other in completed if other.continues is None] + whole
            completed += _continued(draft, draft.continues, told, observer)
            continue
        for role in (*draft.lacks, *draft.open):
            punished = _punished_for(draft, role, whole)
            other = punished or (
                _with_weapon(draft, drafts) if role == "weapon" else _other_with(draft, role, whole, imposed)
            )
            if other is None and role == "sender":
                other = _other_with(draft, role, single, imposed)
            if other is not None:
                link = other.roles["target" if punished else role]
                roles = {**draft.roles, role: replace(link, indirect=True)}
                lacks = tuple(name for name in draft.lacks if name != role)
                confidence = max(0.3, draft.confidence - 0.15)
                said = draft.hearsay and draft.stage == "completed" and draft.speaker is not None
                own = said and _same_actor(link, draft.speaker)
                assertion = "asserted" if own else draft.assertion  # who speaks takes part, as the article tells
                before, draft = (
                    draft,
                    replace(draft, roles=roles, lacks=lacks, confidence=confidence, assertion=assertion),
                )
                observer.completed(before, role, other, draft)
        if draft.lacks:
            observer.incomplete(draft)
        else:
            completed.append(draft)
    return completed


def with_senders(drafts: list[Draft], catalogue: Catalogue, observer: Observer) -> list[Draft]:
    """The drafts; sanctions of an untold sender as those of whose law it is, or of the only one that the article names.

    No state's are by the law or list of another.

    Args:
        drafts: those of the whole article, of rules and reader.
        catalogue: tells whose law it is.
        observer: is told what was taken over.
    """
    told = [d for d in drafts if d.predicate == "sanctions" and "sender" in d.roles and d.confidence >= SURE_SENDER]
    only = told[0] if len({draft.roles["sender"].entity.id for draft in told}) == 1 else None
    found = []
    for draft in drafts:
        if draft.predicate == "sanctions" and "sender" not in draft.roles:
            sender, origin = _lawgiver(draft, catalogue), draft
            if sender is None and only is not None and not any(other_round(other, draft) for other in told):
                sender, origin = replace(only.roles["sender"], indirect=True), only
            likely = draft.confidence >= SURE_TARGET
            if sender is not None and likely and not _same_actor(sender, draft.roles["target"]):
                before, draft = draft, replace(draft, roles={**draft.roles, "sender": sender})
                observer.completed(before, "sender", origin, draft)
        found.append(_by_own_law(draft, catalogue))
    return found


def without_own(drafts: list[Draft], catalogue: Catalogue, observer: Observer) -> list[Draft]:
    """The drafts but sanctions of a state on its own citizen or firm whom another state is told to sanction.

    Args:
        drafts: those of the whole article, of rules and reader.
        catalogue: tells whose citizens and firms they are.
        observer: is told which were dropped.
    """
    sanctions = [draft for draft in drafts if draft.predicate == "sanctions" and "sender" in draft.roles]
    kept = []
    for draft in drafts:
        target, sender = draft.roles.get("target"), draft.roles.get("sender")
        entry = catalogue.entries.get(target.entity.id) if target is not None else None
        homes = {entry.country, *(office.of for office in entry.offices)} if entry is not None else set()
        own = draft.predicate == "sanctions" and sender is not None and sender.entity.id in homes
        if own and any(
            _same_actor(o.roles["target"], target) and not _same_actor(o.roles["sender"], sender) for o in sanctions
        ):
            observer.doubted(draft, "another state is told to sanction its citizen")
        else:
            kept.append(draft)
    return kept


def _lawgiver(draft: Draft, catalogue: Catalogue) -> Link | None:
    """The state whose law the sanctions go by."""
    law = draft.roles.get("instrument")
    entry = catalogue.entries.get(law.entity.id) if law is not None else None
    state = catalogue.entries.get(entry.sender) if entry is not None and entry.sender else None
    return law.of(entity_of(state)) if law is not None and state is not None else None


def _by_own_law(draft: Draft, catalogue: Catalogue) -> Draft:
    """The draft without a law or list of a state that is not who sanctions: Canada's *terror blacklist* is its own."""
    states = [_lawgiver(draft, catalogue), draft.roles.get("sender")]
    known = [link for link in states if link is not None and link.entity.label == "Country"]
    if draft.predicate != "sanctions" or len(known) < len(states) or _same_actor(*known):
        return draft
    return replace(draft, roles={role: link for role, link in draft.roles.items() if role != "instrument"})


def _continued(draft: Draft, place: int, before: list[Draft], observer: Observer) -> list[Draft]:
    """A listed weapon as one of the event told last before the list; nothing where none is told nearby."""
    frame = PREDICATES[draft.predicate].frame
    parties = CONTINUED[frame]
    told = [
        other
        for other in before
        if PREDICATES[other.predicate].frame == frame
        and place - NEARBY <= other.start <= place
        and all(role in other.roles or role in draft.roles for role in parties)
        and all(
            _same_actor(other.roles[role], draft.roles.get(role, other.roles[role]))
            for role in parties
            if role in other.roles
        )
    ]
    if not told:
        observer.incomplete(draft)
        return []
    other = max(told, key=lambda one: one.start)
    given = {role: replace(other.roles[role], indirect=True) for role in (*parties, "target") if role in other.roles}
    roles = {**given, **draft.roles}
    handed = "supplies" if "supplier" in roles else "receives"
    found = replace(
        draft,
        predicate=handed if frame == "transfer" else draft.predicate,
        roles=roles,
        lacks=(),
        stage=other.stage,
        presumed=other.presumed,
        assertion=other.assertion,
        when=other.when,
    )
    observer.completed(draft, parties[0], other, found)
    return [found]


def _punished_for(draft: Draft, role: str, whole: list[Draft]) -> Draft | None:
    """The sanctions whose reason the draft tells; their target did it: sanctions on US firms over sales to Taiwan.

    Who is punished over a purchase is its buyer, never its seller.
    """
    if role == "supplier" and draft.predicate in ("purchases", "receives"):
        return None
    for other in whole if role in ("supplier", "recipient", "actor") else ():
        told = any(low <= anchor < high for low, high in other.reasons for anchor in draft.anchors)
        target = other.roles.get("target")
        itself = target is not None and _same_actor(target, draft.roles.get(OPPOSED[role]))
        if other.predicate == "sanctions" and told and target and not itself:
            return other
    return None


def _with_weapon(draft: Draft, drafts: list[Draft]) -> Draft | None:
    """The event to which a noun points back, with its weapon: the attack, *the contract* between two."""
    return _dealt(draft, drafts) if PREDICATES[draft.predicate].frame == "transfer" else _recalled(draft, drafts)


def _dealt(draft: Draft, drafts: list[Draft]) -> Draft | None:
    """One of the deals that the article tells of the same two, if they are all over one weapon."""
    told = [
        other
        for other in drafts
        if PREDICATES[other.predicate].frame == "transfer"
        and "weapon" in other.roles
        and all(_shares(other, draft, role) for role in ("supplier", "recipient"))
    ]
    weapons = {other.roles["weapon"].entity.id for other in told}
    models = {weapon for weapon in weapons if not weapon.startswith("class/")} or weapons
    return next((o for o in told if o.roles["weapon"].entity.id in models), None) if len(models) == 1 else None


def _recalled(draft: Draft, drafts: list[Draft]) -> Draft | None:
    """The strike that `the attack` points back to: the last one told before, if nobody else made it."""
    actor = draft.roles.get("actor")
    before = [
        other
        for other in drafts
        if other.predicate == draft.predicate
        and other.start < draft.start
        and "weapon" in other.roles
        and not (actor is not None and _same_actor(actor, other.roles.get("target")))
        and ("actor" not in other.roles or _same_actor(other.roles["actor"], actor))
    ]
    return max(before, key=lambda other: other.start, default=None)


def _other_with(draft: Draft, role: str, whole: list[Draft], imposed: Set[tuple[str, str, str]]) -> Draft | None:
    frame = PREDICATES[draft.predicate].frame
    opposed = draft.roles.get(OPPOSED[role]) or draft.roles.get("actor")
    others = [
        other
        for other in whole
        if other is not draft
        and (PREDICATES[other.predicate].frame == frame or {frame, PREDICATES[other.predicate].frame} <= OF_ONE_HAND)
        and role in other.roles
        and (frame in ("transfer", *OF_ONE_HAND) or other.predicate == draft.predicate)
        and not _same_actor(other.roles[role], opposed)
        and not (role == "supplier" and (_of_other_models(other, draft) or _instead(other, draft)))
        and not (role == "sender" and (other_round(other, draft) or _takes_part(draft, other, imposed)))
    ]
    related = [other for other in others if any(_shares(other, draft, name) for name in SHARED.get(role, ()))]
    before = [other for other in related if other.start <= draft.start]
    if before:
        return max(before, key=lambda other: other.start)
    if related:
        return min(related, key=lambda other: other.start)
    if frame == "use" or (frame == "transfer" and role not in draft.lacks and len(others) == 1):
        return None
    others = [other for other in others if frame == "transfer" or other.predicate == draft.predicate]
    if len({other.roles[role].entity.id for other in others}) == 1:
        return others[0]
    return None


def _takes_part(draft: Draft, other: Draft, imposed: Set[tuple[str, str, str]]) -> bool:
    """Whether whom the draft's measure hits imposes the other's with its sender, and so is not hit by him."""
    hit, target = draft.roles.get("target"), other.roles.get("target")
    return bool(hit and target and (other.predicate, hit.entity.id, target.entity.id) in imposed)


def _of_other_models(one: Draft, two: Draft) -> bool:
    """Whether each is about a model of its own: who sells S-400s is not who sells F-35s."""
    models = weapons_of(one, two)
    return len(models) == 2 and not any(model.startswith("class/") for model in models)


def _instead(one: Draft, two: Draft) -> bool:
    """Whether one is given up and the other to come, without a model that makes them one deal."""
    models = weapons_of(one, two)
    return given_up_for(one, two) and not (len(models) == 1 and not next(iter(models)).startswith("class/"))


def _same_actor(one: Link, two: Link | None) -> bool:
    return two is not None and one.entity.id == two.entity.id


def _shares(one: Draft, two: Draft, role: str) -> bool:
    return role in one.roles and role in two.roles and one.roles[role].entity.id == two.roles[role].entity.id
