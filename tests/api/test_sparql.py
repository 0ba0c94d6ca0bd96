"""SPARQL 1.1 over HTTP: data sets, the forms of answers, what is refused, and how fresh the copy is."""

from __future__ import annotations

import json
import multiprocessing
import threading
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from httpx import Response
from rdflib import Dataset, Graph, URIRef

from api.app import create_app
from api.settings import ApiSettings
from api.sparql.runner import Runner
from api.sparql.worker import Job
from graph.exports.ntriples import write_quads
from queries.reader import stored_queries
from tests.api.conftest import KEY, finished
from tests.api.listening import listening

BASE = "https://embargo.example/"
FACTS, CATALOGUE = f"{BASE}graph/facts", f"{BASE}graph/catalogue"
DIRECT = {"Content-Type": "application/sparql-query"}
BOUGHT = f"SELECT ?weapon {{ <{BASE}entity/TUR> <{BASE}ontology/purchases> ?weapon }}"


def get(client: TestClient, query: str, status: int = 200, accept: str = "", **graphs: list[str]) -> Response:
    named = [(f"{name}-graph-uri", iri) for name, iris in graphs.items() for iri in iris]
    response = client.get(f"/sparql?{urlencode([('query', query), *named])}", headers={"Accept": accept})
    assert response.status_code == status, response.text
    if status >= 400:
        assert response.headers["content-type"] == "application/problem+json"
    return response


def truth(response: Response) -> bool:
    assert response.status_code == 200, response.text
    return bool(response.json()["boolean"])


IN_FACTS = f"<{BASE}entity/TUR> <{BASE}ontology/purchases> ?o"


