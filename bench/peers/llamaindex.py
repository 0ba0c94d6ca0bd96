"""llama-index: articles as chunks, entities and claims as entity nodes, roles as relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from llama_index.core.graph_stores.types import TRIPLET_SOURCE_KEY, ChunkNode, EntityNode, LabelledNode, Relation
from llama_index.graph_stores.neo4j import Neo4jPropertyGraphStore

from bench.peers.child import main
from bench.peers.press import Report, entities

Documents = tuple[list[LabelledNode], list[LabelledNode], list[Relation]]
"""Chunks, entities and relations, as an index hands them to its store."""


def document(reports: list[Report]) -> Documents:
    """A claim names the chunk that it comes from, as extractors do."""
    chunks: list[LabelledNode] = [ChunkNode(id_=one.id, text=one.text, properties=one.properties) for one in reports]
    nodes: list[LabelledNode] = [
        EntityNode(name=id, label=entity.label, properties={"title": entity.name})
        for id, entity in entities(reports).items()
    ]
    relations: list[Relation] = []
    for report in reports:
        for fact in report.facts:
            properties = fact.properties | {TRIPLET_SOURCE_KEY: report.id}
            nodes.append(EntityNode(name=fact.id, label="Claim", properties=properties))
            for name, entity, words in fact.roles:
                relations.append(Relation(label=name, source_id=fact.id, target_id=entity.id, properties=words))
    return chunks, nodes, relations


@contextmanager
def opened(uri: str) -> Iterator[Callable[[Documents], None]]:
    """The store, with its constraints."""
    with closing(Neo4jPropertyGraphStore(username="", password="", url=uri)) as store:

        def write(documents: Documents) -> None:
            chunks, nodes, relations = documents
            store.upsert_nodes(chunks)
            store.upsert_nodes(nodes)
            store.upsert_relations(relations)

        yield write


if __name__ == "__main__":
    main(document, opened)
