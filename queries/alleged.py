"""What was only alleged by a day: the graph's own edges are those of today, by which much has been admitted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.edges import edges
from graph.episodes import Episode
from graph.known import as_of
from graph.store import Store
from queries.beginning import PARTS
from queries.names import names_of

Row = dict[str, Any]
ACCUSED = """
MATCH (e)<-[:ABOUT]-(c:Claim) WHERE c.assertion = 'alleged' AND substring(c.published, 0, 10) <= $known_on
UNWIND [e.thread, c.thread] AS thread RETURN DISTINCT thread
"""
TOLD = """
UNWIND $ids AS id MATCH (c:Claim {id: id})<-[:REPORTS]-(a:Article) WHERE c.assertion <> 'asserted'
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:SPEAKER]->(who)
RETURN id, c.assertion AS assertion, who.id AS who, coalesce(a.origin, o.id, a.id) AS origin,
       substring(c.published, 0, 10) AS published ORDER BY id, who
"""


def alleged(ask: Callable[..., list[Row]], values: Mapping[str, Any], store: Store) -> list[Row]:
    """The rows of the query's Cypher; with `known_on` those of the episodes folded anew.

    Args:
        ask: runs the query's Cypher.
        values: the query's parameters.
        store: the graph.
    """
    if values["known_on"] is None:
        return ask()
    known = as_of(store, _threads(store, values), known_on=values["known_on"])
    found = [row for episode in known.episodes for row in _edges(episode, values)]
    ids = sorted({claim for row in found for claim in row["claims"]})
    told = {row["id"]: row for row in store.read(TOLD, ids=ids)} if ids else {}
    entities = names_of(store).entities
    rows = [_row(row, [told[id] for id in row["claims"] if id in told], entities) for row in found]
    rows.sort(key=lambda row: [row[name] for name in ("first_reported", "subject", "edge", "object", "episode")])
    start = int(values["offset"] or 0)
    return rows[start : start + int(values["limit"] or 0)]


def _threads(store: Store, values: Mapping[str, Any]) -> list[str]:
    """Those in which something was alleged by then, of the parties asked about."""
    given = [values[name] for name in ("subject", "object") if values[name] is not None]
    family = {id: names_of(store).family_of(id) for id in given}
    parties = [f"MATCH (:{family[id]} {{id: $of{n}}})<-[:{PARTS}]-(e:Episode)" for n, id in enumerate(given)]
    cypher = "\nWITH DISTINCT e\n".join(parties or ["MATCH (e:Episode) WHERE e.first_reported <= $known_on"]) + ACCUSED
    ids = {f"of{n}": id for n, id in enumerate(given)}
    return [row["thread"] for row in store.read(cypher, known_on=values["known_on"], **ids)]


def _edges(episode: Episode, values: Mapping[str, Any]) -> list[Row]:
    found = [
        {"subject": edge.start.id, "edge": edge.properties["predicate"], "object": edge.end.id}
        for edge in edges(episode)
        if edge.type == "ALLEGED"
    ]
    asked = {name: values[name] for name in ("subject", "edge", "object") if values[name] is not None}
    return [row | {"episode": episode.id, "claims": episode.claims} for row in found if asked.items() <= row.items()]


def _row(edge: Row, told: list[Row], entities: Mapping[str, Any]) -> Row:
    alleging, denying = ([t for t in told if t["assertion"] == one] for one in ("alleged", "denied"))
    days = [t["published"] for t in told]
    return edge | {
        "subject_name": entities[edge["subject"]].name,
        "object_name": entities[edge["object"]].name,
        "accusers": list(dict.fromkeys(t["who"] for t in alleging if t["who"])),
        "deniers": list(dict.fromkeys(t["who"] for t in denying if t["who"])),
        "allegations": len({t["origin"] for t in alleging}),
        "denials": len({t["origin"] for t in denying}),
        "first_reported": min(days),
        "last_reported": max(days),
        "claims": [t["id"] for t in told],
    }
