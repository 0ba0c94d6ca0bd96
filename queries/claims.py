"""The claims that a query looks at one by one, as the beginning of its Cypher.

A query whose header has `claims` begins, in its file, with one row for every live claim `c` that the parameters named
there choose, and that was published by `known_on`, where it takes that; with `as_recorded` one that was live at that
moment. The search starts at the nodes that are asked about, and at one with few claims before one with many; where none
is asked about, at the claims that have somebody in the role under `having`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.known import RECORDED
from graph.refold import LIVE
from graph.store import Store
from queries.beginning import Beginning
from queries.header import Claims
from queries.names import names_of


def claims_beginning(store: Store, asked: Claims, values: Mapping[str, Any]) -> Beginning:
    """The Cypher that finds the claims that a query looks at.

    Args:
        store: the graph.
        asked: the header's part about claims.
        values: the query's parameters, checked.
    """
    names = names_of(store)
    given = sorted(
        (name for name in asked.roles if values.get(name) is not None),
        key=lambda name: names.entities[values[name]].label in ("Country", "Organization"),
    )
    lines: list[str] = []
    for name in given:
        start, roles = names.family_of(values[name]), "|".join(asked.roles[name])
        lines += [f"MATCH (:{start} {{id: ${name}}})<-[:{roles}]-(c{'' if lines else ':Claim'})", "WITH DISTINCT c"]
    more = {"moment": values["as_recorded"]} if values.get("as_recorded") else {}
    counts = RECORDED if more else LIVE
    found = "\n".join([*(lines or [f"MATCH (c:Claim)-[:{asked.having}]->()"]), f"WITH DISTINCT c WHERE {counts}"])
    if values.get("known_on") is None:
        return Beginning(f"{found}\n", more)
    [row] = store.read(f"{found} AND c.published IS NULL\nRETURN count(c) AS undated", **values, **more)
    return Beginning(f"{found} AND substring(c.published, 0, 10) <= $known_on\n", more, row["undated"])
