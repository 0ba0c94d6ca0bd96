"""A1 to A11 and B1 to B11 on articles that went through the extractor: one test a trap, named after it.

What the extractor cannot read yet stands in `press.TOLD` as claims; that file says what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.store import Store
from queries.names import resolve
from queries.runner import run
from queries.steps import median_duration
from tests.queries.printing import printed, read_articles

Rows = list[dict[str, Any]]
Ask = Callable[..., Rows]


@pytest.fixture
def ask(press: Store) -> Ask:
    return lambda name, **params: run(press, name, params).rows


def told(rows: Rows, *columns: str) -> list[tuple[Any, ...]]:
    """The rows with these columns alone."""
    return [tuple(row[column] for column in columns) for row in rows]


# A. Transfers


def test_a1_the_class_told_beside_the_system_is_no_second_deal(ask: Ask) -> None:
    rows = ask("transfers", supplier="Russia", recipient="Turkey", weapon="air defence system")
    assert told(rows, "weapon", "batch", "support") == [("s-400", None, 2), ("s-400", "2", 1)]


def test_a1_considered_ordered_and_delivered_are_one_deal(ask: Ask) -> None:
    rows = ask("transfers", supplier="Russia", recipient="Turkey", weapon="SA-21")
    assert told(rows, "status", "batch", "ordered", "delivered") == [
        ("actual", None, "2017-09-12", "2019-07-12"),
        ("committed", "2", None, None),
    ]


@pytest.mark.parametrize(
    ("at", "status"), [("2017-05-01", "proposed"), ("2018-01-01", "committed"), ("2019-07-12", "actual")]
)
def test_a1_the_status_is_that_of_the_day_asked_about(ask: Ask, at: str, status: str) -> None:
    [row] = ask("transfers", recipient="Turkey", weapon="S-400", at=at)
    assert row["status"] == status


def test_a2_given_back_is_no_holder_and_the_maker_is_one(ask: Ask) -> None:
    rows = ask("holders", weapon="Buk")
    assert ("CYP", "stopped", "transfer") in told(rows, "actor", "phase", "how")
    assert ("CYP", "actual", "transfer") not in told(rows, "actor", "phase", "how")
    assert ("RUS", "actual", "maker") in told(rows, "actor", "phase", "how")
    assert ("CYP", "actual") in told(ask("holders", weapon="Buk", at="2018-12-31"), "actor", "phase")


@pytest.mark.parametrize(("at", "makers"), [("1991-12-25", {"PRK", "SUN"}), ("1991-12-26", {"PRK"}), (None, {"PRK"})])
def test_a2_a_state_that_is_no_more_holds_nothing_it_made(ask: Ask, at: str | None, makers: set[str]) -> None:
    assert {row["actor"] for row in ask("holders", weapon="Scud", at=at) if row["how"] == "maker"} == makers


@pytest.mark.parametrize(("at", "maker"), [("1991-12-25", "SUN"), ("1991-12-26", "RUS"), (None, "RUS")])
def test_a2_a_successor_holds_nothing_before_its_day(ask: Ask, at: str | None, maker: str) -> None:
    """The MiG-29 is Soviet, some of its variants are Russian."""
    assert [row["actor"] for row in ask("holders", weapon="MiG-29", at=at) if row["how"] == "maker"] == [maker]


def test_a2_who_only_uses_it_holds_it_and_who_shot_one_down_does_not(ask: Ask) -> None:
    before = ask("holders", weapon="Shahed-136", known_on="2022-10-20")
    assert {(row["actor"], row["how"]) for row in before if row["how"] != "maker"} == {("RUS", "use")}


def test_a3_suspended_then_cancelled_and_never_delivered(ask: Ask) -> None:
    rows = ask("deal", supplier="France", recipient="Russia", weapon="mistral-class")
    assert told(rows, "stage", "date_to", "status") == [
        ("agreed", "2011-06-17", "cancelled"),
        ("suspended", "2014-11-25", "cancelled"),
        ("ended", "2015-08-05", "cancelled"),
    ]


@pytest.mark.parametrize(
    ("at", "promised", "overdue"),
    [
        ("2004-12-31", None, None),
        ("2006-01-01", "2008-08-31", False),
        ("2008-12-31", "2010-12-31", False),
        ("2013-01-01", "2012-12-31", True),
    ],
)
def test_a4_a_promised_date_moved_twice(ask: Ask, at: str, promised: str | None, overdue: bool | None) -> None:
    [row] = ask("orders_pending", supplier="Russia", recipient="India", weapon="aircraft carrier", at=at)
    assert (row["promised"], row["overdue"], row["state"]) == (promised, overdue, "ordered")


def test_a4_delivered_is_no_longer_pending(ask: Ask) -> None:
    assert ask("orders_pending", recipient="India", weapon="aircraft carrier", at="2013-11-16") == []


def test_a4_partly_delivered_stays_pending_and_an_approved_sale_is_no_order(ask: Ask) -> None:
    assert told(ask("orders_pending", recipient="Egypt", at="2015-12-31"), "weapon", "state") == [
        ("rafale", "partly delivered")
    ]
    assert ask("orders_pending", recipient="Taiwan", at="2020-01-01") == []


def test_a4_a_delivery_reported_years_later_was_no_pending_order_then(ask: Ask) -> None:
    assert ask("orders_pending", recipient="Algeria", at="2015-01-01") == []
    [row] = ask("transfers", recipient="Algeria", **{"to": "2012"})
    assert (row["delivered_from"], row["delivered"], row["first_reported"]) == (
        "2012-01-01",
        "2012-12-31",
        "2021-05-10",
    )


def test_a5_more_without_a_number_is_another_batch_and_a_mention_of_the_first_is_not(ask: Ask) -> None:
    rows = ask("batches", supplier="Russia", recipient="Vietnam")
    assert told(rows, "position", "batch", "ordered", "quantity_max") == [
        (1, None, "2009-02-05", 8),
        (2, "further", "2010-02-11", None),
    ]


def test_a5_a_second_regiment_is_no_second_batch(ask: Ask) -> None:
    assert ask("batches", recipient="India", weapon="S-400") == []


def test_a6_two_sums_are_told_apart_and_not_added(ask: Ask) -> None:
    rows = [row for row in ask("figures", recipient="India", weapon="Rafale") if row["kind"] == "value"]
    assert told(rows, "maximum", "currency", "outlets") == [
        (7.8e9, "EUR", ["alpha.example"]),
        (7.9e9, "EUR", ["beta.example"]),
    ]
    [quantity] = [row for row in ask("figures", recipient="India", weapon="Rafale") if row["kind"] == "quantity"]
    assert (quantity["maximum"], quantity["support"]) == (36, 2), "told twice, one figure"


def test_a6_one_sum_for_two_weapons_counts_once(ask: Ask) -> None:
    rows = [row for row in ask("figures", recipient="Ukraine", supplier="USA") if row["kind"] == "value"]
    assert told(rows, "weapons", "maximum", "scope") == [(["himars", "javelin-missile"], 7e8, "joint")]


def test_a6_batteries_launchers_and_missiles_are_three_figures(ask: Ask) -> None:
    rows = ask("figures", recipient="Poland", weapon="Patriot")
    assert told(rows, "unit", "qualifier", "minimum", "maximum") == [
        ("battery", "exactly", 2, 2), ("launcher", "exactly", 16, 16), ("missile", "up to", None, 208),
    ]  # fmt: skip


def test_a7_the_soviet_union_is_not_russia(ask: Ask) -> None:
    rows = ask("relations_over_time", recipient="Syria")
    assert told(rows, "year", "partner", "deals_delivering") == [("1987", "SUN", 1), ("2008", "RUS", 1)]
    assert "RUS" in rows[0]["successors"]


def test_a7_counts_deals_not_articles(ask: Ask) -> None:
    rows = ask("relations_over_time", recipient="Turkey", supplier="Russia", **{"to": "2020"})
    assert told(rows, "year", "deals_agreed", "deals_delivering") == [("2017", 1, 0), ("2019", 0, 1)]


def test_a8_each_pair_once_aid_and_sale_apart_and_companies_as_their_state(ask: Ask) -> None:
    rows = ask("co_suppliers")
    pairs = {(row["supplier_a"], row["supplier_b"], row["kind"]): row for row in rows}
    assert len(pairs) == len(rows) and all(a < b for a, b, _ in pairs)
    assert pairs["DEU", "USA", "aid"]["recipients"] == ["UKR"]
    assert pairs["TUR", "USA", "sale"]["recipients"] == ["POL"], "Turkey sold to Ukraine, the United States gave"
    assert pairs["TUR", "USA", "sale"]["rolled_up"] == ["baykar"]


def test_a8_other_decades_are_no_overlap(ask: Ask) -> None:
    assert ask("co_suppliers", recipient="Iraq") == []


def test_a8_a_state_and_its_successor_never_supplied_side_by_side(tmp_path: Path) -> None:
    articles = [
        ("soviet", "alpha", "1987-12-15", "The Soviet Union delivered MiG-29 fighters to India on 14 December 1987."),
        ("french", "alpha", "1990-06-15", "France delivered Mirage 2000 fighters to India on 14 June 1990."),
        ("russian", "alpha", "1992-06-15", "Russia delivered MiG-29 fighters to India on 14 June 1992."),
    ]
    with printed(f"embedded:{tmp_path}", read_articles(articles, [])) as world:
        rows = run(world, "co_suppliers", {"recipient": "India"}).rows
    assert told(rows, "supplier_a", "supplier_b") == [("FRA", "RUS"), ("FRA", "SUN")]


def test_a8_in_the_market_of_one_supplier_and_weapon(ask: Ask) -> None:
    assert told(ask("co_suppliers", supplier="Russia", recipient="India"), "supplier_a", "supplier_b") == [
        ("RUS", "FRA")
    ]
    assert ask("co_suppliers", supplier="Russia", recipient="India", weapon="S-400") == []


@pytest.mark.parametrize(
    ("weapon", "path", "nato_name"),
    [
        ("MiG-29K", ["class/fighter-aircraft", "mig-29", "class/aircraft"], "Fulcrum-D"),
        ("SA-21", ["class/air-defence-system"], "SA-21 Growler"),
        ("S-300PMU-2", ["class/air-defence-system", "s-300"], "SA-20B Gargoyle"),
    ],
)
def test_a9_what_it_is(ask: Ask, weapon: str, path: list[str], nato_name: str) -> None:
    [row] = ask("lineage", weapon=weapon)
    assert row["path"] == path
    assert (row["nato_name"], row["certainty"], row["origins"]) == (nato_name, "catalogue", ["RUS"])


def test_a9_a_family_is_not_its_variant_nor_a_system_a_programme(press: Store, ask: Ask) -> None:
    [family] = ask("lineage", weapon="MiG-29")
    assert family["kind"] == "family" and "mig-29k" in family["variants"]
    assert resolve(press, "F-35", ("Weapon",)) == "f-35"
    assert resolve(press, "F-35 programme", ("Instrument",)) == "f-35-programme"


def test_a10_who_stopped_it_and_whether_it_went_on(ask: Ask) -> None:
    rows = ask("stopped_transfers")
    found = {(row["supplier"], row["recipient"], row["what"]): row for row in rows}
    assert found["ESP", "SAU", "suspended"]["resumed"] == "2018-09-13"
    assert found["FRA", "RUS", "suspended"]["resumed"] is None
    assert found["FRA", "RUS", "cancelled"]["by_third_party"] is False
    assert ("USA", "SAU", "refused") not in found, "a Senate that failed to block stopped nothing"


def test_a10_a_seizure_at_sea_is_no_refusal_by_the_supplier(ask: Ask) -> None:
    [row] = ask("stopped_transfers", third_party="United States")
    assert (row["supplier"], row["what"], row["by"], row["by_third_party"]) == ("IRN", "intercepted", ["USA"], True)


def test_a11_tests_by_day(ask: Ask) -> None:
    """Announced, four missiles told twice, a test told again "in 2017", and two days in one article."""
    rows = ask("tests_and_uses", actor="North Korea", kind="test")
    assert told(rows, "weapon", "date_from", "date_to", "support") == [
        ("class/ballistic-missile", "2017-03-06", "2017-03-06", 2),
        ("class/nuclear-weapon", "2017-09-03", "2017-09-03", 2),
        ("class/ballistic-missile", "2022-11-02", "2022-11-02", 1),
        ("class/ballistic-missile", "2022-11-03", "2022-11-03", 1),
    ]


def test_a11_who_shot_one_down_did_not_use_it(ask: Ask) -> None:
    rows = ask("tests_and_uses", weapon="Shahed-136", alleged=True)
    assert told(rows, "actor", "target", "date_to") == [("RUS", "UKR", "2022-10-17")]


def test_a11_an_accusation_that_is_denied(ask: Ask) -> None:
    assert ask("tests_and_uses", actor="Syria") == []
    [row] = ask("tests_and_uses", actor="Syria", alleged=True)
    assert (row["certainty"], row["accusers"], row["deniers"], row["date_to"]) == (
        "alleged", ["FRA"], ["SYR"], "2018-04-07",
    )  # fmt: skip


# B. Sanctions


@pytest.mark.parametrize(
    ("sender", "target", "at", "answer"),
    [
        ("US", "Turkey", "2018-09-01", "yes"),
        ("US", "Turkey", "2019-06-30", "no"),
        ("US", "Turkey", "2019-10-20", "yes"),
        ("US", "Turkey", "2020-12-14", "yes"),
        ("US", "Iran", "2017-01-01", "no"),
        ("US", "Iran", "2019-01-01", "yes"),
        ("EU", "USA", "2003-11-20", "unknown"),
        ("US", "India", "2020-01-01", "unknown"),
        ("Japan", "North Korea", "2015-01-01", "yes"),
        ("Germany", "Belarus", "2015-01-01", "unknown"),
        ("US", "Zimbabwe", "2022-03-01", "possibly"),
        ("US", "Zimbabwe", "2021-06-01", "possibly"),
    ],
)
def test_b1_in_force_on_a_day(ask: Ask, sender: str, target: str, at: str, answer: str) -> None:
    """Three spells, lifted and back, dropped, only threatened, a part lifted, the EU's members, a sender unnamed."""
    assert {row["answer"] for row in ask("sanction_status", sender=sender, target=target, at=at)} == {answer}


