from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.exports import export
from graph.imports import BadLine, Importer
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer
from tests.store.examples import article, claim, many, mention, story
from tests.stores import empty_store

FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of either kind."""
    with connect(empty_store(request, tmp_path / "store")) as opened:
        yield opened


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Live claims, claims retired for each reason (newer text, newer extractor, forgotten), and an erased article."""
    with connect(f"embedded:{tmp_path_factory.mktemp('exports')}") as store:
        Writer(store, {"rules": "1.0"}).write(story())
        Writer(store).write(many(40))
        Writer(store, {"rules": "1.10"}).write(story()[:1])
        Writer(store, {"rules": "1.9"}).write([(story()[2][0], [])])
        later = article("seed", "Other text.", published="2021-09-27", outlet="d.example", title=FORMULA)
        found = claim(later, "TUR", "purchases", mention("s-400", "Weapon"), "planned", round="new", partial=True)
        Writer(store, {"rules": "1.0"}).write([(later, [found])])
        Writer(store).forget("threat")
        Writer(store).forget("sanctions", erase=True)
        yield store


def exported(store: Store, format: str = "jsonl") -> bytes:
    out = io.BytesIO()
    export(store, format, out, Settings())
    return out.getvalue()


def records(store: Store) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(store).splitlines()]


def load(store: Store, lines: list[Any]) -> list[BadLine]:
    """Imports decoded lines, and returns those that were refused."""
    importer = Importer(store)
    bad = [bad for number, line in enumerate(lines, 1) for bad in importer.add(line, "in.jsonl", number)]
    return bad + importer.finish()
