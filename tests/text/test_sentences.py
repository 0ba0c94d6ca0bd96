"""Where sentences end, and that none of the text is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text import Sentence, split_sentences
from loaders.text.sentences import MAX_SENTENCE

SEED = Path(__file__).parents[3] / "shared" / "seed"


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


ONE_SENTENCE = [
    "The U.S. Navy sailed two destroyers past the islands.",
    "U.N. Secretary-General Ban Ki-moon asked both sides to stop.",
    "Gen. Joseph Dunford met his Russian counterpart in Baku.",
    "Lt. Col. Juanita Chang spoke for the command.",
    "Lawmakers voted for bill No. 5 on Tuesday.",
    "President George W. Bush lifted the ban.",
    "J. R. Smith signed the order.",
    "The deal was signed on Nov. 3 in Doha.",
    "India paid $2.5bn for 36 jets, or 7.87 billion euros.",
    "The site sputniknews.com carried the story first.",
    "A copy is kept at sample-wire.example for readers.",
    "See https://example.org/a.B/News.Html?x=1.2 for the text.",
    "The frigate ... Admiral Gorshkov left port.",
    "They pose a threat to F-35 jets... 26.09.2021, Sample Wire",
    "The vote on 26.09.2021 was close.",
    "Talks resume at 5 p.m. Monday in Vienna.",
    "Talks resumed at 9 a.m. and went on all day.",
    "Lockheed Martin Corp. won the contract.",
    "The firm Acme Inc. sells radars.",
    "NATO - the alliance of 32 - agreed.",
    "The European Union (EU) - of 27 states - agreed.",
    "US-led forces - among them Turks - left.",
    "T-72 tanks - twenty of them - arrived.",
    "Dr. Smith flew from St. Petersburg to Mt. Vernon.",
    '"Will you buy more?" he was asked.',
    "Yahoo! reported the sale.",
    "Iran (see Art. 7 of the text) objects.",
    "Sen. Bob Menendez (D-N.J.) blocked the sale.",
    "Missiles vs. drones was the topic.",
    "The court heard Acme v. Ministry of Defence.",
]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_stays_one(text: str) -> None:
    assert split(text) == [text]


SEVERAL = [
    (["Turkey bought missiles.", "Russia delivered them."], " "),
    (["The threat came from Washington.", "Erdogan insisted on the purchase."], ""),
    (["They may pose a threat.", "Despite Turkey insisting, it was removed."], ""),
    (["What kind of systems Turkey buys.", "The United States has warned it."], ""),
    (["It was penalised in 2019.", "Ankara objected."], ""),
    (["The order came from the US.", "Turkey ignored it."], ""),
    (["Sanctions followed.", "NATO said nothing."], ""),
    (["Will it buy more?", "Nobody knows!", "We shall see."], " "),
    (['Erdogan said: "Of course."', "He smiled."], " "),
    (['He said "no doubts."', "Putin agreed."], ""),
    (["“We will buy them.”", "He left."], " "),
    (["He moved to the U.S.", "The family stayed."], " "),
    (["Talks ended at 5 p.m.", "The envoys left."], " "),
    (["The jets come from Boeing Co.", "It said so."], " "),
    (["It paid $5.", "Nobody complained."], " "),
    (['"We will buy.', 'Nobody can stop us."', "He left."], " "),
    (["They waited...", "Then the shelling began."], " "),
    (["Shipments stopped in Nov.", "The ban stayed."], " "),
    (["Turkey Considers Second Batch", "The United States opposes it.", "Ankara says it will buy."], "\n\n"),
    (["TURKEY: the purchase", "Missiles arrived on Friday.", "More will come."], "\n"),
    (["Turkey buys.", "“Nobody can interfere.”"], ""),
    (["The sale was cleared (Reuters).", "Delivery is due in 2025."], " "),
    (["Первый полк прибыл.", "Второй прибудет позже."], " "),
    (["土耳其购买了导弹。", "美国反对。"], ""),
]


DATELINES = [
    "WASHINGTON (AP) —", "ANKARA (Reuters) -", "SAINT PETERSBURG, June 17, 2011 (AFP) -", "NEW DELHI:", "TBILISI -",
    "SEOUL, March 6 (Yonhap) --", "Washington, Aug. 20 (CNA)", "TOKYO, Feb. 10, Kyodo -", "Paris (AFP) –", "(CNN) --",
    "BRUSSELS/WASHINGTON (Reuters) -", "UNITED NATIONS, Nov 3 (Xinhua) --",
]  # fmt: skip


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_no_part_of_the_first_sentence(dateline: str) -> None:
    assert split(f"{dateline} Turkey bought it. It came.") == [dateline, "Turkey bought it.", "It came."]


@pytest.mark.parametrize(("sentences", "glue"), SEVERAL)
def test_splits(sentences: list[str], glue: str) -> None:
    assert split(glue.join(sentences)) == sentences


def test_wrapped_paragraph_is_read_across_its_lines() -> None:
    lines = [
        "Turkey has taken delivery of the second regiment of the long-range",
        "air defence system that it ordered from Russia in 2017, the Turkish",
        "Defence Ministry said on Friday. Washington had warned its ally that",
        "Congress would answer.",
    ]
    assert len(split("\n".join(lines))) == 2


def test_line_that_goes_on_in_lower_case_is_joined() -> None:
    assert len(split("Turkey bought the missiles\nfrom Russia.")) == 1


def test_seed_article_splits_where_blanks_are_missing() -> None:
    if not SEED.is_dir():
        pytest.skip("the seed article (../shared/seed) is not here")
    sentences = [line for path in sorted(SEED.glob("*.txt")) for line in split(path.read_text(encoding="utf-8"))]
    starts = {sentence.split()[0] for sentence in sentences}
    assert {"Erdogan", "Despite", "Commenting"} <= starts
    assert not any(".Erdogan" in sentence or ".Despite" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 300_000,
        "word " * 60_000,
        "." * 300_000,
        '."' * 150_000,
        "a.B" * 100_000,
        "\n" * 300_000,
        " " * 300_000 + "a",
        "A. " * 100_000,
        "\0\x07\u202e\ud800" * 1_000,
    ],
)
def test_hostile_text_gives_short_sentences(text: str) -> None:
    sentences = split_sentences(text)
    assert all(sentence.end - sentence.start <= MAX_SENTENCE for sentence in sentences)
    assert_covers(text, sentences)


def assert_covers(text: str, sentences: list[Sentence]) -> None:
    position = 0
    for start, end in sentences:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


PIECES = st.sampled_from(
    [
        *".?!…\"'“”’()[]-–, \n\t",
        "\n\n",
        "...",
        "U.S.",
        "Gen.",
        "No.",
        "p.m.",
        "Nov.",
        "Turkey",
        "the",
        "he said",
        "3",
        "2.5",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_sentences_are_ordered_disjoint_and_lose_nothing(text: str) -> None:
    assert_covers(text, split_sentences(text))
