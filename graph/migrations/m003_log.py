"""The log of changes; what the graph holds already becomes its beginning."""

from __future__ import annotations

from neo4j import ManagedTransaction

from graph import log
from graph.clock import now
from graph.model import constraints
from graph.scan import Node, pages
from graph.store import Store

EMPTY = "MATCH (n:Log|LogEntry) DETACH DELETE n"
ARTICLES_AT_ONCE = 500
RETIRED = """
MATCH (a:Article)-[:REPORTS]->(c:Claim) WHERE a.id IN $ids
RETURN c.id AS id, c.retired_at AS retired_at ORDER BY id
"""


def apply(store: Store) -> None:
    """Begins the log anew: articles and claims as they are now."""
    for statement in constraints("Log") + constraints("LogEntry"):
        store.execute(statement)
    store.execute(EMPTY)
    moment = now()
    store.write(log.begin)
    for page in pages(store, "Article", ARTICLES_AT_ONCE):
        events = _events(store, page)

        def write(transaction: ManagedTransaction, events: list[log.Event] = events) -> None:
            log.append(transaction, events, moment)

        store.write(write)


def _events(store: Store, articles: list[Node]) -> list[log.Event]:
    claims = store.read(RETIRED, ids=[article.id for article in articles])
    return [
        *(log.Event("article", "retired" if a.properties.get("forgotten") else "new", a.id) for a in articles),
        *(log.Event("claim", "retired" if row["retired_at"] else "new", row["id"]) for row in claims),
    ]
