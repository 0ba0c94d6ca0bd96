"""graphiti-core's storage step alone: episodes, entities and facts as edges, with embeddings of one number each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from graphiti_core.driver.neo4j_driver import Neo4jDriver
from graphiti_core.edges import EntityEdge, EpisodicEdge
from graphiti_core.nodes import EntityNode, EpisodeType, EpisodicNode
from graphiti_core.utils.bulk_utils import add_nodes_and_edges_bulk

from bench.peers.child import main
from bench.peers.press import Entity, Report, entities

UNNAMED = Entity("unnamed", "unnamed", "Entity")
VECTOR = [1.0]
Documents = tuple[list[EpisodicNode], list[EpisodicEdge], list[EntityNode], list[EntityEdge]]
"""What the storage step is given."""


def document(reports: list[Report]) -> Documents:
    """A fact goes from its subject to its object; all its roles are attributes as well."""
    known, made = [*entities(reports).values(), UNNAMED], {"group_id": "", "created_at": datetime.now(UTC)}
    nodes = [EntityNode(uuid=e.id, name=e.name, labels=[e.label], name_embedding=VECTOR, **made) for e in known]
    episodes, mentions, facts = [], [], []
    for report in reports:
        day = datetime.fromisoformat(report.properties["published"]).replace(tzinfo=UTC)
        told = {"name": report.properties["title"], "source_description": report.properties["url"], "valid_at": day}
        told |= {"uuid": report.id, "content": report.text, "entity_edges": [fact.id for fact in report.facts]}
        episodes.append(EpisodicNode(source=EpisodeType.text, **told, **made))
        for id in entities([report]):
            edge = {"uuid": f"{report.id}/{id}", "source_node_uuid": report.id, "target_node_uuid": id}
            mentions.append(EpisodicEdge(**edge, **made))
        for fact in report.facts:
            roles = {role.name.lower(): role.entity.id for role in fact.roles}
            ends = {"source_node_uuid": roles.get("subject", UNNAMED.id), "target_node_uuid": roles["object"]}
            told = {"name": fact.properties["predicate"].upper(), "fact": fact.properties["quote"], "valid_at": day}
            told |= {"episodes": [report.id], "attributes": fact.properties | roles, "fact_embedding": VECTOR}
            facts.append(EntityEdge(uuid=fact.id, **told, **ends, **made))
    return episodes, mentions, nodes, facts


@contextmanager
def opened(uri: str) -> Iterator[Callable[[Documents], None]]:
    """Its driver, once its indexes are there."""
    with asyncio.Runner() as runner:
        driver = Neo4jDriver(uri, None, None)
        runner.run(driver.build_indices_and_constraints())
        yield lambda one: runner.run(add_nodes_and_edges_bulk(driver, *one, embedder=None))
        runner.run(driver.close())


if __name__ == "__main__":
    main(document, opened)
