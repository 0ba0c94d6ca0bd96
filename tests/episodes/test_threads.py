"""Threads, dates, and which claims count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.articles import Article
from graph.claims import Mention, Qualifiers, Quote, make_claim
from graph.history import ArticleState, merge, version_key
from graph.threads import iso_day, parties, statement, thread_key, when
from graph.vocabulary import Label


def node(id: str, label: Label = "Country") -> Mention:
    return Mention(id=id, name=id, label=label)


def claim(subject: str | None, predicate: str, whom: Mention, **fields: Any) -> Any:
    details = {name: fields.pop(name) for name in list(fields) if name in Qualifiers.model_fields}
    return make_claim(
        article="a", article_id="0" * 16, subject=node(subject) if subject else None, predicate=predicate,
        object=whom, qualifiers=Qualifiers(**details), stage=fields.pop("stage", "completed"), assertion="asserted",
        evidence=[Quote(start=0, end=1, quote=fields.pop("quote", "x"))], confidence=1,
        extractor=fields.pop("extractor", "rules"), extractor_version=fields.pop("version", "1"), **fields,
    )  # fmt: skip


S400 = node("s-400", "Weapon")
F35 = node("f-35-programme", "Instrument")


@pytest.mark.parametrize(
    ("made", "key"),
    [
        (claim("TUR", "purchases", S400, supplier=node("RUS")), "transfer/RUS/TUR/s-400"),
        (claim("TUR", "receives", S400), "transfer/?/TUR/s-400"),
        (claim("RUS", "supplies", node("class/missiles", "Weapon")), "transfer/RUS/?/class/missiles"),
        (claim("USA", "sanctions", node("TUR"), instrument=node("caatsa", "Instrument")), "sanction/USA/TUR"),
        (claim(None, "sanctions", node("TUR")), "sanction/?/TUR"),
        (claim("USA", "excludes", node("TUR"), programme=F35), "exclude/USA/TUR/f-35-programme"),
        (claim("IRN", "tests", node("fattah", "Weapon")), "test/IRN/fattah"),
        (claim("SAU", "uses", node("paveway", "Weapon"), target=node("YEM")), "use/SAU/YEM/paveway"),
        (claim("USA", "withdraws_from", node("jcpoa", "Instrument")), "treaty/withdraws_from/USA/jcpoa"),
        (claim("USA", "opposes", node("TUR")), "stance/opposes/USA/TUR"),
        (claim("TUR", "meets", node("RUS")), "meeting/RUS/TUR"),
        (claim("TUR", "member_of", node("nato", "Organization")), "background/member_of/TUR/nato"),
        (claim("a/b", "sanctions", node("c/d")), "sanction/a%2Fb/c/d"),
    ],
)
def test_the_key_of_a_thread(made: Any, key: str) -> None:
    assert thread_key(made) == key
    assert statement(made, "origin").thread == key


def test_a_thread_tells_its_parties() -> None:
    found = {role: tuple(ref) for role, ref in parties("transfer/?/a%2Fb/class/missiles").items()}
    assert found == {"RECIPIENT": ("a/b", "Actor"), "WEAPON": ("class/missiles", "Weapon")}
    assert parties("treaty/signs/IRN/jcpoa")["OBJECT"] == ("jcpoa", "Instrument")
    assert parties("test/IRN/fattah")["OBJECT"] == ("fattah", "Weapon")
    assert set(parties("exclude/USA/TUR/x")) == {"SUBJECT", "OBJECT"}


@pytest.mark.parametrize(
    ("date_from", "date_to", "basis", "published", "expected"),
    [
        (None, None, None, "2021-09-26", ("2021-09-26", "2021-09-26", None)),
        (None, None, "publication", "2021-09-26", ("2021-09-26", "2021-09-26", None)),
        (None, None, "before", "2021-09-26", (None, "2021-09-26", None)),
        ("2019-07-12", "2019-07-12", "stated", "2021-09-26", ("2019-07-12", "2019-07-12", None)),
        ("2021-01-01", "2021-12-31", "stated", "2021-09-26", ("2021-01-01", "2021-09-26", None)),
        ("2021-09-29", "2021-09-29", "stated", "2021-09-26", ("2021-09-26", "2021-09-26", "2021-09-29")),
        ("2019-01-01", None, "stated", "2021-09-26", ("2019-01-01", "2021-09-26", None)),
        (None, "2019-01-01", "stated", "2021-09-26", (None, "2019-01-01", None)),
        (None, None, None, None, (None, None, None)),
    ],
)
def test_when_it_can_have_happened(
    date_from: str | None,
    date_to: str | None,
    basis: str | None,
    published: str | None,
    expected: tuple[str | None, ...],
) -> None:
    assert when(date_from, date_to, basis, published) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [("2021-09-26", "2021-09-26"), ("2021-09-26T10:00:00Z", "2021-09-26"), ("2021-02-31", None), ("soon", None),
     ("", None), (None, None)],
)  # fmt: skip
def test_only_days_of_the_calendar_are_days(text: str | None, day: str | None) -> None:
    assert iso_day(text) == day


@pytest.mark.parametrize(
    ("older", "newer"), [("1.9", "1.10"), ("1", "1.0"), ("1.0", "1.0+2"), ("2024.12", "2025.1"), ("", "0")]
)
def test_versions_of_extractors_grow_as_numbers_do(older: str, newer: str) -> None:
    assert version_key(older) < version_key(newer)


def reading(published: str, version: str, extractor: str, quotes: list[str]) -> tuple[Article, list[Any]]:
    source = Article(id="0" * 16, source_id="a", source="f", text="x", published=published, sha256="0")
    claims = [
        claim("USA", "sanctions", node("TUR"), quote=quote, version=version, extractor=extractor) for quote in quotes
    ]
    return source, claims


READINGS = st.lists(
    st.builds(
        reading,
        st.sampled_from(["2020-01-01", "2020-01-02"]),
        st.sampled_from(["1.9", "1.10"]),
        st.sampled_from(["rules", "human"]),
        st.lists(st.sampled_from("abc"), unique=True),
    ),
    min_size=1,
    max_size=6,
)


def merged(readings: list[tuple[Article, list[Any]]]) -> ArticleState | None:
    state: ArticleState | None = None
    for source, claims in readings:
        state = merge(state, source, [(one, thread_key(one)) for one in claims], {})
    return state


@given(READINGS, st.randoms())
def test_which_claims_count_does_not_depend_on_the_order_of_loading(
    readings: list[tuple[Article, list[Any]]], chance: Any
) -> None:
    shuffled = list(readings)
    chance.shuffle(shuffled)
    assert merged(shuffled) == merged(readings)
    assert merged(readings + shuffled) == merged(readings)
