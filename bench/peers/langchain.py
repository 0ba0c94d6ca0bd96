"""langchain-neo4j: a graph document for each group, claims as nodes; an article alone is its document's source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from langchain_core.documents import Document
from langchain_neo4j import Neo4jGraph
from langchain_neo4j.graphs.graph_document import GraphDocument, Node, Relationship

from bench.peers.child import main
from bench.peers.press import Report, entities


def document(reports: list[Report]) -> GraphDocument:
    """Entities and claims; of several articles each is a node as well."""
    known = {
        id: Node(id=id, type=entity.label, properties={"name": entity.name}) for id, entity in entities(reports).items()
    }
    nodes, relationships = list(known.values()), []
    for report in reports:
        article = Node(id=report.id, type="Article", properties=report.properties | {"text": report.text})
        if len(reports) > 1:
            nodes.append(article)
        for fact in report.facts:
            claim = Node(id=fact.id, type="Claim", properties=fact.properties)
            nodes.append(claim)
            if len(reports) > 1:
                relationships.append(Relationship(source=article, target=claim, type="REPORTS"))
            for name, entity, words in fact.roles:
                relationships.append(Relationship(source=claim, target=known[entity.id], type=name, properties=words))
    source = Document(page_content=reports[0].text, metadata={"id": reports[0].id, **reports[0].properties})
    return GraphDocument(nodes=nodes, relationships=relationships, source=source if len(reports) == 1 else None)


@contextmanager
def opened(uri: str) -> Iterator[Callable[[GraphDocument], None]]:
    """The graph, with the label that is indexed."""
    with Neo4jGraph(url=uri, username="", password="") as graph:
        yield lambda one: graph.add_graph_documents([one], include_source=one.source is not None, baseEntityLabel=True)


if __name__ == "__main__":
    main(document, opened)
