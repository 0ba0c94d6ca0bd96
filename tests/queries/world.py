"""Writes the small world of fixtures.py into a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from neo4j import ManagedTransaction

from graph.reference import NodeRow, RelationshipRow, load_reference
from graph.store import Store, connect
from graph.writer import Writer
from tests.queries.fixtures import ENTITIES, OF_CLASS, STORIES, VARIANT_OF, Told
from tests.stores import empty_store


def fill(store: Store, until: str = "9999") -> None:
    """Empties the store, then writes names, classes, variants and all stories published by a day."""
    empty(store)
    writer = Writer(store)
    load_reference(store, *_reference(), version="test")
    writer.write([(told.article, told.claims) for told in STORIES if (told.article.published or "") <= until])


def empty(store: Store) -> None:
    def delete(transaction: ManagedTransaction) -> int:
        return int(transaction.run("MATCH (n) WITH n LIMIT 500 DETACH DELETE n RETURN count(n) AS n").data()[0]["n"])

    while store.write(delete):
        pass


def _reference() -> tuple[list[NodeRow], list[RelationshipRow]]:
    nodes = [
        NodeRow(label, {"id": key, "name": name, "aliases": list(aliases)} | _kind(key, label))
        for key, (name, label, aliases) in ENTITIES.items()
    ]
    links = [RelationshipRow("OF_CLASS", narrow, wide) for narrow, wide in OF_CLASS.items()]
    links += [RelationshipRow("VARIANT_OF", narrow, wide) for narrow, wide in VARIANT_OF.items()]
    office = {"title": "head of arms procurement", "since": "2014-04-01", "until": "2023-08-01"}
    links += [RelationshipRow("HELD_OFFICE", "ismail-demir", "TUR", office), RelationshipRow("ORIGIN", "s-400", "RUS")]
    return nodes, links


def _kind(key: str, label: str) -> dict[str, Any]:
    if label != "Weapon":
        return {}
    former = {"former_ids": ["s-400-triumph"]} if key == "s-400" else {}
    kind = "class" if key.startswith("class/") else "family" if key in VARIANT_OF.values() else "model"
    return former | {"kind": kind}


@contextmanager
def filled(uri: str, until: str = "9999") -> Iterator[Store]:
    """The world in the store at this address, as far as it was published by a day."""
    with connect(uri) as store:
        fill(store, until)
        yield store


@contextmanager
def alone(request: pytest.FixtureRequest, folder: Path, stories: Iterable[Told]) -> Iterator[Store]:
    """These stories in place of the world's, in a store of the kind that the fixture's parameter names."""
    with filled(empty_store(request, folder), until="0000") as store:
        Writer(store).write([(told.article, told.claims) for told in stories])
        yield store
        if request.param == "neo4j":
            fill(store)  # the server is that of the other tests too
