"""Rules and the learned reader together: each tells what the other misses, and doubts what the other makes up."""

from __future__ import annotations

from dataclasses import replace

from graph.vocabulary import PHASE_OF, PHASES, PREDICATES, Stage
from loaders.extraction.draft import Draft
from loaders.extraction.observer import Observer
from loaders.learned.reader import Heard
from loaders.learned.sureness import Pair, load_weights, pairs_of, sure_roles
from loaders.linking.links import Link

SEEN = 0.3
"""Chance from which the reader's stage and assertion of a rule's event count."""
SURE_STAGE = 0.5
SURE_END = 0.85
SURE_ASSERTION = 0.9
"""How sure it must be of them, and of an end or of less than a rule tells: *has signed* is no plan. Of 44 events of
annotated articles to which a rule gives another stage than the reader, the reader, this sure, was right in 26, the rule
in 9."""


def agreed(by_rule: list[Draft], learned: list[Draft], heard: Heard, observer: Observer) -> list[Draft]:
    """The drafts of both that are sure enough; an event that both tell is as the rule tells it, with further roles.

    Args:
        by_rule: whole drafts of the rules.
        learned: drafts of the reader's events.
        heard: the reader's scores of all relations of the article.
        observer: is told what was put together, and what is too unsure.
    """
    uncrossed = [d for d in by_rule if (heard.crossed - heard.scores.keys()).isdisjoint(pairs_of(d.predicate, d.roles))]
    kept = [draft for draft in uncrossed if _is_sure(draft, heard, observer)]
    if len(heard.together) > 1:
        for draft in _told_at_one_stage(kept):
            _read_again(draft, heard, observer)
    for draft in learned:
        twin = next((other for other in kept if _one_event(other, draft)), None)
        if twin is None and _is_told_otherwise(draft, by_rule, [*kept, *learned]):
            observer.doubted(draft)
            continue
        if twin is None:
            _, confidence = sure_roles(draft.predicate, draft.roles, heard.chance, by_rule=False)
            draft.confidence = draft.confidence if confidence is None else confidence
            kept.append(draft)
            continue
        # Nobody sells to himself, or to whom he punishes.
        parties = {twin.roles[role].entity.id for role in ("supplier", "recipient") if role in twin.roles}
        further = {
            role: link
            for role, link in draft.roles.items()
            if role not in twin.roles
            and not (role == "instrument" and _may_be_anothers(twin, draft, kept))
            and not (role in ("supplier", "recipient") and link.entity.id in parties)
            and not (role == "supplier" and _punishes(link, twin, kept))
        }
        stage = draft.stage if twin.presumed else twin.stage  # the purchase *of* them says little of how far it has got
        joined = replace(twin, roles=twin.roles | further)
        joined.become(stage)
        if twin.hearsay and PHASE_OF[joined.stage] == "committed" and _takes_part(twin.speaker, further):
            joined.assertion, joined.hearsay = "asserted", False
        kept[kept.index(twin)] = joined
        observer.merged(twin, draft, joined)
    return kept


def _may_be_anothers(rule: Draft, learned: Draft, told: list[Draft]) -> bool:
    """Whether the law that the reader names may be that of another round: one threatened, or another told beside it."""
    if PHASE_OF[rule.stage] != PHASE_OF[learned.stage]:
        return True
    target = rule.roles.get("target")
    rounds = [
        one
        for one in told
        if PREDICATES[one.predicate].frame == "sanction"
        and (other := one.roles.get("target")) is not None
        and target is not None
        and other.entity.id == target.entity.id
    ]
    return len(rounds) > 1


def _takes_part(speaker: Link | None, further: dict[str, Link]) -> bool:
    """Whether who foretells a deal is its buyer or seller, as only the reader saw: *Biden* says Kyiv will get jets."""
    parties = {link.entity.id for role, link in further.items() if role in ("supplier", "recipient")}
    return speaker is not None and speaker.entity.id in parties


