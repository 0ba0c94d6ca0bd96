"""Answers as JSON-LD: the triples of the RDF mapping (docs/rdf.md), for some of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Request, Response

from api.csv import CSV
from api.settings import ApiSettings
from graph import rdf
from graph.claims import Claim
from graph.edges import Edge
from graph.exports.jsonld import document
from graph.model import family
from graph.rdf_vocabulary import Triple
from graph.store import Store
from graph.threads import Ref
from queries.facts import Row
from queries.names import Named

Headers = dict[str, str] | None
MEDIA_TYPE = "application/ld+json"
LINKED: dict[str, Any] = {
    MEDIA_TYPE: {
        "schema": {"type": "object"},
        "example": {"@context": {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}, "@graph": []},
    }
}
FORMS: dict[int | str, dict[str, Any]] = {200: {"content": CSV[200]["content"] | LINKED}}
"""What OpenAPI says of routes that also answer as CSV and as JSON-LD."""
OR_LINKED: dict[int | str, dict[str, Any]] = {200: {"content": LINKED}}
"""The same without CSV."""


def entities_as_jsonld(
    request: Request,
    store: Store,
    known: Mapping[str, Named],
    ids: Iterable[str],
    headers: Headers = None,
) -> Response:
    """What the catalogue knows of some entities."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for node in ids:
        grouped[family(known[node].label)].append(node)
    return _response(request, rdf.entities(store, _base(request), grouped), headers)


def claims_as_jsonld(request: Request, store: Store, claims: Iterable[Claim], headers: Headers = None) -> Response:
    """Statements with their evidence."""
    articles = {claim.id: claim.article_id for claim in claims}
    return _response(request, rdf.claims(store, _base(request), articles), headers)


def facts_as_jsonld(
    request: Request, known: Mapping[str, Named], rows: Iterable[Row], headers: Headers = None
) -> Response:
    """Direct triples, and what is known of each."""
    edges = [_edge(known, row) for row in rows]
    names = {end.id: known[end.id].name for edge in edges for end in (edge.start, edge.end)}
    return _response(request, rdf.facts(_base(request), edges, names), headers)


def _edge(known: Mapping[str, Named], row: Row) -> Edge:
    ends = [row["entity"], row["other"]] if row["direction"] == "out" else [row["other"], row["entity"]]
    start, end = (Ref(node, known[node].label) for node in ends)
    own = {name: value for name, value in row.items() if name not in ("id", "entity", "other", "direction", "type")}
    return Edge(row["type"], start, end, own)


def _base(request: Request) -> str:
    settings: ApiSettings = request.app.state.settings
    return settings.base_iri


def _response(request: Request, triples: Iterable[Triple], headers: Headers) -> Response:
    return Response(document(triples, _base(request)), media_type=MEDIA_TYPE, headers=headers)
