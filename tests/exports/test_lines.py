"""Lines stay whole for readers that end them wherever Unicode does, as Python's `str.splitlines` does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.settings import ApiSettings
from cli import app
from graph.exports.dataset import write_all
from graph.settings import Settings
from graph.store import connect
from graph.writer import Writer
from tests.exports.conftest import exported
from tests.store.examples import article, claim, mention

BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
TEXT = f"TUR{BREAKS}bought s-400."
ARTICLE = article("broken", TEXT, title=f"A title{BREAKS}of two lines")
CLAIM = claim(ARTICLE, "TUR", "purchases", mention("s-400", "Weapon"), "completed")


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a store with one article full of line breaks."""
    address = f"embedded:{tmp_path_factory.mktemp('lines')}"
    with connect(address) as store:
        Writer(store).write([(ARTICLE, [CLAIM])])
    return address


def lines(text: bytes) -> Iterator[Any]:
    return map(json.loads, text.decode().splitlines())


def test_exports_and_the_changes_beside_them(uri: str, tmp_path: Path) -> None:
    with connect(uri) as store:
        [told] = [line for line in lines(exported(store)) if line["type"] == "article"]
        assert (told["text"], told["title"]) == (ARTICLE.text, ARTICLE.title)
        titles = [line["properties"]["title"] for line in lines(exported(store, "ftm")) if line["schema"] == "Article"]
        assert titles == [[ARTICLE.title]]
    with connect(f"embedded:{tmp_path / 'store'}") as store:
        write_all(store, tmp_path / "dataset", Settings())
        Writer(store).write([(ARTICLE, [CLAIM])])
        write_all(store, tmp_path / "dataset", Settings())
    kinds = [line["type"] for line in lines((tmp_path / "dataset" / "changes.jsonl").read_bytes())]
    assert kinds == ["article", "claim"]


def test_changes_of_the_service_and_the_command(uri: str) -> None:
    with TestClient(create_app(ApiSettings(store=uri))) as client:
        streamed = list(lines(client.get("/v1/changes", params={"format": "ndjson"}).content))
    written = list(lines(CliRunner().invoke(app, ["changes", "--store", uri]).stdout_bytes))
    assert streamed == written
    assert streamed[0]["record"]["text"] == ARTICLE.text


def test_claims_that_are_read(tmp_path: Path) -> None:
    words = "Turkey, an ally,\u2028bought\x85S-400 systems\u2029from Russia."
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": words, "date": "2020-01-01"}) + "\n")
    [told] = lines(CliRunner().invoke(app, ["extract", str(tmp_path / "in.jsonl")]).stdout_bytes)
    assert told["object"]["id"] == "s-400"