def _is_told_otherwise(draft: Draft, by_rule: list[Draft], told: list[Draft]) -> bool:
    """Whether a rule's draft, or a surer sale of those told, has other parties than one of the reader alone."""
    if any(_is_anothers(draft, other) or _gainsays(draft, other) or _is_shown(draft, other) for other in by_rule):
        return True
    if any(_is_turned(draft, other) for other in by_rule if other.confidence >= load_weights().doubted):
        return True
    if any(_is_expelled(draft, other) or _is_sanctioned(draft, other) for other in by_rule):
        return True
    surer = [one for one in told if one.confidence > draft.confidence]
    if _is_own_threat(draft) or _is_ally(draft, by_rule) or _is_ally(draft, surer):
        return True
    starts = {one.roles["weapon"].start for one in (*by_rule, *told) if "weapon" in one.roles}
    if any(_is_make(draft, other, starts) for other in by_rule) or any(_is_wielded(draft, other) for other in told):
        return True
    if any(_is_struck(draft, other) for other in told) or any(_is_fired(draft, other) for other in by_rule):
        return True
    deals = (other for other in told if PREDICATES[other.predicate].frame == "transfer")
    return any(_sells(other, draft) or _is_its_own(draft, other) for other in deals)


def _is_anothers(learned: Draft, rule: Draft) -> bool:
    """Whether a rule tells, where the reader looked, of other parties than one named elsewhere.

    Of a class of weapons only where it tells of both parties; of a model, of any.
    """
    if any(PREDICATES[draft.predicate].frame != "transfer" or "weapon" not in draft.roles for draft in (learned, rule)):
        return False
    weapon = learned.roles["weapon"].entity.id
    whole = {"supplier", "recipient"} <= rule.roles.keys() and not rule.roles["recipient"].indirect
    if rule.roles["weapon"].entity.id != weapon or (weapon.startswith("class/") and not whole):
        return False
    return learned.overlaps(rule) and any(
        role in learned.roles
        and role in rule.roles
        and learned.roles[role].entity.id != rule.roles[role].entity.id
        and not learned.start <= learned.roles[role].start < learned.end
        for role in ("supplier", "recipient")
    )


def _is_struck(learned: Draft, other: Draft) -> bool:
    """Whether who would receive a weapon is struck with it in the same words: fires British missiles *into Russia*."""
    if PREDICATES[learned.predicate].frame != "transfer" or other.predicate != "uses":
        return False
    recipient, target = learned.roles.get("recipient"), other.roles.get("target")
    weapon, used = learned.roles.get("weapon"), other.roles.get("weapon")
    if recipient is None or target is None or weapon is None or used is None:
        return False
    return learned.overlaps(other) and (recipient.entity.id, weapon.entity.id) == (target.entity.id, used.entity.id)


def _is_expelled(learned: Draft, rule: Draft) -> bool:
    """Whether a rule tells that who would expel somebody is what he is expelled from: suspended *from the council*."""
    if learned.predicate != "excludes" or rule.predicate != "excludes":
        return False
    sender, programme = learned.roles.get("sender"), rule.roles.get("programme")
    if sender is None or programme is None or sender.entity.id != programme.entity.id:
        return False
    other = rule.roles.get("sender")
    same = rule.roles["target"].entity.id == learned.roles["target"].entity.id
    return same and other is not None and other.entity.id != sender.entity.id and learned.overlaps(rule)


def _is_own_threat(learned: Draft) -> bool:
    """Whether who only speaks of measures to come is taken for whom they hit: said sanctions *would* be reimposed."""
    target = learned.roles.get("target")
    if learned.predicate != "sanctions" or "sender" in learned.roles or target is None or learned.speaker is None:
        return False
    return learned.stage in ("threatened", "planned") and learned.speaker.entity.id == target.entity.id


def _is_ally(learned: Draft, told: list[Draft]) -> bool:
    """Whether who would be hit imposes a measure with who would hit it: the EU and Canada sanction China."""
    sender, target = learned.roles.get("sender"), learned.roles.get("target")
    if learned.predicate != "sanctions" or sender is None or target is None:
        return False
    others = [one for one in told if one.predicate == "sanctions" and {"sender", "target"} <= one.roles.keys()]
    return any(
        (one.roles["sender"].entity.id, two.roles["sender"].entity.id) == (sender.entity.id, target.entity.id)
        and one.roles["target"].entity.id == two.roles["target"].entity.id
        and one.overlaps(two)
        for one in others
        for two in others
    )


def _is_make(learned: Draft, rule: Draft, weapons: set[int]) -> bool:
    """Whether who would use or supply a weapon only tells the make of one, and a rule reads who does: strikes with
    *North Korean* missiles."""
    role = {"uses": "actor", "supplies": "supplier"}.get(learned.predicate)
    frame = PREDICATES[learned.predicate].frame
    if role is None or PREDICATES[rule.predicate].frame != frame or not {role, "weapon"} <= rule.roles.keys():
        return False
    doer, other = learned.roles[role], rule.roles[role]
    same = learned.roles["weapon"].entity.id == rule.roles["weapon"].entity.id and learned.overlaps(rule)
    return same and doer.end + 1 in weapons and doer.entity.id != other.entity.id and not other.indirect


