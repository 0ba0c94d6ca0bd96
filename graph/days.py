"""Days that a date of the catalogue allows: it may be known to the month or the year only."""

from __future__ import annotations

import calendar
import re

DATE = re.compile(r"(?!0000)(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-\d\d)?")


def first_day(date: str) -> str:
    """`2014` and `2014-01` give `2014-01-01`; what is no date stays as it is."""
    return f"{date}{'-01-01'[len(date) - 10 :]}" if DATE.fullmatch(date) and len(date) < 10 else date


def last_day(date: str) -> str:
    """`2014` gives `2014-12-31`, `2015-02` the 28th; what is no date stays as it is."""
    found = DATE.fullmatch(date)
    if not found or len(date) == 10:
        return date
    month = found[2] or "12"
    return f"{found[1]}-{month}-{calendar.monthrange(int(found[1]), int(month))[1]}"
