"""Whom sanctions on a state's bodies, firms and officials concern, and under which names these are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.store import Store
from queries.runner import run
from tests.queries.printing import printed, read_articles

ARTICLES = [
    ("deal", "alpha", "2017-09-12", "Turkey signed a contract with Russia for S-400 systems on Tuesday."),
    ("threat", "alpha", "2019-06-07", "The United States threatened Turkey with sanctions under CAATSA on Friday."),
    ("imposed", "beta", "2020-12-14",
     "The United States imposed sanctions on the Presidency of Defense Industries under CAATSA over its purchase of"
     " S-400 systems from Russia."),
    ("head", "beta", "2020-12-14", "The United States imposed sanctions on Ismail Demir under CAATSA on Monday."),
    ("jets", "alpha", "2018-09-21",
     "The United States imposed sanctions on China's Equipment Development Department for buying Su-35 jets from"
     " Russia."),
    ("india", "alpha", "2018-10-11", "The United States threatened India with sanctions under CAATSA on Thursday."),
    ("treasury", "beta", "2018-08-01",
     "The US Treasury Department imposed sanctions on Turkey's interior minister, Suleyman Soylu."),
]  # fmt: skip
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    embedded = request.param == "embedded"
    uri = f"embedded:{tmp_path_factory.mktemp('bodies')}" if embedded else request.getfixturevalue("neo4j_uri")
    with printed(uri, read_articles(ARTICLES, [])) as opened:
        yield opened


@pytest.fixture
def ask(store: Store) -> Ask:
    return lambda name, **params: run(store, name, params).rows


CLOCKS: list[dict[str, str]] = [{}, {"known_on": "2021-01-01"}, {"as_recorded": "9999-01-01"}]


@pytest.mark.parametrize("clock", CLOCKS, ids=str)
@pytest.mark.parametrize("asked", [{}, {"target": "Turkey"}, {"target": "India"}], ids=str)
def test_b4_what_was_threatened_to_a_state_and_hit_its_agency_is_no_empty_threat(
    ask: Ask, clock: dict[str, str], asked: dict[str, str]
) -> None:
    rows = ask("unfulfilled_threats", at="2021-06-01", **asked, **clock)
    assert [row["target"] for row in rows] == ([] if asked.get("target") == "Turkey" else ["IND"])


def test_b4_before_the_agency_was_hit_the_threat_was_open(ask: Ask) -> None:
    assert [row["outcome"] for row in ask("unfulfilled_threats", target="Turkey", at="2020-12-13")] == ["open"]


@pytest.mark.parametrize("clock", CLOCKS, ids=str)
@pytest.mark.parametrize("asked", [{}, {"target": "Turkey"}], ids=str)
def test_b5_a_threat_to_a_state_is_carried_out_on_its_agency_and_its_head(
    ask: Ask, clock: dict[str, str], asked: dict[str, str]
) -> None:
    rows = ask("threat_to_imposition", sender="US", at="2021-06-01", **asked, **clock)
    [row] = [row for row in rows if row["first_threat"] == "2019-06-07"]
    assert (row["target"], row["imposed"], row["outcome"], row["days_min"], row["days_max"]) == (
        "TUR", "2020-12-14", "imposed", 556, 556,
    )  # fmt: skip
    assert sorted(row["imposed_on"]) == ["ismail-demir", "presidency-of-defense-industries"]
    others = {(row["target"], row["outcome"], row["first_threat"]) for row in rows if row["target"] != "TUR"}
    assert others == (
        set()
        if asked
        else {
            ("IND", "open", "2018-10-11"),
            ("suleyman-soylu", "imposed", None),
            ("equipment-development-department", "imposed", None),
        }
    )


def test_b5_until_the_agency_was_hit_the_threat_was_open(ask: Ask) -> None:
    [row] = ask("threat_to_imposition", target="Turkey", at="2020-12-13")
    assert (row["outcome"], row["imposed_on"], row["days_min"]) == ("open", [], 555)


def test_b5_who_is_asked_about_alone_has_a_row_of_its_own(ask: Ask) -> None:
    [row] = ask("threat_to_imposition", target="Presidency of Defense Industries", at="2021-06-01")
    assert (row["first_threat"], row["imposed"], row["days_min"]) == (None, "2020-12-14", None)


@pytest.mark.parametrize("clock", CLOCKS, ids=str)
def test_b8_sanctions_on_a_body_over_what_its_state_bought(ask: Ask, clock: dict[str, str]) -> None:
    rows = [row for row in ask("deals_that_drew_sanctions", **clock) if row["said_cause"]]
    assert {(row["buyer"], row["weapon"], row["target"]) for row in rows} == {
        ("CHN", "su-35", "equipment-development-department"),
        ("TUR", "s-400", "presidency-of-defense-industries"),
    }
    assert ask("deals_that_drew_sanctions", buyer="China", **clock)


def test_b9_bodies_are_designated_too_and_an_office_says_of_what(ask: Ask) -> None:
    found = {row["hit"]: row for row in ask("designated", country="Turkey")}
    assert found.keys() == {"presidency-of-defense-industries", "ismail-demir", "suleyman-soylu"}
    assert found["presidency-of-defense-industries"]["kind"] == "Organization"
    assert found["ismail-demir"]["offices"] == ["President, Presidency of Defense Industries"]
    assert found["suleyman-soylu"]["offices"] == ["Interior Minister"]


def test_b2_the_link_is_the_office_with_its_body(ask: Ask) -> None:
    links = {row["hit"]: row["link"] for row in ask("sanctions_on", target="Turkey")}
    assert links == {
        "presidency-of-defense-industries": "based in",
        "ismail-demir": "President, Presidency of Defense Industries",
        "suleyman-soylu": "Interior Minister",
    }


def test_d3_an_organ_that_acts_for_its_state_is_placed(ask: Ask) -> None:
    names = [row["name"] for row in ask("unresolved")]
    assert not any("Treasury" in name for name in names)
    assert ask("unresolved", kind="Weapon") == []


def test_an_outlet_that_no_state_controls_says_so(store: Store) -> None:
    """Unset would mean unknown, and drop it from `NOT o.state_controlled`."""
    rows = store.read(
        "MATCH (o:Outlet) WHERE o.id IN ['reuters.com', 'tass.com'] RETURN o.id AS id, o.state_controlled AS by"
    )
    assert {row["id"]: row["by"] for row in rows} == {"reuters.com": False, "tass.com": True}
