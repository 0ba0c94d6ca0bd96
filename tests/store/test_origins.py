"""Outlets, and whose report an article is: support counts origins."""

from __future__ import annotations

from typing import Any

import pytest

from graph.articles import Article, article_id, text_sha256
from graph.reader import articles_by_id
from graph.reference import NodeRow, load_reference
from graph.store import Store
from graph.writer import Writer
from tests.store.examples import Loaded, article, claim, mention, on


def outlet(id: str, kind: str = "paper", owner: str | None = None, *keys: str) -> NodeRow:
    properties = {"id": id, "name": id, "kind": kind, "owner": owner, "keys": [id, *keys]}
    return NodeRow("Outlet", {key: value for key, value in properties.items() if value})


OUTLETS = [
    outlet("wire.example", "agency", "State", "wire", "wire.test"),
    outlet("daily.example", "paper", "Group", "the-daily"),
    outlet("weekly.example", "paper", "Group"),
    outlet("herald.example", "paper", "Other Group"),
]


def told(name: str, outlet: str, credited: str | None = None, **fields: Any) -> Loaded:
    source = article(name, outlet=outlet, credited=credited, **fields)
    return source, [claim(source, "USA", "sanctions", mention("IRN"), "completed", **on("2020-01-01"))]


def named(outlet: str) -> Loaded:
    """An article without an address, whose outlet only has a name."""
    text = "No address."
    source = Article(
        id=article_id(None, outlet, None, None, text), source_id=outlet, source="x", outlet=outlet, text=text,
        sha256=text_sha256(text),
    )  # fmt: skip
    return source, []


def support(store: Store) -> int:
    [row] = store.read("MATCH ()-[r:SANCTIONS]->() RETURN r.support AS support")
    return int(row["support"])


KEYS = {
    "news.wire.example": "wire.example", "wire.test": "wire.example", "wire": "wire.example",
    "the-daily": "daily.example", "wire-via-the-daily": "daily.example", "unknown.example": "unknown.example",
    "notwire.example": "notwire.example",
}  # fmt: skip


@pytest.mark.parametrize("articles_first", [False, True])
def test_articles_get_the_outlet_that_the_catalogue_knows(store: Store, articles_first: bool) -> None:
    loaded = [named(key) for key in KEYS] + [told("a", "news.wire.example"), told("b", "daily.example")]
    steps = [lambda: Writer(store).write(loaded), lambda: load_reference(store, OUTLETS, [], "1")]
    for step in steps if articles_first else steps[::-1]:
        step()
    rows = store.read("MATCH (a:Article)-[:PUBLISHED_BY]->(o:Outlet) RETURN a.outlet AS key, o.id AS id")
    assert {row["key"]: row["id"] for row in rows} == KEYS | {"daily.example": "daily.example"}
    assert articles_by_id(store, [source.id for source, _ in loaded]) == {source.id: source for source, _ in loaded}
    assert support(store) == 2
    [row] = store.read("MATCH (o:Outlet {id: 'unknown.example'}) RETURN o AS outlet")
    assert row["outlet"] == {"id": "unknown.example", "name": "unknown.example"}
    load_reference(store, OUTLETS[1:], [], "2")
    load_reference(store, OUTLETS, [], "3")
    rows = store.read("MATCH (a:Article)-[:PUBLISHED_BY]->(o:Outlet) RETURN a.outlet AS key, o.id AS id")
    assert {row["key"]: row["id"] for row in rows} == KEYS | {"daily.example": "daily.example"}
    assert len(store.read("MATCH (o:Outlet) RETURN o.id AS id")) == len(OUTLETS) + 2


def test_support_counts_agencies_and_owners(store: Store) -> None:
    load_reference(store, OUTLETS, [], "1")
    writer = Writer(store)
    papers = [told(f"copy-{number}", f"paper{number}.example", "wire.example") for number in range(9)]
    writer.write([*papers, told("own", "wire.example")])
    assert support(store) == 1, "a wire story in nine papers is one"
    writer.write([told("a", "daily.example"), told("b", "weekly.example")])
    assert support(store) == 2, "two papers of one owner are one source"
    writer.write([told("c", "daily.example", "herald.example")])
    assert support(store) == 3, "another paper's report is that paper's"
    writer.write([told("d", "herald.example")])
    assert support(store) == 3
    rows = store.read("MATCH (a:Article) RETURN DISTINCT a.origin AS origin")
    assert sorted(row["origin"] for row in rows) == ["Group", "Other Group", "wire.example"]


def test_what_a_later_version_or_catalogue_tells_of_the_origin_counts(store: Store) -> None:
    load_reference(store, OUTLETS, [], "1")
    writer = Writer(store)
    writer.write([told("a", "daily.example"), told("b", "weekly.example"), told("c", "herald.example")])
    assert support(store) == 2
    writer.write([told("a", "daily.example", "wire.example", modified="2021-09-27")])
    assert support(store) == 3
    load_reference(store, [*OUTLETS[:3], outlet("herald.example", "paper", "Group")], [], "2")
    assert support(store) == 2
    load_reference(store, OUTLETS, [], "3")
    writer.write([told("a", "daily.example", modified="2021-09-28")])
    assert support(store) == 2, "the last version credits nobody"
