"""FollowTheMoney 4 entities (https://followthemoney.tech/explorer/), one JSON object a line, for Aleph and its kin.

Actors, weapons and instruments become things; articles become articles; a plain edge becomes a Sanction or an
UnknownLink whose `role` is the edge's type, with the articles that bear it out as `proof` and their words as
`description`. Allegations and the texts of articles are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from graph.articles import digest
from graph.json_lines import json_line
from graph.model import FACTS
from graph.scan import BATCH, ENTITIES, Link, Node, pages
from graph.settings import Settings
from graph.store import Store

SCHEMATA = {
    "Country": "PublicBody", "Organization": "Organization", "Company": "Company", "ArmedGroup": "Organization",
    "Person": "Person", "Weapon": "Asset", "Instrument": "Document",
}  # fmt: skip
FORMER = {
    "SUN": "suhh",
    "YUG": "yucs",
    "CSK": "cshh",
    "SCG": "csxx",
    "DDR": "dd",
    "YMD": None,
    "VDR": None,
    "ANT": None,
}
"""FollowTheMoney's codes of former states, None where it has none; of others it takes the ISO 3166-1 alpha-2 code."""
COUNTRY_LINKS = ("BASED_IN", "ORIGIN")
FACT_TYPES = {fact.type for fact in FACTS if fact.type != "ALLEGED"}
ID = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?")
"""Ids that FollowTheMoney takes."""
NAMES = "MATCH (n) WHERE n.id IN $ids AND (n:Actor OR n:Instrument) RETURN n.id AS id, n.name AS name, n.iso2 AS iso2"
OUTLETS = "MATCH (o:Outlet) WHERE o.id IN $ids RETURN o.id AS id, o.name AS name"
EVIDENCE = """
MATCH (e:Episode)<-[:ABOUT]-(c:Claim)<-[:REPORTS]-(a:Article)
WHERE e.id IN $ids AND c.assertion = 'asserted'
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
RETURN e.id AS episode, c.quotes AS quotes, a.id AS article, a.url AS url, coalesce(o.name, o.id) AS outlet
ORDER BY episode, article, c.id
"""
EPISODES_AT_ONCE = 200


def write(store: Store, out: BinaryIO, settings: Settings) -> None:
    """Things, then facts, each in the order of ids, then articles."""
    for page in _entities(store):
        countries = _told(store, (country for node in page for country in _countries(node)))
        for node in page:
            _put(out, *_thing(node, countries))
    for page in _entities(store):
        found = [(node, link) for node in page for link in node.links if link.type in FACT_TYPES]
        for start in range(0, len(found), EPISODES_AT_ONCE):
            for fact in _facts(store, found[start : start + EPISODES_AT_ONCE]):
                _put(out, *fact)
    for page in pages(store, "Article", BATCH):
        outlets = {link.target for node in page for link in node.targets("PUBLISHED_BY")}
        names = {row["id"]: row["name"] for row in store.read(OUTLETS, ids=sorted(outlets))}
        for node in page:
            _put(out, *_article(node, names))


Entity = tuple[str, str, dict[str, Iterable[Any]]]
"""Id, schema, and properties with their values; what is None is left out."""


def _put(out: BinaryIO, id: str, schema: str, properties: dict[str, Iterable[Any]]) -> None:
    told = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    entity = {"id": id, "schema": schema, "properties": {k: v for k, v in told.items() if v}, "datasets": ["embargo"]}
    out.write(json_line(entity))


def own_id(id: str) -> str:
    """The id under which FollowTheMoney knows a node: slashes become dots, what does not fit is hashed."""
    dotted = id.replace("/", ".")
    return dotted if ID.fullmatch(dotted) else digest(20, id)


def _entities(store: Store) -> Iterator[list[Node]]:
    return (page for label in ENTITIES for page in pages(store, label))


def _told(store: Store, ids: Iterable[str]) -> dict[str, dict[str, str | None]]:
    wanted = sorted(set(ids))
    return {row["id"]: row for row in store.read(NAMES, ids=wanted)} if wanted else {}


def _countries(node: Node) -> list[str]:
    return [link.target for link in node.links if link.type in COUNTRY_LINKS]


def _country(id: str, iso2: str | None) -> str | None:
    return FORMER.get(id, iso2.lower()) if iso2 else None


def _thing(node: Node, countries: dict[str, dict[str, str | None]]) -> Entity:
    known = node.properties
    properties: dict[str, Iterable[Any]] = {
        "name": [known.get("name", node.id)],
        "alias": known.get("aliases", []),
        "country": [
            _country(node.id, known.get("iso2")),
            *(_country(id, countries[id]["iso2"]) for id in _countries(node)),
        ],
    }
    if node.label == "Person":
        properties["position"] = [link.properties.get("title") for link in node.targets("HELD_OFFICE")]
    if node.label == "Instrument":
        properties |= {"title": [known.get("name")], "fileName": [node.id]}
    return own_id(node.id), SCHEMATA[node.label], properties


def _facts(store: Store, found: list[tuple[Node, Link]]) -> Iterator[Entity]:
    evidence: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in store.read(EVIDENCE, ids=sorted({link.properties["episode"] for _, link in found})):
        evidence[row["episode"]].append(row)
    under = _told(store, {link.properties.get("instrument", "") for _, link in found})
    for node, link in found:
        known, told = link.properties, evidence[link.properties["episode"]]
        properties: dict[str, Iterable[Any]] = {
            "startDate": [known.get("since")],
            "endDate": [known.get("until")],
            "status": [known.get("status")],
            "recordId": [known["episode"]],
            "proof": [own_id(row["article"]) for row in told],
            "sourceUrl": [row["url"] for row in told],
            "publisher": [row["outlet"] for row in told],
            "description": [quote for row in told for quote in row["quotes"]],
        }
        if link.type == "SANCTIONS":
            instrument = known.get("instrument", "")
            schema = "Sanction"
            properties |= {
                "entity": [own_id(link.target)],
                "authority": [node.properties.get("name")],
                "authorityId": [node.id],
                "country": [_country(node.id, node.properties.get("iso2"))],
                "program": [under[instrument]["name"]] if instrument in under else [],
                "programId": [instrument],
            }
        else:
            schema = "UnknownLink"
            properties |= {"subject": [own_id(node.id)], "object": [own_id(link.target)], "role": [link.type]}
        yield digest(20, node.id, link.type, link.target, known["episode"]), schema, properties


def _article(node: Node, outlets: dict[str, str]) -> Entity:
    known = node.properties
    properties: dict[str, Iterable[Any]] = {
        "title": [known.get("title")],
        "name": [known.get("title")],
        "sourceUrl": [known.get("url")],
        "publishedAt": [known.get("published")],
        "modifiedAt": [known.get("modified")],
        "publisher": [outlets.get(link.target) for link in node.targets("PUBLISHED_BY")],
    }
    return node.id, "Article", properties
