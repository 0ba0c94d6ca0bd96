"""Stories over HTTP and by the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from httpx import Response
from typer.testing import CliRunner

from cli import app

Get = Callable[..., Response]
PAIR = {"a": "United States", "b": "Turkey"}


def test_a_story_is_data(get: Get) -> None:
    story = get("/v1/story", **PAIR, **{"from": "2020", "to": "2020"}).json()
    assert story["parameters"] == {"a": "USA", "b": "TUR", "from": "2020-01-01", "to": "2020-12-31"}
    assert [(step["stage"], step["support"]) for step in story["steps"]] == [("completed", 2)]
    assert [source["url"] for source in story["sources"]] == [
        "https://alpha.example/caatsa-imposed", "https://beta.example/caatsa-imposed-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("format", "accept", "media", "begin"),
    [
        ("markdown", "", "text/markdown", b"# United States and Turkey"),
        (None, "text/markdown", "text/markdown", b"# United States and Turkey"),
        (None, "image/svg+xml, */*;q=0.1", "image/svg+xml", b"<?xml"),
        ("png", "application/json", "image/png", b"\x89PNG"),
        (None, "*/*", "application/json", b"{"),
    ],
)
def test_it_comes_as_asked(get: Get, format: str | None, accept: str, media: str, begin: bytes) -> None:
    asked = PAIR | ({"format": format} if format else {})
    response = get("/v1/story", 200, {"Accept": accept}, **asked)
    assert response.headers["content-type"].split(";")[0] == media
    assert response.content.startswith(begin)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"a": "Atlantis"}, 422),
        ({"a": "Turkey", "colour": "red"}, 422),
        ({"a": "Turkey", "at": "someday"}, 422),
        ({"a": "Turkey", "at": ""}, 422),
        ({"a": "Turkey", "from": ""}, 422),
        ({"a": "Turkey", "to": ""}, 422),
        ({"a": "Turkey", "known_on": ""}, 422),
        ({"a": "Poland", "b": "Eswatini", "format": "svg"}, 404),  # nothing to draw
    ],
)
def test_what_cannot_be_told(get: Get, asked: dict[str, str], status: int) -> None:
    assert get("/v1/story", status, **asked).json()["status"] == status


@pytest.mark.parametrize("file", ["story.md", "story.json", "story.svg", "story.png", "story.txt"])
def test_the_command_writes_by_the_ending(world: str, tmp_path: Path, file: str) -> None:
    done = CliRunner().invoke(app, ["story", *PAIR.values(), "-o", str(tmp_path / file), "--store", world])
    assert done.exit_code == 0, done.output
    content = (tmp_path / file).read_bytes()
    assert content.startswith((b"# United", b"{", b"<?xml", b"\x89PNG", b"United States and Turkey"))
    assert file != "story.json" or json.loads(content)["title"] == "United States and Turkey"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Atlantis"], "nothing is known under 'Atlantis'"),
        (["Turkey", "--format", "pdf"], "there is no format 'pdf'"),
        (["Poland", "Eswatini", "-f", "svg"], "nothing to draw"),
    ],
)
def test_the_command_says_what_is_wrong(world: str, arguments: list[str], words: str) -> None:
    done = CliRunner().invoke(app, ["story", *arguments, "--store", world])
    assert (done.exit_code, words in " ".join(done.stderr.split())) == (2, True), done.stderr
