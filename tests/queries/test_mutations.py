"""Each trap's test fails once the rule that it is about is taken out of the query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from graph.store import Store
from queries import drawn, markets, runner
from tests.queries import test_press as traps

# Query, the rule, what stands in its place, the test that then fails, and what that test is given.
MUTATIONS: list[tuple[str, str, str, Callable[..., None], tuple[Any, ...]]] = [
    ("holders", "WHEN e.status IN ['dropped', 'cancelled', 'ended']", "WHEN e.status IN []",
     traps.test_a2_given_back_is_no_holder_and_the_maker_is_one, ()),
    ("orders_pending", "promised AND c.phase", "c.phase", traps.test_a4_a_promised_date_moved_twice,
     ("2004-12-31", None, None)),
    ("figures", "CASE WHEN kind = 'quantity' THEN weapon.id END AS of", "weapon.id AS of",
     traps.test_a6_one_sum_for_two_weapons_counts_once, ()),
    ("relations_over_time", "count(DISTINCT CASE WHEN delivering = 1 THEN e.id END)",
     "count(CASE WHEN delivering = 1 THEN e.id END)", traps.test_a7_counts_deals_not_articles, ()),
    ("co_suppliers", "CASE aid WHEN 1 THEN 'aid' ELSE 'sale' END AS kind", "'sale' AS kind",
     traps.test_a8_each_pair_once_aid_and_sale_apart_and_companies_as_their_state, ()),
    ("stopped_transfers", "WHEN by_third_party THEN 'intercepted'", "WHEN false THEN 'intercepted'",
     traps.test_a10_a_seizure_at_sea_is_no_refusal_by_the_supplier, ()),
    ("tests_and_uses", "WHERE rank = 3 AND", "WHERE", traps.test_a11_tests_by_day, ()),
    ("tests_and_uses", "coalesce(on, t.last) AS date_to", "t.last AS date_to", traps.test_a11_tests_by_day, ()),
    ("sanctions_on", "WHERE (office.since IS NULL OR", "WHERE true OR (office.since IS NULL OR",
     traps.test_b2_companies_are_told_apart_and_the_unnamed_banks_stay_the_state_s, ()),
    ("unfulfilled_threats", "c.stage = 'threatened'", "rank = 1",
     traps.test_b4_only_threats_by_the_sender_that_nothing_followed, ()),
    ("unfulfilled_threats", "any(weapon IN about WHERE weapon IN later.over)", "false",
     traps.test_b4_only_threats_by_the_sender_that_nothing_followed, ()),
    ("threat_to_imposition", "CASE WHEN least < 0 THEN 0 ELSE least END AS days_min", "coalesce(least, 0) AS days_min",
     traps.test_b5_without_a_threat_there_are_no_days, ()),
    ("suppliers_of_sanctioned", "(s.until IS NULL OR coalesce(step.first, step.last) <= s.until)", "true",
     traps.test_b7_delivered_under_an_embargo, ()),
    ("designated", "THEN title END) AS offices", "THEN title ELSE title END) AS offices",
     traps.test_b9_named_persons_and_companies_with_the_office_of_that_day, ()),
    ("treaty_status", "asserted AND c.predicate = 'withdraws_from' AND rank = 3 AS leaving",
     "c.predicate IN ['withdraws_from', 'violates'] AND rank > 1 AS leaving",
     traps.test_b11_notice_given_is_not_out, ("2019-02-02", "notice given")),
]  # fmt: skip


def test_deals_of_other_decades_overlap_once_they_may_lie_so_far_apart(
    press: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markets, "APART_DAYS", 18260)
    with pytest.raises(AssertionError):
        traps.test_a8_other_decades_are_no_overlap(lambda query, **params: runner.run(press, query, params).rows)


def test_said_causes_count_as_merely_before_once_nobody_looks_for_them(
    press: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "explained", lambda step: False)
    with pytest.raises(AssertionError):
        traps.test_b8_said_to_be_the_cause_is_not_merely_afterwards(
            lambda query, **params: runner.run(press, query, params).rows
        )


@pytest.mark.parametrize(("name", "rule", "instead", "trap", "given"), MUTATIONS)
def test_the_trap_s_test_fails_without_its_rule(
    press: Store,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    rule: str,
    instead: str,
    trap: Callable[..., None],
    given: tuple[Any, ...],
) -> None:
    right = runner.stored_query(name)
    assert rule in right.text
    wrong = replace(right, text=right.text.replace(rule, instead))
    stored = runner.stored_query
    monkeypatch.setattr(runner, "stored_query", lambda asked: wrong if asked == name else stored(asked))

    def ask(query: str, **params: Any) -> list[dict[str, Any]]:
        return runner.run(press, query, params).rows

    with pytest.raises((AssertionError, ValueError, KeyError)):  # or a row is missing, or one too many
        trap(ask, *given)
