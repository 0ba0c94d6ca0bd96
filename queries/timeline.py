"""Who and what the steps of a timeline tell of, and in whose words: read for the page's steps alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.store import Store

Row = dict[str, Any]
ROLES = ("SUBJECT", "OBJECT", "SUPPLIER", "RECIPIENT", "TARGET", "WEAPON", "UNDER", "PROGRAMME")
TOLD = f"""
UNWIND $ids AS id MATCH (c:Claim {{id: id}})<-[:REPORTS]-(a:Article)
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[r:{"|".join(ROLES)}]->(n)
RETURN id, c.predicate AS did, c.quotes[0] AS quote, coalesce(a.origin, o.id, a.id) AS origin, o.id AS outlet,
       a.url AS url, collect([type(r), n.id]) AS roles
"""


def timeline(rows: list[Row], values: Mapping[str, Any], store: Store) -> Iterator[Row]:
    """The rows with what their claims tell; the first claim words them, and its article stands for them.

    Args:
        rows: one a step, with the ids of its claims, the first reported first.
        values: the query's parameters.
        store: the graph.
    """
    ids = [claim for row in rows for claim in row["claims"]]
    told = {claim["id"]: claim for claim in store.read(TOLD, ids=ids)} if ids else {}
    for row in rows:
        claims = [told[claim] for claim in row["claims"]]
        first, roles = claims[0], dict(claims[0]["roles"])
        who, what = roles.get("SUBJECT"), roles["OBJECT"]
        parties = (node for claim in claims for node in sorted({node for _, node in claim["roles"]}))
        yield row | {
            "who": who, "did": first["did"], "what": what,
            "with": [node for node in dict.fromkeys(parties) if node not in (who, what)],
            "support": len({claim["origin"] for claim in claims}),
            "quote": first["quote"], "outlet": first["outlet"], "url": first["url"],
        }  # fmt: skip
