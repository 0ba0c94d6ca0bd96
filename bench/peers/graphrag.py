"""neo4j-graphrag: its writer, with documents and chunks of the lexical graph, entities and claims; nothing resolved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from neo4j import GraphDatabase
from neo4j_graphrag.components.kg_writer import Neo4jWriter
from neo4j_graphrag.components.types import LexicalGraphConfig, Neo4jGraph, Neo4jNode, Neo4jRelationship

from bench.peers.child import main
from bench.peers.press import Report, entities

NAMES = LexicalGraphConfig()


def document(reports: list[Report]) -> Neo4jGraph:
    """A chunk for each article."""
    nodes = [
        Neo4jNode(id=id, label=entity.label, properties={"id": id, "name": entity.name})
        for id, entity in entities(reports).items()
    ]
    links: list[Neo4jRelationship] = []

    def link(start: str, type: str, end: str, words: dict[str, Any] | None = None) -> None:
        links.append(Neo4jRelationship(start_node_id=start, end_node_id=end, type=type, properties=words or {}))

    for report in reports:
        about = report.properties | {"id": report.id}
        nodes.append(Neo4jNode(id=report.id, label=NAMES.document_node_label, properties=about))
        chunk = {NAMES.chunk_text_property: report.text, NAMES.chunk_index_property: 0}
        nodes.append(Neo4jNode(id=f"{report.id}:0", label=NAMES.chunk_node_label, properties=chunk))
        link(f"{report.id}:0", NAMES.chunk_to_document_relationship_type, report.id)
        for fact in report.facts:
            nodes.append(Neo4jNode(id=fact.id, label="Claim", properties=fact.properties | {"id": fact.id}))
            link(fact.id, NAMES.node_to_chunk_relationship_type, f"{report.id}:0")
            for name, entity, words in fact.roles:
                link(fact.id, name, entity.id, words)
    return Neo4jGraph(nodes=nodes, relationships=links)


@contextmanager
def opened(uri: str) -> Iterator[Callable[[Neo4jGraph], None]]:
    """Its writer."""
    with GraphDatabase.driver(uri) as driver:
        writer = Neo4jWriter(driver)

        def write(graph: Neo4jGraph) -> None:
            assert asyncio.run(writer.run(graph)).status == "SUCCESS"

        yield write


if __name__ == "__main__":
    main(document, opened)
