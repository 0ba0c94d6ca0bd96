"""Runs Cypher of a caller's own: it only reads, within limits of rows, bytes and time."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from neo4j import Result
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.store import Store
from queries.cypher_guard import RefusedQueryError, checked
from queries.unknown_words import hint

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 64
"""Lists and maps within each other in a value; what writes answers as JSON ends at a few hundred."""
WRITES = "the query would write; this address only reads"


class TooDeepError(ValueError):
    """A value is nested too deep; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a query, as values that JSON knows."""

    columns: list[str]
    rows: list[dict[str, Any]]
    truncated: bool
    """Whether there are more rows than the limits of rows and bytes allow."""
    hint: str | None = None
    """Where there are no rows, the words of the query that the model does not have."""


def ask(store: Store, text: str, parameters: Mapping[str, Any], most_rows: int) -> Answer:
    """Answers a query that may not write.

    Three walls stand before the graph: what the text may say (`queries.cypher_guard`), what the engine says that the
    query would do, and an account or access mode that cannot write, in a transaction that is never committed.

    Args:
        store: the graph to ask.
        text: Cypher.
        parameters: values for its `$names`.
        most_rows: at most so many rows; MOST_BYTES of JSON limit the answer, too.

    Raises:
        RefusedQueryError: the query may write, or says what it may not.
        graph.errors.QueryTimeoutError: it took longer than EMBARGO_QUERY_TIMEOUT allows.
        TooDeepError: a value of the answer is nested too deep.
        neo4j.exceptions.ClientError: the engine finds it wrong.
    """
    text = checked(text)
    if store.dialect == "neo4j" and store.probe(f"EXPLAIN {text}", parameters, _kind) != "r":
        raise RefusedQueryError(WRITES)
    answer, kind = store.probe(text, parameters, lambda result: (_collect(result, most_rows), _kind(result)))
    if kind not in ("r", None):  # the other engine tells it only once it has run
        raise RefusedQueryError(WRITES)
    return replace(answer, hint=hint(text, answer.rows) or None)


def _kind(result: Result) -> str | None:
    return result.consume().query_type


def _collect(result: Result, most_rows: int) -> Answer:
    rows: list[dict[str, Any]] = []
    columns, size = list(result.keys()), 0
    for record in result:
        row = {column: plain(value) for column, value in zip(columns, record.values(), strict=True)}
        size += len(json.dumps(row))
        if len(rows) == most_rows or size > MOST_BYTES:
            return Answer(columns, rows, truncated=True)
        rows.append(row)
    return Answer(columns, rows, truncated=False)


def plain(value: Any, deepest: int = DEEPEST) -> Any:
    """A value of Cypher as JSON knows it, with so many lists and maps within each other at most.

    Nodes and relationships become objects with labels or type and their properties, paths the list of both in turn,
    dates, times and durations ISO 8601, points their coordinates, numbers that JSON lacks (NaN, Infinity) strings.

    Raises:
        TooDeepError: there are more.
    """
    match value:
        case Node():
            return {"labels": sorted(value.labels), "properties": plain(dict(value))}
        case Relationship():
            return {"type": value.type, "properties": plain(dict(value))}
        case Path():
            steps = [step for pair in zip(value.relationships, value.nodes[1:], strict=True) for step in pair]
            return [plain(step) for step in (value.start_node, *steps)]
        case Point():
            return list(value)
        case Date() | DateTime() | Time() | Duration():
            return value.iso_format()
        case float() if not math.isfinite(value):
            return str(value)
        case bytes() | bytearray():
            return value.hex()
        case list() | tuple() | set() | frozenset() | dict() if not deepest:
            raise TooDeepError(f"a value is nested more than {DEEPEST} deep; return less of it")
        case list() | tuple() | set() | frozenset():
            return [plain(item, deepest - 1) for item in value]
        case dict():
            return {str(key): plain(item, deepest - 1) for key, item in value.items()}
    return value
