"""What is suspended, in whole or in part, on the days in between; and what looks back on a test is no other one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.store import Store
from queries.runner import run
from tests.queries.fixtures import Told, says, tell
from tests.queries.world import alone


def told(day: str, *statements: dict[str, Any]) -> Told:
    """What one paper told of on a day."""
    return tell(f"of-{day}-{statements[0]['subject']}", "alpha.example", day, f"This was told on {day}.", *statements)


STORY = [
    # The United States on Iran: imposed, suspended in part, suspended as a whole, back.
    told("2012-01-01", says("USA", "sanctions", "IRN", "completed", "2011-12-31", scope="state")),
    told("2014-01-20", says("USA", "sanctions", "IRN", "suspended", "2014-01-20", partial=True)),
    told("2016-01-17", says("USA", "sanctions", "IRN", "suspended", "2016-01-16")),
    told("2018-08-07", says("USA", "sanctions", "IRN", "completed", "2018-08-07")),
    # The European Union on Belarus: suspended for persons only.
    told("2011-01-31", says("eu", "sanctions", "BLR", "completed", "2011-01-31", scope="state")),
    told("2015-10-29", says("eu", "sanctions", "BLR", "suspended", "2015-10-29", scope="persons")),
    # Russian aircraft for Iran: while the sanctions were suspended in part, while they all were, and since.
    told("2015-05-01", says("RUS", "supplies", "su-35", "completed", "2015-05-01", recipient="IRN")),
    told("2017-05-01", says("RUS", "supplies", "mig-29", "completed", "2017-05-01", recipient="IRN")),
    told("2019-05-01", says("RUS", "supplies", "su-30", "completed", "2019-05-01", recipient="IRN")),
    # A deal of which a part is suspended.
    told("2013-01-20", says("FRA", "supplies", "mistral", "agreed", "2013-01-20", recipient="SAU")),
    told("2014-01-20", says("FRA", "supplies", "mistral", "suspended", "2014-01-20", recipient="SAU", partial=True)),
    # An official, suspended from the list.
    told("2020-12-14", says("USA", "sanctions", "ismail-demir", "completed", "2020-12-14")),
    told("2022-12-14", says("USA", "sanctions", "ismail-demir", "suspended", "2022-12-14")),
    # What is to end or be suspended on a day to come.
    told("2018-04-26", says("eu", "sanctions", "MMR", "completed", "2018-04-26")),
    told("2020-04-01", says("eu", "sanctions", "MMR", "suspended", "2020-04-30")),
    told("2021-04-01", says("eu", "sanctions", "MMR", "ended", "2021-04-30")),
    told("2016-09-23", says("FRA", "supplies", "rafale", "agreed", "2016-09-23", recipient="IND")),
    told("2020-06-01", says("FRA", "supplies", "rafale", "suspended", "2020-07-01", recipient="IND")),
    told("2020-06-02", says("FRA", "supplies", "rafale", "ended", "2021-01-01", recipient="IND")),
    # Russia in the Council of Europe: its rights suspended, given back, then out.
    told("2014-04-10", says("council-of-europe", "excludes", "RUS", "suspended", "2014-04-10",
                            programme="council-of-europe")),
    told("2019-06-25", says("council-of-europe", "excludes", "RUS", "ended", "2019-06-25",
                            programme="council-of-europe")),
    told("2022-03-16", says("council-of-europe", "excludes", "RUS", "completed", "2022-03-16",
                            programme="council-of-europe")),
    # Two tests, and who says later that there had been some; of another country only that there had been some.
    told("2017-07-04", says("PRK", "tests", "class/ballistic-missile", "completed", "2017-07-04")),
    told("2017-07-28", says("PRK", "tests", "class/ballistic-missile", "completed", "2017-07-28")),
    told("2018-02-01", says("PRK", "tests", "class/ballistic-missile", "completed", None, basis="before")),
    told("2018-02-02", says("IND", "tests", "class/ballistic-missile", "completed", None, basis="before")),
]  # fmt: skip


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with alone(request, tmp_path_factory.mktemp("suspended"), STORY) as store:
        yield store


def column(store: Store, query: str, name: str, **params: Any) -> list[Any]:
    return [row[name] for row in run(store, query, params).rows]


@pytest.mark.parametrize(
    ("at", "in_force"), [("2013-01-01", True), ("2015-01-01", True), ("2017-01-01", False), ("2019-01-01", True)]
)
def test_sanctions_hold_unless_they_are_suspended_as_a_whole(store: Store, at: str, in_force: bool) -> None:
    [status] = run(store, "sanction_status", {"sender": "USA", "target": "IRN", "at": at}).rows
    assert (status["answer"], status["status"]) == ("yes" if in_force else "no", "actual")
    for query, given in (("sanctions_on", {"target": "IRN"}), ("spells", {"a": "USA", "b": "IRN"})):
        assert column(store, query, "certainty", at=at, **given) == (["yes"] if in_force else [])


def test_sanctions_suspended_for_persons_stay_in_force(store: Store) -> None:
    [status] = run(store, "sanction_status", {"sender": "eu", "target": "BLR", "at": "2015-12-01"}).rows
    assert (status["answer"], status["status"]) == ("yes", "actual")
    steps = run(store, "sanction_history", {"sender": "eu", "target": "BLR"}).rows
    assert [(row["step"], row["partial"]) for row in steps] == [("completed", False), ("suspended", True)]


def test_who_delivers_while_sanctions_are_suspended_arms_nobody_under_sanctions(store: Store) -> None:
    assert column(store, "suppliers_of_sanctioned", "weapon", recipient="IRN") == ["su-35", "su-30"]


def test_a_deal_of_which_a_part_is_suspended_goes_on(store: Store) -> None:
    deal = {"supplier": "FRA", "recipient": "SAU", "at": "2014-06-01"}
    assert column(store, "transfers", "status", **deal) == ["committed"]
    assert column(store, "orders_pending", "state", **deal) == ["ordered"]


@pytest.mark.parametrize("at", ["2020-04-15", "2021-04-15"])
def test_what_is_to_end_on_a_day_to_come_is_in_force(store: Store, at: str) -> None:
    assert column(store, "sanction_status", "in_force", sender="eu", target="MMR", at=at) == ["yes"]
    assert column(store, "spells", "certainty", a="eu", b="MMR", at=at) == ["yes"]


def test_a_deal_that_is_to_be_stopped_waits_until_then(store: Store) -> None:
    deal = {"supplier": "FRA", "recipient": "IND"}
    assert column(store, "orders_pending", "state", **deal, at="2020-06-15") == ["ordered"]
    assert column(store, "stopped_transfers", "what", **deal) == []


@pytest.mark.parametrize(("at", "hit"), [("2021-01-01", ["ismail-demir"]), ("2023-01-01", [])])
def test_who_is_suspended_from_a_list_is_not_designated(store: Store, at: str, hit: list[str]) -> None:
    assert column(store, "designated", "hit", country="TUR", at=at) == hit


@pytest.mark.parametrize(("at", "status"), [("2015-01-01", ["ended"]), ("2020-01-01", []), ("2023-01-01", ["actual"])])
def test_who_is_let_in_again_had_been_shut_out(store: Store, at: str, status: list[str]) -> None:
    assert column(store, "exclusions", "status", target="RUS", at=at) == status


def test_who_looks_back_on_tests_tells_of_no_other_one(store: Store) -> None:
    rows = run(store, "tests_and_uses", {"actor": "PRK"}).rows
    assert [(row["date_to"], row["year"], len(row["claims"])) for row in rows] == [
        ("2017-07-04", "2017", 1),
        ("2017-07-28", "2017", 2),
    ]
    [row] = run(store, "tests_and_uses", {"actor": "IND"}).rows
    assert (row["date_from"], row["date_to"], row["year"]) == (None, "2018-02-02", "unknown")
