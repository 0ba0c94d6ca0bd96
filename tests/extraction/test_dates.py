"""Dates told in a text, resolved against the day of publication."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.document import Document
from loaders.extraction.dates import find_dates
from loaders.pipeline import extract

WEDNESDAY = date(2021, 6, 16)
EDTF = re.compile(r"\d{3}X|\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")


def told(text: str, published: date | None = WEDNESDAY, *, future: bool = False) -> list[str]:
    return [when.edtf for when in find_dates(text, published, future=future)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on Wednesday", "2021-06-16"),
        ("on Tuesday", "2021-06-15"),
        ("last Wednesday", "2021-06-09"),
        ("over the weekend", "2021-06-12/2021-06-13"),
        ("last weekend", "2021-06-12/2021-06-13"),
        ("yesterday", "2021-06-15"),
        ("overnight", "2021-06-15/2021-06-16"),
        ("this morning", "2021-06-16"),
        ("earlier this week", "2021-06-14/2021-06-16"),
        ("earlier in the week", "2021-06-14/2021-06-16"),
        ("last week", "2021-06-07/2021-06-13"),
        ("last month", "2021-05"),
        ("later this year", "2021-06-16/2021-12-31"),
        ("two years ago", "2019"),
        ("a month ago", "2021-05"),
        ("three weeks ago", "2021-05-24/2021-05-30"),
        ("in the past three months", "2021-03-16/2021-06-16"),
        ("within 30 days", "2021-06-16/2021-07-16"),
        ("last July", "2020-07"),
        ("last summer", "2020-06/2020-08"),
        ("in December", "2020-12"),
        ("on 12 July", "2020-07-12"),
        ("July 12-14, 2019", "2019-07-12/2019-07-14"),
        ("Sept. 11, 2001", "2001-09-11"),
        ("2019-07-12", "2019-07-12"),
        ("in July 2019", "2019-07"),
        ("since 2014", "2014"),
        ("in the 1990s", "199X"),
        ("in the late 1980s", "1987/1989"),
        ("between 2014 and 2018", "2014/2018"),
        ("in late 2019", "2019-09/2019-12"),
        ("during the 2020 war", "2020"),
        ("in the first half of 2025", "2025-01/2025-06"),
        ("in the summer of 2022", "2022-06/2022-08"),
        ("by the end of 2026", "2021-06-16/2026-12-31"),
        ("by the end of the decade", "2021-06-16/2029-12-31"),
        ("by 2019", "2019"),
    ],
)
def test_a_date_is_as_exact_as_told(text: str, edtf: str) -> None:
    assert told(f"They signed the deal {text}.") == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on Tuesday", "2021-06-22"),
        ("on Wednesday", "2021-06-16"),
        ("next Wednesday", "2021-06-23"),
        ("on 12 July", "2021-07-12"),
        ("in May", "2022-05"),
        ("next month", "2021-07"),
        ("next March", "2022-03"),
    ],
)
def test_what_is_still_to_come_has_the_next_such_date(text: str, edtf: str) -> None:
    assert told(f"They will sign the deal {text}.", future=True) == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "The sanctions run until 31 July 2026.",
        "They extended the sanctions on Russia to 31 July 2026.",
        "The embargo, which expires on 18 October 2023, stays.",
        "It tested a missile for the first time since 2017.",
        "It was the largest attack since early 2020.",
        "North Korea has not tested a bomb since 3 September 2017.",
        "On 30 February 2020 nothing happened.",
        "A summer of discontent",
        "They sent 2019 rifles.",
        "It was the second attack on Riyadh in the past two months.",
        "The North fired its third missile in the last two weeks.",
    ],
)
def test_what_tells_no_day_of_an_event(text: str) -> None:
    assert told(text) == []


def test_a_relative_date_needs_the_day_of_publication() -> None:
    assert told("They met on Tuesday and in May 2020.", None) == ["2020-05"]


WORDS = st.sampled_from(
    [
        "on",
        "in",
        "by",
        "of",
        "the",
        "since",
        "until",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "week",
        "month",
        "year",
        "summer",
        "winter",
        "decade",
        "Tuesday",
        "May",
        "July",
        "Sept.",
        "3",
        "12",
        "31st",
        "1999",
        "2021",
        "2050",
        "1980s",
        "two",
        "ago",
        "within",
        "past",
        "months",
        "end",
        "to",
        "and",
        "-",
        ",",
        "overnight",
        "today",
    ]
)


@example("28 to 3 May", date(2000, 1, 1), False)
@given(st.lists(WORDS, max_size=12).map(" ".join), st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.booleans())
def test_any_words_give_intervals_that_stand_in_the_text(text: str, published: date, future: bool) -> None:
    end = 0
    for when in find_dates(text, published, future=future):
        assert when.first <= when.last
        assert EDTF.fullmatch(when.edtf)
        assert end <= when.start < when.end <= len(text)
        end = when.end


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("The United States sanctioned Turkey in May 2014 over its purchase of the S-400.", {"sanctions"}),
        ("In response to its purchase in May 2014 of the S-400, the United States sanctioned Turkey.", {"purchases"}),
        ("In May 2014 the United States sanctioned Turkey because of its purchase of the S-400.", {"sanctions"}),
        ("The United States sanctioned Turkey over its purchase of the S-400 in May 2014.", {"sanctions", "purchases"}),
        ("Turkey completed its purchase of the S-400 in May 2014.", {"purchases"}),
    ],
)
def test_what_something_was_done_for_has_not_its_date(text: str, dated: set[str]) -> None:
    claims = extract(Document(source_id="dates", source="test", text=text, published="2015-06-01"))
    assert {claim.predicate for claim in claims if claim.event_date == "2014-05"} <= dated
    assert [claim for claim in claims if claim.event_date == "2014-05"]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Under a law of 2017 the United States sanctioned Turkey.", None),
        ("Under an act of 1986 the United States sanctioned South Africa.", None),
        ("Under that law the United States sanctioned Turkey in December 2020.", "2020-12"),
    ],
)
def test_the_year_of_a_law_is_not_that_of_what_is_done_under_it(text: str, dated: str | None) -> None:
    found = extract(Document(source_id="a", source="a.txt", text=text, published="2021-05-01"))
    assert [claim.event_date for claim in found if claim.predicate == "sanctions"] == [dated]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("The UN arms embargo on Iran expired on October 18, 2020.", "2020-10-18"),
        ("North Korea tested an ICBM for the first time since 2017 on Tuesday.", "2021-06-15"),
        ("Russia has supplied India with S-400 systems since December 2020.", "2020-12-01/2021-06-16"),
        ("Saudi Arabia's order for 84 F-15SA jets from the United States, signed in 2011, is worth $29bn.", "2011"),
        ("Sanctions imposed in 2012 on Iran's oil exports were lifted in January 2016.", "2016-01"),
        ("In March, Taiwan signed a contract with the United States to buy Harpoon missiles.", "2021-03"),
        ("Taiwan agreed on Monday to buy Harpoon missiles from the United States.", "2021-06-14"),
        ("On Tuesday, Germany pledged 14 Leopard 2 tanks to Ukraine.", "2021-06-15"),
        ("On Tuesday, Trump vowed to impose sanctions on Turkey.", "2021-06-15"),
        ("Germany will send 14 Leopard 2 tanks to Ukraine on Tuesday.", "2021-06-22"),
        ("Hungary had signed a contract with Sweden in 2001 to lease 14 Gripens.", "2001"),
        ("Oman had agreed on Monday to buy Typhoons from Britain.", "2021-06-14"),
        ("It adds to the order that Hungary placed in 2001 for 14 Gripens from Sweden.", "2001"),
        ("The contract Chile signed in 2002 for F-16s from the United States was a large one.", "2002"),
        ("It is part of a deal Cairo signed with Paris in February 2015 to purchase 24 Rafale jets.", "2015-02"),
        ("Pakistan has ordered four frigates from China in a deal that was signed in June 2018.", "2018-06"),
        ("In May, Morocco bought 25 F-16s from the United States, adding to the deal signed in 2008.", "2021-05"),
        ("Chile on Monday signed a deal worth about $500 million to buy F-16s from the United States.", "2021-06-14"),
    ],
)
def test_an_event_has_its_own_date_and_not_that_of_one_before(text: str, dated: str) -> None:
    [claim] = extract(Document(source_id="a", source="a", text=text, published="2021-06-16"))
    assert claim.event_date == dated


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("President Lukashenko said on Tuesday that Belarus was suspending its part in the CFE Treaty.", "2021-06-15"),
        (
            "North Korea has fired a ballistic missile towards the sea, the South's military said on Monday.",
            "2021-06-14",
        ),
        (
            "Norway has cancelled an order for NH90 helicopters from France, its defence minister said on Friday.",
            "2021-06-11",
        ),
        ("Canada will give 39 armoured vehicles to Ukraine, its government announced on Tuesday.", "2021-06-15"),
        ("Belarus has supplied Azerbaijan with rocket launchers, officials said on Tuesday.", "2021-06-15"),
        # The day of the event is told, too, if only in another sentence.
        (
            "North Korea has fired a ballistic missile over the weekend, the South's military said on Monday.",
            "2021-06-12/2021-06-13",
        ),
        ("North Korea fired a cruise missile, state media said on Monday. The test on Sunday went well.", "2021-06-13"),
        ("North Korea fired a cruise missile, state media said on Monday. It was launched Sunday.", "2021-06-13"),
        ("North Korea fired a cruise missile, state media said on Monday. Seoul said so on Sunday.", "2021-06-14"),
        # What goes on or was before may be of any day.
        ("The ministry said on Tuesday that the EU had sanctioned Belarus.", None),
        ("Officials said on Tuesday that US sanctions on Cuba remain in force.", None),
        ("Sweden said on Tuesday that Hungary had signed a contract for Gripens in 2001.", "2001"),
    ],
)
def test_what_is_told_as_news_is_of_the_day_on_which_it_is_told(text: str, dated: str | None) -> None:
    [claim] = extract(Document(source_id="a", source="a", text=text, published="2021-06-16"))
    assert claim.event_date == dated


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("France has also sold Mirage 2000s to Qatar. The ministers met on Monday.", "before"),
        ("Poland also bought FA-50s from South Korea. The ministers met on Monday.", "before"),
        ("Iran is accused of supplying missiles to the Houthis. The ministers met on Monday.", "before"),
        ("The drones supplied by Turkey are armed. The ministers met on Monday.", "before"),
        ("The BrahMos was jointly developed by India and Russia. The ministers met on Monday.", "relative"),
        ("Three Typhoons also arrived in Kuwait from Italy. The ministers met on Monday.", "relative"),
        ("France has sold Mirage 2000s to Qatar. The ministers met on Monday.", "relative"),
    ],
)
def test_what_is_told_beside_the_news_was_before(text: str, basis: str) -> None:
    found = extract(Document(source_id="a", source="a", text=text, published="2021-06-16"))
    assert {claim.basis for claim in found if claim.predicate != "meets"} == {basis}


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Italy delivers two Typhoons to Kuwait\n\nA ceremony at Turin on Monday marked the delivery.", "2021-06-14"),
        ("Italy delivered two Typhoons to Kuwait. The ministers met on 14 June in Turin.", "2021-06-14"),
        # Of two days none is known to be the event's, nor of one long ago; what was before was on no day of the news.
        ("Italy delivered two Typhoons to Kuwait. The ministers met on Monday, and parted on Tuesday.", None),
        ("Italy delivered two Typhoons to Kuwait. The ministers had met on 14 May in Turin.", None),
        ("Italy had delivered two Typhoons to Kuwait. The ministers met on Monday in Turin.", None),
        ("US sanctions on Cuba remain in force. The ministers met on Monday.", None),
    ],
)
def test_news_is_of_the_only_recent_day_that_its_article_names(text: str, dated: str | None) -> None:
    found = extract(Document(source_id="a", source="a", text=text, published="2021-06-16"))
    [told] = {claim.event_date for claim in found if claim.predicate in ("supplies", "sanctions")}
    assert told == dated


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Japan condemned the launch in response to North Korea's nuclear test.", "before"),
        ("With the United States having imposed sanctions on Cuba, firms look elsewhere.", "before"),
        ("Belarus has already sold about $20 million worth of rocket launchers to Azerbaijan.", "before"),
        ("The United States has provided military aid to Egypt over the years.", "before"),
        ("The Houthis have fired missiles at Saudi Arabia in recent months, officials said on Monday.", "before"),
        ("North Korea carried out a nuclear test.", "publication"),
    ],
)
def test_what_is_answered_or_over_was_before(text: str, basis: str) -> None:
    [claim] = (c for c in extract(Document(source_id="a", source="a", text=text, published="2021-06-16")) if c.object)
    assert claim.basis == basis


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Greece bought Mirage 2000s from France.", None),
        ("Greece bought Mirage 2000s from France in the 1980s.", "198X"),
        ("The Security Council imposed an arms embargo on the March 23 (M23) movement.", None),
        ("On Monday the Security Council imposed an arms embargo on the March 23 movement.", "2021-06-14"),
    ],
)
def test_a_number_in_a_name_is_no_date(text: str, dated: str | None) -> None:
    [claim] = extract(Document(source_id="a", source="a", text=text, published="2021-06-16"))
    assert claim.event_date == dated


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("The EU imposed sanctions on Belarus following the May 23 hijacking of a plane.", "2021-05-23/2021-06-16"),
        ("Since the April 6 attack, Russia has supplied Mali with Mi-17 helicopters.", "2021-04-06/2021-06-16"),
        ("The EU has sanctioned Belarus since it held a vote in August 2020.", "2020-08-01/2021-06-16"),
        ("Within a week of the February 1 coup, the United States sanctioned Myanmar.", "2021-02-01/2021-02-08"),
        ("The United States had sanctioned Myanmar ten days after the February 1 coup.", "2021-02-11"),
        ("Britain sanctioned Myanmar two weeks after the coup of February 1.", "2021-02-12/2021-02-18"),
        # It has a day of its own.
        ("On June 9, following talks on May 20, Poland signed a contract for Turkish TB2 drones.", "2021-06-09"),
        # What is told in the present is news.
        ("The EU imposes sanctions on Belarus following the May 23 hijacking of a plane.", None),
        # Nothing is known of what was before, and what is under, for or over a thing is not of its day.
        ("Ahead of the June 28 deadline, Poland ordered Patriot missiles from the United States.", None),
        ("Two days before the June 10 summit, North Korea launched a ballistic missile.", None),
        ("Poland ordered Patriot missiles from the United States for 2025 delivery.", None),
        ("The United States has sanctioned Myanmar for its February 1 coup.", None),
        # What is to come before a day is told by it.
        ("Poland is to receive Patriot missiles from the United States before July 2022.", "2022-07"),
    ],
)
def test_what_was_done_after_another_event_has_not_its_day(text: str, dated: str | None) -> None:
    found = extract(Document(source_id="a", source="a", text=text, published="2021-06-16"))
    assert {claim.event_date for claim in found if claim.predicate != "uses"} == {dated}


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Since 2016, Uganda has bought six Mi-28 helicopters from Russia.", "2016-01-01/2021-06-16"),
        ("Russia has sold Uganda Mi-28 helicopters since March 2020.", "2020-03-01/2021-06-16"),
        ("The EU has had sanctions on Belarus since 2004.", "2004"),
        ("In 2017, Rwanda spent millions of dollars on buying Z-20 helicopters from China.", "2017"),
        ("In 2017, Rwanda bought Z-20 helicopters from China.", "2017"),
    ],
)
def test_what_was_done_since_a_year_may_have_been_done_until_now(text: str, dated: str) -> None:
    found = extract(Document(source_id="a", source="a", text=text, published="2021-06-16"))
    assert {claim.event_date for claim in found} == {dated}


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Italy delivered two Typhoons to Kuwait. The June 14 ceremony was held at Turin.", None),
        ("Italy delivered two Typhoons to Kuwait. Monday's ceremony was held at Turin.", "2021-06-14"),
    ],
)
def test_a_day_that_only_names_a_known_event_is_not_that_of_the_news(text: str, dated: str | None) -> None:
    [told] = {c.event_date for c in extract(Document(source_id="a", source="a", text=text, published="2021-06-16"))}
    assert told == dated
