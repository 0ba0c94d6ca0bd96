"""Dates known to the year, the month or the day."""

from __future__ import annotations

import re
from datetime import date

from graph.days import first_day, last_day

FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def _checked(value: str) -> str:
    match = FORM.fullmatch(value)
    if match is None:
        raise ValueError(f"'{value}' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD in quotes")
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError(f"there is no date '{value}' ({error}); correct it") from error
    return value


def earliest(value: str) -> str:
    """The first day that `2014`, `2014-08` or `2014-08-28` can mean, as YYYY-MM-DD.

    Raises:
        ValueError: where the value has another form or there is no such day.
    """
    return first_day(_checked(value))


def latest(value: str) -> str:
    """The last day that `2014`, `2014-08` or `2014-08-28` can mean, as YYYY-MM-DD.

    Raises:
        ValueError: where the value has another form or there is no such day.
    """
    return last_day(_checked(value))


def may_hold(since: str | None, until: str | None, day: str) -> bool:
    """Whether something that held from `since` until `until`, each known as exactly as it is, can have held on `day`.

    Args:
        since: a date known to the year, month or day; None where it always held.
        until: the same; None where it still holds.
        day: a date known to the year, month or day, or a date and time.
    """
    day = day[:10]
    return (since is None or earliest(since) <= latest(day)) and (until is None or latest(until) >= earliest(day))