def test_b2_companies_are_told_apart_and_the_unnamed_banks_stay_the_state_s(ask: Ask) -> None:
    rows = ask("sanctions_on", target="Russia")
    assert ("RUS", "itself", "group", ["Russian banks"]) in told(rows, "hit", "link", "scope", "target_details")
    assert ("rusal", "based in", "2019-01-27") in told(rows, "hit", "link", "until")
    assert ("igor-sechin", "Deputy Prime Minister") not in told(rows, "hit", "link"), "he was no longer in 2014"


def test_b2_an_official_of_an_office_of_the_state(ask: Ask) -> None:
    rows = ask("sanctions_on", target="Turkey", at="2021-01-01")
    assert told(rows, "hit", "link", "instrument") == [
        ("TUR", "itself", "caatsa"),
        ("ismail-demir", "President, Presidency of Defense Industries", "caatsa"),
    ]


def test_b3_an_extension_is_no_new_imposition_and_a_part_lifted_lifts_not_all(ask: Ask) -> None:
    belarus = ask("sanction_history", sender="EU", target="Belarus")
    assert told(belarus, "step", "outcome") == [("completed", "actual"), ("ongoing", "actual")]
    assert len({row["episode"] for row in belarus}) == 1
    japan = ask("sanction_history", sender="Japan", target="North Korea")
    assert told(japan, "step", "partial", "outcome") == [("completed", False, "actual"), ("ended", True, "actual")]


