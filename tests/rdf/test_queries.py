"""The stored SPARQL queries, answered from the Turtle export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef

from graph.store import Store
from queries.reader import stored_queries
from tests.rdf.conftest import BASE


def ask(graph: Graph, name: str, **params: str) -> list[dict[str, Any]]:
    query = stored_queries("sparql")[name]
    answer = graph.query(query.text, initBindings={key: URIRef(f"{BASE}{value}") for key, value in params.items()})
    columns = [str(column) for column in answer.vars or []]
    return [
        {c: str(v).removeprefix(BASE) if v is not None else None for c, v in zip(columns, row, strict=True)}  # type: ignore[arg-type]
        for row in answer
    ]


def test_what_did_turkey_buy(graph: Graph) -> None:
    [row] = ask(graph, "purchases", recipient="entity/TUR")
    assert (row["weapon"], row["weapon_name"], row["supplier"]) == ("entity/s-400", "S-400", "entity/RUS")
    assert row["since"] == "2017-09-12"


def test_cancelled_and_alleged_deals_are_no_purchases(graph: Graph) -> None:
    bought = {(row["buyer"], row["weapon"]) for row in ask(graph, "purchases")}
    assert ("entity/IND", "entity/s-400") in bought
    assert ("entity/RUS", "entity/mistral") not in bought
    assert ("entity/RUS", "entity/shahed-136") not in bought


def test_sanctions_on_turkey(graph: Graph) -> None:
    rows = ask(graph, "sanctions_on", target="entity/TUR")
    assert [(row["by"], row["instrument"], row["until"], row["status"]) for row in rows] == [
        ("entity/USA", "entity/global-magnitsky-act", "2018-11-02", "ended"),
        ("entity/USA", "entity/eo-13894", "2019-10-23", "ended"),
        ("entity/USA", "entity/caatsa", None, "actual"),
    ]
    assert ask(graph, "sanctions_on", target="entity/TUR", sender="entity/RUS") == []


def test_threats_never_carried_out(graph: Graph) -> None:
    threats = {(row["by"], row["target"], row["instrument"]) for row in ask(graph, "threats_unfulfilled")}
    assert ("entity/USA", "entity/IND", "entity/caatsa") in threats
    assert ("entity/USA", "entity/TUR", "entity/caatsa") not in threats, "carried out on 2020-12-14"


def test_who_supplied_whom(graph: Graph) -> None:
    pairs = {(row["from_name"], row["to_name"]) for row in ask(graph, "suppliers")}
    assert {("Russia", "Turkey"), ("France", "Egypt")} <= pairs
    assert ("Iran", "Houthis") not in pairs
    assert {row["to_name"] for row in ask(graph, "suppliers", supplier="entity/FRA")} == {"Egypt"}


def test_what_is_only_alleged(graph: Graph) -> None:
    rows = ask(graph, "allegations", actor="entity/IRN")
    told = {(row["predicate"], row["object"], row["by"], row["denials"]) for row in rows}
    assert ("ontology/arms", "entity/houthis", "entity/SAU", "1") in told


def test_evidence_of_a_claim(world: Store, graph: Graph) -> None:
    [known] = world.read(
        "MATCH (a:Article)-[:REPORTS]->(c:Claim) WHERE c.stage = 'completed' AND c.thread = 'sanction/USA/TUR' "
        "AND c.retired_at IS NULL AND size(c.quotes) = 1 "
        "RETURN c.id AS id, c.quotes AS quotes, a.url AS url, a.id AS article ORDER BY id LIMIT 1"
    )
    [row] = ask(graph, "claim_evidence", claim=f"claim/{known['id']}")
    assert (row["quote"], row["url"], row["article"]) == (
        known["quotes"][0],
        known["url"],
        f"article/{known['article']}",
    )


@pytest.mark.parametrize("name", sorted(stored_queries("sparql")))
def test_columns_are_those_of_the_header(graph: Graph, name: str) -> None:
    query = stored_queries("sparql")[name]
    answer = graph.query(query.text)
    assert [str(column) for column in answer.vars or []] == [column.name for column in query.header.columns]


DOCUMENTED = re.findall(
    r"```sparql\n(.*?)```", (Path(__file__).parents[2] / "docs" / "rdf.md").read_text("utf-8"), re.S
)


@pytest.mark.parametrize("query", DOCUMENTED)
def test_documented_queries_have_answers(graph: Graph, query: str) -> None:
    assert len(list(graph.query(query))) > 0


def test_who_was_excluded_from_what(graph: Graph) -> None:
    [row] = ask(graph, "exclusions", target="entity/TUR")
    assert (row["programme"], row["since"], row["status"], row["denials"]) == (
        "entity/f-35-programme", "2019-07-17", "actual", "1",
    )  # fmt: skip


def test_an_instrument_used_or_only_threatened(graph: Graph) -> None:
    rows = ask(graph, "instrument_usage", instrument="entity/caatsa")
    assert [(row["target"], row["status"]) for row in rows] == [
        ("entity/IND", "proposed"),
        ("entity/TUR", "actual"),
        ("entity/ismail-demir", "actual"),
    ]


def test_the_lineage_of_a_weapon(graph: Graph) -> None:
    assert [row["wider_name"] for row in ask(graph, "lineage", weapon="entity/f-16v")] == [
        "aircraft", "fighter aircraft", "F-16",
    ]  # fmt: skip


def test_notice_is_no_exit_from_a_treaty(graph: Graph) -> None:
    [row] = ask(graph, "treaty_exits", treaty="entity/inf-treaty")
    assert (row["actor"], row["since"]) == ("entity/USA", "2019-08-02")
