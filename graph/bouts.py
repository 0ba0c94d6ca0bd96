"""Tests and uses, which are over at once: how many days lie between statements, and how many may."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from graph.threads import Statement

APART = {"test": 0, "use": 182}
"""By frame, how many days may lie between two statements about the same one.

A test is an event of a day. Fighting comes in bouts, and a silence of half a year ends one: so does the data set of
militarised interstate disputes (MID) end a dispute after six months without an incident.
"""
WEEK = 6
"""What is told without a date was on the day of publication or in the six days before: what is older gets a date."""
YEAR = 365
"""So long after the event a denial without a date may come: answers wait for the accusation."""


def apart(one: Statement, other: Statement) -> int:
    """Days that lie between what two statements tell, at least; 0 where it can have been on one day."""
    (begin, end), (other_begin, other_end) = span(one), span(other)
    return max(0, other_begin - end, begin - other_end)


def days(earlier: str | None, later: str) -> int:
    """Days from one ISO date to another; 0 where the first is not known."""
    if not earlier:
        return 0
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def looks_back(statement: Statement) -> bool:
    """Whether it only tells that something was before, or denies something without a date."""
    return statement.background or (statement.undated and statement.assertion == "denied")


def span(statement: Statement) -> tuple[int, int]:
    """First and last day on which what it tells can have happened, as ordinals of the calendar."""
    back = 0 if not statement.undated else YEAR if statement.assertion == "denied" else WEEK
    return _span(statement.first, statement.last or statement.published, back)


@lru_cache(maxsize=10_000)
def _span(first: str | None, last: str | None, back: int) -> tuple[int, int]:
    end = date.fromisoformat(last).toordinal() if last else date.max.toordinal()
    if back:
        return end - back, end
    return date.fromisoformat(first).toordinal() if first else 0, end
