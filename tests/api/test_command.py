"""`embargo query` over the fixtures' world: tables, their legend, and what it runs."""

from __future__ import annotations

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
