"""Rules and the learned reader together: each tells what the other misses."""

from __future__ import annotations

from dataclasses import replace

from graph.vocabulary import PREDICATES
from loaders.extraction.draft import Draft
from loaders.extraction.observer import Observer


def agreed(by_rule: list[Draft], learned: list[Draft], observer: Observer) -> list[Draft]:
    """The drafts of both; an event that both tell is as the rule tells it, with further roles beside.

    Args:
        by_rule: whole drafts of the rules.
        learned: drafts of the reader's events.
        observer: is told what was put together.
    """
    kept = list(by_rule)
    for draft in learned:
        twin = next((other for other in kept if _one_event(other, draft)), None)
        if twin is None:
            kept.append(draft)
            continue
        confidence = 1 - (1 - draft.confidence) * (1 - twin.confidence)
        # The instrument may be of another round of sanctions.
        further = {r: link for r, link in draft.roles.items() if r not in twin.roles and r != "instrument"}
        joined = replace(twin, roles=twin.roles | further, confidence=confidence)
        kept[kept.index(twin)] = joined
        observer.merged(twin, draft, joined)
    return kept


def _one_event(rule: Draft, learned: Draft) -> bool:
    if PREDICATES[rule.predicate].frame != PREDICATES[learned.predicate].frame:
        return False
    if PREDICATES[rule.predicate].frame == "treaty" and rule.predicate != learned.predicate:
        return False
    shared = rule.roles.keys() & learned.roles.keys()
    same = sum(rule.roles[role].entity.id == learned.roles[role].entity.id for role in shared)
    return same == len(shared) and same >= min(2, len(learned.roles))
