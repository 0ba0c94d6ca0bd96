"""What people type finds what they mean, and says why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.catalogue import load_catalogue
from loaders.reference import reference_rows
from queries.names import Names, UnknownNameError
from queries.search import Hit, Index, is_sure


def index(*articles: tuple[str, str, str]) -> Index:
    """The catalogue's names, and what only articles name: id, name, label."""
    nodes, _ = reference_rows(load_catalogue())
    rows = [
        {"id": node.id, "name": node.properties["name"], "aliases": node.properties.get("aliases"),
         "source": "catalogue", "labels": [node.label]}
        for node in nodes if node.label != "Outlet"
    ]  # fmt: skip
    rows += [
        {"id": id, "name": name, "aliases": None, "source": None, "labels": [label]} for id, name, label in articles
    ]
    return Index(Names(rows))


@pytest.fixture(scope="module")
def catalogue() -> Index:
    return index(("blue-harbour-trading", "Blue Harbour Trading", "Company"), ("georgia-ltd", "Georgia", "Company"))


CASES = [
    ("S-400", "s-400", "exact", True),
    ("s-400", "s-400", "exact", True),
    ("S400", "s-400", "normalised", True),
    ("s 400", "s-400", "normalised", True),
    ("S-400 Triumf", "s-400", "alias", True),
    ("Triumf S-400", "s-400", "normalised", True),
    ("SA-21", "s-400", "alias", True),
    ("SA21 Growler", "s-400", "normalised", True),
    ("С-400", "s-400", "normalised", True),
    ("TUR", "TUR", "exact", True),
    ("Türkiye", "TUR", "alias", True),
    ("TURKIYE", "TUR", "alias", True),
    ("Republic of Turkiye", "TUR", "normalised", True),
    ("the United States", "USA", "normalised", True),
    ("Erdogan", "recep-tayyip-erdogan", "normalised", True),
    ("Эрдоган", "recep-tayyip-erdogan", "normalised", True),
    ("Путин", "vladimir-putin", "normalised", True),
    ("Россия", "RUS", "translation", True),
    ("турция", "TUR", "translation", True),
    ("中国", "CHN", "translation", True),
    ("إيران", "IRN", "translation", True),
    ("Turkei", "TUR", "translation", True),
    ("Corea del Norte", "PRK", "translation", True),
    ("Deutschland", "DEU", "translation", True),
    ("США", "USA", "translation", True),
    ("Иран", "IRN", "normalised", True),
    ("tayyip erd", "recep-tayyip-erdogan", "part", False),
    ("Erdogan Recep", "recep-tayyip-erdogan", "part", False),
    ("Erdoagn", "recep-tayyip-erdogan", "fuzzy", False),
    ("recep erdogn", "recep-tayyip-erdogan", "fuzzy", False),
    ("Uninted States", "USA", "fuzzy", False),
    ("Lockhed Martin", "lockheed-martin", "fuzzy", False),
    ("Bayraktr TB2", "bayraktar-tb2", "fuzzy", False),
    ("MiG29", "mig-29", "normalised", True),
    ("blue harbour", "blue-harbour-trading", "part", False),
    ("Blue Harbour Trading", "blue-harbour-trading", "exact", True),
    ("Georgia", "GEO", "exact", True),
    ("BIS", "USA", "alias", True),
    ("DIA", "USA", "alias", True),
    ("SIG", "sig-sauer", "alias", True),
    ("NSC", "united-nations", "part", False),
]


@pytest.mark.parametrize(("text", "first", "how", "sure"), CASES)
def test_the_best_comes_first_and_says_why(catalogue: Index, text: str, first: str, how: str, sure: bool) -> None:
    hits = catalogue.search(text)
    assert (hits[0].entity.id, hits[0].how, meant(hits)) == (first, how, sure)


@pytest.mark.parametrize(
    ("text", "other"),
    [("F-15", "f-16"), ("S-400", "s-300"), ("S-400", "sy-400"), ("T-72", "t-90"), ("SA-21", "otr-21-tochka"),
     ("Su-35", "su-34"), ("Iran", "IRQ"), ("Austria", "AUS"), ("Niger", "NGA")],
)  # fmt: skip
def test_another_designation_or_name_is_no_typing_error(catalogue: Index, text: str, other: str) -> None:
    hits = catalogue.search(text)
    assert meant(hits)
    assert [hit for hit in hits if hit.entity.id == other and (hit.how != "part" and hit.score > 75)] == []


@pytest.mark.parametrize("text", ["", " ", "-", "💣", "') DETACH DELETE n //", "\0", "zzzzqqqq", "GAO", "DSO"])
def test_what_names_nothing_finds_nothing(catalogue: Index, text: str) -> None:
    assert catalogue.search(text) == []


def test_only_what_is_allowed(catalogue: Index) -> None:
    assert [hit.entity.id for hit in catalogue.search("Georgia", {"georgia-ltd"})] == ["georgia-ltd"]


def test_a_state_is_known_by_its_name_in_another_language(catalogue: Index) -> None:
    assert [catalogue.names.resolve(text) for text in ("Россия", "Allemagne", "中國")] == ["RUS", "DEU", "CHN"]
    with pytest.raises(UnknownNameError):
        catalogue.names.resolve("Россия", ["Weapon"])


def test_two_of_one_name_are_no_match() -> None:
    twins = index(("javelin-one", "Tern", "Company"), ("javelin-two", "Tern", "Organization"))
    hits = twins.search("Tern")
    assert [hit.entity.id for hit in hits[:2]] == ["javelin-one", "javelin-two"]
    assert not meant(hits)


def meant(hits: list[Hit]) -> bool:
    return is_sure([hit.score for hit in hits])


def found(hits: list[Hit], node: str, among: int) -> bool:
    return node in [hit.entity.id for hit in hits[:among]]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_typing_error_in_a_long_name_still_finds_it(catalogue: Index, data: st.DataObject) -> None:
    long = [
        node
        for node, entity in sorted(catalogue.names.entities.items())
        if entity.name.isalpha() and len(entity.name) > 7
    ]
    node = data.draw(st.sampled_from(long))
    name = catalogue.names.entities[node].name
    place = data.draw(st.integers(1, len(name) - 2))
    wrong = data.draw(
        st.sampled_from([
            name[:place] + name[place + 1 :],
            name[:place] + "q" + name[place + 1 :],
            name[:place] + "q" + name[place:],
            name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
        ])
    )  # fmt: skip
    assert found(catalogue.search(wrong), node, 5)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_an_ordered_answer(catalogue: Index, text: str) -> None:
    scores = [hit.score for hit in catalogue.search(text)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
