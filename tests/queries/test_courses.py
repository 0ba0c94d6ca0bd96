"""Courses of events whose steps are of days, months and years, of all and of some: through the extractor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.store import Store
from queries import runner
from queries.runner import run
from tests.queries.printing import printed, read_articles

ARTICLES = [
    ("india-tests", "alpha", "2015-05-01", "The United States imposed sanctions on India in May 1998."),
    ("india-lifted", "beta", "2001-09-23", "The United States on Saturday lifted sanctions on India."),
    ("venezuela", "alpha", "2017-08-25", "The United States imposed sanctions on Venezuela on Friday."),
    ("venezuela-oil", "beta", "2023-10-19", "Washington lifted sanctions on Venezuela's oil sector on Wednesday."),
    ("poland", "alpha", "2022-07-28", "Poland signed a contract with South Korea in July 2022 for 180 K2 tanks."),
    ("poland-first", "beta", "2022-12-06", "South Korea delivered the first 10 K2 tanks to Poland on Monday."),
    ("poland-more", "alpha", "2023-03-23", "Poland received five K2 tanks from South Korea on Wednesday."),
    ("serbia", "alpha", "2019-01-10", "Serbia signed a contract with Russia on Wednesday for four Mi-35 helicopters."),
    ("serbia-two", "beta", "2019-06-01", "Russia delivered two Mi-35 helicopters to Serbia on 30 May 2019."),
    ("serbia-rest", "beta", "2019-12-01", "Russia delivered two Mi-35 helicopters to Serbia on 30 November 2019."),
    ("turkey", "alpha", "2017-09-30", "Turkey signed a contract with Russia in September 2017 for S-400 systems."),
    ("turkey-parts", "beta", "2019-07-12", "Turkey received the first parts of the S-400 from Russia on Friday."),
    ("accused", "alpha", "2023-02-01", "Washington said on Tuesday that Russia was violating the New START treaty."),
]  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("courses")
    with printed(f"embedded:{folder}", read_articles(ARTICLES, [])) as store:
        yield store


@pytest.mark.parametrize(
    ("at", "answer"), [("1998-05-15", "possibly"), ("2000-01-01", "yes"), ("2005-01-01", "no"), ("1997-01-01", "no")]
)
def test_b1_imposed_in_a_month_and_lifted_on_a_day(told: Store, at: str, answer: str) -> None:
    [row] = run(told, "sanction_status", {"sender": "USA", "target": "India", "at": at}).rows
    assert (row["answer"], row["until"]) == (answer, "2001-09-22")


def test_g3_a_sector_relieved_leaves_the_state_under_sanctions(told: Store) -> None:
    [row] = run(told, "sanction_status", {"target": "Venezuela", "at": "2024-01-01"}).rows
    assert (row["answer"], row["until"]) == ("yes", None)
    steps = run(told, "sanction_history", {"target": "Venezuela"}).rows
    assert [(step["step"], step["partial"]) for step in steps] == [("completed", False), ("ended", True)]


@pytest.mark.parametrize(
    ("at", "state"),
    [("2022-12-04", "ordered"), ("2022-12-05", "partly delivered"), ("2025-01-01", "partly delivered")],
)
def test_a4_fewer_than_ordered_are_a_part(told: Store, at: str, state: str) -> None:
    [row] = run(told, "orders_pending", {"recipient": "Poland", "at": at}).rows
    assert (row["state"], row["ordered_from"], row["ordered"]) == (state, "2022-07-01", "2022-07-28")


def test_a4_parts_that_make_up_the_order_deliver_it(told: Store) -> None:
    [row] = run(told, "orders_pending", {"recipient": "Serbia", "at": "2019-11-29"}).rows
    assert row["state"] == "partly delivered"
    assert run(told, "orders_pending", {"recipient": "Serbia", "at": "2019-11-30"}).rows == []


def test_a4_the_first_parts_are_not_all(told: Store) -> None:
    [row] = run(told, "orders_pending", {"recipient": "Turkey", "at": "2020-01-01"}).rows
    assert (row["state"], row["ordered"]) == ("partly delivered", "2017-09-30")


def test_b11_who_says_so_on_a_day_accuses(told: Store) -> None:
    [row] = run(told, "treaty_status", {"treaty": "New START"}).rows
    assert row["accused_by"] == ["USA"]
    assert told.read("MATCH ()-[r:VIOLATES]->() RETURN count(r) AS count") == [{"count": 0}]


@pytest.mark.parametrize(
    ("query", "rule", "instead", "trap"),
    [
        ("orders_pending", "coalesce(handed_over < wanted, true)", "true",
         test_a4_parts_that_make_up_the_order_deliver_it),
        ("orders_pending", "coalesce(d.quantity < wanted AND d.unit IN units, false)", "false",
         test_a4_parts_that_make_up_the_order_deliver_it),
        ("orders_pending", "AND coalesce(c.partial, false) = false AS done", "AS done",
         test_a4_the_first_parts_are_not_all),
        ("sanction_history", "c.stage IN ['ended', 'suspended'] AND c.scope <> 'state'", "false",
         test_g3_a_sector_relieved_leaves_the_state_under_sanctions),
    ],
)  # fmt: skip
def test_each_of_these_fails_without_its_rule(
    told: Store, monkeypatch: pytest.MonkeyPatch, query: str, rule: str, instead: str, trap: Callable[[Store], None]
) -> None:
    right, stored = runner.stored_query(query), runner.stored_query
    assert rule in right.text
    wrong = replace(right, text=right.text.replace(rule, instead))
    monkeypatch.setattr(runner, "stored_query", lambda asked: wrong if asked == query else stored(asked))
    with pytest.raises((AssertionError, ValueError)):
        trap(told)