def test_b3_a_threat_withdrawn(ask: Ask) -> None:
    rows = ask("sanction_history", sender="EU", target="United States")
    assert told(rows, "step", "outcome") == [("threatened", "dropped"), ("refused", "dropped")]


def test_b4_only_threats_by_the_sender_that_nothing_followed(ask: Ask) -> None:
    """Left out: what Amnesty called for, what was conditional, and Saudi Arabia, hit later under another name."""
    rows = ask("unfulfilled_threats", at="2023-01-01")
    assert told(rows, "sender", "target", "over", "outcome") == [
        ("european-union", "USA", [], "dropped"),
        ("USA", "IND", ["s-400"], "open"),
    ]


def test_b5_without_a_threat_there_are_no_days(ask: Ask) -> None:
    rows = {
        row["instrument"]: row for row in ask("threat_to_imposition", sender="US", target="Turkey", at="2022-01-01")
    }
    assert (rows["caatsa"]["days_min"], rows["caatsa"]["days_max"]) == (513, 513)
    assert (rows["global-magnitsky-act"]["outcome"], rows["global-magnitsky-act"]["days_min"]) == ("imposed", None)


def test_b5_open_threats_count_in_the_summary(ask: Ask) -> None:
    [row] = [row for row in ask("threat_to_imposition", at="2022-01-01", summary=True) if row["sender"] == "USA"]
    assert (row["threats"], row["imposed_count"], row["open_count"], row["share_imposed"]) == (3, 1, 2, 0.333)
    assert row["median_days_min"] is None or row["median_days_min"] >= 513, "not the median of the one imposed alone"


