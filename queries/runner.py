"""Runs a stored query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from graph.store import Store
from graph.telemetry import measured
from queries.beginning import Beginning
from queries.claims import claims_beginning
from queries.episodes import episodes_beginning
from queries.header import PAGING, Parameter
from queries.pages import first_rows, is_paged
from queries.parameters import Value, check, check_needs
from queries.reader import Query, stored_queries
from queries.steps import STEPS

PAGE = "SKIP $offset LIMIT $limit"


class UnknownQueryError(LookupError):
    """No stored query has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no query '{name}'; there are {', '.join(stored_queries())}")


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of a query: its columns in order, and one dictionary a row."""

    columns: list[str]
    rows: list[dict[str, Any]]
    parameters: dict[str, Value]
    """As they were understood: names of entities as ids, defaults filled in."""
    undated: int = 0
    """Claims left out with `known_on` because nobody knows when they were published."""


def stored_query(name: str) -> Query:
    """The stored Cypher query of this name.

    Raises:
        UnknownQueryError: there is none.
    """
    try:
        return stored_queries()[name]
    except KeyError:
        raise UnknownQueryError(name) from None


def parameters_of(query: Query) -> list[Parameter]:
    """The parameters that the query takes: its own, then `limit` and `offset`."""
    return query.header.parameters + PAGING


def run(store: Store, name: str, params: Mapping[str, Value] | None = None) -> Result:
    """Answers a stored query.

    Args:
        store: the graph to ask.
        name: name of the query.
        params: values by parameter; names of entities may be any of their names.

    Returns:
        Rows in an order that depends on the graph's content alone, so that pages fit together.

    Raises:
        UnknownQueryError: there is no query of this name.
        queries.parameters.ParameterError: a parameter is missing, unknown or of the wrong form.
        queries.names.UnknownNameError: a name that no node has.
        queries.names.AmbiguousNameError: a name that several nodes have.
    """
    query = stored_query(name)
    with measured("query", query=name):
        return _answered(store, query, params or {})


def rows_of(
    store: Store, name: str, params: Mapping[str, Value], episodes: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """The rows of a stored query's Cypher, before the step in Python that its header names.

    Arguments and errors are those of `run`. Of the query's episodes only those with the ids given are looked at: they
    have to be such as its parameters choose.
    """
    query = stored_query(name)
    values = check(store, parameters_of(query), params)
    begin = _beginning(store, query, values, episodes)
    with measured("query", query=name):
        return store.read(begin.text + query.text, **values, **begin.parameters)


def _answered(store: Store, query: Query, params: Mapping[str, Value]) -> Result:
    values = check(store, parameters_of(query), params)
    check_needs(query.header.needs, values)
    asked = query.header.episodes
    if asked and is_paged(query.header, values):
        answer = partial(_rows, store, query, values)
        return _result(query, values, first_rows(store, query.header, asked, values, query.text, answer))
    begin = _beginning(store, query, values)
    return _result(query, values, _rows(store, query, values, begin), begin.undated)


def _result(query: Query, values: dict[str, Value], rows: list[dict[str, Any]], undated: int = 0) -> Result:
    columns = [column.name for column in query.header.columns]
    return Result(columns, [{column: row[column] for column in columns} for row in rows], values, undated)


def _rows(store: Store, query: Query, values: Mapping[str, Value], begin: Beginning) -> list[dict[str, Any]]:
    """The page's rows, of what the query's beginning finds."""
    text, parameters = begin.text + query.text, {**values, **begin.parameters}
    if query.header.then is None:
        return store.read(text + _page(query), **parameters)
    start, count = int(values["offset"] or 0), int(values["limit"] or 0)
    ask = partial(store.read, text, **parameters)
    made = STEPS[query.header.then].work(ask, values, store)
    return list(made if PAGE in query.text else islice(made, start, start + count))


def _page(query: Query) -> str:
    """What ends a query's Cypher; nothing where that has its page before it reads what only the page's rows need."""
    return "" if PAGE in query.text else f"{PAGE}\n"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a query runs in the store."""

    cypher: str
    parameters: dict[str, Value]
    """Those of the query, as they were understood; what its beginning adds is left out."""
    plan: str
    """How the store means to run it, in the store's own words."""


def explain(store: Store, name: str, params: Mapping[str, Value] | None = None) -> Explanation:
    """The Cypher that a stored query runs, and the store's plan for it; the query itself is not run.

    Arguments and errors are those of `run`. Where the header names a step in Python, that takes the Cypher's rows.
    """
    query = stored_query(name)
    values = check(store, parameters_of(query), params or {})
    begin = _beginning(store, query, values)
    text = begin.text + query.text + ("" if query.header.then else _page(query))
    return Explanation(text, values, plan_of(store, text, values | begin.parameters))


def plan_of(store: Store, cypher: str, parameters: Mapping[str, Any]) -> str:
    """How the store means to run a query, in its own words; the query is not run.

    Raises:
        neo4j.exceptions.ClientError: the engine finds the query wrong.
    """
    plan = store.probe(f"EXPLAIN {cypher}", parameters, lambda result: result.consume().plan) or {}
    return str(plan.get("args", {}).get("string-representation", "")).strip()


def _beginning(
    store: Store, query: Query, values: Mapping[str, Value], episodes: Collection[str] | None = None
) -> Beginning:
    header = query.header
    if header.episodes:
        return episodes_beginning(store, header, header.episodes, values, query.text, only=episodes)
    return claims_beginning(store, header.claims, values) if header.claims else Beginning()
