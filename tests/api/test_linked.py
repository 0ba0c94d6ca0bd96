"""IRIs lead to what is known of the things they stand for, and the data set tells where it can be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from httpx import Response
from lxml import html
from rdflib import RDF, RDFS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, PROV, SKOS, VOID

from tests.api.process import Service, serving

Get = Callable[..., Response]
BASE = "https://embargo.example/"
TERM, OA = Namespace(f"{BASE}ontology/"), Namespace("http://www.w3.org/ns/oa#")
TURKEY = URIRef(f"{BASE}entity/TUR")
PARSERS = {
    "text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml",
    "application/ld+json": "json-ld", "application/trig": "trig", "application/n-quads": "nquads",
}  # fmt: skip


@pytest.fixture(scope="module")
def service(world: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("linked"), world) as running:
        yield running


@pytest.fixture(scope="module")
def whole(client: TestClient) -> Graph:
    """All triples of the export."""
    return Graph().parse(data=client.get("/v1/export/nt").text, format="nt")


def address(iri: Any) -> str:
    return f"/id/{str(iri).removeprefix(BASE)}"


def described(get: Get, iri: Any, kind: str = "text/turtle") -> Graph:
    response = get(address(iri), 200, {"Accept": kind})
    assert response.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in response.headers["vary"]
    return Graph().parse(data=response.text, format=PARSERS[kind])


@pytest.mark.parametrize(
    "kind",
    [
        TERM.Country, TERM.Weapon, TERM.Instrument, TERM.Outlet, TERM.Article, TERM.Claim, TERM.Episode, TERM.Fact,
        TERM.Allegation, OA.SpecificResource, OA.TextQuoteSelector, SKOS.Concept, SKOS.ConceptScheme, PROV.Activity,
        RDF.Property, RDFS.Class,
    ],
)  # fmt: skip
def test_iris_lead_to_their_triples(get: Get, whole: Graph, kind: URIRef) -> None:
    iri = min(iri for iri in whole.subjects(RDF.type, kind) if str(iri).startswith(BASE))
    assert set(described(get, iri)) == set(whole.triples((iri, None, None)))


@pytest.mark.parametrize("kind", PARSERS)
def test_forms(get: Get, whole: Graph, kind: str) -> None:
    assert set(described(get, TURKEY, kind)) == set(whole.triples((TURKEY, None, None)))


def test_named_graphs_tell_what_they_hold(get: Get, client: TestClient) -> None:
    quads = Dataset().parse(data=client.get("/v1/export/nq").text, format="nquads")
    graphs = [graph for graph in quads.graphs() if str(graph.identifier).startswith(BASE)]
    assert {f"{BASE}graph/{name}" for name in ("ontology", "catalogue", "facts")} < {str(g.identifier) for g in graphs}
    for graph in graphs:
        iri = graph.identifier
        told = described(get, iri)
        assert told.value(iri, VOID.triples) == Literal(len(graph))
        assert told.value(iri, DCTERMS.isPartOf) == URIRef(f"{BASE}dataset")
        assert all(client.get(str(dump)).status_code == 200 for dump in told.objects(iri, VOID.dataDump))
        page = html.fromstring(get(address(iri), 200, {"Accept": "text/html"}).text)
        assert str(iri).removeprefix(f"{BASE}graph/") in page.findtext(".//h1")


def test_a_page_for_people(get: Get, whole: Graph) -> None:
    response = get(address(TURKEY), 200, {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    read = html.fromstring(response.text)
    assert read.findtext(".//h1") == "Turkey"
    links = {link.get("href") for link in read.iter("a")}
    assert {address(BASE + "entity/s-400"), address(TERM.purchases)} <= links
    for link in links & {address(iri) for iri in whole.subjects()}:
        assert get(link, 200, {"Accept": "text/html"})
        break
    hostile = get("/id/entity/bold-arms", 200, {"Accept": "text/html"}).text
    assert "<b>" not in hostile
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Arms" in hostile


def test_conditional_requests(get: Get) -> None:
    turtle = get(address(TURKEY), 200, {"Accept": "text/turtle"}).headers["etag"]
    page = get(address(TURKEY), 200, {"Accept": "text/html"}).headers["etag"]
    assert turtle != page
    assert get(address(TURKEY), 304, {"Accept": "text/turtle", "If-None-Match": turtle}).content == b""
    get(address(TURKEY), 200, {"Accept": "text/html", "If-None-Match": turtle})


@pytest.mark.parametrize("path", ["/id/entity/TUR", "/.well-known/void", "/sparql", "/sparql?query=ASK%20%7B%7D"])
def test_head_is_get_without_its_body(service: Service, path: str) -> None:
    whole, head = (httpx.request(method, f"{service.url}{path}", timeout=60) for method in ("GET", "HEAD"))
    assert (whole.status_code, head.status_code, head.content) == (200, 200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == whole.headers[name]
    known = {"If-None-Match": whole.headers["etag"]}
    assert httpx.head(f"{service.url}{path}", headers=known, timeout=60).status_code == 304


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/id/entity/nobody", "", 404),
        ("/id/graph/nothing", "", 404),
        ("/id/graph/", "", 404),
        ("/id/", "", 404),
        ("/id/entity/TUR%3E%20%3Fp%20%3Fo%20%7D", "", 404),
        ("/id/entity/x%0a%22%5c%3c", "", 404),
        ("/id/../../etc/passwd", "", 404),
        ("/id/entity/TUR", "image/png", 406),
        ("/.well-known/void", "image/png", 406),
    ],
)
def test_what_is_refused(get: Get, path: str, accept: str, status: int) -> None:
    response = get(path, status, {"Accept": accept} if accept else None)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_the_data_set_tells_where_it_is(get: Get, client: TestClient, whole: Graph) -> None:
    told = Graph().parse(data=get("/.well-known/void", 200, {"Accept": "text/turtle"}).text, format="turtle")
    own = URIRef(f"{BASE}dataset")
    assert (own, RDF.type, VOID.Dataset) in told
    assert (own, RDF.type, DCAT.Dataset) in told
    assert told.value(own, DCTERMS.title) == whole.value(own, DCTERMS.title)
    [endpoint] = told.objects(own, VOID.sparqlEndpoint)
    assert client.get(str(endpoint), params={"query": "ASK {}"}).json()["boolean"] is True
    described_by_itself = Graph().parse(data=client.get(str(endpoint)).text, format="turtle")
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert (endpoint, sd.defaultDataset, own) in described_by_itself
    dumps = {str(dump) for dump in told.objects(own, VOID.dataDump)}
    assert len(dumps) == 5
    again = Graph().parse(data=client.get(next(d for d in dumps if d.endswith("/nt"))).text, format="nt")
    assert len(again) == len(whole)
    for copy in told.objects(own, DCAT.distribution):
        [file] = told.objects(copy, DCAT.downloadURL)
        [kind] = told.objects(copy, DCAT.mediaType)
        assert urlsplit(str(file)).path.startswith("/v1/export/")
        assert str(kind).startswith("https://www.iana.org/assignments/media-types/")
    sizes = {told.value(part, VOID["class"]): told.value(part, VOID.entities)
             for part in told.objects(own, VOID.classPartition)}  # fmt: skip
    for name in ("Claim", "Article", "Episode", "Actor", "Weapon", "Instrument"):
        assert sizes[TERM[name]] == Literal(len(set(whole.subjects(RDF.type, TERM[name]))))
    assert set(described(get, own)) == set(told)


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void", "/id/dataset"])
def test_the_header_host_is_no_way_in(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Host": "%zz"})
    assert response.status_code == 400
    assert "Host" in response.json()["detail"]
    strange = client.get(path, headers={"Host": 'x"> <y'})
    assert strange.status_code == 200
    assert "<y" not in strange.text
