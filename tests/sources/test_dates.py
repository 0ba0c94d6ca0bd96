from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.sources.dates import DateError, parse_date

FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
TODAY = date(2022, 1, 1)


def documented() -> list[tuple[str, str]]:
    section = FORMATS.read_text(encoding="utf-8").partition("## Dates")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    return [(cells[0].strip(" `"), cells[1].strip()) for cells in rows]


@pytest.mark.parametrize(("written", "meant"), documented())
def test_documented_forms(written: str, meant: str) -> None:
    if meant.startswith("rejected"):
        with pytest.raises(DateError):
            parse_date(written, today=TODAY)
    else:
        assert parse_date(written, today=TODAY) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (date(2021, 9, 26), "2021-09-26"),
        (datetime(2021, 9, 26, 10), "2021-09-26T10:00:00Z"),
        (datetime(2021, 9, 26, 1, tzinfo=timezone(timedelta(hours=3))), "2021-09-25T22:00:00Z"),
        (1632650400, "2021-09-26T10:00:00Z"),
        (1632650400.5, "2021-09-26T10:00:00Z"),
        (20210926, "2021-09-26"),
        (" 2021-09-26 ", "2021-09-26"),
        ("2021-09-26T10:00:00.123Z", "2021-09-26T10:00:00Z"),
        ("2021-09-26T10:00:00.123456+00:00", "2021-09-26T10:00:00Z"),
        ("2021-09-26 10:00", "2021-09-26T10:00:00Z"),
        ("2021-09-26 10:00:00 +0300", "2021-09-26T07:00:00Z"),
        ("1.9.2021", "2021-09-01"),
        ("2021/9/1", "2021-09-01"),
        ("04/04/2021", "2021-04-04"),
        ("26-09-2021", "2021-09-26"),
        ("26 Sep 2021", "2021-09-26"),
        ("26 sept 2021", "2021-09-26"),
        ("September 26 2021", "2021-09-26"),
        ("1st May 2021", "2021-05-01"),
        ("Tues, 2 March 2021", "2021-03-02"),
        ("26 September 2021, 10:00", "2021-09-26T10:00:00Z"),
        ("26 September 2021 10:00 GMT", "2021-09-26T10:00:00Z"),
        ("Sep 26, 2021 12:05 AM", "2021-09-26T00:05:00Z"),
        ("Sun, 26 Sep 2021 10:00:00 +0300", "2021-09-26T07:00:00Z"),
        ("Sun, 26 Sep 2021 10:00:00 EST", "2021-09-26T15:00:00Z"),
        ("Sep 26, 2021 10:00 AM EST", "2021-09-26T15:00:00Z"),
        ("2021-09-26 20:00:00 PDT", "2021-09-27T03:00:00Z"),
        ("6-September-2021", "2021-09-06"),
        ("26-SEP-2021 10:00", "2021-09-26T10:00:00Z"),
        ("1622-05-23", "1622-05-23"),
        ("2022-01-02", "2022-01-02"),
    ],
)
def test_more_forms(written: object, meant: str) -> None:
    assert parse_date(written, today=TODAY) == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2022-01-03", "future"),
        ("2021-13-01", "impossible"),
        ("31.02.2021", "impossible"),
        ("30 February 2021", "impossible"),
        ("31/13/2021", "impossible"),
        ("0000-00-00", "impossible"),
        ("2021-09-26T25:00", "impossible"),
        ("0001-01-01T00:00:00+03:00", "impossible"),
        ("1599-12-31", "before 1600"),
        ("3/4/21", "unreadable"),
        ("03-04-2021", "ambiguous"),
        ("2021", "unreadable"),
        ("yesterday", "unreadable"),
        ("", "unreadable"),
        ("9" * 100, "unreadable"),
        ("1e400", "unreadable"),
        (float("nan"), "unreadable"),
        (True, "not bool"),
        ([2021], "not list"),
    ],
)
def test_refused_forms(written: object, reason: str) -> None:
    with pytest.raises(DateError, match=reason):
        parse_date(written, today=TODAY)


days = st.dates(date(1600, 1, 1), TODAY)


@given(days, st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y"]))
def test_a_day_is_read_back_from_every_form(day: date, form: str) -> None:
    assert parse_date(day.strftime(form), today=TODAY) == day.isoformat()


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2021, 12, 31)).map(lambda moment: moment.replace(microsecond=0)),
    st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    st.sampled_from([datetime.isoformat, format_datetime, lambda moment: str(moment)]),
)
def test_a_moment_is_read_back_in_utc(moment: datetime, zone: timezone, form: object) -> None:
    assert callable(form)
    meant = moment.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    assert parse_date(form(moment.replace(tzinfo=UTC).astimezone(zone)), today=TODAY) == meant


@given(st.text() | st.floats() | st.integers() | st.from_regex(r"[\d/.: TZ+-]{1,30}"))
def test_anything_else_is_refused_or_a_real_day(written: object) -> None:
    try:
        parsed = parse_date(written, today=TODAY)
    except DateError:
        return
    assert date(1600, 1, 1) <= datetime.fromisoformat(parsed).date() <= TODAY + timedelta(days=1)
