"""The day of what an article tells as news: a paper of Wednesday tells what was on Tuesday."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from graph.vocabulary import PREDICATES
from loaders.extraction.dates import DAYS, RECENT, When, find_dates
from loaders.extraction.draft import Draft

LEAD = 5000
"""Characters of an article in which its day is looked for."""
SHOT = re.compile(
    r"\b(?:tests?|launch(?:es|ed)?|fired|firings?|strikes?|struck|attack(?:s|ed)?|hit|killed|took place|carried out)"
    r"\b(?:(?!\b(?:said|says|told|reported|announced|confirmed|quoted|according|added|statement)\b)[^.;\n]){0,60}? "
    rf"(?:on |early |late )*(?P<day>{'|'.join(DAYS)})\b",
    re.IGNORECASE,
)
"""What tells on which day of the week weapons were fired: the missiles were *launched Sunday*, *the test on Friday*."""

NAMING = re.compile(r"(?:\b(?:the|its|his|her|their|our)|['’]s?) $", re.IGNORECASE)
"""What comes before a day of the calendar that tells which of known events is meant: *the* July 15 attack."""


def dated_as_news(drafts: list[Draft], text: str, published: date | None) -> list[Draft]:
    """The drafts; those without a day are of the only recent one that the article names, and else of its own.

    Not what had been before, nor what goes on: that began on no day of the news. A weapon was fired on the day of which
    that is told, rather than on that on which somebody spoke of it.

    Args:
        drafts: those of the whole article.
        text: the article.
        published: day of publication.
    """
    undated = [draft for draft in drafts if draft.when is None and not draft.background and draft.stage != "ongoing"]
    day = _only_recent_day(text, published) if undated and published else None
    for draft in undated:
        draft.when = day
    for draft in drafts:
        if draft.when is not None and draft.when.told and PREDICATES[draft.predicate].frame in ("test", "use"):
            draft.when = _day_of_firing(text, draft.start, draft.when, published) or draft.when
    return drafts


def _day_of_firing(text: str, start: int, told: When, published: date | None) -> When | None:
    """The only day before that of telling on which weapons are said to have been fired, from a place in the text on."""
    days = [
        replace(when, start=found.start("day"), end=found.end("day"))
        for found in SHOT.finditer(text, start, start + LEAD)
        for when in find_dates(found["day"], published)
    ]
    before = {when.first: when for when in reversed(days) if when.first < told.first and when.is_right_before(told)}
    return next(iter(before.values())) if len(before) == 1 else None


def _only_recent_day(text: str, published: date) -> When | None:
    told = [when for when in find_dates(text[:LEAD], published) if when.first == when.last and not _names(text, when)]
    recent = [when for when in told if timedelta(0) <= published - when.first <= RECENT]
    return recent[0] if len({when.first for when in recent}) == 1 else None


def _names(text: str, when: When) -> bool:
    return when.basis == "stated" and NAMING.search(text, max(0, when.start - 8), when.start) is not None
