"""Dates as articles write them, read into ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = date(1600, 1, 1)
"""The first newspapers are of the seventeenth century; an earlier date is a mistake."""

LONGEST = 60
"""No date has more characters."""

DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y.%m.%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y",
               "%d-%b-%Y", "%d-%B-%Y")  # fmt: skip
ISO_SHAPE = re.compile(r"\d{4}-?\d{2}-?\d{2}([T ].*)?|\d{4}-?W\d{2}-?\d([T ].*)?")
EPOCH = re.compile(r"\d{9,10}(\.\d+)?|\d{12,13}")
COMPACT = re.compile(r"\d{14}")
DAY_OR_MONTH = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
MAIL_SHAPE = re.compile(r"([A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}(:\d{2})?( \S+)?")
WEEKDAY = re.compile(r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,? +", re.IGNORECASE)
ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
SEPT = re.compile(r"\bsept\b", re.IGNORECASE)
CLOCK = re.compile(
    r"(,| at|T)? *(?P<clock>\d{1,2}:\d{2}(:\d{2})?)(\.\d+)? ?(?P<half>[ap]m)? ?"
    r"(?P<zone>Z|UTC|GMT|[ECMP][SD]T|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)

ZONES = {
    "UTC": "Z", "GMT": "Z", "EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700",
    "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}  # fmt: skip
"""What RFC 2822 says that names of zones mean."""


class DateError(ValueError):
    """A date that is impossible, ambiguous or in no form that is known."""


def parse_date(value: object, *, today: date | None = None) -> str:
    """A date as `2021-09-26`, or a date and time in UTC as `2021-09-26T10:00:00Z`.

    Reads ISO 8601, RFC 2822, `26.09.2021`, `2021/09/26`, `26 September 2021`, `26-Sep-2021`, `September 26, 2021`,
    these with a time, `20210926`, `20210926103000`, seconds or milliseconds since 1970, and Python's own dates. A time
    without a zone counts as UTC. With slashes or hyphens, day and month are told apart only where one is greater
    than 12.

    Args:
        value: a text, a number, a `date` or a `datetime`.
        today: the day that counts as today; the clock's by default.

    Raises:
        DateError: where the date does not exist, lies after tomorrow or before 1600, is ambiguous or unreadable.
    """
    moment = _read(value)
    if isinstance(moment, datetime):
        try:
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except OverflowError:
            raise DateError(f"impossible date '{value}'") from None
        day = moment.date()
    else:
        day = moment
    if day < EARLIEST:
        raise DateError(f"impossible date '{value}': before {EARLIEST.year}")
    if day > (today or datetime.now(UTC).date()) + timedelta(days=1):
        raise DateError(f"future date '{value}'")
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(moment, datetime) else moment.isoformat()


def _read(value: object) -> date | datetime:
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise DateError(f"a date should be a text or a number, not {type(value).__name__}")
    written = str(value).strip()
    if len(written) > LONGEST:
        raise DateError(f"unreadable date '{written[:LONGEST]}…'")
    try:
        if ISO_SHAPE.fullmatch(written):
            return _iso(written)
        if COMPACT.fullmatch(written):
            return datetime.strptime(written, "%Y%m%d%H%M%S")
        if EPOCH.fullmatch(written):
            seconds = float(written) if len(written.partition(".")[0]) <= 10 else int(written) / 1000
            return datetime.fromtimestamp(seconds, UTC)
        if MAIL_SHAPE.fullmatch(written):
            return parsedate_to_datetime(written)
        return _written_out(written)
    except DateError:
        raise
    except (ValueError, TypeError, OverflowError):
        raise DateError(f"impossible or unreadable date '{written}'") from None


def _iso(written: str) -> date | datetime:
    try:
        return datetime.fromisoformat(written) if len(written) > 10 else date.fromisoformat(written)
    except ValueError:
        return _written_out(written)


def _written_out(written: str) -> date | datetime:
    clock = CLOCK.search(written)
    if clock and clock.end() == len(written) and clock.start() > 0:
        day = _day(written[: clock.start()])
        hours = datetime.strptime(*_clock(clock["clock"], clock["half"]))
        zone = (clock["zone"] or "Z").upper()
        zone = ZONES.get(zone, zone)
        return datetime.combine(day, hours.time(), datetime.strptime(zone, "%z").tzinfo)
    return _day(written)


def _clock(clock: str, half: str | None) -> tuple[str, str]:
    form = "%H:%M:%S" if clock.count(":") == 2 else "%H:%M"
    return (f"{clock} {half}", form.replace("%H", "%I") + " %p") if half else (clock, form)


def _day(written: str) -> date:
    written = written.strip().rstrip(",")
    if match := DAY_OR_MONTH.fullmatch(written):
        first, _, second, year = match.groups()
        a, b = int(first), int(second)
        if a <= 12 and b <= 12 and a != b:
            raise DateError(f"ambiguous date '{written}': day and month cannot be told apart")
        day, month = (b, a) if b > 12 else (a, b)
        return date(int(year), month, day)
    plain = ORDINAL.sub("", WEEKDAY.sub("", written, count=1))
    plain = " ".join(SEPT.sub("Sep", re.sub(r"(?<=[A-Za-z])\.|,", " ", plain)).split())
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    raise DateError(f"impossible or unreadable date '{written}'")
