"""`embargo query` over the fixtures' world: tables, their legend, and what it runs."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from cli import app, table


def query(world: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["query", *arguments, "--store", world])


def test_a_table_has_a_legend(world: str) -> None:
    done = query(world, "transfers", "-p", "recipient=Egypt")
    assert done.exit_code == 0, done.output
    assert "Su-35" in done.stdout and "supplier_name" in done.stdout
    legend = " ".join(done.stderr.split())
    assert "weapon_name: Name of the weapon." in legend and "2 rows; not shown: " in legend
    assert "batch:" not in legend  # a column that is empty in every row is left out


def test_a_narrow_terminal_gets_blocks(world: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "NARROWEST", 50)
    done = query(world, "transfers", "-p", "recipient=Egypt")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["weapon_name", "Su-35"] in lines and ["weapon_name", "Mistral"] in lines


@pytest.mark.parametrize(
    ("arguments", "cypher"),
    [
        (["transfers", "-p", "recipient=Egypt"], ["MATCH", '// $recipient = "EGY"', "LIMIT $limit"]),
        (["transfers", "-p", "known_on=2019-07-11"], ["UNWIND $episodes AS e"]),
        (["paths", "-p", "a=Iran", "-p", "b=Ukraine"], ["$pairs", '// $b = "UKR"']),
        (["--cypher", "MATCH (c:Country) RETURN c.name AS name"], []),
    ],
)
def test_explain_shows_the_cypher_and_a_plan(world: str, arguments: list[str], cypher: list[str]) -> None:
    done = query(world, *arguments, "--explain")
    assert done.exit_code == 0, done.output
    assert all(part in done.stdout for part in cypher)
    assert "Plan" in done.stdout or "Planner" in done.stdout


def test_explain_of_nothing_says_so(world: str) -> None:
    assert query(world, "weather", "--explain").exit_code == 2
    assert query(world, "transfers", "-p", "recipient=Atlantis", "--explain").exit_code == 2


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("k=0.9", {"text": "0.9", "number": True}),
        ("k=true", {"text": "true", "number": False}),
        ('k=["TUR","IRN"]', {"text": "TUR", "number": False}),
        ('k="2017"', {"text": "2017", "number": False}),
        ("k=2017-09-12", {"text": "2017-09-12", "number": False}),
        ("k=NaN", {"text": "NaN", "number": False}),
        ("k=Turkey", {"text": "Turkey", "number": False}),
        ("k=", {"text": "", "number": False}),
    ],
)
def test_a_parameter_of_own_cypher_is_json_or_text(world: str, value: str, answer: dict[str, object]) -> None:
    asked = (
        "UNWIND $k AS one RETURN toString(one) AS text, one IN [0.9, 2017] AS number LIMIT 1",
        *("--param", value, "--format", "json"),
    )
    done = query(world, "--cypher", *asked)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == [answer]


def test_parameters_compare_as_numbers_and_lists(world: str) -> None:
    sure = "MATCH (c:Claim) WHERE c.confidence >= $least RETURN count(c) > 0 AS found"
    listed = "UNWIND $ids AS id MATCH (c:Country {id: id}) RETURN c.id AS id ORDER BY id"
    assert json.loads(query(world, "--cypher", sure, "-p", "least=0.1", "-f", "json").stdout) == [{"found": True}]
    assert query(world, "--cypher", listed, "-p", 'ids=["TUR","RUS"]', "-f", "csv").stdout.split() == [
        "id",
        "RUS",
        "TUR",
    ]
    assert json.loads(query(world, "--cypher", sure, "-p", 'least="0.1"', "-f", "json").stdout) == [{"found": False}]


def test_a_number_too_great_for_the_store_is_refused(world: str) -> None:
    done = query(world, "--cypher", "RETURN $n AS n", "-p", f"n={10**30}")
    assert done.exit_code == 2 and "a parameter cannot be sent to the store" in done.stderr


def test_values_of_a_named_query_stay_as_its_parameters_have_them(world: str) -> None:
    assert query(world, "transfers", "-p", "limit=1").exit_code == 0
    assert query(world, "transfers", "-p", 'limit="1"').exit_code == 2


def test_no_rows_tell_of_words_that_the_graph_does_not_have(world: str) -> None:
    misspelt = query(world, "--cypher", "MATCH (a)-[:SANCTION]->(b) RETURN a.name")
    assert misspelt.exit_code == 0
    assert "0 rows; the graph has no relationship type SANCTION, SANCTIONS may be meant" in misspelt.stderr
    right = query(world, "--cypher", "MATCH (a:Country {id: 'nobody'})-[:SANCTIONS]->(b) RETURN a.name")
    assert "0 rows; nothing in the graph answers this" in right.stderr
    found = query(world, "--cypher", "MATCH (a:Country {id: 'TUR'}) RETURN a.name AS topic")
    assert "may be meant" not in found.stderr


def test_a_column_without_values_is_shown_and_told_of(world: str) -> None:
    done = query(world, "--cypher", "MATCH (a:Country {id: 'TUR'}) RETURN a.id, a.nam")
    assert "a.nam" in done.stdout and "not shown" not in done.stderr
    assert "1 rows; the graph has no property nam of Country, name may be meant" in done.stderr


def test_cypher_that_would_write_is_refused(world: str) -> None:
    done = query(world, "--cypher", "MATCH (c:Country {id: 'TUR'}) SET c.name = 'Oz' RETURN c.name")
    assert done.exit_code == 2 and "the query would write; this command only reads" in done.stderr


@pytest.mark.parametrize(
    ("id", "told"), [("Türkiye", "it is a name of 'TUR'"), ("Turkee", "did you mean Turkey"), ("S-400", "'s-400'")]
)
def test_who_asks_for_a_node_by_its_name_is_told_its_id(world: str, id: str, told: str) -> None:
    done = CliRunner().invoke(app, ["show", id, "--store", world])
    assert done.exit_code == 2 and told in " ".join(done.stderr.split())
