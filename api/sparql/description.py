"""The service described in RDF (SPARQL 1.1 Service Description, W3C Recommendation, 2013)."""

from __future__ import annotations

import pyoxigraph as ox

from api.sparql.worker import GRAPHS, RESULTS

SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
FORMAT = "http://www.w3.org/ns/formats/"
FORMATS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}


def describe(address: str, base_iri: str, media_type: str) -> bytes:
    """The description.

    Args:
        address: where the service answers.
        base_iri: begin of the graph's IRIs.
        media_type: one of `worker.GRAPHS`.
    """
    service = ox.NamedNode(address)
    dataset = ox.NamedNode(f"{base_iri}dataset")
    default = ox.NamedNode(f"{base_iri}dataset#default-graph")
    triples = [
        ox.Triple(service, RDF_TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("feature"), _sd("EmptyGraphs")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, RDF_TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), default),
        ox.Triple(default, RDF_TYPE, _sd("Graph")),
    ]
    triples += [
        ox.Triple(service, _sd("resultFormat"), ox.NamedNode(f"{FORMAT}{FORMATS[kind]}"))
        for kind in (*RESULTS, *GRAPHS)
    ]
    written = ox.serialize(triples, format=GRAPHS[media_type], prefixes={"sd": SD, "format": FORMAT})
    return written or b""


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{SD}{name}")
