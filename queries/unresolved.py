"""Names that the catalogue could not place, or places in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from graph.model import label_of
from graph.store import Store
from queries.names import Names, fold, names_of
from queries.search import index_of

Rows = list[dict[str, Any]]
NUMBERED = re.compile(r"-\d+[a-z]?$")
"""Ends the id of an instrument that is one of a series, which the catalogue knows by its number."""
LIKELY = 75
"""Score, of 100, from which an entry with a similar name is a candidate."""
MOST_CANDIDATES = 5


def unresolved(ask: Callable[..., Rows], values: Mapping[str, Any], store: Store) -> Rows:
    """One row a name; candidates are looked for only of the names on the page.

    Args:
        ask: runs the query's Cypher, which takes `shared`: ids of nodes one of whose names others have as well.
        values: the query's parameters.
        store: the graph.
    """
    names = names_of(store)
    shared = {id for ids in names.shared.values() for id in ids}
    rows = ask(shared=sorted(shared))
    organs = _organs(rows, names)
    told: dict[str, Rows] = defaultdict(list)
    for row in rows:
        if row["id"] in organs or values["kind"] not in (None, label_of(row["labels"])):
            continue
        others = names.shared.get(fold(row["text"]), frozenset()) - {row["id"]} - organs
        numbered = "Instrument" in row["labels"] and NUMBERED.search(row["id"])
        if others or (row["unknown"] and not numbered):
            told[row["id"]].append(row | {"others": others})
    found = [_row(id, rows) for id, rows in told.items()]
    found = [row for row in found if row["articles"] >= values["min_count"]]
    found.sort(key=lambda row: (-row["articles"], row["name"], row["id"]))
    start = values["offset"] or 0
    for row in found[start : start + (values["limit"] or 0)]:
        row["candidates"] = row["candidates"] or _alike(store, names, row)
    return found


def _organs(rows: Rows, names: Names) -> set[str]:
    """Ids of what only ever acts for somebody whom the catalogue knows under the same name."""
    roles: dict[str, set[str]] = defaultdict(set)
    called: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["unknown"]:
            roles[row["id"]] |= set(row["roles"])
            called[row["id"]] |= names.shared.get(fold(row["text"]), frozenset()) - {row["id"]}
    known = {id for id, others in called.items() if any(names.entities[other].reference for other in others)}
    return {id for id in known if roles[id] == {"AGENT"}}


def _row(id: str, rows: Rows) -> dict[str, Any]:
    """The row of one node: of its wordings those that others share, where there are any."""
    several = [row for row in rows if row["others"]]
    shown = max(several or rows, key=lambda row: (len(row["articles"]), row["text"]))
    return {
        "name": shown["text"],
        "kind": label_of(shown["labels"]),
        "problem": "several" if several else "unknown",
        "id": id,
        "articles": len({article for row in several or rows for article in row["articles"]}),
        "candidates": sorted({other for row in several for other in row["others"]}),
        "example": shown["example"],
        "claim": shown["claim"],
        "article": shown["article"],
    }


def _alike(store: Store, names: Names, row: Mapping[str, Any]) -> list[str]:
    hits = index_of(store).search(row["name"])
    known = [hit for hit in hits if hit.score >= LIKELY and hit.entity.reference and hit.entity.id != row["id"]]
    return [hit.entity.id for hit in known[:MOST_CANDIDATES]]
