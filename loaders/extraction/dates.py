"""Dates told in the text, resolved against the day of publication: EDTF with its first and last day.

https://www.loc.gov/standards/datetime/ (levels 0 and 1: `2019`, `2019-07`, `2019-07-12`, `2019-07-12/2019-07-14`,
`199X`). Seasons, halves, quarters and thirds of a year ("late 2019") are written as intervals.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from graph.vocabulary import Basis
from loaders.extraction.other_days import is_of_another, only_counts
from loaders.extraction.words import AMOUNT_WORDS

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}


def is_of_the_calendar(word: str) -> bool:
    """Whether a word in lower case is a day of the week or a month."""
    return word in DAYS or word in MONTHS


NUMBERS = {"a": 1, "an": 1} | {word: n for n, word in enumerate(AMOUNT_WORDS.units + AMOUNT_WORDS.teens, start=1)}
_Y = r"(?:19|20)\d\d"
_MONTH = "|".join(sorted((re.escape(m) for m in MONTHS), key=len, reverse=True))
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = "|".join(DAYS)
_N = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"


RECENT = timedelta(days=10)
"""What is told as news was at most so long before."""


@dataclass(frozen=True, slots=True)
class When:
    """A date as told: EDTF, its first and last day, how it was read, where it stands in its text."""

    edtf: str
    first: date
    last: date
    basis: Basis
    start: int
    end: int
    told: bool = False
    """It is the day on which somebody told of it, so that it was by then."""
    ahead: bool = False
    """It was still to come when the article was published."""

    def is_right_before(self, other: When) -> bool:
        """Whether it is the other day, or a day or two right before it."""
        return self.last - self.first <= timedelta(days=2) and timedelta(0) <= other.last - self.last <= RECENT


@dataclass(frozen=True, slots=True)
class _Day:
    """From when a text is read."""

    published: date | None
    future: bool

    @property
    def today(self) -> date:
        """The day of publication; a ValueError without one, as for a date that does not exist."""
        if self.published is None:
            raise ValueError("a relative date needs the day of publication")
        return self.published


Told = tuple[date, date, Basis]
Reader = Callable[[re.Match[str], _Day], Told | None]


@lru_cache(maxsize=64)
def find_dates(text: str, published: date | None, *, future: bool = False) -> tuple[When, ...]:
    """The dates of a sentence, in the order of the text; those that need a day of publication are left out without one.

    Args:
        text: the sentence.
        published: day of publication.
        future: whether the event is still to come: then `29 September` and `Tuesday` are the next ones.
    """
    day = _Day(published, future)
    found: list[When] = []
    seen: list[tuple[int, int]] = []
    for pattern, read in PATTERNS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in seen):
                continue
            seen.append(match.span())
            try:
                told = read(match, day)
            except (ValueError, OverflowError):
                continue
            if told is not None and not is_of_another(text, match):
                ahead = published is not None and published < told[1]
                found.append(When(interval(told[0], told[1]), *told, match.start(), match.end(), ahead=ahead))
    return tuple(sorted(found, key=lambda when: when.start))


def interval(first: date, last: date) -> str:
    """An interval in its shortest EDTF: a day, a month, a year, a decade, or its two ends."""
    if first == last:
        return first.isoformat()
    whole_months = first.day == 1 and last == _end(last.year, last.month)
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if whole_months and first.month == 1 and last.month == 12:
        if first.year == last.year:
            return f"{first.year:04d}"
        if first.year % 10 == 0 and last.year == first.year + 9:
            return f"{first.year // 10:03d}X"
        return f"{first.year:04d}/{last.year:04d}"
    return f"{first:%Y-%m}/{last:%Y-%m}" if whole_months else f"{first}/{last}"


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months(year: int, low: int, high: int, basis: Basis = "stated") -> Told:
    return date(year, low, 1), _end(year, high), basis


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _month_number(name: str) -> int | None:
    """The month's number; None for the verbs `may` and `march`."""
    if name.lower() in ("may", "march", "mar") and not name[0].isupper():
        return None
    return MONTHS[name.lower().rstrip(".")]