@pytest.mark.parametrize(
    ("durations", "median"),
    [
        ([], None),
        ([(10, True)], 10),
        ([(10, True), (20, True), (30, True)], 20),
        ([(10, True), (20, False), (30, False)], None),
        ([(5, False), (10, True), (20, True)], 10),
        ([(10, False), (20, False)], None),
    ],
)
def test_b5_the_median_of_kaplan_and_meier(durations: list[tuple[int, bool]], median: int | None) -> None:
    assert median_duration(durations) == median


def test_b6_imposed_or_threatened_and_the_passing_of_the_statute_is_neither(ask: Ask) -> None:
    rows = ask("instrument_usage", instrument="Countering America's Adversaries Through Sanctions Act")
    assert told(rows, "target", "use", "over")[:2] == [("CHN", "imposed", ["su-35"]), ("IND", "threatened", ["s-400"])]
    assert "2017-08-02" not in [row["date_to"] for row in rows]
    assert rows == ask("instrument_usage", instrument="CAATSA")


def test_b6_one_decision_cited_under_act_and_order_counts_once_under_each(ask: Ask) -> None:
    assert told(ask("instrument_usage", instrument="CAATSA", target="China"), "use") == [("imposed",)]
    assert told(ask("instrument_usage", instrument="Executive Order 13849", target="China"), "use") == [("imposed",)]


