"""Whether two drafts of one deal or measure tell of two steps of it: ordered in 2019 and there in 2021."""

from __future__ import annotations

from datetime import timedelta

from graph.vocabulary import PHASE_OF
from loaders.extraction.draft import Draft

ABOUT = timedelta(days=7)
"""Two deliveries lie further apart than this: one may be told by the day on which it came, or was handed over."""


def two_orders(a: Draft, b: Draft) -> bool:
    """Whether two contracts are of different days: 24 jets bought *in 2015*, and a deal for 30 told as news."""
    if not (a.predicate == b.predicate == "purchases" and {a.stage, b.stage} <= {"agreed", "completed"}):
        return False
    if a.stage == b.stage == "agreed" and are_apart(a, b):
        return True
    further = [draft.details.get("batch") == "further" for draft in (a, b)]
    counts = [draft.details.get("quantity_min") for draft in (a, b)]
    dated_alike = (a.when is None) == (b.when is None) and not are_apart(a, b)
    others = (None not in counts and counts[0] != counts[1]) or further[0] != further[1]
    return others and not dated_alike


def two_deliveries(a: Draft, b: Draft) -> bool:
    """Whether both tell of what was handed over, on days that lie apart: two helicopters in March, two in November."""
    if a.when is None or b.when is None or {a.stage, b.stage} != {"completed"}:
        return False
    early, late = sorted((a.when, b.when), key=lambda when: when.first)
    handed_over = "purchases" not in (a.predicate, b.predicate)
    return handed_over and early.first == early.last and late.first - early.last > ABOUT


def two_turns(a: Draft, b: Draft, frame: str) -> bool:
    """Whether they tell how far it had got on days that lie apart: imposed in 2010, lifted in 2015.

    A delivery that is stopped on a day of the calendar is none that is told as news, and one to come on a day is not
    what was ordered, or had come, before.
    """
    if frame == "transfer" and (_is_promised(a, b) or _is_promised(b, a)):
        return True
    if PHASE_OF[a.stage] == PHASE_OF[b.stage]:
        return False
    stop, other = (a, b) if PHASE_OF[a.stage] == "stopped" else (b, a)
    stopped = frame == "transfer" and PHASE_OF[stop.stage] == "stopped"
    of_the_calendar = stop.when is not None and stop.when.basis == "stated"
    as_news = other.when is None and not other.background
    return are_apart(a, b) or (stopped and of_the_calendar and as_news)


def _is_promised(promise: Draft, deal: Draft) -> bool:
    """Whether one tells on which day to come weapons will be there that the other tells to be ordered, or there."""
    ahead = [draft.when is not None and draft.when.ahead for draft in (promise, deal)]
    handed_over = promise.predicate != "purchases" and PHASE_OF[promise.stage] == "committed"
    return ahead == [True, False] and handed_over and (deal.stage == "agreed" or PHASE_OF[deal.stage] == "actual")


def two_steps(a: Draft, b: Draft) -> bool:
    """Whether one tells when they were ordered or bought, the other that they came: ordered *in 2019*."""
    ordered, came = (a, b) if _is_order(a) else (b, a)
    if not _is_order(ordered) or PHASE_OF[came.stage] != "actual" or came.predicate == "purchases":
        return False
    if len(weapons_of(a, b)) != 1:
        return False  # what is told of the class is told of the model as well
    return ordered.when is not None and (came.when is None or ordered.when.last < came.when.first)


def _is_order(draft: Draft) -> bool:
    return draft.stage == "agreed" or (draft.predicate == "purchases" and draft.stage == "completed")


def is_part(a: Draft, b: Draft) -> bool:
    """Whether one tells of some that were handed over, and the other of the whole order: five of *36* jets."""
    ordered = b.details.get("quantity_min") == a.whole or PHASE_OF[a.stage] != PHASE_OF[b.stage]
    return a.whole is not None and b.whole is None and ordered


def weapons_of(a: Draft, b: Draft) -> set[str]:
    """Ids of the weapons that they tell of."""
    return {draft.roles["weapon"].entity.id for draft in (a, b) if "weapon" in draft.roles}


def are_apart(a: Draft, b: Draft) -> bool:
    """Whether their dates do not touch, unless one is the day on which somebody told of what was right before."""
    if a.when is None or b.when is None:
        return False
    early, late = sorted((a.when, b.when), key=lambda when: when.last)
    return early.last < late.first and not (late.told and early.is_right_before(late))