def _is_wielded(learned: Draft, other: Draft) -> bool:
    """Whether who would receive a weapon of somebody's make fires it in the same words: fired *US-made* missiles."""
    if PREDICATES[learned.predicate].frame != "transfer" or other.predicate != "uses":
        return False
    supplier, recipient = learned.roles.get("supplier"), learned.roles.get("recipient")
    if supplier is None or not supplier.indirect or not {"actor", "weapon"} <= other.roles.keys():
        return False
    same = learned.roles["weapon"].entity.id == other.roles["weapon"].entity.id and learned.overlaps(other)
    return same and (recipient is None or recipient.entity.id == other.roles["actor"].entity.id)


def _is_fired(learned: Draft, rule: Draft) -> bool:
    """Whether a rule tells in the same words that who would deploy a weapon fires it: has been *sending* rockets."""
    pair = (learned.predicate, rule.predicate) == ("deploys", "uses")
    if not pair or not {"actor", "weapon"} <= learned.roles.keys() & rule.roles.keys():
        return False
    same = all(learned.roles[r].entity.id == rule.roles[r].entity.id for r in ("actor", "weapon"))
    return same and learned.overlaps(rule)


def _is_turned(learned: Draft, rule: Draft) -> bool:
    """Whether a rule reads in the same words that who would supply to nobody known gets the weapon, or the reverse."""
    if any(PREDICATES[draft.predicate].frame != "transfer" or "weapon" not in draft.roles for draft in (learned, rule)):
        return False
    if learned.roles["weapon"].entity.id != rule.roles["weapon"].entity.id or not learned.overlaps(rule):
        return False
    one, two = learned.roles.get("supplier"), learned.roles.get("recipient")
    if one is not None and two is None:
        other = rule.roles.get("recipient")
    elif two is not None and one is None:
        one, other = two, rule.roles.get("supplier")
    else:
        return False
    return other is not None and one.entity.id == other.entity.id


def _is_sanctioned(learned: Draft, rule: Draft) -> bool:
    """Whether a rule reads, of other measures, that who would impose these is hit where it is named."""
    if not learned.predicate == rule.predicate == "sanctions" or not set(rule.anchors).isdisjoint(learned.anchors):
        return False
    sender, target = learned.roles.get("sender"), rule.roles.get("target")
    return sender is not None and target is not None and sender.start == target.start


def _is_shown(learned: Draft, rule: Draft) -> bool:
    """Whether a rule reads in the same words that a weapon said to be tested is one that was made."""
    if (learned.predicate, rule.predicate) != ("tests", "develops") or not learned.overlaps(rule):
        return False
    return rule.stage == "completed" and all(
        role in rule.roles and rule.roles[role].entity.id == learned.roles[role].entity.id for role in learned.roles
    )


def _is_its_own(learned: Draft, other: Draft) -> bool:
    """Whether who would supply a weapon to nobody known is surer to get it: the navy takes delivery of missiles."""
    supplier, recipient = learned.roles.get("supplier"), other.roles.get("recipient")
    if supplier is None or recipient is None or "recipient" in learned.roles or "weapon" not in other.roles:
        return False
    same = supplier.entity.id == recipient.entity.id
    same &= learned.roles["weapon"].entity.id == other.roles["weapon"].entity.id
    return same and other.confidence > learned.confidence


def _sells(other: Draft, learned: Draft) -> bool:
    """Whether somebody else is told to sell what a state is only said to make: Denmark sells its US-built F-16s."""
    maker, seller = learned.roles.get("supplier"), other.roles.get("supplier")
    if maker is None or seller is None or not maker.indirect or seller.indirect or "weapon" not in other.roles:
        return False
    buyers = [draft.roles.get("recipient") for draft in (learned, other)]
    here = buyers[1] is None and learned.overlaps(other)
    apart = (
        not here
        and buyers[0] is not None
        and buyers[0].entity.id not in (seller.entity.id, buyers[1] and buyers[1].entity.id)
    )
    return (
        not apart
        and maker.entity.id != seller.entity.id
        and learned.roles["weapon"].entity.id == other.roles["weapon"].entity.id
    )


def _gainsays(learned: Draft, rule: Draft) -> bool:
    """Whether a rule reads in the same words that somebody keeps the treaty that is said to be violated, or left."""
    phases = {"violates": ("actual",), "withdraws_from": ("actual", "committed")}.get(learned.predicate, ())
    if rule.predicate != "complies_with" or rule.assertion == "denied" or PHASE_OF[rule.stage] not in phases:
        return False
    same = all(learned.roles[role].entity.id == rule.roles[role].entity.id for role in ("actor", "instrument"))
    return same and learned.overlaps(rule)


