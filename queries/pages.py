"""The first rows of an answer over the whole graph, from the episodes that come first.

A query whose rows go by time needs not read what happened in twenty years to tell how it began. Each episode has the
first day that its claims tell of, and no row about it is sorted before that (`pages` in the header says what the rows
are sorted by). So a page is certain as soon as its last row comes before all episodes that were not read. What the
query itself leaves out makes it read further: some more of them, and then all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.store import Store
from queries.beginning import Beginning
from queries.episodes import episodes_beginning, next_episode
from queries.header import Episodes, Header

TRIES = (2, 16)
"""How many times the rows wanted so many episodes are read, before all are."""
OTHERWISE = ("episode", "known_on", "as_recorded", "from")
"""Parameters with which the episodes are found in another way, or the first of them are not asked about."""


def is_paged(header: Header, values: Mapping[str, Any]) -> bool:
    """Whether the query goes over the whole graph, and says by what its episodes can be read in turn."""
    asked = header.episodes
    if asked is None or asked.pages is None:
        return False
    choosing = [asked.belonging.get(name, name) for name in asked.roles]
    return all(values.get(name) is None for name in (*choosing, *OTHERWISE))


def first_rows(
    store: Store,
    header: Header,
    asked: Episodes,
    values: Mapping[str, Any],
    cypher: str,
    answer: Callable[[Beginning], list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """The rows of the page that the parameters ask for.

    Args:
        store: the graph.
        header: of the query.
        asked: its part about episodes, with `pages`.
        values: the query's parameters, checked.
        cypher: the query.
        answer: gives the page's rows from the episodes that a query begins with.
    """
    assert asked.pages is not None
    wanted = int(values["limit"] or 0)
    end = wanted + int(values["offset"] or 0)
    for times in TRIES:
        before = next_episode(store, asked, asked.pages, values, times * end)
        if before is None:
            break
        rows = answer(episodes_beginning(store, header, asked, values, cypher, before))
        places = [row[asked.pages.row] for row in rows[-1:]]
        if len(rows) == wanted and all(place is not None and place < before for place in places):
            return rows
    return answer(episodes_beginning(store, header, asked, values, cypher))
