"""JSON Lines: articles, then claims, retired ones too. It loses nothing; docs/jsonl.md describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from graph.articles import Article
from graph.json_lines import json_line
from graph.lines import SCHEMA
from graph.reader import article_from, claims_by_id
from graph.scan import Node, nodes_by_id, pages
from graph.settings import Settings
from graph.store import Store

BY_THEN = "($day IS NULL OR substring(a.published, 0, 10) <= $day)"
COUNTS = (
    f"MATCH (a:Article) WHERE {BY_THEN} RETURN count(a) AS count",
    f"MATCH (a:Article)-[:REPORTS]->(c:Claim) WHERE {BY_THEN} RETURN count(c) AS count",
)
SOURCES = "MATCH (c:Claim)<-[:REPORTS]-(a:Article) WHERE c.id IN $ids RETURN DISTINCT a.id AS id"
ARTICLES_AT_ONCE = 500
Line = dict[str, Any]
"""What one line says; articles and claims are told apart by `type`."""


def write(store: Store, out: BinaryIO, settings: Settings, known_on: str | None = None) -> None:
    """A line of metadata, the articles in the order of their ids, and their claims in the order of articles and ids.

    Args:
        store: the graph.
        out: where to.
        settings: not needed.
        known_on: ISO 8601 day; only articles that were published by then.
    """
    articles, claims = (store.read(count, day=known_on)[0]["count"] for count in COUNTS)
    out.write(json_line(_line("meta", {"articles": articles, "claims": claims})))
    for page in _pages(store, known_on):
        for node in page:
            out.write(json_line(_article(node)))
    for page in _pages(store, known_on):
        ids = [link.target for node in page for link in node.targets("REPORTS")]
        for line in _claims(store, ids, {node.id: node for node in page}):
            out.write(json_line(line))


def lines_by_id(store: Store, articles: Iterable[str], claims: Iterable[str]) -> dict[str, Line]:
    """The lines of these articles and claims, by id; of those that the graph does not have there are none."""
    told = {id: _article(node) for id, node in nodes_by_id(store, "Article", articles).items()}
    wanted = list(claims)
    sources = nodes_by_id(store, "Article", (row["id"] for row in store.read(SOURCES, ids=wanted)))
    return told | {line["id"]: line for line in _claims(store, wanted, sources)}


def _pages(store: Store, known_on: str | None) -> Iterator[list[Node]]:
    for page in pages(store, "Article", ARTICLES_AT_ONCE):
        yield [node for node in page if not known_on or (node.properties.get("published") or "9999")[:10] <= known_on]


def _line(kind: str, fields: dict[str, Any]) -> Line:
    return {"type": kind, "schema": SCHEMA} | fields


def _plain(node: Node) -> Article:
    return article_from(node.properties)


def _article(node: Node) -> Line:
    known = node.properties
    readers = zip(known.get("extractors", []), known.get("extractor_versions", []), strict=True)
    state = {name: bool(known.get(name)) for name in ("forgotten", "erased")}
    derived = {"sketch"} if known.get("text") else None
    return _line("article", _plain(node).model_dump(exclude=derived) | {"extractors": dict(readers)} | state)


def _claims(store: Store, ids: list[str], articles: Mapping[str, Node]) -> Iterator[Line]:
    versions = {id: list(_plain(node).version) for id, node in articles.items()}
    nodes = nodes_by_id(store, "Claim", ids)
    for claim in claims_by_id(store, ids):
        known = nodes[claim.id].properties
        read_from = known.get("article_version")
        state = {name: known.get(name) for name in ("recorded_at", "retired_at", "retired_why")}
        state["article_version"] = read_from if read_from != versions[claim.article_id] else None
        yield _line("claim", claim.model_dump() | state)
