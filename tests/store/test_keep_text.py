"""EMBARGO_KEEP_TEXT=quotes: no text of articles in the store, and the graph is otherwise the same."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.copies.pairs import copies as made_copies
from graph.articles import Article
from graph.dump import dump
from graph.exports.jsonl import write
from graph.imports import Importer
from graph.reader import claims_by_id
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer
from queries.runner import run
from tests.store.examples import Loaded, claim, mention, on
from tests.store.test_copies import told

QUOTES = Settings(keep_text="quotes")


def world() -> list[Loaded]:
    found = []
    for number, pair in enumerate(made_copies()[:3]):
        found += [told(f"own-{number}", pair.one, "2021-03-01"), told(f"copy-{number}", pair.other, "2021-03-02")]
    return found


@pytest.fixture
def quotes(store_uri: str) -> Iterator[Store]:
    with connect(store_uri, QUOTES) as store:
        Writer(store).write(world())
        yield store


def without_texts(lines: list[str]) -> list[str]:
    found = []
    for line in lines:
        parts = json.loads(line)
        if parts[0] == ["Article"]:
            parts[1].pop("text", None)
        found.append(json.dumps(parts, sort_keys=True, ensure_ascii=False))
    return sorted(found)


def exported(store: Store) -> list[dict[str, object]]:
    out = io.BytesIO()
    write(store, out, Settings())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def imported(store: Store, records: list[dict[str, object]]) -> list[str]:
    importer = Importer(store)
    assert [bad for number, record in enumerate(records, 1) for bad in importer.add(record, "x", number)] == []
    assert importer.finish() == []
    return dump(store)


def test_the_graph_is_the_same_but_for_the_texts(quotes: Store, tmp_path: Path) -> None:
    with connect(f"embedded:{tmp_path / 'all'}") as store:
        Writer(store).write(world())
        expected = without_texts(dump(store))
    graph = dump(quotes)
    assert without_texts(graph) == expected
    for source, _ in world():
        assert all(
            source.text[start : start + 40] not in "\n".join(graph) for start in range(200, len(source.text) - 40, 40)
        )
    Writer(quotes).write(world())
    assert dump(quotes) == graph

    # Evidence, a retraction, a round trip through JSON Lines
    [(source, [one]), *_] = world()
    assert claims_by_id(quotes, [one.id]) == [one]
    [row] = run(quotes, "evidence", {"claim": one.id}).rows
    assert (row["quote"], row["start"], row["sentence"]) == (source.text[:4], 0, None)
    records = exported(quotes)
    assert all(record["text"] == "" and record["sketch"] for record in records if record["type"] == "article")
    with connect(f"embedded:{tmp_path / 'other'}") as other:
        assert imported(other, records) == graph
    Writer(quotes).forget(source.id)
    assert run(quotes, "evidence", {"claim": one.id}).rows[0]["retired_why"] == "forgotten"


def test_a_later_version_is_read_and_an_export_without_texts_takes_none_away(store: Store) -> None:
    [pair, *_] = made_copies()
    Writer(store).write([told("a", pair.one, "2021-03-01"), told("b", pair.other, "2021-03-02")])
    graph = dump(store)
    records = [record | {"text": ""} if record["type"] == "article" else record for record in exported(store)]
    assert imported(store, records) == graph
    source, _ = told("a", pair.other, "2021-03-01", credited="wire.example")
    later: Article = source.model_copy(update={"modified": "2021-03-05"})
    store.keep_text = "quotes"
    Writer(store).write([(later, [claim(later, "USA", "sanctions", mention("IRN"), "ended", **on("2021-03-01"))])])
    [row] = store.read(
        "MATCH (a:Article {source_id: 'a'}) RETURN a.text AS text, a.sha256 AS sha256, a.origin AS origin"
    )
    assert row == {"text": None, "sha256": later.sha256, "origin": "wire.example"}
