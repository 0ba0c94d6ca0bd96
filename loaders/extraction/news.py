"""The day of what an article tells as news: a paper of Wednesday tells what was on Tuesday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from loaders.extraction.dates import When, find_dates
from loaders.extraction.draft import Draft

RECENT = timedelta(days=10)
LEAD = 5000
"""Characters of an article in which its day is looked for."""

NAMING = re.compile(r"(?:\b(?:the|its|his|her|their|our)|['’]s?) $", re.IGNORECASE)
"""What comes before a day of the calendar that tells which of known events is meant: *the* July 15 attack."""


def dated_as_news(drafts: list[Draft], text: str, published: date | None) -> list[Draft]:
    """The drafts; those without a day are of the only recent one that the article names, and else of its own.

    Not what had been before, nor what goes on: that began on no day of the news.

    Args:
        drafts: those of the whole article.
        text: the article.
        published: day of publication.
    """
    undated = [draft for draft in drafts if draft.when is None and not draft.background and draft.stage != "ongoing"]
    day = _only_recent_day(text, published) if undated and published else None
    for draft in undated:
        draft.when = day
    return drafts


def _only_recent_day(text: str, published: date) -> When | None:
    told = [when for when in find_dates(text[:LEAD], published) if when.first == when.last and not _names(text, when)]
    recent = [when for when in told if timedelta(0) <= published - when.first <= RECENT]
    return recent[0] if len({when.first for when in recent}) == 1 else None


def _names(text: str, when: When) -> bool:
    return when.basis == "stated" and NAMING.search(text, max(0, when.start - 8), when.start) is not None
