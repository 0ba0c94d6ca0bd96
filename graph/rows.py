"""Articles and claims as the properties of nodes and relationships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from neo4j import ManagedTransaction

from graph.articles import Article
from graph.claims import QUALIFIER_ROLES, Claim, Entity, Mention
from graph.history import ArticleState
from graph.model import family
from graph.settings import KeepText
from graph.threads import claim_roles, thread_key

PLAIN = (
    "id", "frame", "predicate", "stage", "phase", "assertion", "event_date", "date_from", "date_to", "basis",
    "confidence", "extractor", "extractor_version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleRow:
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


def claim_properties(claim: Claim, article: Article) -> dict[str, Any]:
    """Properties of the claim's node, without when it was recorded and retired."""
    details = claim.qualifiers.model_dump(exclude=set(QUALIFIER_ROLES))
    for ordinal in ("batch", "round"):
        if details.get(ordinal) is not None:
            details[ordinal] = str(details[ordinal])
    return present(
        claim.model_dump(include=set(PLAIN))
        | details
        | {
            "thread": thread_key(claim),
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
    words = mention.model_dump(include={"text", "start", "end", "office"})
    return present(words | {"of_class": mention.of_class.id if mention.of_class else None})


def by_type(rows: Iterable[RoleRow]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Parameters of the statements that write roles, by type and by the label that keys the node; sorted by node."""
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.entity.id, row.claim)):
        parameters = {"claim": row.claim, "id": row.entity.id, "words": row.words}
        grouped[row.type, family(row.entity.label)].append(parameters)
    return dict(sorted(grouped.items()))


def present(properties: dict[str, Any]) -> dict[str, Any]:
    """The properties that are set."""
    return {name: value for name, value in properties.items() if value is not None}


def run(transaction: ManagedTransaction, statement: str, **parameters: Any) -> None:
    """Runs a writing statement unless one of its parameters is empty, so that there is nothing to do."""
    if all(parameters.values()):
        transaction.run(statement, parameters).consume()
