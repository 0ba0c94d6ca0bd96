"""Which texts are copies of one another, which is the original, and whose report they are."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.copies.__main__ import found
from bench.copies.pairs import copies as made_copies
from bench.copies.pairs import reports
from graph.copies import Group, Text, copies, grouped
from graph.sketch import Sketch, sketch_of

WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=400)
REPORT = (
    "France suspended the delivery of the first Mistral ship to Russia on Tuesday, and the sailors who had come to "
    "Saint-Nazaire to take it home were told to wait. {0} of them have trained on board since June, the shipyard said. "
    "The president in Paris named the war in eastern Ukraine as his reason. A lawyer for Rosoboronexport said that "
    "Moscow would ask for its {1} million euros back unless the ship sailed by the end of {2}."
)
ONE = REPORT.format("Four hundred", "800", "November")


def text(id: str, words: str = ONE, published: str | None = "2014-11-25", **fields: object) -> Text:
    known = {"origin": f"paper-{id}", "named": False, "own": False} | fields
    return Text(id, published, sketch_of(words), **known)  # type: ignore[arg-type]


def test_copies_are_told_from_reports_of_one_template() -> None:
    right, wrong = found(made_copies()), found(reports())
    assert len(right) >= 60 and len(wrong) >= 60
    assert sum(right) / len(right) >= 0.95
    assert sum(wrong) == 0


@pytest.mark.parametrize(
    ("other", "published", "same"),
    [
        (ONE, "2014-11-25", True),
        (f"Hollande keeps the ship\n\n{ONE}\n\nReaders write to us about it.", "2014-11-26T08:00:00Z", True),
        (ONE.replace("Tuesday", "TUESDAY").replace("Four hundred", "400"), "2014-11-24", True),
        (ONE[: ONE.index(" The president")], "2014-11-27", True),
        (ONE, "2014-12-02", True),
        (ONE, "2014-12-03", False),
        (ONE, None, True),
        (REPORT.format("Three hundred", "950", "December"), "2014-11-25", False),
        (ONE.replace("Mistral", "Gowind").replace("Russia", "Egypt").replace("Tuesday", "Friday"), "2014-11-25", False),
        ("The president in Paris named the war in eastern Ukraine as his reason.", "2014-11-25", True),
        ("Paris named the war as its reason.", "2014-11-25", False),
        ("", "2014-11-25", False),
    ],
)
def test_what_is_a_copy(other: str, published: str | None, same: bool) -> None:
    assert copies(text("a"), text("b", other, published)) is same
    assert copies(text("b", other, published), text("a")) is same


def test_short_texts_without_a_day_are_no_copies() -> None:
    short = "The president in Paris named the war in eastern Ukraine as his reason."
    assert copies(text("a", short), text("b", short))
    assert not copies(text("a", short, None), text("b", short))


@settings(max_examples=50, deadline=None)
@given(WORDS)
def test_a_sketch_comes_back_as_it_was_packed(words: str) -> None:
    sketch = sketch_of(words)
    if sketch is not None:
        assert Sketch.unpack(sketch.pack()) == sketch


def test_sketches_of_another_form_are_not_compared_and_others_are_none() -> None:
    assert Sketch.unpack("0:AAAA") is None
    for broken in ("1:AAAA", "1:*", "1:"):
        with pytest.raises(ValueError):
            Sketch.unpack(broken)


GROUPS: list[tuple[list[Text], list[str], dict[str, str]]] = [
    # The earliest is the original
    ([text("a"), text("b", published="2014-11-24")], ["b", "a"], {"a": "paper-b", "b": "paper-b"}),
    # Of one day the longest, then the first id
    ([text("a", ONE[:300]), text("b")], ["b", "a"], {"a": "paper-b", "b": "paper-b"}),
    ([text("b"), text("a")], ["a", "b"], {"a": "paper-a", "b": "paper-a"}),
    # An agency's own text goes before a copy dated the day before
    ([text("a", published="2014-11-24"), text("b", origin="wire", named=True, own=True)], ["b", "a"],
     {"a": "wire", "b": "wire"}),
    # One paper says whose text it is, and thereby of all
    ([text("a"), text("b", origin="wire", named=True), text("c")], ["a", "b", "c"],
     {"a": "wire", "b": "wire", "c": "wire"}),
    # Who credits another keeps that
    ([text("a", origin="wire", named=True), text("b", origin="press", named=True)], ["a", "b"],
     {"a": "wire", "b": "press"}),
    # Without a day it comes last
    ([text("a", published=None), text("b")], ["b", "a"], {"a": "paper-b", "b": "paper-b"}),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "order", "origins"), GROUPS)
def test_original_and_origin(texts: list[Text], order: list[str], origins: dict[str, str]) -> None:
    [group] = grouped(texts, [(one.id, other.id) for one, other in combinations(texts, 2)])
    assert [one.id for one in group.texts] == order
    assert group.origins == origins


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12), st.randoms())
def test_any_order_of_texts_and_pairs_gives_the_same_groups(
    pairs: list[tuple[str, str]], chance: random.Random
) -> None:
    texts = [Text(id, None, None, id, False, False) for id in "abcdefgh"]
    expected = _sorted(grouped(texts, pairs))
    turned = [pair[::-1] if chance.random() < 0.5 else pair for pair in pairs]
    chance.shuffle(turned)
    chance.shuffle(texts)
    assert _sorted(grouped(texts, turned)) == expected


def _sorted(groups: list[Group]) -> list[list[str]]:
    return sorted([text.id for text in group.texts] for group in groups)
