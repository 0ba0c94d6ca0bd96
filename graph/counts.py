"""How many there are of what the graph is about."""

from __future__ import annotations

from graph.store import Store

COUNTS = {
    "articles": "MATCH (n:Article) RETURN count(n) AS n",
    "claims": "MATCH (n:Claim) WHERE n.retired_at IS NULL RETURN count(n) AS n",
    "retired_claims": "MATCH (n:Claim) WHERE n.retired_at IS NOT NULL RETURN count(n) AS n",
    "episodes": "MATCH (n:Episode) RETURN count(n) AS n",
    "actors": "MATCH (n:Actor) RETURN count(n) AS n",
    "weapons": "MATCH (n:Weapon) RETURN count(n) AS n",
    "instruments": "MATCH (n:Instrument) RETURN count(n) AS n",
}


def counts(store: Store) -> dict[str, int]:
    """The numbers, by name."""
    return {name: int(store.read(query)[0]["n"]) for name, query in COUNTS.items()}
