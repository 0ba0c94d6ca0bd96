"""What counts as one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.tokens import MAX_TOKEN, tokenise

CASES = [
    ("Russian-made S-400s, F-35A and Su-57M's radar", "Russian - made S-400s , F-35A and Su-57M 's radar"),
    ("Hwasong-15 MiG-29 F/A-18E/F S-300PMU-2 Tu-22M3", "Hwasong-15 MiG-29 F/A-18E/F S-300PMU-2 Tu-22M3"),
    ("9K720 TB-2 COVID-19 S‑400", "9K720 TB-2 COVID-19 S‑400"),
    ("S-400-type and AK-47-wielding", "S-400 - type and AK-47 - wielding"),
    ("short-range, 10-year-old air-defence", "short - range , 10 - year - old air - defence"),
    ("anti-ship and non-NATO vice-president", "anti-ship and non-NATO vice-president"),
    ("$2.5bn (US$3.5m), €40, 12%", "$ 2.5 bn ( US$ 3.5 m ) , € 40 , 12 %"),
    ("300km at 5:30pm on 26.09.2021", "300 km at 5:30 pm on 26.09.2021"),
    ("don't can't it's they'll Turks' O'Brien's", "do n't ca n't it 's they 'll Turks ' O'Brien 's"),
    ("doesn’t Turkey’s Sana’a", "does n’t Turkey ’s Sana’a"),
    ("U.S.-led, U.N.-backed", "U.S. - led , U.N. - backed"),
    ("Gen. Smith, Lt. Col. Jones, No. 5, Nov. 3", "Gen. Smith , Lt. Col. Jones , No. 5 , Nov. 3"),
    ("George W. Bush and J. R. Jones", "George W. Bush and J. R. Jones"),
    ("see sputniknews.com, http://a.example/b?c=d.", "see sputniknews.com , http://a.example/b?c=d ."),
    ("joe@mail.example @wire #arms", "joe@mail.example @wire #arms"),
    ('He waited... "Why?"', 'He waited ... " Why ? "'),
    ("They cannot; R&D", "They can not ; R&D"),
    ("the 1990s, the 19th, 1,000, 3.14, 9/11", "the 1990s , the 19th , 1,000 , 3.14 , 9/11"),
    ("Plan B.", "Plan B ."),
    ("He said no.", "He said no ."),
    ("He left the U.S.", "He left the U.S."),
]


@pytest.mark.parametrize(("text", "tokens"), CASES)
def test_tokens(text: str, tokens: str) -> None:
    assert [text[start:end] for start, end in tokenise(text)] == tokens.split()


PIECES = st.sampled_from(
    [*"-/.,'’\"$%&@#_ \n", "S-400", "U.S.", "don't", "2.5bn", "http://", "Turkey", "e\u0301", "🚀", "\0"]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_tokens_restore_the_text(text: str) -> None:
    position = 0
    for start, end in tokenise(text):
        assert position <= start < end
        assert not text[position:start].strip()
        assert not any(character.isspace() for character in text[start:end])
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "a-" * 50_000,
        "a.b@" * 25_000,
        "1," * 50_000,
        "n't" * 30_000,
        "'" * 100_000,
        "A." * 50_000,
        "\0" * 100_000,
    ],
)
def test_hostile_text_is_cut(text: str) -> None:
    tokens = tokenise(text)
    assert max(end - start for start, end in tokens) <= MAX_TOKEN
    assert sum(end - start for start, end in tokens) == len(text)
