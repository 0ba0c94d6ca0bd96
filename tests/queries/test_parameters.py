"""Names and values that people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.articles import Article
from graph.claims import Claim, Mention, Quote, make_claim
from graph.store import Store, connect
from graph.writer import Writer
from loaders.document import Document
from queries.names import AmbiguousNameError, Names, UnknownNameError, fold, resolve
from queries.parameters import ParameterError
from queries.runner import UnknownQueryError, run
from tests.queries.fixtures import ENTITIES


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("TUR", "TUR"), ("tur", "TUR"), ("Türkiye", "TUR"), ("TURKIYE", "TUR"), ("Ankara", "TUR"),
        ("Swaziland", "SWZ"), ("Erdogan", "recep-tayyip-erdogan"), ("ismail demir", "ismail-demir"),
        ("Ismail-Demir", "ismail-demir"), ("s 400", "s-400"), ("SA21", "s-400"), ("the S-400 Triumf", "s-400"),
        ("class/aircraft", "class/aircraft"), ("Brussels", "eu"), ("  Moscow ", "RUS"), ("GEO", "GEO"),
    ],
)  # fmt: skip
def test_g6_any_name_is_understood(store: Store, text: str, id: str) -> None:
    assert resolve(store, text) == id


def test_an_ambiguous_name_lists_the_candidates(store: Store) -> None:
    with pytest.raises(AmbiguousNameError, match=r"GEO \(Georgia, Country\), georgia-usa") as caught:
        resolve(store, "Georgia")
    assert caught.value.candidates == ["GEO", "georgia-usa"]
    assert resolve(store, "Georgia", ("Country",)) == "GEO"


def test_an_unknown_name_suggests_near_ones(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="did you mean Turkey") as caught:
        resolve(store, "Turkye")
    assert caught.value.suggestions[0] == "Turkey"
    with pytest.raises(UnknownNameError):
        resolve(store, "S-400", ("Country",))
    with pytest.raises(UnknownNameError):
        resolve(store, "")


@pytest.mark.parametrize(
    ("text", "id"),
    [("Javelin", "javelin"), ("Spear", "javelin"), ("Lance", "lance-group"), ("spear-group", "spear-group")],
)
def test_the_catalogue_goes_before_articles_and_names_before_aliases(text: str, id: str) -> None:
    rows = [
        ("javelin", "Javelin", ["Spear", "Lance"], "Weapon", "catalogue"),
        ("javelin-group", "Javelin", [], "Company", None),
        ("spear-group", "Spear", [], "Company", None),
        ("lance-group", "Lance", [], "Company", "catalogue"),
    ]
    names = Names(
        dict(zip(("id", "name", "aliases", "labels", "source"), (*row[:3], [row[3]], row[4]), strict=True))
        for row in rows
    )
    assert names.resolve(text) == id


@given(st.sampled_from(sorted(ENTITIES)), st.data())
def test_every_name_and_alias_leads_home(node: str, data: st.DataObject) -> None:
    names = Names(
        {"id": key, "name": name, "aliases": list(aliases), "labels": [label], "source": "catalogue"}
        for key, (name, label, aliases) in ENTITIES.items()
    )
    name = data.draw(st.sampled_from([node, ENTITIES[node][0], *ENTITIES[node][2]]))
    typed = data.draw(st.sampled_from([name, name.upper(), name.lower(), name.replace("-", " "), f" {name}"]))
    try:
        assert names.resolve(typed) == node
    except AmbiguousNameError as error:
        assert node in error.candidates


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("sanction_status", {"target": "TUR"}, "'at': is missing; give one such as '2019-06-30'"),
        ("sanction_status", {"target": "TUR", "at": ""}, "'at': is missing"),
        ("sanction_status", {"target": "TUR", "at": "2019"}, "YYYY-MM-DD"),
        ("sanction_status", {"target": "TUR", "at": "2019-02-29"}, "not in the calendar"),
        ("transfers", {"colour": "red"}, "'colour': this query does not take it; it takes supplier, recipient"),
        ("transfers", {"from": "12/2019"}, "YYYY"),
        ("transfers", {"from": "2020", "to": "2019"}, "'to': 2019-12-31 is before 'from', 2020-01-01; swap them"),
        ("articles_about", {"entity": "TUR", "published_from": "2020-02", "published_to": "2020-01"}, "'published_to'"),
        ("transfers", {"alleged": "maybe"}, "neither true nor false"),
        ("transfers", {"min_support": "-1"}, "whole number"),
        ("transfers", {"limit": "9999999999999"}, "whole number"),
        ("paths", {"a": "IRN", "b": "UKR", "max": "5"}, "'5' is no whole number from 0 to 4"),
        ("transfers", {"stage": "finished"}, "none of threatened, demanded"),
        ("article_claims", {"article": "nowhere"}, "no article has the id or URL 'nowhere'"),
        ("evidence", {"claim": "00"}, "no claim has the id '00'"),
        ("deal", {"episode": "x"}, "no episode has the id 'x'"),
    ],
)
def test_a_wrong_parameter_is_explained(store: Store, name: str, params: dict[str, str], words: str) -> None:
    with pytest.raises(ParameterError) as caught:
        run(store, name, params)
    assert words in str(caught.value)


def test_an_unknown_query_lists_the_known(store: Store) -> None:
    with pytest.raises(UnknownQueryError, match="transfers"):
        run(store, "nonsense")


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ({"from": "2015"}, ("2015-01-01", None)),
        ({"from": "2016-02", "to": "2016-02"}, ("2016-02-01", "2016-02-29")),
        ({"to": "2015"}, (None, "2015-12-31")),
        ({"from": "2015-06-07", "to": "2015-06-08"}, ("2015-06-07", "2015-06-08")),
    ],
)
def test_a_period_goes_from_its_first_to_its_last_day(
    store: Store, given: dict[str, str], understood: tuple[str | None, str | None]
) -> None:
    parameters = run(store, "transfers", given).parameters
    assert (parameters["from"], parameters["to"]) == understood


def test_new_names_are_seen(tmp_path: object) -> None:
    with connect(f"embedded:{tmp_path}") as own:
        writer = Writer(own)
        writer.write([_naming("Aland")])
        assert resolve(own, "Aland") == "aland"
        with pytest.raises(UnknownNameError):
            resolve(own, "Bland")
        writer.write([_naming("Bland")])
        assert resolve(own, "Bland") == "bland"


def _naming(name: str) -> tuple[Article, list[Claim]]:
    """An article with a claim about a company that nobody has heard of."""
    text = f"{name} tests the S-400."
    article = Document(source_id=name, source="tests", text=text, published="2020-01-01").article()
    claim = make_claim(
        article=name, article_id=article.id, predicate="tests", stage="completed", assertion="asserted", confidence=0.9,
        subject=Mention(id=name.lower(), name=name, label="Company"), extractor="tests", extractor_version="1",
        object=Mention(id="s-400", name="S-400", label="Weapon"), evidence=[Quote(start=0, end=len(text), quote=text)],
    )  # fmt: skip
    return article, [claim]