def _shifted(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _part_of(m: re.Match[str], name: str) -> str:
    """What a group of the pattern matched; '' where the pattern has no such group."""
    return m.groupdict().get(name) or ""


def _iso(m: re.Match[str], _: _Day) -> Told:
    found = date.fromisoformat(_part_of(m, "iso"))
    return found, found, "stated"


def _calendar(m: re.Match[str], day: _Day) -> Told | None:
    """A day or days of a month: 12 July, July 12-14, 2019."""
    month = _month_number(_part_of(m, "month"))
    if month is None:
        return None
    low = int(re.sub(r"\D", "", _part_of(m, "day")))
    high = int(re.sub(r"\D", "", _part_of(m, "to"))) if _part_of(m, "to") else low
    year = int(_part_of(m, "year")) if _part_of(m, "year") else _nearest(day, month, low)
    return date(year, month, min(low, high)), date(year, month, high), "stated"


def _nearest(day: _Day, month: int, number: int) -> int:
    """The year that a day without one is in: the last such day, or the next one where the future is told."""
    today = day.today
    years = (today.year - 1, today.year, today.year + 1)
    days = [date(year, month, min(number, calendar.monthrange(year, month)[1])) for year in years]
    if day.future:
        return next(found.year for found in days if found >= today)
    return next(found.year for found in reversed(days) if found <= today + timedelta(days=1))


def _month(m: re.Match[str], day: _Day) -> Told | None:
    month = _month_number(_part_of(m, "month"))
    if month is None:
        return None
    if _part_of(m, "year"):
        return _months(int(_part_of(m, "year")), month, month)
    today, before = day.today, _part_of(m, "before")
    year = today.year
    if before.lower() == "last":
        year -= month >= today.month
    elif before.lower() == "next" or day.future:
        year += month < today.month or (month == today.month and before.lower() == "next")
    elif month > today.month:
        year -= 1
    return _months(year, month, month)


def _season(m: re.Match[str], day: _Day) -> Told:
    if _part_of(m, "year"):
        year, before = int(_part_of(m, "year")), ""
    else:
        year, before = day.today.year, _part_of(m, "before").lower()
    basis: Basis = "stated" if _part_of(m, "year") else "relative"
    name = _part_of(m, "season").lower()
    if name == "winter":  # from December on; named by the year in which it ends where the text says no more
        year -= before == "last" and day.today.month < 3
        return date(year - 1, 12, 1), _end(year, 2), basis
    low, high = AMOUNT_WORDS.seasons[name]
    if before == "next":
        year += day.today.month >= low
    elif before == "last":
        year -= day.today <= _end(year, high)
    return _months(year, low, high, basis)


def _part(m: re.Match[str], day: _Day) -> Told:
    """Early 2019, late this year: a third of a year; the second half of 2025."""
    low, high = (AMOUNT_WORDS.thirds | AMOUNT_WORDS.spans)[_part_of(m, "part").lower()]
    if _part_of(m, "year").isdigit():
        return _months(int(_part_of(m, "year")), low, high)
    shift = {"last": -1, "next": 1}.get(_part_of(m, "year").lower().split()[0], 0)
    return _months(day.today.year + shift, low, high, "relative")


def _years(m: re.Match[str], _: _Day) -> Told:
    first, last = int(_part_of(m, "year")), int(_part_of(m, "to") or _part_of(m, "year"))
    if last < first:
        raise ValueError("ends before it begins")
    return date(first, 1, 1), date(last, 12, 31), "stated"


def _decade(m: re.Match[str], _: _Day) -> Told:
    first = int(_part_of(m, "decade"))
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(_part_of(m, "part").lower(), (0, 9))
    return date(first + low, 1, 1), date(first + high, 12, 31), "stated"


def _by(m: re.Match[str], day: _Day) -> Told | None:
    """By the end of 2026, by July, by next year: some time up to then."""
    if _part_of(m, "year"):
        month = MONTHS[_part_of(m, "month").lower().rstrip(".")] if _part_of(m, "month") else 12
        last = _end(int(_part_of(m, "year")), month)
    elif _part_of(m, "month"):
        number = _month_number(_part_of(m, "month"))
        if number is None:
            return None
        last = _end(day.today.year + (number < day.today.month), number)
    else:
        unit, shift = _part_of(m, "unit").lower(), int(_part_of(m, "which").lower().strip() == "next")
        today = day.today
        if unit == "week":
            last = today + timedelta(days=6 - today.weekday() + 7 * shift)
        elif unit == "month":
            last = _end(*_shifted(today, shift))
        elif unit == "decade":
            last = date(today.year // 10 * 10 + 9 + 10 * shift, 12, 31)
        else:
            last = date(today.year + shift, 12, 31)
    if day.published is None or day.published > last:
        return (date(last.year, 1, 1) if last.month == 12 else last.replace(day=1)), last, "stated"
    return day.published, last, "stated" if _part_of(m, "year") or _part_of(m, "month") else "relative"


def _ago(m: re.Match[str], day: _Day) -> Told:
    """Two years ago: as exact as its unit."""
    today, count, unit = day.today, _number(_part_of(m, "count")), _part_of(m, "unit").lower()
    if unit == "year":
        return _months(today.year - count, 1, 12, "relative")
    if unit == "month":
        year, month = _shifted(today, -count)
        return _months(year, month, month, "relative")
    if unit == "week":
        monday = today - timedelta(days=today.weekday(), weeks=count)
        return monday, monday + timedelta(days=6), "relative"
    found = today - timedelta(days=count)
    return found, found, "relative"


def _past(m: re.Match[str], day: _Day) -> Told | None:
    """In the last three months; within 30 days, which is ahead."""
    if only_counts(m):
        return None
    today, count, unit = day.today, _number(_part_of(m, "count") or "one"), _part_of(m, "unit").lower()
    ahead = _part_of(m, "where").lower().startswith("within")
    sign = 1 if ahead else -1
    if unit in ("year", "month"):
        year, month = _shifted(today, sign * count * (12 if unit == "year" else 1))
        other = date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    else:
        other = today + sign * timedelta(days=count * (7 if unit == "week" else 1))
    return min(today, other), max(today, other), "relative"


def _unit(m: re.Match[str], day: _Day) -> Told:
    """Last month, earlier this year, next week."""
    today, which, unit = day.today, _part_of(m, "which").lower(), _part_of(m, "unit").lower()
    shift = {"last": -1, "next": 1, "past": -1, "previous": -1, "coming": 1}.get(which, 0)
    if unit == "year":
        first, last = date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)
    elif unit == "month":
        year, month = _shifted(today, shift)
        first, last = date(year, month, 1), _end(year, month)
    else:
        first = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        last = first + timedelta(days=6)
    first = today if which.startswith("later") else first
    last = today if which.startswith("earlier") else last
    return first, last, "relative"


def _near(m: re.Match[str], day: _Day) -> Told:
    word = _part_of(m, "near").lower()
    if word == "overnight":
        return day.today - timedelta(days=1), day.today, "relative"
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    found = day.today + timedelta(days=shift)
    return found, found, "relative"


def _weekend(m: re.Match[str], day: _Day) -> Told:
    saturday = day.today + timedelta(days=5 - day.today.weekday())
    if saturday > day.today and not day.future:
        saturday -= timedelta(weeks=1)
    sunday = saturday + timedelta(days=1)
    return saturday, sunday if day.future else min(sunday, day.today), "relative"


def _weekday(m: re.Match[str], day: _Day) -> Told:
    wanted, which, today = DAYS[_part_of(m, "weekday").lower()], _part_of(m, "which").lower(), day.today
    if which == "next" or (day.future and which != "last"):
        ahead = (wanted - today.weekday()) % 7
        found = today + timedelta(days=ahead or 7 * (which == "next"))
    else:
        found = today - timedelta(days=(today.weekday() - wanted) % 7)
        if which == "last" and found == today:
            found -= timedelta(days=7)
    return found, found, "relative"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_IN = r"(?:in|since|of|by|from|during|late|early|mid|after|before|for)"
_IN_MONTH = r"(?:in|since|of|during|late|early|mid)"
_STRUGGLE = "wars?|conflicts?|invasion|crisis|offensive|campaigns?|uprising|coup|fighting|clashes|revolution"
_NAMED = "|".join([*AMOUNT_WORDS.seasons, "winter"])
_THIS = r"this year|next year|last year|the year"
PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_compiled(rf"(?P<iso>{_Y}-\d\d-\d\d)"), _iso),
    (_compiled(rf"by (?:(?:the )?end (?:of )?|late |mid-?)?(?:(?P<month>{_MONTH})\.?,? )?(?P<year>{_Y})"), _by),
    (_compiled(r"by (?:the end of )?(?:this |the )?(?P<which>next )?(?P<unit>week|month|year|decade)"), _by),
    (_compiled(rf"by (?:the )?end of (?P<month>{_MONTH})"), _by),
    (
        _compiled(
            rf"(?P<day>{_DAY})(?:(?: ?[-–] ?| and | to )(?P<to>{_DAY}))? (?:of )?(?P<month>{_MONTH})\.?"
            rf"(?:,? (?P<year>{_Y}))?(?!\d)"
        ),
        _calendar,
    ),
    (
        _compiled(
            rf"(?P<month>{_MONTH})\.? (?P<day>{_DAY})(?!\d)(?: ?[-–] ?(?P<to>{_DAY})(?!\d))?(?:,? (?P<year>{_Y}))?"
        ),
        _calendar,
    ),
    (_compiled(rf"(?:the )?(?P<season>{_NAMED}) (?:of )?(?P<year>{_Y})"), _season),
    (_compiled(rf"(?P<before>last|this|next) (?P<season>{_NAMED})"), _season),
    (_compiled(rf"(?P<part>{'|'.join(AMOUNT_WORDS.thirds)})[- ](?P<year>{_Y}|{_THIS})"), _part),
    (_compiled(rf"(?P<part>{'|'.join(AMOUNT_WORDS.spans)}) of (?P<year>{_Y}|{_THIS})"), _part),
    (_compiled(r"(?:(?P<part>early|mid|late)[- ])?(?P<decade>(?:19|20)\d0)(?:s|'s|’s)"), _decade),
    (_compiled(rf"(?P<month>{_MONTH})\.?,? (?P<year>{_Y})(?![-\d])"), _month),
    (_compiled(rf"(?:{_IN_MONTH}|(?P<before>last|this|next))[ -](?P<month>{_MONTH})"), _month),
    (_compiled(rf"(?:between|from) (?P<year>{_Y}) (?:and|to) (?P<to>{_Y})"), _years),
    (_compiled(rf"(?:{_IN}|the)[ -](?P<year>{_Y})[-–](?P<to>{_Y})"), _years),
    (_compiled(rf"{_IN}[ -](?P<year>{_Y})(?![-–\d])"), _years),
    (_compiled(rf"(?:in|during) the (?P<year>{_Y})(?:[-–](?P<to>{_Y}))? (?:[\w-]+ )?(?:{_STRUGGLE})"), _years),
    (_compiled(rf"(?P<count>{_N}) (?P<unit>day|week|month|year)s? ago"), _ago),
    (
        _compiled(
            rf"(?P<where>(?:in|over|during) the (?:last|past)|within) (?:(?P<count>{_N}) )?"
            r"(?P<unit>day|week|month|year)s?(?! (?:of|after)\b)"
        ),
        _past,
    ),
    (
        _compiled(r"(?P<which>last|this|next|earlier (?:this|in the)|later this|previous) (?P<unit>week|month|year)"),
        _unit,
    ),
    (
        _compiled(
            r"(?P<near>today|yesterday|tomorrow|tonight|overnight|last night|this (?:morning|afternoon|evening))"
        ),
        _near,
    ),
    (_compiled(r"(?:over|at|on|during) the (?:past )?weekend|(?:last|this) weekend"), _weekend),
    (_compiled(rf"(?:(?P<which>last|next|this) |on )?(?P<weekday>{_WEEKDAY})"), _weekday),
)
"""In the order in which they are tried: a date inside one already found is no other."""
