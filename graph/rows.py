"""Articles and claims as the properties of nodes and relationships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from graph.articles import Article
from graph.claims import QUALIFIER_ROLES, Claim, Entity, Mention, Qualifiers
from graph.history import ArticleState
from graph.model import RELATIONSHIP_BY_TYPE, family
from graph.settings import KeepText
from graph.threads import claim_roles

PLAIN = (
    "id", "frame", "predicate", "stage", "phase", "assertion", "event_date", "date_from", "date_to", "basis",
    "confidence", "extractor", "extractor_version",
)  # fmt: skip
DETAILS = tuple(name for name in Qualifiers.model_fields if name not in QUALIFIER_ROLES)
WORDS = ("text", "start", "end", "office")


class RoleRow(NamedTuple):
    """A relationship from a claim to a node."""

    type: str
    claim: str
    entity: Entity
    words: dict[str, Any]


def article_properties(article: Article, state: ArticleState, keep: KeepText) -> dict[str, Any]:
    """Properties of the article's node: the article, who has read it, and whether it is to be forgotten.

    What is not set is None, so that it is removed from a node that had it.
    """
    readers = sorted(state.readers.items())
    return article.model_dump() | {
        "text": (keep == "all" and article.text) or None,
        "extractors": [name for name, _ in readers] or None,
        "extractor_versions": [version for _, version in readers] or None,
        "forgotten": state.forgotten or None,
    }


def claim_properties(claim: Claim, article: Article, thread: str) -> dict[str, Any]:
    """Properties of the claim's node, without when it was recorded and retired."""
    details = {name: getattr(claim.qualifiers, name) for name in DETAILS}
    for ordinal in ("batch", "round"):
        if details.get(ordinal) is not None:
            details[ordinal] = str(details[ordinal])
    return present(
        {name: getattr(claim, name) for name in PLAIN}
        | details
        | {
            "thread": thread,
            "published": claim.published or article.published,
            "because_of": claim.qualifiers.because_of or None,
            "quotes": [quote.quote for quote in claim.evidence],
            "starts": [quote.start for quote in claim.evidence],
            "ends": [quote.end for quote in claim.evidence],
            "article_version": list(article.version),
        }
    )


def role_rows(claim: Claim) -> list[RoleRow]:
    """The claim's roles; a speaker also gives whom they speak for."""
    mentions = claim_roles(claim)
    if claim.speaker is not None:
        mentions["SPEAKER"] = claim.speaker
    rows = [RoleRow(kind, claim.id, mention, _words(mention)) for kind, mention in mentions.items()]
    if claim.speaker is not None and claim.speaker.speaks_for is not None:
        rows.append(RoleRow("SPEAKS_FOR", claim.id, claim.speaker.speaks_for, {}))
    return rows


def _words(mention: Mention) -> dict[str, Any]:
    words = {name: getattr(mention, name) for name in WORDS}
    return present(words | {"of_class": mention.of_class.id if mention.of_class else None})


def by_type(rows: Iterable[RoleRow]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Parameters of the statements that write roles, by type and by the label that keys the node: each node with its
    claims, sorted, since looking a node up costs more than the relationship."""
    grouped: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        grouped[row.type, family(row.entity.label)][row.entity.id].append({"id": row.claim, **row.words})
    return {
        key: [{"id": id, "claims": claims} for id, claims in sorted(nodes.items())]
        for key, nodes in sorted(grouped.items())
    }


def literal(kind: str, values: str) -> str:
    """All properties of a type of relationship as Cypher writes them within braces.

    The embedded engine stores a relationship twice that gets its properties by SET.

    Args:
        kind: the type.
        values: the map that holds them, in Cypher.
    """
    return ", ".join(f"{item.name}: {values}.{item.name}" for item in RELATIONSHIP_BY_TYPE[kind].properties)


def present(properties: dict[str, Any]) -> dict[str, Any]:
    """The properties that are set."""
    return {name: value for name, value in properties.items() if value is not None}


def rows(transaction: ManagedTransaction, query: str, **parameters: Any) -> list[Any]:
    """The rows of a query that returns all of them as one list, `rows`: each record of its own costs the driver more
    than reading what is in it."""
    return list(transaction.run(query, parameters).single(strict=True)["rows"])


DROP = "WITH collect(DISTINCT r) AS found UNWIND found AS r DELETE r"
"""Ends a statement that drops the relationships it matches as `r`: all are found before the first one goes.

The embedded engine goes on matching while it drops, and then passes over some relationships of a changed node.
"""


def run(transaction: ManagedTransaction, statement: str, **parameters: Any) -> None:
    """Runs a writing statement unless one of its parameters is empty, so that there is nothing to do."""
    if all(parameters.values()):
        transaction.run(statement, parameters).consume()
