"""Dates told in the text, resolved against the day of publication: EDTF with its first and last day.

https://www.loc.gov/standards/datetime/ (levels 0 and 1: `2019`, `2019-07`, `2019-07-12`,
`2019-07-12/2019-07-14`).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from graph.vocabulary import Basis

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
_MONTH = "|".join(sorted((re.escape(m) for m in MONTHS), key=len, reverse=True))
PATTERN = re.compile(
    rf"""\b(?:
    (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<month>{_MONTH})\.?(?:,?\ (?P<year>(?:19|20)\d\d))?(?!\d)
  | (?P<month2>{_MONTH})\.?\ (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\ (?P<year2>(?:19|20)\d\d))?
  | (?P<iso>(?:19|20)\d\d-\d\d-\d\d)
  | (?:in|since|of|early|late|mid|by|until|from|during|last|this|next)[ -]
    (?P<month3>{_MONTH})\.?(?:,?\ (?P<year3>(?:19|20)\d\d))?
  | (?P<month4>{_MONTH})\.?,?\ (?P<year4>(?:19|20)\d\d)
  | (?:in|since|by|until|from|during|of|late|early|mid)[ -](?P<year5>(?:19|20)\d\d)(?![-\d])
  | (?P<relative>(?P<which>last|this|next|earlier\ this|later\ this)
    [ ](?P<unit>week|month|year|summer|spring|autumn|fall|winter))
  | (?P<near>today|yesterday|tomorrow)
  | (?:(?P<which2>last|next|this)\ |on\ )?(?P<weekday>{"|".join(DAYS)})
  )\b""",
    re.IGNORECASE | re.VERBOSE,
)
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


@dataclass(frozen=True, slots=True)
class When:
    """A date as told: EDTF, its first and last day, how it was read, where it stands in its text."""

    edtf: str
    first: date
    last: date
    basis: Basis
    start: int
    end: int


def find_dates(text: str, published: date | None, *, future: bool = False) -> list[When]:
    """The dates of a sentence, in the order of the text; those that need a day of publication are left out without one.

    Args:
        text: the sentence.
        published: day of publication.
        future: whether the event is still to come: then `29 September` and `Tuesday` are the next ones.
    """
    found = []
    for match in PATTERN.finditer(text):
        try:
            when = _resolve(match, published, future)
        except (ValueError, OverflowError):
            continue
        if when is not None:
            found.append(when)
    return found


def _resolve(m: re.Match[str], published: date | None, future: bool) -> When | None:
    if m["iso"]:
        return _day(m, date.fromisoformat(m["iso"]), "stated")
    day, month, year = m["day"] or m["day2"], m["month"] or m["month2"], m["year"] or m["year2"]
    if day and month:
        number = MONTHS[month.lower().rstrip(".")]
        if year:
            return _day(m, date(int(year), number, int(day)), "stated")
        return _day(m, _nearest(published, number, int(day), future), "stated") if published else None
    month, year = m["month3"] or m["month4"], m["year3"] or m["year4"]
    if month:
        if month.lower() in ("may", "march", "mar", "sun") and not month[0].isupper():
            return None
        number = MONTHS[month.lower().rstrip(".")]
        if year:
            return _month(m, int(year), number, "stated")
        return (
            _month(m, _nearest(published, number, 1, future, month_only=True).year, number, "stated")
            if published
            else None
        )
    if m["year5"]:
        y = int(m["year5"])
        return When(str(y), date(y, 1, 1), date(y, 12, 31), "stated", m.start(), m.end())
    return _relative(m, published, future) if published else None


def _nearest(published: date | None, month: int, day: int, future: bool, month_only: bool = False) -> date:
    assert published is not None
    candidates = [
        date(published.year + shift, month, min(day, calendar.monthrange(published.year + shift, month)[1]))
        for shift in (-1, 0, 1)
    ]
    slack = timedelta(days=31 if month_only else 0)
    if future:
        return next(c for c in candidates if c + slack >= published)
    return next(
        c for c in reversed(candidates) if c <= published + (timedelta(days=0) if month_only else timedelta(days=1))
    )


def _relative(m: re.Match[str], published: date, future: bool) -> When | None:
    if m["near"]:
        shift = {"today": 0, "yesterday": -1, "tomorrow": 1}[m["near"].lower()]
        return _day(m, published + timedelta(days=shift), "relative")
    if m["weekday"]:
        wanted = DAYS[m["weekday"].lower()]
        which = (m["which2"] or "").lower()
        ahead = (wanted - published.weekday()) % 7
        if which == "next" or (future and which != "last"):
            return _day(m, published + timedelta(days=ahead or 7), "relative")
        return _day(m, published - timedelta(days=(published.weekday() - wanted) % 7), "relative")
    which, unit = m["which"].lower(), m["unit"].lower()
    shift = {"last": -1, "next": 1}.get(which, 0)
    if unit == "year":
        y = published.year + shift
        return When(str(y), date(y, 1, 1), date(y, 12, 31), "relative", m.start(), m.end())
    if unit == "month":
        index = published.year * 12 + published.month - 1 + shift
        return _month(m, index // 12, index % 12 + 1, "relative")
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
        sunday = monday + timedelta(days=6)
        return When(f"{monday}/{sunday}", monday, sunday, "relative", m.start(), m.end())
    if unit in SEASONS:
        low, high = SEASONS[unit]
        y = published.year + (shift if shift > 0 else 0)
        if shift < 0 and date(y, low, 1) >= published - timedelta(days=31):
            y -= 1
        first, last = date(y, low, 1), date(y, high, calendar.monthrange(y, high)[1])
        return When(f"{first}/{last}", first, last, "relative", m.start(), m.end())
    return None


def _day(m: re.Match[str], day: date, basis: Basis) -> When:
    return When(day.isoformat(), day, day, basis, m.start(), m.end())


def _month(m: re.Match[str], year: int, month: int, basis: Basis) -> When:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return When(f"{year:04d}-{month:02d}", date(year, month, 1), last, basis, m.start(), m.end())
