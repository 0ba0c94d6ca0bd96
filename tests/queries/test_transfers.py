"""A1 to A4: deals, holders, orders; and their traps."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.conftest import Ask


def deals(rows: list[dict[str, object]]) -> set[tuple[object, object, object]]:
    return {(row["supplier"], row["recipient"], row["weapon"]) for row in rows}


def test_who_delivered_what_to_whom(ask: Ask) -> None:
    [first, second] = ask("transfers", supplier="Russia", recipient="Turkey", weapon="S-400")
    assert (first["batch"], first["status"]) == ("1", "actual")
    assert (first["ordered"], first["delivered_from"], first["delivered"]) == ("2017-09-12", "2019-07-12", "2019-07-12")
    assert first["quantities"] == ["2 battery"]
    assert (second["batch"], second["status"], second["delivered"]) == ("2", "committed", None)


@pytest.mark.parametrize(
    ("name", "weapon"),
    [
        ("Türkiye", "SA-21 Growler"),
        ("turkey", "s400"),
        ("ANKARA", "S-400 Triumf"),
        ("TUR", "the S-400"),
        ("Turkiye", "sa 21"),
    ],
)
def test_g6_any_name_gives_the_same_rows(ask: Ask, name: str, weapon: str) -> None:
    assert ask("transfers", recipient=name, weapon=weapon) == ask("transfers", recipient="TUR", weapon="s-400")


def test_a_class_covers_its_models_and_their_variants(ask: Ask) -> None:
    assert deals(ask("transfers", weapon="aircraft")) == {("RUS", "EGY", "su-35"), ("USA", "TWN", "f-16v")}
    assert deals(ask("transfers", weapon="F-16")) == {("USA", "TWN", "f-16v")}


def test_an_unknown_supplier_stays_a_row(ask: Ask) -> None:
    [row] = ask("transfers", recipient="Ethiopia")
    assert (row["supplier"], row["supplier_name"], row["ordered"]) == (None, None, None)
    assert (row["delivered_from"], row["delivered"]) == ("2021-11-01", "2021-11-20")


def test_g1_approved_and_planned_are_not_delivered_or_ordered(ask: Ask) -> None:
    [taiwan] = ask("transfers", recipient="Taiwan")
    assert (taiwan["status"], taiwan["ordered"], taiwan["delivered"]) == ("committed", None, None)
    assert ask("transfers", recipient="Taiwan", stage="completed") == []


def test_g2_allegations_and_denials_appear_on_request_only(ask: Ask) -> None:
    assert ask("transfers", recipient="Houthis") == []
    [row] = ask("transfers", recipient="Ansar Allah", alleged=True)
    assert (row["certainty"], row["status"], row["denials"]) == ("alleged", "claimed", 1)


def test_g2_what_was_admitted_later_is_a_fact(ask: Ask) -> None:
    [row] = ask("transfers", supplier="Iran", recipient="Russia")
    assert (row["status"], row["certainty"], row["first_reported"]) == ("actual", "yes", "2022-11-05")


def test_g5_two_articles_of_one_outlet_are_one_source(ask: Ask) -> None:
    """Contract (alpha), delivery (one text, twice in sample-wire and once in beta), look back (beta)."""
    row = ask("transfers", recipient="Turkey")[0]
    assert row["support"] == 2


@pytest.mark.parametrize(
    ("period", "certainty"),
    [
        ({"from": "2022"}, "yes"),
        ({"from": "2022-06", "to": "2022-08"}, "possibly"),
        ({"from": "2022-06-01"}, "possibly"),
        ({"to": "2021"}, None),
        ({"from": "2023"}, None),
    ],
)
def test_g7_a_year_is_a_range(ask: Ask, period: dict[str, str], certainty: str | None) -> None:
    """Poland's order "in 2022", told in 2023."""
    assert [row["certainty"] for row in ask("transfers", recipient="Poland", **period)] == (
        [certainty] if certainty else []
    )


def test_g7_a_promise_is_no_event_of_the_promised_year(ask: Ask) -> None:
    assert ask("transfers", recipient="Egypt", weapon="Su-35", **{"from": "2020"}) == []


def test_min_support_leaves_out_what_few_tell(ask: Ask) -> None:
    assert deals(ask("transfers", min_support=2)) == {
        ("RUS", "TUR", "s-400"), ("FRA", "RUS", "mistral"), ("RUS", "EGY", "su-35"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("batches", {}), ("deals_that_drew_sanctions", {}), ("figures", {}), ("stopped_transfers", {"alleged": True}),
        ("sanction_history", {"target": "Turkey", "alleged": True}), ("timeline", {"a": "Russia"}),
        ("treaty_status", {"treaty": "INF Treaty"}),
    ],
)  # fmt: skip
def test_min_support_chooses_rows_and_changes_none(ask: Ask, query: str, asked: dict[str, Any]) -> None:
    rows = ask(query, **asked)
    for least in (1, 2):
        assert ask(query, **asked, min_support=least) == [row for row in rows if row["support"] >= least]