def _punishes(supplier: Link, deal: Draft, drafts: list[Draft]) -> bool:
    """Whether who would supply is, by these very words, told to sanction or exclude who receives it."""
    buyer = deal.roles.get("recipient")
    return buyer is not None and any(
        draft.predicate in ("sanctions", "excludes")
        and (sender := draft.roles.get("sender")) is not None
        and (target := draft.roles.get("target")) is not None
        and (sender.entity.id, target.entity.id) == (supplier.entity.id, buyer.entity.id)
        and draft.start <= supplier.start < draft.end
        for draft in drafts
    )


def _is_sure(draft: Draft, heard: Heard, observer: Observer) -> bool:
    """Whether a rule's draft is sure enough; sets its roles and confidence."""
    described = {link.entity.id for link in draft.roles.values() if link.indirect and link.text[:4].lower() == "the "}

    def chance(pair: Pair) -> float | None:
        """None as well of `the kingdom`, which the reader takes for nobody."""
        unseen = pair not in heard.scores and not described.isdisjoint(pair[1:])
        return None if unseen else heard.chance(pair)

    roles, confidence = sure_roles(draft.predicate, draft.roles, chance, by_rule=True)
    if draft.assertion != "denied":  # who is said not to have done it is told by the denial itself
        draft.roles = roles
    if PREDICATES[draft.predicate].frame == "transfer":
        draft.predicate = _told_of(draft.predicate, draft.roles)
    if confidence is not None:
        draft.confidence = confidence
        if confidence < load_weights().doubted and draft.firm:
            draft.confidence = load_weights().doubted
        elif confidence < load_weights().doubted:
            observer.doubted(draft)
            return False
    return True


def _told_at_one_stage(drafts: list[Draft]) -> list[Draft]:
    """The drafts but those of which there are more, at other stages: of several batches or rounds."""
    stages: dict[Pair, set[Stage]] = {}
    for draft in drafts:
        for pair in pairs_of(draft.predicate, draft.roles):
            stages.setdefault(pair, set()).add(draft.stage)
    return [d for d in drafts if all(len(stages[pair]) == 1 for pair in pairs_of(d.predicate, d.roles))]


def _read_again(draft: Draft, heard: Heard, observer: Observer) -> None:
    """Takes over the reader's stage and assertion where it is sure of them.

    In articles of several windows alone: there an event is told more than once, and whole packages in one stage; of one
    paragraph rules read more.
    """
    found = [heard.scores[pair] for pair in pairs_of(draft.predicate, draft.roles) if pair in heard.scores]
    best = max(found, key=lambda score: score.chance, default=None)
    if best is None or best.chance < SEEN:
        return
    before = draft.stage, draft.assertion
    ranks = [PHASES.index(PHASE_OF[stage]) for stage in (best.stage, draft.stage)]
    bought = draft.predicate == "purchases" and best.stage == "agreed"  # *bought* may only have been ordered
    lowered = ranks[0] < ranks[1] and PHASE_OF[draft.stage] != "stopped" and not draft.presumed and not bought
    least = SURE_END if lowered or "ended" in (draft.stage, best.stage) else SURE_STAGE
    kept = draft.stage == "approved" and best.stage == "agreed"
    kept |= draft.predicate in ("signs", "withdraws_from") and PHASE_OF[draft.stage] == "committed"  # plans to leave
    if best.stage_chance >= least and not kept:
        draft.become(best.stage)
    if best.assertion_chance >= SURE_ASSERTION:
        draft.assertion = best.assertion
    if (draft.stage, draft.assertion) != before:
        observer.read_again(draft)


def _told_of(predicate: str, roles: dict[str, Link]) -> str:
    """What a transfer is told as, of whom it knows."""
    if predicate == "supplies":
        return predicate if "supplier" in roles else "receives"
    return predicate if "recipient" in roles else "supplies"


def _one_event(rule: Draft, learned: Draft) -> bool:
    if PREDICATES[rule.predicate].frame != PREDICATES[learned.predicate].frame:
        return False
    if PREDICATES[rule.predicate].frame == "treaty" and rule.predicate != learned.predicate:
        return False
    shared = rule.roles.keys() & learned.roles.keys()
    same = sum(rule.roles[role].entity.id == learned.roles[role].entity.id for role in shared)
    return same == len(shared) and same >= min(2, len(learned.roles))
