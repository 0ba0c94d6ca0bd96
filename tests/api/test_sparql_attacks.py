"""What an attacker would ask in SPARQL of a running service ends in a clear refusal or a harmless answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.api.listening import listening
from tests.api.process import Service, serving

SPARQL = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def service(world: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("sparql"), world) as running:
        yield running


def ask(service: Service, query: str) -> httpx.Response:
    return httpx.post(f"{service.url}/sparql", content=query.encode(), headers=SPARQL, timeout=60)


def nested(depth: int) -> str:
    return "ASK " + "{" * depth + "}" * depth


REFUSED: list[tuple[str, str]] = [
    ("SERVICE", "ASK { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }"),
    ("SERVICE", "ASK { SERVICE SILENT <http://127.0.0.1:PORT/> { ?s ?p ?o } }"),
    ("SERVICE", "ASK {SeRvIcE<http://127.0.0.1:PORT/>{?s ?p ?o}}"),
    ("SERVICE", "PREFIX l: <http://127.0.0.1:PORT/> ASK {SERVICEl:x{?s ?p ?o}}"),
    ("SERVICE", "PREFIX l: <http://127.0.0.1:PORT/> ASK { ?s ?p 1SERVICEl:x{?s ?p ?o}}"),
    ("SERVICE", "ASK { \\u0053ERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }"),
    ("SERVICE", "ASK { ?s ?p 'a\\u0027 . SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } #' }"),
    ("SERVICE", "ASK { # \\u000A SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } \n }"),
    ("SERVICE", "ASK { BIND(<http://127.0.0.1:PORT/> AS ?g) SERVICE ?g { ?s ?p ?o } }"),
    ("backslash", "ASK { ?s ?p '\\u005Cu0027 . SERVICE <http://127.0.0.1:PORT/> {} #' }"),
    ("update", "INSERT DATA { <s> <p> 1 }"),
    ("update", "# ASK {}\n PREFIX a: <http://a.example/> DELETE WHERE { ?s ?p ?o }"),
    ("update", "\\u0044ROP ALL"),
    ("update", "LOAD <file:///etc/passwd>"),
    ("update", "LOAD <http://127.0.0.1:PORT/>"),
    ("update", "CLEAR ALL"),
    ("SPARQL", "ASK {} ; INSERT DATA { <s> <p> 1 }"),
    ("nested", nested(3000)),
    ("nested", "SELECT (" + "(" * 3000 + "1" + ")" * 3000 + " AS ?x) {}"),
    ("nested", "ASK { ?s ?p " + "[ <p> " * 500 + "1" + "]" * 500 + " }"),
    ("operators", "ASK { FILTER(" + "!" * 3000 + "true) }"),
    ("operators", "SELECT (1" + "+1" * 3000 + " AS ?x) {}"),
    ("operators", "ASK { ?s " + "/".join(["<p>"] * 2000) + " ?o }"),
    ("OPTIONAL", "ASK { " + "OPTIONAL {} " * 1000 + "}"),
    ("characters", "ASK { ?s ?p '" + "x" * 40_000 + "' }"),
    ("closed", "ASK { ?s ?p 'open }"),
    ("partner", "ASK { } }"),
    ("empty", "# nothing"),
    ("SPARQL", "SELECT * WHERE"),
    ("SPARQL", "#\\u000AASK {}\nINSERT DATA { <a> <b> <c> }"),
    ("update", "PREFIX : <urn:x:> ; INSERT DATA { :a :b :c }"),
    ("update", "\\U00000049NSERT DATA { <a> <b> <c> }"),
    ("update", "ınsert data { <a> <b> <c> }"),
    ("SPARQL", "ASK {} #\rINSERT DATA { <a> <b> <c> }"),
    ("SPARQL", "ＩＮＳＥＲＴ DATA { <a> <b> <c> }"),
    ("SPARQL", "AS\u200bK {}"),
    ("SPARQL", "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999999"),
    ("SPARQL", "ASK { ?s ?p 'x'@" + "a-" * 10_000 + "a }"),
    ("characters", "ASK { <http://a.example/" + "x" * 40_000 + "> ?p ?o }"),
    ("characters", "SELECT * " + "FROM <urn:x> " * 3000 + "{ ?s ?p ?o }"),
    ("LIMIT", f"SELECT (REPLACE('{'a' * 10_000}', '', '{'b' * 10_000}') AS ?x) {{}}"),
    ("function", "SELECT (<http://127.0.0.1:PORT/>('x') AS ?x) {}"),
    ("SPARQL", 'ASK { ?s ?p ?o }\r\n{"level": "info", "event": "forged"}\r\n'),
]
"""A word of the reason, and the attack; PORT is where somebody listens."""
HARMLESS = [
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "BASE <file:///etc/> SELECT * FROM <passwd> FROM NAMED <hosts> { ?s ?p ?o }",
    "SELECT * FROM <http://127.0.0.1:PORT/> { ?s ?p ?o }",
    "SELECT * { GRAPH <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "DESCRIBE <http://127.0.0.1:PORT/>",
    f"ASK {{ FILTER REGEX('{'a' * 5000}!', '^(a+)+$') }}",
    "ASK { FILTER REGEX('b', '((a{1000}){1000}){1000}') }",
    "ASK { FILTER REGEX('b', '(((a{0,100}){0,100}){0,100}){0,100}') }",
    "ASK { <http://a.example/" + "x" * 31_000 + "> ?p ?o }",
    "SELECT (IRI('http://a.example/> <b') AS ?x) {}",
    "SELECT (9223372036854775807 + 1 AS ?x) (1 / 0 AS ?y) (SUBSTR('a', -9223372036854775808) AS ?z) {}",
    "SELECT (" + "9" * 20_000 + " AS ?x) {}",
    "ASK { FILTER (2 IN (" + ",".join(["1"] * 8000) + ")) }",
    " ".join(f"PREFIX p{n}: <urn:{n}>" for n in range(1200)) + " ASK {}",
    "SELECT (" + "IF(true," * 60 + "1" + ",2)" * 60 + " AS ?x) {}",
    "ASK { FILTER (STRLEN('\u202e') = 1) }",
]
"""What has an answer, and no more than that."""
COPIES = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
LONG = "x" * 1000
HEAVY = {
    "rows multiplied": f"SELECT (COUNT(*) AS ?n) {{ {COPIES} FILTER (?a != ?d && ?d != ?g) }}",
    "sorted": f"SELECT * {{ {COPIES} }} ORDER BY ?i ?f ?c",
    "made different": f"SELECT (COUNT(DISTINCT UUID()) AS ?n) {{ {COPIES} }}",
    "skipped": f"SELECT * {{ {COPIES} }} OFFSET 1000000000000 LIMIT 1",
    "pairs by paths": "SELECT (COUNT(*) AS ?n) { ?a ((!<x>)*/(!<y>|^!<y>)*)* ?b . ?c (!<x>|^!<x>)* ?d . ?e ?f ?g }",
    "tables": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(900)))} }}" for n in range(8)) + " }",
    "strings doubled": f"SELECT (STRLEN(?x60) AS ?n) {{ BIND('{LONG}' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(60)) + " }",
    "strings replaced": f"SELECT ?x40 {{ BIND('{LONG}' AS ?x0) "
    + " ".join(f"BIND(REPLACE(?x{n}, 'x', 'xx') AS ?x{n + 1})" for n in range(40)) + " }",
    "strings joined": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f)); separator='{LONG}') AS ?x) {{ {COPIES} }}",
    "triples made": f"CONSTRUCT {{ ?a ?e ?i }} {{ {COPIES} }}",
    "hashes": f"SELECT (COUNT(*) AS ?n) {{ {COPIES} FILTER (SHA512(CONCAT(STR(?a), STR(?i))) = 'x') }}",
    "many patterns": "ASK { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(1500)) + " }",
    "long chain": "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?a{n + 1} ." for n in range(800)) + " }",
    "many choices": "SELECT (COUNT(*) AS ?n) { " + "{ ?a ?b ?c } UNION { ?d ?e ?f } " * 30 + "}",
    "many options": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"OPTIONAL {{ ?a{n} ?b{n} ?c{n} }}" for n in range(60)) + " }",
}  # fmt: skip


def test_refused_with_a_reason(service: Service) -> None:
    with listening() as (port, seen):
        for words, attack in REFUSED:
            response = ask(service, attack.replace("PORT", str(port)))
            told = (attack[:100], response.status_code, response.text[:200])
            assert response.status_code == 400, told
            assert response.headers["content-type"] == "application/problem+json", told
            assert words in response.json()["detail"], told
        assert seen == []
    assert service.lives()


def test_harmless(service: Service) -> None:
    with listening() as (port, seen):
        for query in HARMLESS:
            response = ask(service, query.replace("PORT", str(port)))
            assert response.status_code == 200, (query[:100], response.text[:200])
            assert "root:" not in response.text
        assert seen == []


def test_heavy_ones_end_in_time(service: Service) -> None:
    """Of all at once some compute until their time is over, and the others are told to come back."""
    before = service.memory()
    with ThreadPoolExecutor(len(HEAVY)) as threads:
        answers = dict(zip(HEAVY, threads.map(lambda query: ask(service, query), HEAVY.values()), strict=True))
    for name, response in answers.items():
        told = (name, response.status_code, response.text[:200])
        assert response.status_code in (400, 503), told
        assert response.status_code == 400 or response.headers["retry-after"], told
        assert response.json()["detail"], told
    assert ask(service, "ASK {}").json()["boolean"] is True
    assert service.memory() - before < 150 << 20


def test_what_is_asked_forges_no_line_of_the_log(service: Service) -> None:
    forged = "ASK {} #%0d%0a{%22event%22:%20%22forged%22}"
    assert httpx.get(f"{service.url}/sparql?query={forged}", timeout=60).status_code == 200
    ask(service, 'ASK {} # \n{"event": "forged"}')
    lines = service.log.read_text(encoding="utf-8").splitlines()
    # Beside events stand the last words of the engine, over several lines, where a query wanted too much memory.
    events = {json.loads(line)["event"] for line in lines if line.startswith("{")}
    assert "request" in events
    assert "forged" not in events
