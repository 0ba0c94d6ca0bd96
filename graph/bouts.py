"""Tests and uses, which are over at once: how many days lie between statements, and how many may."""

from __future__ import annotations

from datetime import date, timedelta

from graph.threads import Statement

APART = {"test": 0, "use": 182}
"""By frame, how many days may lie between two statements about the same one.

A test is an event of a day. Fighting comes in bouts, and a silence of half a year ends one: so does the data set of
militarised interstate disputes (MID) end a dispute after six months without an incident.
"""
WEEK = timedelta(days=6)
"""What is told without a date was on the day of publication or in the six days before: what is older gets a date."""
YEAR = timedelta(days=365)
"""So long after the event a denial without a date may come: answers wait for the accusation."""


def apart(one: Statement, other: Statement) -> int:
    """Days that lie between what two statements tell, at least; 0 where it can have been on one day."""
    (begin, end), (other_begin, other_end) = _span(one), _span(other)
    return max(0, (other_begin - end).days, (begin - other_end).days)


def looks_back(statement: Statement) -> bool:
    """Whether it only tells that something was before, or denies something without a date."""
    return statement.background or (statement.undated and statement.assertion == "denied")


def _span(statement: Statement) -> tuple[date, date]:
    """First and last day on which what it tells can have happened."""
    end = _day(statement.last or statement.published, date.max)
    if statement.undated:
        back = YEAR if statement.assertion == "denied" else WEEK
        return max(date.min + back, end) - back, end
    return _day(statement.first, date.min), end


def _day(text: str | None, unknown: date) -> date:
    return date.fromisoformat(text) if text else unknown
