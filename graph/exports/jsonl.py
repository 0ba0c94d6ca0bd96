"""JSON Lines: articles, then claims, retired ones too. It loses nothing; docs/jsonl.md describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from graph.articles import Article
from graph.lines import SCHEMA
from graph.reader import article_from, claims_by_id
from graph.scan import Node, nodes_by_id, pages
from graph.settings import Settings
from graph.store import Store

COUNT = "MATCH (n:{label}) RETURN count(n) AS count"
ARTICLES_AT_ONCE = 500


def write(store: Store, out: BinaryIO, settings: Settings) -> None:
    """A line of metadata, the articles in the order of their ids, and their claims in the order of articles and ids."""
    articles, claims = (store.read(COUNT.format(label=label))[0]["count"] for label in ("Article", "Claim"))
    _put(out, "meta", {"articles": articles, "claims": claims})
    for page in pages(store, "Article", ARTICLES_AT_ONCE):
        for node in page:
            _put(out, "article", _article(node))
    for page in pages(store, "Article", ARTICLES_AT_ONCE):
        for line in _claims(store, page):
            _put(out, "claim", line)


def _put(out: BinaryIO, kind: str, fields: dict[str, Any]) -> None:
    line = {"type": kind, "schema": SCHEMA} | fields
    out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _plain(node: Node) -> Article:
    return article_from(node.properties)


def _article(node: Node) -> dict[str, Any]:
    known = node.properties
    readers = zip(known.get("extractors", []), known.get("extractor_versions", []), strict=True)
    state = {name: bool(known.get(name)) for name in ("forgotten", "erased")}
    return _plain(node).model_dump() | {"extractors": dict(readers)} | state


def _claims(store: Store, articles: list[Node]) -> Iterator[dict[str, Any]]:
    versions = {node.id: list(_plain(node).version) for node in articles}
    ids = [link.target for node in articles for link in node.targets("REPORTS")]
    nodes = nodes_by_id(store, "Claim", ids)
    for claim in claims_by_id(store, ids):
        known = nodes[claim.id].properties
        read_from = known.get("article_version")
        state = {name: known.get(name) for name in ("recorded_at", "retired_at", "retired_why")}
        state["article_version"] = read_from if read_from != versions[claim.article_id] else None
        yield claim.model_dump() | state
