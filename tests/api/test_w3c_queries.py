"""The W3C's tests of SPARQL 1.1 queries, answered by the service's own guard and processes.

All data of the suite stand in one copy, a named graph for each file; each test chooses its data set from them as the
protocol lets a client choose it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from api.sparql.guard import QueryError, check
from api.sparql.runner import Runner
from api.sparql.worker import Job, Reply
from dev.w3c_tests import NotFetchedError, sparql_tests

SUITE = "testcases-sparql-1.1-w3c"
BASE = f"https://w3c.example/{SUITE}/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
XSD = "http://www.w3.org/2001/XMLSchema#"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}
FORMATS = {
    ".srx": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    ".srj": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    ".tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
}
RDF_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
GROUPS = (
    "aggregates", "bind", "bindings", "construct", "csv-tsv-res", "exists", "functions", "grouping", "json-res",
    "negation", "project-expression", "property-path", "subquery", "syntax-query",
)  # fmt: skip
"""Of the suite's; the others are about updates, entailment and federation, which the service does not offer."""
KNOWN_FAILURES = {
    "csv03": "the engine keeps numbers by their value: 1.0E6 comes as 1000000",
    "tsv03": "the engine keeps an xsd:negativeInteger as an xsd:integer",
    "strdt03": "expects RDF 1.0, where a plain string differs from an xsd:string",
    "strlang03": "expects RDF 1.0, where a plain string differs from an xsd:string",
    "bnode01": "the engine's BNODE('x') is one node in all rows, not one for each row",
    "test_4": "calls a function that nobody has: refused with 400, where it would be an error in each row",
}
"""Names of tests that fail, with the reason; one that passes has to leave this list."""


@dataclass(frozen=True, slots=True)
class Case:
    """A test of the suite."""

    name: str
    kind: str
    query: Path
    data: list[str]
    named: list[str]
    result: Path | None


@pytest.fixture(scope="module")
def home() -> Path:
    """The folder of the suite."""
    try:
        return sparql_tests() / SUITE
    except NotFetchedError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def copy(home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy as the service makes it, with a named graph for each file of data."""
    folder = str(tmp_path_factory.mktemp("w3c"))
    store = ox.Store(folder)
    for path in home.rglob("*"):
        if path.suffix in RDF_FORMATS and path.parent.name in GROUPS and path.name != "manifest.ttl":
            graph = _iri(home, path)
            store.bulk_load(path.read_bytes(), RDF_FORMATS[path.suffix], base_iri=graph, to_graph=ox.NamedNode(graph))
    store.flush()
    return folder


def _iri(home: Path, path: Path) -> str:
    return f"{BASE}{path.relative_to(home)}"


def cases(home: Path, group: str) -> list[Case]:
    manifest = Graph().parse(home / group / "manifest.ttl", publicID=f"{BASE}{group}/manifest.ttl")

    def file(iri: Node | None) -> Path:
        return home / str(iri).removeprefix(BASE)

    found = []
    [entries] = manifest.objects(None, MF.entries)
    for test in Collection(manifest, entries):
        kind = str(manifest.value(test, RDF.type)).removeprefix(str(MF))
        action, result = manifest.value(test, MF.action), manifest.value(test, MF.result)
        query = action if isinstance(action, URIRef) else manifest.value(action, QT.query)
        data, named = (sorted(map(str, manifest.objects(action, name))) for name in (QT.data, QT.graphData))
        wanted = file(result) if result else None
        found.append(Case(str(test).rpartition("#")[2], kind, file(query), data, named, wanted))
    return found


def ask(copy: str, home: Path, case: Case) -> Reply:
    """The reply of the service to a test's query."""
    try:
        checked = check(case.query.read_text(encoding="utf-8"))
    except QueryError as error:
        return Reply(400, str(error).encode())
    of_rows, _ = FORMATS.get(case.result.suffix if case.result else "", ("text/csv", None))
    own = checked.has_dataset and not case.data
    return Runner(seconds=60).run(
        Job(
            copy=copy,
            query=checked.text,
            base_iri=_iri(home, case.query),
            prefixes={},
            default_graphs=None if own else case.data,
            named_graphs=None if own else case.named,
            own_dataset=own,
            results=of_rows,
            graph="application/n-triples",
        )
    )


def failure(copy: str, home: Path, case: Case) -> str | None:
    """What is wrong with the answer to a test's query."""
    reply = ask(copy, home, case)
    if case.kind.startswith("NegativeSyntaxTest"):
        return None if reply.status == 400 else f"{reply.status} instead of 400"
    if reply.status != 200:
        return f"{reply.status}: {reply.body[:200]!r}"
    if case.result is None or is_equal(reply.body, case.result):
        return None
    return f"another answer: {reply.body[:400]!r}"


def is_equal(answer: bytes, expected: Path) -> bool:
    if expected.suffix == ".csv":
        tables = (csv.DictReader(StringIO(text)) for text in (answer.decode(), expected.read_text("utf-8")))
        ours, wanted = (sorted(map(unnamed, table)) for table in tables)
        return ours == wanted
    if expected.suffix in RDF_FORMATS:
        triples = [
            ox.parse(answer, ox.RdfFormat.N_TRIPLES),
            ox.parse(expected.read_bytes(), RDF_FORMATS[expected.suffix], base_iri=BASE),
        ]
        return canonical(triples[0]) == canonical(triples[1])
    _, form = FORMATS[expected.suffix]
    mine, theirs = (ox.parse_query_results(text, form) for text in (answer, expected.read_bytes()))
    if isinstance(mine, ox.QueryBoolean) or isinstance(theirs, ox.QueryBoolean):
        return bool(mine) == bool(theirs)
    return canonical(told(mine)) == canonical(told(theirs))


def unnamed(row: dict[str, str]) -> list[tuple[str, str]]:
    """A row of CSV; one blank node is as good as another."""
    return sorted((name, "_:" if cell.startswith("_:") else cell) for name, cell in row.items())


def told(rows: ox.QuerySolutions) -> Iterable[ox.Quad]:
    """A table as quads: a node for each different row with its values and how often it is there."""
    names = sorted(variable.value for variable in rows.variables)
    counted = Counter(tuple((name, value(row[name])) for name in names if row[name] is not None) for row in rows)
    for cells, count in counted.items():
        node = ox.BlankNode()
        yield ox.Quad(node, ox.NamedNode("row:count"), ox.Literal(count))
        yield from (ox.Quad(node, ox.NamedNode(f"row:{name}"), cell) for name, cell in cells)


def value(term: Term) -> Term:
    """A term, numbers in one way of writing them."""
    if isinstance(term, ox.Literal) and term.datatype.value in NUMBERS:
        number = float(term.value) if term.datatype.value in (f"{XSD}double", f"{XSD}float") else Decimal(term.value)
        return ox.Literal(str(number.normalize() if isinstance(number, Decimal) else number), datatype=term.datatype)
    return term


def canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@pytest.mark.parametrize("group", GROUPS)
def test_queries(home: Path, copy: str, group: str) -> None:
    found = cases(home, group)
    assert found
    with ThreadPoolExecutor(4) as threads:
        why = dict(zip((case.name for case in found), threads.map(partial(failure, copy, home), found), strict=True))
    failed = {name: reason for name, reason in why.items() if reason}
    assert failed.keys() == KNOWN_FAILURES.keys() & why.keys(), failed
