"""Days and ranges of days in words, no more exact than they are known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from queries.story.model import When


def when(first: str | None, last: str | None, *, reported: bool = False) -> When:
    """A moment between two days of ISO 8601, either of which may be open."""
    return When(first=first, last=last, text=words(first, last), reported=reported)


def words(first: str | None, last: str | None) -> str:
    """`14 December 2020`, `December 2020`, `2020`, `12 to 25 July 2019`, `by 5 May 2020`, `undated`."""
    if last is None:
        return "undated" if first is None else f"{_day(first)} or later"
    if first is None:
        return f"by {_day(last)}"
    if first == last:
        return _day(first)
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    whole = begin.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if whole and (begin.year, begin.month) == (end.year, end.month):
        return f"{end:%B} {end.year}"
    if whole and begin.month == 1 and end.month == 12:
        return str(end.year) if begin.year == end.year else f"{begin.year} to {end.year}"
    if whole:
        start = f"{begin:%B}" if begin.year == end.year else f"{begin:%B} {begin.year}"
        return f"{start} to {end:%B} {end.year}"
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day} to {_day(last)}"
    if begin.year == end.year:
        return f"{begin.day} {begin:%B} to {_day(last)}"
    return f"{_day(first)} to {_day(last)}"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B} {day.year}"
