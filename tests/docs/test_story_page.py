"""The story on docs/story.md is the one that its command tells, in both stores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from graph.store import connect
from tests.queries.world import empty

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "story.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a store that holds nothing but the example."""
    embedded = request.param == "embedded"
    uri = f"embedded:{tmp_path_factory.mktemp('story')}" if embedded else request.getfixturevalue("neo4j_uri")
    with connect(uri) as store:
        empty(store)
    loaded = CliRunner().invoke(app, ["load", str(DOCS / "examples" / "turkey.jsonl"), "--store", uri])
    assert loaded.exit_code == 0, loaded.output
    yield uri
    with connect(uri) as store:
        empty(store)


def test_the_text_is_what_the_command_prints(example: str) -> None:
    [shown] = re.findall(r"^````markdown\n(.*?)^````$", PAGE, re.M | re.S)
    asked = ["story", "United States", "Turkey", "--from", "2019-06", "--to", "2019-07", "-f", "markdown"]
    assert all(word in PAGE.replace('"United States"', "United States") for word in asked)
    told = CliRunner().invoke(app, [*asked, "--store", example])
    assert (told.exit_code, told.output) == (0, shown)


def test_the_picture_is_drawn(example: str, tmp_path: Path) -> None:
    """Its bytes depend on the version of matplotlib, so that only what is in it is compared: its size, by the lanes."""
    file = tmp_path / "story.svg"
    done = CliRunner().invoke(app, ["story", "United States", "Turkey", "-o", str(file), "--store", example])
    assert done.exit_code == 0, done.output
    drawn, shown = file.read_text(encoding="utf-8"), (DOCS / "images" / "story.svg").read_text(encoding="utf-8")
    assert re.findall(r'viewBox="[^"]*"', drawn) == re.findall(r'viewBox="[^"]*"', shown) != []
