"""The export keeps to the shapes, and the shapes tell what would be wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, SH, SKOS, XSD
from rdflib.term import Node

import graph as package
from tests.rdf.conftest import BASE

TERM, OA = Namespace(f"{BASE}ontology/"), Namespace("http://www.w3.org/ns/oa#")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(Path(package.__file__).with_name("shapes.ttl"))


def violations(data: Graph, shapes: Graph) -> set[tuple[Node | None, Node | None, str]]:
    """Node, path and kind of each."""
    _, report, _ = validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    return {
        (
            report.value(result, SH.focusNode),
            report.value(result, SH.resultPath),
            str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_the_export_keeps_to_them(graph: Graph, shapes: Graph) -> None:
    assert violations(graph, shapes) == set()


def first(graph: Graph, kind: URIRef, skip: int = 0) -> Node:
    return sorted(graph.subjects(RDF.type, kind))[skip]


def test_they_tell_what_would_be_wrong(graph: Graph, shapes: Graph) -> None:
    """Everything is broken at once, each time in another node."""
    broken = Graph()
    for triple in graph:
        broken.add(triple)

    def change(node: Node, path: URIRef, values: Iterable[Node]) -> tuple[Node, URIRef]:
        broken.remove((node, path, None))
        for value in values:
            broken.add((node, path, value))
        return node, path

    claims = [first(graph, TERM.Claim, n) for n in range(6)]
    facts = [first(graph, TERM.Fact, n) for n in range(3)]
    expected = {
        (*change(claims[0], TERM.evidence, []), "MinCountConstraintComponent"),
        (*change(claims[1], TERM.stage, [URIRef(f"{BASE}stage/rumoured")]), "ClassConstraintComponent"),
        (*change(claims[2], TERM.confidence, [Literal(2)]), "MaxInclusiveConstraintComponent"),
        (*change(claims[3], PROV.wasDerivedFrom, [claims[0]]), "ClassConstraintComponent"),
        (*change(first(graph, OA.TextPositionSelector), OA.start, [Literal(10_000)]), "LessThanConstraintComponent"),
        (*change(first(graph, OA.TextQuoteSelector), OA.exact, [Literal("")]), "MinLengthConstraintComponent"),
        (*change(first(graph, TERM.Episode), TERM.status, [Literal("perhaps")]), "InConstraintComponent"),
        (*change(facts[0], TERM.status, [Literal("proposed")]), "InConstraintComponent"),
        (*change(facts[1], TERM.support, [Literal(0)]), "MinInclusiveConstraintComponent"),
        (*change(facts[2], TERM.episode, []), "MinCountConstraintComponent"),
        (*change(first(graph, TERM.Weapon), RDFS.label, []), "MinCountConstraintComponent"),
        (*change(first(graph, TERM.Claim, 6), RDFS.label, []), "MinCountConstraintComponent"),
        (*change(first(graph, TERM.Episode, 1), RDFS.label, []), "MinCountConstraintComponent"),
        (*change(first(graph, TERM.Fact, 3), RDFS.label, []), "MinCountConstraintComponent"),
        (*change(first(graph, TERM.Relation), RDFS.label, []), "MinCountConstraintComponent"),
        (*change(first(graph, TERM.Article), TERM.sha256, [Literal("abc")]), "PatternConstraintComponent"),
        (*change(URIRef(f"{BASE}stage/ended"), SKOS.inScheme, []), "MinCountConstraintComponent"),
    }
    dated = next(node for node in sorted(graph.subjects(TERM.dateTo, None)) if node not in claims)
    change(dated, TERM.dateTo, [Literal("1900-01-01", datatype=XSD.date)])
    expected.add((dated, TERM.dateFrom, "LessThanOrEqualsConstraintComponent"))
    assert expected - violations(broken, shapes) == set()
