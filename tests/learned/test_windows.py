from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.catalogue import load_catalogue
from loaders.learned.candidates import Candidate, candidates
from loaders.learned.windows import LONGEST, SIZE, windows
from loaders.linking.gazetteer import default_gazetteer
from loaders.linking.names import Names
from loaders.linking.spans import Spans
from loaders.text import split_sentences

sentences = st.lists(
    st.sampled_from(
        [
            "Turkey bought S-400s from Russia.",
            "The United States imposed sanctions on Iran under CAATSA!",
            "Nothing happened.",
            "A spokesman, who spoke at length " + "and then again " * 30 + "left.",
            "Der Minister sagte: “Ümit”.",
        ]
    ),
    max_size=40,
).map(" ".join)


def of(text: str) -> list[Candidate]:
    matches = default_gazetteer().find(text)
    return candidates(text, Spans(matches), Names(load_catalogue(), "2021-01-01", matches))


@given(sentences)
def test_every_sentence_is_in_a_window_and_every_candidate_stands_where_it_says(text: str) -> None:
    found = of(text)
    cut = windows(text, found)
    for sentence in split_sentences(text):
        assert any(w.start <= sentence.start and min(sentence.end, w.start + LONGEST) <= w.end for w in cut)
    assert all(w.end - w.start <= max(SIZE, LONGEST) for w in cut)
    assert all(text[c.link.start : c.link.end] == c.link.text for c in found)
    assert all(w.start <= c.link.start and c.link.end <= w.end for w in cut for c in w.candidates)


def test_candidates_are_what_the_catalogue_knows_and_names_that_it_does_not() -> None:
    found = of("Vladimir Putin told Ankara that Rosoboronexport and Gulbanu Trading LLC will ship HQ-29 missiles.")
    names = {(c.link.text, c.link.entity.name, c.label) for c in found}
    assert {
        ("Vladimir Putin", "Russia", "Country"),
        ("Vladimir Putin", "Vladimir Putin", "Person"),
        ("Ankara", "Turkey", "Country"),
        ("Rosoboronexport", "Rosoboronexport", "Company"),
        ("HQ-29", "HQ-29", "Weapon"),
        ("missiles", "missile", "Weapon"),
    } <= names
    assert any(text == "Gulbanu Trading LLC" and label == "Company" for text, _, label in names)