def test_a2_holders_buyers_and_the_maker(ask: Ask) -> None:
    rows = {(row["actor"], row["phase"], row["how"]): row for row in ask("holders", weapon="SA-21")}
    assert set(rows) == {
        ("TUR", "actual", "transfer"), ("TUR", "committed", "transfer"), ("IND", "actual", "transfer"),
        ("RUS", "actual", "maker"),
    }  # fmt: skip
    india = rows["IND", "actual", "transfer"]
    assert (india["since_from"], india["since"], india["suppliers"]) == ("2021-12-01", "2021-12-20", ["RUS"])


def test_a2_a_holder_known_only_from_use(ask: Ask) -> None:
    rows = {(row["actor"], row["how"]) for row in ask("holders", weapon="Shahed-136")}
    assert rows == {("RUS", "transfer"), ("RUS", "use")}


def test_a2_cancelled_is_no_holder_and_alleged_stands_apart(ask: Ask) -> None:
    assert [(row["actor"], row["phase"]) for row in ask("holders", weapon="Mistral")] == [
        ("EGY", "actual"),
        ("RUS", "stopped"),
    ]
    assert ask("holders", weapon="class/ballistic-missile") == []
    [row] = ask("holders", weapon="class/ballistic-missile", alleged=True)
    assert (row["actor"], row["certainty"], row["phase"]) == ("houthis", "alleged", "actual")


def test_a3_a_deal_goes_by_the_order_of_events(ask: Ask) -> None:
    rows = ask("deal", supplier="France", recipient="Russia", weapon="Mistral")
    assert [row["stage"] for row in rows] == ["agreed", "suspended", "ended"]
    assert (rows[0]["value"], rows[0]["currency"], rows[0]["quantity_max"]) == (1.2e9, "EUR", 2)


def test_a3_a_late_article_about_an_early_step_comes_early(ask: Ask) -> None:
    rows = ask("deal", supplier="Russia", recipient="Turkey", weapon="S-400")
    assert [row["published"] for row in rows if row["batch"] == "1"] == [
        "2017-09-12", "2021-02-01", "2019-07-12", "2019-07-12", "2019-07-13",
    ]  # fmt: skip


def test_a3_known_on_leaves_out_later_articles(ask: Ask) -> None:
    rows = ask("deal", recipient="Turkey", weapon="S-400", known_on="2019-07-12")
    assert {row["published"] for row in rows} == {"2017-09-12", "2019-07-12"}


@pytest.mark.parametrize(
    ("at", "recipients"),
    [
        ("2018-01-01", ["TUR"]),
        ("2019-01-01", ["TUR", "EGY", "IND"]),
        ("2021-01-01", ["EGY", "IND"]),
        ("2021-12-31", ["EGY"]),
    ],
)
def test_a4_pending_on_a_day(ask: Ask, at: str, recipients: list[str]) -> None:
    """Deliveries end it by their own day; Taiwan's approval and Russia's cancelled Mistral are no pending orders."""
    assert [row["recipient"] for row in ask("orders_pending", at=at)] == recipients


def test_a4_a_delivery_that_may_have_been_before_or_after(ask: Ask) -> None:
    """India's first units came at some time in December 2021."""
    [row] = ask("orders_pending", recipient="India", at="2021-12-10")
    assert row["certainty"] == "possibly"


def test_g7_an_order_that_may_have_been_before_or_after(ask: Ask) -> None:
    """Poland ordered "in 2022"."""
    assert [row["certainty"] for row in ask("orders_pending", recipient="Poland", at="2022-06-30")] == ["possibly"]
    assert [row["certainty"] for row in ask("orders_pending", recipient="Poland", at="2022-12-31")] == ["yes"]


def test_a4_overdue_is_told_but_delivers_nothing(ask: Ask) -> None:
    [egypt] = ask("orders_pending", recipient="Egypt", at="2020-06-29")
    assert (egypt["state"], egypt["promised"], egypt["overdue"], egypt["age_days"]) == (
        "ordered",
        "2020-06-30",
        False,
        832,
    )
    [later] = ask("orders_pending", recipient="Egypt", at="2021-01-01")
    assert (later["state"], later["overdue"]) == ("ordered", True)


def test_g8_no_promise_known_is_null(ask: Ask) -> None:
    [india] = ask("orders_pending", recipient="India", at="2020-01-01")
    assert (india["promised"], india["promises"], india["overdue"]) == (None, [], None)


def test_a4_suspended_until_cancelled(ask: Ask) -> None:
    [mistral] = ask("orders_pending", weapon="Mistral", at="2015-01-01")
    assert mistral["state"] == "suspended"
    assert ask("orders_pending", weapon="Mistral", at="2015-08-05") == []
