"""What is told of a named graph of the exports, in VoID."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, RDF, VOID

from graph.rdf_terms import Iris

WITH_GRAPHS = ("nq", "trig", "jsonld")
"""Exports that name the graphs."""
HOLDS = {
    "ontology": "Data set, classes, properties, controlled terms and extractors.",
    "catalogue": "Actors, weapons, instruments, outlets and the facts of the catalogue.",
    "facts": "Episodes, direct triples, facts and allegations.",
    "outlet": "Articles of which no outlet is known, with their claims.",
}
OF_OUTLETS = "Articles of one outlet, with their claims."


def size_query(iri: str) -> str:
    """SPARQL for the number of triples in a named graph."""
    return f"SELECT (COUNT(*) AS ?triples) WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"


def named_graph(root: str, base_iri: str, name: str, iri: str, triples: int) -> list[ox.Triple]:
    """What it holds, how much, and which exports have it.

    Args:
        root: address of the service, without a slash at the end.
        base_iri: begin of the graph's IRIs.
        name: of the named graph: `facts`, `outlet/example.org` …
        iri: of the named graph.
        triples: how many it has.
    """
    own, whole = ox.NamedNode(iri), ox.NamedNode(Iris(base_iri).dataset())
    told: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF.type, ox.NamedNode(VOID.Dataset)),
        (DCTERMS.title, ox.Literal(f"Named graph {name}", language="en")),
        (DCTERMS.description, ox.Literal(HOLDS.get(name, OF_OUTLETS), language="en")),
        (DCTERMS.isPartOf, whole),
        (VOID.triples, ox.Literal(triples)),
        (VOID.sparqlEndpoint, ox.NamedNode(f"{root}/sparql")),
        *((VOID.dataDump, ox.NamedNode(f"{root}/v1/export/{form}")) for form in WITH_GRAPHS),
    ]
    return [ox.Triple(own, ox.NamedNode(predicate), value) for predicate, value in told]
