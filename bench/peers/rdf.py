"""rdflib-neo4j: triples into a graph whose store writes in batches of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib_neo4j import HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig

from bench.peers.child import main
from bench.peers.press import Report, entities

EX = Namespace("https://example.org/")
Triple = tuple[URIRef, URIRef, URIRef | Literal]


def document(reports: list[Report]) -> list[Triple]:
    """The triples of each subject together, as a file has them."""
    triples: list[Triple] = []
    for id, entity in entities(reports).items():
        triples += _node(f"entity/{id}", entity.label, {"id": id, "name": entity.name})
    for report in reports:
        triples += _node(f"article/{report.id}", "Article", report.properties | {"id": report.id, "text": report.text})
        triples += [(EX[f"article/{report.id}"], EX.REPORTS, EX[f"claim/{fact.id}"]) for fact in report.facts]
        for fact in report.facts:
            claim = f"claim/{fact.id}"
            triples += _node(claim, "Claim", fact.properties | {"id": fact.id})
            triples += [(EX[claim], EX[role.name], EX[f"entity/{role.entity.id}"]) for role in fact.roles]
    return triples


def _node(path: str, label: str, properties: dict[str, object]) -> list[Triple]:
    node = EX[path]
    return [(node, RDF.type, EX[label]), *((node, EX[name], Literal(value)) for name, value in properties.items())]


@contextmanager
def opened(uri: str) -> Iterator[Callable[[list[Triple]], None]]:
    """The graph; what is still in its buffers is written as it is closed."""
    access = {"uri": uri, "database": "neo4j", "user": "neo4j", "pwd": "none"}
    strategy = HANDLE_VOCAB_URI_STRATEGY.IGNORE
    store = Neo4jStore(Neo4jStoreConfig(auth_data=access, batching=True, handle_vocab_uri_strategy=strategy))
    graph = Graph(store=store)

    def write(triples: list[Triple]) -> None:
        for triple in triples:
            graph.add(triple)

    yield write
    graph.close(True)


if __name__ == "__main__":
    main(document, opened)