def test_b7_delivered_under_an_embargo(ask: Ask) -> None:
    """Ordered before and delivered under it; Eritrea got its helicopters after the embargo was lifted."""
    rows = ask("suppliers_of_sanctioned", measure="arms embargo")
    assert told(rows, "supplier", "recipient", "weapon", "overlap_from", "certainty") == [
        ("RUS", "IRN", "s-300", "2016-10-13", "yes")
    ]


def test_b7_an_alleged_supplier_is_marked_with_who_denies(ask: Ask) -> None:
    [row] = ask("suppliers_of_sanctioned", recipient="Houthis", alleged=True)
    assert (row["supplier"], row["certainty"], row["deniers"]) == ("IRN", "alleged", ["IRN"])


def test_b8_said_to_be_the_cause_is_not_merely_afterwards(ask: Ask) -> None:
    rows = ask("deals_that_drew_sanctions", buyer="Turkey")
    assert told(rows, "instrument", "step", "said_cause", "merely_after") == [
        ("caatsa", "threatened", True, False),
        ("global-magnitsky-act", "imposed", False, True),
    ]
    assert {row["batch"] for row in rows} == {None}, "the second batch drew nothing"


def test_b8_of_some_rounds_alone(ask: Ask) -> None:
    rows = ask("deals_that_drew_sanctions", buyer="Turkey")
    for row in rows:
        assert ask("deals_that_drew_sanctions", buyer="Turkey", rounds=row["sanction"]) == [row]
    both = ",".join(row["sanction"] for row in rows)
    assert ask("deals_that_drew_sanctions", buyer="Turkey", rounds=both) == rows
    assert ask("deals_that_drew_sanctions", buyer="Turkey", rounds=rows[0]["deal"]) == []


