"""The plain driver and MERGE, with constraints, rows in lists and a transaction for each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from neo4j import GraphDatabase, ManagedTransaction

from bench.peers.child import main
from bench.peers.press import Report, entities

CONSTRAINT = "CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
ARTICLES = "UNWIND $rows AS row MERGE (a:Article {id: row.id}) SET a += row.properties"
ENTITIES = "UNWIND $rows AS row MERGE (e:Entity {id: row.id}) SET e += row"
CLAIMS = """
UNWIND $rows AS row MATCH (a:Article {id: row.article})
MERGE (c:Claim {id: row.id}) SET c += row.properties MERGE (a)-[:REPORTS]->(c)
"""
ROLES = """
UNWIND $rows AS row MATCH (c:Claim {{id: row.claim}}) MATCH (e:Entity {{id: row.entity}})
MERGE (c)-[r:{role}]->(e) SET r += row.words
"""
Statements = list[tuple[str, list[dict[str, Any]]]]
"""Cypher with its rows."""


def document(reports: list[Report]) -> Statements:
    """The statements that write a group."""
    facts = [(report, fact) for report in reports for fact in report.facts]
    roles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, fact in facts:
        for name, entity, words in fact.roles:
            roles[name].append({"claim": fact.id, "entity": entity.id, "words": words})
    return [
        (ARTICLES, [{"id": one.id, "properties": one.properties | {"text": one.text}} for one in reports]),
        (ENTITIES, [entity._asdict() for entity in entities(reports).values()]),
        (CLAIMS, [{"article": of.id, "id": fact.id, "properties": fact.properties} for of, fact in facts]),
        *((ROLES.format(role=name), rows) for name, rows in roles.items()),
    ]


@contextmanager
def opened(uri: str) -> Iterator[Callable[[Statements], None]]:
    """A session, once the constraints are there."""

    def work(transaction: ManagedTransaction, statements: Statements) -> None:
        for statement, rows in statements:
            transaction.run(statement, rows=rows).consume()

    with GraphDatabase.driver(uri) as driver, driver.session() as session:
        for label in ("Article", "Claim", "Entity"):
            session.run(CONSTRAINT.format(label=label)).consume()
        yield lambda statements: session.execute_write(work, statements)


if __name__ == "__main__":
    main(document, opened)
