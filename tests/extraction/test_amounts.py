"""How many and for how much: what a sale tells beside its parties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Document
from loaders.extraction.numerals import numerals, value_of
from loaders.pipeline import extract


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("36 F-16s", 36, 36),
        ("twenty-four F-16s", 24, 24),
        ("three dozen F-16s", 36, 36),
        ("half a dozen F-16s", 6, 6),
        ("one hundred and twenty F-16s", 120, 120),
        ("2,000 F-16s", 2000, 2000),
        ("30 of the F-16s", 30, 30),
        ("66 F-16 Block 70 jets", 66, 66),
        ("a dozen Mirage 2000-5 jets", 12, 12),
        ("up to 40 F-16s", None, 40),
        ("as many as 40 F-16s", None, 40),
        ("no fewer than three F-16s", 3, None),
        ("more than a dozen F-16s", 12, None),
        ("up to another 12 F-16s", None, 12),
        ("20 to 30 F-16s", 20, 30),
        ("20-30 F-16s", 20, 30),
        ("between 20 and 30 F-16s", 20, 30),
        ("at least five Type 26 frigates", 5, None),
        ("26 Type 26 frigates", 26, 26),
        ("Type 26 frigates", None, None),
        ("Mk 48 torpedoes", None, None),
        ("hundreds of F-16s", None, None),
        ("several hundred F-16s", None, None),
    ],
)
def test_how_many(words: str, low: float | None, high: float | None) -> None:
    document = Document(source_id="sale", source="test", text=f"Britain will sell {words} to Norway.")
    told = [claim.qualifiers for claim in extract(document) if claim.predicate == "supplies"]
    assert [(one.quantity_min, one.quantity_max) for one in told] == [(low, high)]


NUMBER_WORDS = [
    "36",
    "2,000",
    "1.5",
    "9" * 40,
    "million",
    "hundred",
    "a",
    "half",
    "and",
    "to",
    "-",
    "six",
    "\u017fix",
    "twenty",
    "2019",
]


@given(
    st.lists(st.sampled_from([*NUMBER_WORDS, "\u0663\u0666", "between", "up to", "\xa0", ",", "."]), max_size=12),
    st.sampled_from(["", " "]),
)
def test_whatever_stands_together_is_a_finite_number_or_none(words: list[str], between: str) -> None:
    text = between.join(words)
    for number in numerals(text):
        assert 0 <= number.begin < number.end <= len(text)
        assert all(math.isfinite(bound) for bound in (number.low, number.high) if bound is not None)


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_digits_are_read_as_they_are(number: int) -> None:
    assert [value_of(str(number)), value_of(f"{number:,}")] == [number, number]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("two batteries of S-400s", "battery"),
        ("two S-400 batteries", "battery"),
        ("two S-400s", None),
        ("30 of the S-400s", None),
    ],
)
def test_what_is_counted(words: str, unit: str | None) -> None:
    document = Document(source_id="sale", source="test", text=f"Russia will sell {words} to India.")
    assert [claim.qualifiers.unit for claim in extract(document) if claim.predicate == "supplies"] == [unit]


@pytest.mark.parametrize(
    ("text", "quantity", "value"),
    [
        ("Switzerland bought three dozen F-35 jets from the United States.", 36, None),
        ("Poland ordered two hundred K2 tanks from South Korea.", 200, None),
        ("Poland ordered a dozen K2 tanks from South Korea.", 12, None),
        ("Russia sold US$247 million worth of MiG-29 fighters to Myanmar.", None, 247e6),
        (
            "The United States sold Javelin missiles to Taiwan, valued with all training and parts at $150 million.",
            None,
            150e6,
        ),
        (f"Russia sold S-400 systems to India for ${'9' * 400} million.", None, None),
    ],
)
def test_numbers_are_read_whole(text: str, quantity: float | None, value: float | None) -> None:
    document = Document(source_id="sale", source="test", text=text, published="2022-06-01")
    (claim,) = (claim for claim in extract(document) if claim.predicate in ("purchases", "supplies"))
    assert claim.qualifiers.quantity_min == quantity
    assert claim.qualifiers.value == value


@pytest.mark.parametrize(
    ("sum_told", "value", "currency"),
    [
        ("$2.5bn", 2.5e9, "USD"),
        ("69 million US dollars", 6.9e7, "USD"),
        ("900 million Australian dollars", 9e8, "AUD"),
        ("C$19bn", 1.9e10, "CAD"),
        ("NT$40 billion", 4e10, "TWD"),
        ("2.7 billion euros", 2.7e9, "EUR"),
        ("£650m", 6.5e8, "GBP"),
        ("6 billion Swiss francs", 6e9, "CHF"),
        ("39.3 billion kronor", 3.93e10, "SEK"),
        ("19 billion Norwegian crowns", 1.9e10, "NOK"),
        ("15 billion zloty", 1.5e10, "PLN"),
        ("3.2 trillion South Korean won", 3.2e12, "KRW"),
        ("five points", None, None),
    ],
)
def test_how_much(sum_told: str, value: float | None, currency: str | None) -> None:
    document = Document(source_id="sale", source="test", text=f"Britain sold Typhoon jets to Norway for {sum_told}.")
    [claim] = [claim for claim in extract(document) if claim.predicate == "supplies"]
    assert (claim.qualifiers.value, claim.qualifiers.currency) == (value, currency)
