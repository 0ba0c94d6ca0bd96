"""JSON-LD answers hold the triples of the RDF export, and those of what was asked for only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from rdflib import Graph, Namespace
from rdflib.namespace import RDF, RDFS

Get = Callable[..., Response]
ENTITY, TERM = Namespace("https://embargo.example/entity/"), Namespace("https://embargo.example/ontology/")


@pytest.fixture(scope="module")
def whole(client: TestClient) -> Graph:
    """All triples of the export, whatever their named graph."""
    return Graph().parse(data=client.get("/v1/export/nt").text, format="nt")


def linked(get: Get, path: str, **params: Any) -> Graph:
    response = get(path, 200, {"Accept": "application/ld+json"}, **params)
    assert response.headers["content-type"] == "application/ld+json"
    assert response.headers["vary"].startswith("Accept")
    return Graph().parse(data=response.text, format="json-ld")


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/v1/entities/TUR", {}), ("/v1/entities/class/fighter-aircraft", {}), ("/v1/entities", {"q": "S-400"}),
        ("/v1/facts", {"alleged": True}), ("/v1/entities/TUR/neighbours", {}), ("/v1/claims", {"subject": "TUR"}),
    ],
)  # fmt: skip
def test_they_are_triples_of_the_export(get: Get, whole: Graph, path: str, params: dict[str, Any]) -> None:
    found = linked(get, path, **params)
    assert len(found)
    assert [triple for triple in found if triple not in whole] == []


def test_what_is_in_them(get: Get, whole: Graph) -> None:
    turkey = linked(get, "/v1/entities/TUR")
    assert {str(name) for name in turkey.objects(ENTITY.TUR, RDFS.label)} == {"Turkey"}
    facts = linked(get, "/v1/facts", limit=1000, alleged=True)
    assert set(facts.subjects(RDF.type, TERM.Fact)) == set(whole.subjects(RDF.type, TERM.Fact))
    assert set(facts.subjects(RDF.type, TERM.Allegation)) == set(whole.subjects(RDF.type, TERM.Allegation))
    assert (ENTITY.USA, TERM.sanctions, ENTITY.TUR) in facts
    claims = linked(get, "/v1/claims", limit=1000)
    assert set(claims.subjects(RDF.type, TERM.Claim)) == set(whole.subjects(RDF.type, TERM.Claim))


def test_pages_and_forms(get: Get) -> None:
    first = get("/v1/facts", limit=1, format="jsonld")
    assert 'rel="next"' in first.headers["link"]
    following = Graph().parse(data=get(first.links["next"]["url"]).text, format="json-ld")
    assert TERM.Fact in set(following.objects(None, RDF.type))
    assert (
        get("/v1/entities", headers={"Accept": "text/csv, application/ld+json;q=0.5"})
        .headers["content-type"]
        .startswith("application/ld+json")
    )
    assert get("/v1/entities", headers={"Accept": "application/json, application/ld+json"}).json()["items"]
