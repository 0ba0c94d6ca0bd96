"""B1 to B10: sanctions and exclusions; and their traps."""

from __future__ import annotations

import pytest

from tests.queries.conftest import Ask


@pytest.mark.parametrize(
    ("at", "answer", "instruments"),
    [
        ("2018-07-31", "no", []),
        ("2018-08-01", "yes", ["global-magnitsky-act"]),
        ("2018-11-02", "no", []),
        ("2019-06-30", "no", []),
        ("2019-10-20", "yes", ["eo-13894"]),
        ("2020-12-13", "no", []),
        ("2020-12-14", "yes", ["caatsa"]),
        ("2024-01-01", "yes", ["caatsa"]),
    ],
)
def test_b1_three_spells_under_three_instruments(ask: Ask, at: str, answer: str, instruments: list[str]) -> None:
    rows = ask("sanction_status", sender="US", target="Türkiye", at=at)
    assert len(rows) == 3
    assert {row["answer"] for row in rows} == {answer}
    assert [row["instrument"] for row in rows if row["in_force"] == "yes"] == instruments


def test_g1_g3_a_threat_in_the_meantime_is_no_sanction(ask: Ask) -> None:
    """Threatened from 2019-03-05 on, imposed on 2020-12-14."""
    rows = ask("sanction_status", target="Turkey", at="2020-01-01")
    assert {row["answer"] for row in rows} == {"no"}


def test_b1_says_how_far_they_go(ask: Ask) -> None:
    [row, *_] = ask("sanction_status", sender="United States", target="Turkey", at="2021-01-01")
    assert (row["scope"], row["since"], row["until"], row["last_confirmed"]) == (
        "persons",
        "2020-12-14",
        None,
        "2020-12-15",
    )


@pytest.mark.parametrize(("at", "answer"), [("2017-12-31", "no"), ("2018-06-30", "possibly"), ("2018-12-31", "yes")])
def test_g7_a_range_that_straddles_the_day_is_possibly(ask: Ask, at: str, answer: str) -> None:
    """EU sanctions on Myanmar "in 2018"."""
    [row] = ask("sanction_status", target="Burma", at=at)
    assert row["answer"] == answer


@pytest.mark.parametrize("target", ["India", "Swaziland"])
def test_g8_nothing_known_is_unknown_not_no(ask: Ask, target: str) -> None:
    [row] = ask("sanction_status", sender="United States", target=target, at="2020-01-01")
    assert (row["answer"], row["in_force"], row["since"], row["support"]) == ("unknown", "unknown", None, None)


def test_b1_an_unnamed_sender_may_be_the_one(ask: Ask) -> None:
    [anyone] = ask("sanction_status", target="North Korea", at="2020-06-01")
    [usa] = ask("sanction_status", sender="USA", target="North Korea", at="2020-06-01")
    assert (anyone["answer"], usa["answer"], usa["sender"]) == ("yes", "possibly", None)


def test_b1_the_eu_is_not_its_members(ask: Ask) -> None:
    [row] = ask("sanction_status", sender="France", target="Myanmar", at="2019-06-01")
    assert row["answer"] == "unknown"


@pytest.mark.parametrize(
    ("at", "answer"), [("2015-06-01", "possibly"), ("2016-01-16", "no"), ("2017-01-01", "no"), ("2018-08-07", "yes")]
)
def test_g3_lifted_and_back(ask: Ask, at: str, answer: str) -> None:
    """Of the first spell only the end is told: when it began is not known."""
    assert {row["answer"] for row in ask("sanction_status", sender="USA", target="Iran", at=at)} == {answer}


def test_b2_the_state_and_apart_from_it_its_officials(ask: Ask) -> None:
    rows = ask("sanctions_on", target="Turkey", at="2021-01-01")
    assert [(row["hit"], row["link"]) for row in rows] == [
        ("TUR", "itself"), ("ismail-demir", "head of arms procurement"),
    ]  # fmt: skip
    assert [row["hit"] for row in ask("sanctions_on", target="Turkey", at="2021-01-01", roll_up=False)] == ["TUR"]


