"""Spokes are the plain edges once more, both ways, whatever was written."""

from __future__ import annotations

from typing import Any

from graph import spokes
from graph.migrations import migrate
from graph.model import FACTS
from graph.store import Store
from graph.writer import Writer
from tests.store.examples import many, story

TYPES = "|".join(fact.type for fact in FACTS)


def ends(store: Store) -> list[dict[str, Any]]:
    """What the spokes should be, from the edges."""
    rows = store.read(
        f"MATCH (a)-[r:{TYPES}]->(b) RETURN a.id AS a, b.id AS b, type(r) AS type, properties(r) AS properties"
    )
    found = []
    for row in rows:
        for direction, entity, other in (("out", row["a"], row["b"]), ("in", row["b"], row["a"])):
            place = {"direction": direction, "entity": entity, "other": other, "type": row["type"]}
            found.append(row["properties"] | place)
    return sorted(found, key=repr_of)


def kept(store: Store) -> list[dict[str, Any]]:
    rows = store.read("MATCH (s:Spoke) RETURN properties(s) AS spoke")
    return sorted(({k: v for k, v in row["spoke"].items() if k != "id"} for row in rows), key=repr_of)


def repr_of(row: dict[str, Any]) -> str:
    return repr(sorted(row.items()))


def test_spokes_follow_the_edges_and_can_be_built_anew(store: Store) -> None:
    writer = Writer(store)
    articles = story() + many(60)
    writer.write(articles)
    first = kept(store)
    assert first and first == ends(store)
    for article, _ in articles[::3]:
        writer.forget(article.id)
    fewer = kept(store)
    assert len(fewer) < len(first) and fewer == ends(store)
    store.execute("MATCH (s:Spoke) DELETE s")
    store.execute("MATCH (m:Migration {id: 'm005_spokes'}) DELETE m")
    assert migrate(store) == ["m005_spokes"]
    assert kept(store) == fewer
    entity = fewer[0]["entity"]
    walked = spokes.walk(store, (entity,), "", 1000)
    assert [row["id"] for row in walked] == sorted(row["id"] for row in walked)
    assert len(walked) == sum(row["entity"] == entity for row in fewer)
    again = spokes.walk(store, (entity,), walked[0]["id"], 1)
    assert again == walked[1:2]