def test_b8_to_be_thrown_out_of_a_programme_is_no_sanction(ask: Ask) -> None:
    rows = ask("deals_that_drew_sanctions", buyer="Turkey")
    assert all(row["sanction"].startswith("sanction/") for row in rows)


def test_b9_named_persons_and_companies_with_the_office_of_that_day(ask: Ask) -> None:
    found = {row["hit"]: row for row in ask("designated")}
    assert "TUR" not in found and "RUS" not in found
    assert found["ismail-demir"]["offices"] == ["President, Presidency of Defense Industries"]
    assert found["igor-sechin"]["offices"] == [], "he had left office in 2012"
    assert (found["rusal"]["status"], found["rusal"]["until"]) == ("ended", "2019-01-27")
    assert (found["patriarch-kirill"]["status"], found["patriarch-kirill"]["since"]) == ("committed", None)


@pytest.mark.parametrize(
    ("at", "hits"), [("2018-12-31", ["igor-sechin", "rusal"]), ("2019-01-27", ["igor-sechin"]), ("2014-04-27", [])]
)
def test_b9_delisted(ask: Ask, at: str, hits: list[str]) -> None:
    assert [row["hit"] for row in ask("designated", country="Russia", at=at)] == hits


def test_b10_suspended_removed_and_back(ask: Ask) -> None:
    found = {(row["target"], row["programme"]): row for row in ask("exclusions")}
    assert found["RUS", "council-of-europe"]["status"] == "suspended"
    assert (found["EGY", "african-union"]["status"], found["EGY", "african-union"]["until"]) == ("ended", "2014-06-17")
    assert (found["RUS", "g8"]["by"], found["RUS", "g8"]["status"]) == (None, "actual")
    assert ("TUR", "f-35-programme") in found


@pytest.mark.parametrize(("at", "rows"), [("2019-06-30", 0), ("2019-07-17", 1)])
def test_b10_a_threat_of_removal_is_no_removal(ask: Ask, at: str, rows: int) -> None:
    assert len(ask("exclusions", target="Turkey", at=at)) == rows


@pytest.mark.parametrize(
    ("at", "standing"), [("2019-01-31", None), ("2019-02-02", "notice given"), ("2019-08-02", "left")]
)
def test_b11_notice_given_is_not_out(ask: Ask, at: str, standing: str | None) -> None:
    rows = ask("treaty_status", treaty="INF Treaty", actor="United States", at=at)
    assert [row["standing"] for row in rows] == ([standing] if standing else [])


def test_b11_an_accusation_is_no_fact_and_suspended_is_not_withdrawn(ask: Ask) -> None:
    [inf] = ask("treaty_status", treaty="INF Treaty", actor="Russia")
    assert (inf["standing"], inf["certainty"]) == ("unknown", "alleged")
    assert (inf["accused_by"], inf["denied_by"]) == (["USA"], ["RUS"])
    [start] = ask("treaty_status", treaty="New START")
    assert (start["standing"], start["signed"], start["left"]) == ("suspended", "2010-04-08", None)


def test_b11_a_party_can_return(ask: Ask) -> None:
    [row] = ask("treaty_status", treaty="Paris Agreement")
    assert (row["standing"], row["left"], row["returned"]) == ("returned", "2020-11-04", "2021-02-19")
    [before] = ask("treaty_status", treaty="Paris Agreement", at="2020-12-31")
    assert before["standing"] == "left"