def test_b2_rounds_are_not_merged(ask: Ask) -> None:
    rows = ask("sanctions_on", target="Turkey", roll_up="no")
    assert [(row["instrument"], row["status"]) for row in rows] == [
        ("global-magnitsky-act", "ended"), ("eo-13894", "ended"), ("caatsa", "actual"),
    ]  # fmt: skip


def test_b3_all_rounds_in_order(ask: Ask) -> None:
    rows = ask("sanction_history", sender="USA", target="Turkey")
    assert [(row["instrument"], row["step"], row["date_to"]) for row in rows] == [
        ("global-magnitsky-act", "completed", "2018-08-01"),
        ("global-magnitsky-act", "ended", "2018-11-02"),
        ("caatsa", "threatened", "2019-03-05"),
        ("eo-13894", "completed", "2019-10-14"),
        ("eo-13894", "ended", "2019-10-23"),
        ("caatsa", "completed", "2020-12-14"),
        (None, "threatened", None),
    ]
    assert rows[2]["episode"] == rows[5]["episode"]


def test_g4_the_same_round_told_again_is_one_step(ask: Ask) -> None:
    [step] = [
        row
        for row in ask("sanction_history", target="Turkey")
        if (row["instrument"], row["step"]) == ("caatsa", "completed")
    ]
    assert (step["support"], len(step["claims"])) == (2, 2)


def test_b3_a_threat_withdrawn_is_not_a_sanction_lifted(ask: Ask) -> None:
    rows = ask("sanction_history", sender="Brussels", target="USA")
    assert [(row["step"], row["outcome"]) for row in rows] == [("threatened", "dropped"), ("ended", "dropped")]
    [status] = ask("sanction_status", target="USA", at="2004-01-01")
    assert status["answer"] == "unknown"


def test_b4_threats_that_led_to_nothing(ask: Ask) -> None:
    rows = ask("unfulfilled_threats", at="2022-01-01")
    assert [(row["sender"], row["target"], row["outcome"]) for row in rows] == [
        ("eu", "USA", "dropped"),
        ("USA", "IND", "open"),
    ]
    india = rows[1]
    assert (india["first_threat"], india["last_threat"], india["over"]) == ("2018-10-11", "2019-06-14", ["s-400"])
    assert india["days_since"] == 1178


def test_b4_a_new_threat_while_old_sanctions_are_in_force(ask: Ask) -> None:
    rows = ask("unfulfilled_threats", target="Turkey", at="2022-01-01", older_than=0)
    assert [row["first_threat"] for row in rows] == ["2021-09-26"]


def test_b6_used_or_only_threatened(ask: Ask) -> None:
    rows = ask("instrument_usage", instrument="CAATSA")
    assert [(row["target"], row["use"], row["date_to"], row["over"]) for row in rows] == [
        ("IND", "threatened", "2018-10-11", ["s-400"]),
        ("TUR", "imposed", "2020-12-14", ["s-400"]),
        ("ismail-demir", "imposed", "2020-12-14", []),
    ]
    full = "Countering America's Adversaries Through Sanctions Act"
    assert ask("instrument_usage", instrument=full) == rows


@pytest.mark.parametrize(("at", "rows"), [("2019-07-16", 0), ("2019-07-17", 1)])
def test_b10_threatened_with_removal_is_not_removed(ask: Ask, at: str, rows: int) -> None:
    assert len(ask("exclusions", programme="F-35", at=at)) == rows


def test_b10_denied_keeps_the_fact_and_the_denial(ask: Ask) -> None:
    [row] = ask("exclusions", target="Turkey")
    assert (row["by"], row["status"], row["since"], row["denials"]) == ("USA", "actual", "2019-07-17", 1)