@pytest.mark.parametrize(
    ("query", "graphs", "expected"),
    [
        (f"ASK {{ {IN_FACTS} }}", {}, True),
        (f"ASK {{ {IN_FACTS} }}", {"default": [CATALOGUE]}, False),
        (f"ASK {{ {IN_FACTS} }}", {"named": [FACTS]}, False),
        (f"ASK {{ GRAPH ?g {{ {IN_FACTS} }} }}", {"default": [FACTS]}, False),
        (f"ASK {{ GRAPH ?g {{ {IN_FACTS} }} }}", {}, True),
        (f"ASK FROM <{CATALOGUE}> {{ {IN_FACTS} }}", {}, False),
        (f"ASK FROM <{FACTS}> {{ {IN_FACTS} }}", {}, True),
        (f"ASK FROM NAMED <{FACTS}> {{ GRAPH ?g {{ {IN_FACTS} }} }}", {}, True),
        ("ASK FROM <file:///etc/passwd> { ?s ?p ?o }", {}, False),
        ("ASK FROM <http://127.0.0.1:1/> { ?s ?p ?o }", {}, False),
        ("ASK { ?s ?p ?o }", {"default": ["http://127.0.0.1:1/"]}, False),
        (f"BASE <{BASE}> ASK {{ <entity/TUR> <ontology/purchases> ?o }}", {}, True),
        ("ASK { <entity/TUR> <ontology/purchases> ?o }", {}, True),
    ],
)
def test_data_sets(client: TestClient, query: str, graphs: dict[str, list[str]], expected: bool) -> None:
    assert truth(get(client, query, **graphs)) is expected


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml;q=0.4, text/csv;q=0.5", "text/csv"),
        ("text/*", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/html, application/sparql-results+xml;q=0.9, */*;q=0.1", "application/sparql-results+xml"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        ("text/html", None),
        ("text/turtle", None),
    ],
)
def test_forms_of_rows(client: TestClient, accept: str, kind: str | None) -> None:
    response = get(client, BOUGHT, 200 if kind else 406, accept)
    if kind:
        assert response.headers["content-type"].partition(";")[0] == kind
        assert f"{BASE}entity/s-400" in response.text
        assert response.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
    ],
)
@pytest.mark.parametrize("form", ["CONSTRUCT {{ {0} ?p ?o }} WHERE {{ {0} ?p ?o }}", "DESCRIBE {0}"])
def test_forms_of_triples(client: TestClient, accept: str, format: str, form: str) -> None:
    turkey = URIRef(f"{BASE}entity/TUR")
    response = get(client, form.format(f"<{turkey}>"), accept=accept)
    assert response.headers["content-type"].partition(";")[0] == accept
    read = Dataset(default_union=True).parse(StringIO(response.text), format=format)
    assert (turkey, URIRef(f"{BASE}ontology/purchases"), URIRef(f"{BASE}entity/s-400")) in read


def test_the_service_describes_itself(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.headers["content-type"].startswith("text/turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    described = Graph().parse(data=response.text, format="turtle")
    [service] = described.subjects(URIRef(f"{sd}endpoint"))
    assert (service, URIRef(f"{sd}supportedLanguage"), URIRef(f"{sd}SPARQL11Query")) in described
    assert (service, URIRef(f"{sd}feature"), URIRef(f"{sd}UnionDefaultGraph")) in described
    assert len(list(described.objects(service, URIRef(f"{sd}resultFormat")))) == 10


@pytest.mark.parametrize("name", sorted(stored_queries("sparql")))
def test_stored_queries_have_answers(client: TestClient, name: str) -> None:
    query = stored_queries("sparql")[name]
    answer = get(client, query.text, accept="application/json").json()
    assert answer["head"]["vars"] == [column.name for column in query.header.columns]
    assert answer["results"]["bindings"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a <http://www.w3.org/ns/sparql-service-description#Service> } LIMIT 1",
        "PREFIX sd: <http://sd.example/#> ASK { ?s a sd:Service }",
        "ASK { ?s ?p 'SERVICE INSERT DATA { }' } # SERVICE",
        'SELECT ("\\u00e9 \\\\u0041" AS ?x) {}',
        "PREFIX insert: <http://insert.example/> ASK { ?s insert:delete ?o FILTER (?s<?o && ?o>?s) }",
        "ASK { VALUES ?x { " + "1 " * 2000 + "} }",
    ],
)
def test_what_only_looks_dangerous_is_answered(client: TestClient, query: str) -> None:
    get(client, query)


def job(folder: Path, query: str) -> Job:
    return Job(str(folder), query, BASE, {}, None, None, False, "application/sparql-results+json", "text/turtle")


@pytest.fixture(scope="module")
def copy(client: TestClient) -> Path:
    """Folder of the service's copy."""
    get(client, "ASK {}")
    folder: Path = client.app.state.copies.newest(client.app.state.graph.store())[0]  # type: ignore[attr-defined]
    return folder


def test_the_second_wall_keeps_a_query_from_the_network(copy: Path) -> None:
    with listening() as (port, seen):
        reply = Runner().run(job(copy, f"ASK {{ SERVICE <http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }} }}"))
        assert (reply.status, seen) == (400, [])


HEAVY = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?d && ?d != ?g) }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x>|!<y>)* ?b . ?c (!<x>|^!<y>)* ?d }",
]


@pytest.mark.parametrize("query", HEAVY)
def test_heavy_queries_end_in_time(copy: Path, query: str) -> None:
    begun = time.monotonic()
    reply = Runner(seconds=2).run(job(copy, query))
    assert reply.status == 503, reply.body[:200]
    assert time.monotonic() - begun < 20
    assert json.loads(Runner().run(job(copy, "ASK {}")).body)["boolean"] is True


def test_a_crash_is_only_that_of_its_process(copy: Path) -> None:
    assert Runner().run(job(copy, "ASK " + "{" * 100_000 + "}" * 100_000)).status == 503


def processes() -> set[int | None]:
    return {child.pid for child in multiprocessing.active_children()}


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> Iterator[Runner]:
    """One to which no query is slow before its time is up, however busy the machine."""
    monkeypatch.setattr("api.sparql.runner.QUICK", 60.0)
    runner = Runner(seconds=2)
    yield runner
    runner.close()


def test_a_process_that_has_answered_takes_the_next_query(copy: Path, runner: Runner) -> None:
    before = processes()
    assert runner.run(job(copy, "ASK {}")).status == 200
    waiting = processes() - before
    assert len(waiting) == 1
    assert runner.run(job(copy, "SELECT * { ?s ?p ?o } LIMIT 1")).status == 200
    assert processes() - before == waiting
    runner.close()
    assert processes() == before


@pytest.mark.parametrize("query", ["ASK {", "ASK " + "{" * 100_000 + "}" * 100_000, HEAVY[0]])
def test_a_process_that_has_not_answered_ends(copy: Path, runner: Runner, query: str) -> None:
    before = processes()
    runner.run(job(copy, "ASK {}"))
    waiting = processes()
    assert runner.run(job(copy, query)).status in (400, 503)
    assert processes() == before
    assert runner.run(job(copy, "ASK {}")).status == 200
    assert waiting.isdisjoint(processes() - before)


def test_a_new_copy_replaces_the_processes_that_wait(copy: Path, runner: Runner, tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    ox.Store.read_only(str(copy)).backup(str(newer))
    before = processes()
    runner.run(job(copy, "ASK {}"))
    waiting = processes() - before
    assert runner.run(job(newer, "ASK {}")).status == 200
    assert len(processes() - before) == 1
    assert waiting.isdisjoint(processes())


def test_large_answers_are_refused(client: TestClient) -> None:
    query = f"SELECT * {{ ?a ?b ?c BIND ('{'x' * 20_000}' AS ?d) }}"
    response = client.post("/sparql", content=query, headers=DIRECT)
    assert response.status_code == 400
    assert "LIMIT" in response.json()["detail"]


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ("SELECT * { e:TUR ?p ?o }", f"begin with PREFIX e: <{BASE}entity/>"),
        ("PREFIX e: <http://a.example/> SELECT * { e:TUR foo:x ?o }", "begin with PREFIX foo: <its IRI>"),
        ("SELECT * { ?s ?p 'e:TUR' ", None),
        ("PREFIX e: <http://a.example/> SELECT * { e:TUR ?p ?o", None),
    ],
)
def test_a_prefix_that_is_not_declared_is_named(client: TestClient, query: str, remedy: str | None) -> None:
    response = client.post("/sparql", content=query, headers=DIRECT)
    detail = response.json()["detail"]
    assert (response.status_code, "is not SPARQL" in detail) == (400, True)
    assert remedy in detail if remedy else "PREFIX" not in detail.partition(";")[2]


def test_a_write_is_seen(writable: TestClient) -> None:
    def is_seen(text: str, pattern: str, most: float) -> None:
        article = {"text": text, "date": "2017-09-13"}
        finished(writable, writable.post("/v1/articles", json=article, headers={"X-API-Key": KEY}))
        written = time.monotonic()
        while not truth(response := get(writable, f"ASK {{ {pattern} }}")):
            assert time.monotonic() - written < most
        assert float(response.headers["x-copy-age"]) >= 0

    assert not truth(get(writable, f"ASK {{ {IN_FACTS} }}"))
    bought = f"<{BASE}entity/EGY> <{BASE}ontology/purchases> ?o"
    is_seen("Egypt bought Rafale fighter jets from France on 16 February 2015.", bought, 60)  # the catalogue, too
    is_seen("Turkey bought S-400 missile systems from Russia on 12 September 2017.", IN_FACTS, 5)


def test_the_first_copy_is_being_made(world: str, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = threading.Event()

    def slow(*given: Any) -> None:
        assert may_go_on.wait(60)
        write_quads(*given)

    monkeypatch.setattr("api.sparql.copy.write_quads", slow)
    monkeypatch.setattr("api.sparql.copy.FIRST_SECONDS", 0.1)
    with TestClient(create_app(ApiSettings(store=world))) as service:
        response = get(service, "ASK {}", 503)
        assert "copy" in response.json()["detail"]
        assert "being made" in response.json()["detail"]
        assert response.headers["retry-after"]
        monkeypatch.setattr("api.sparql.copy.FIRST_SECONDS", 60)
        may_go_on.set()
        assert truth(get(service, "ASK {}"))


def test_the_store_is_down() -> None:
    with TestClient(create_app(ApiSettings(store="bolt://127.0.0.1:9"))) as app:
        response = app.get("/sparql?query=ASK%20%7B%7D")
        assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
