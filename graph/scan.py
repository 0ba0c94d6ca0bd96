"""Walks the whole graph in one fixed order, a page at a time: the same graph is always told in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.model import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE
from graph.store import Store

BATCH = 1000
ENTITIES = ("Actor", "Weapon", "Instrument")
LABELS = (*ENTITIES, "Outlet", "Article", "Claim", "Episode")
"""The keyed labels, each after those that its nodes refer to most."""

IDS_AT_ONCE = 20_000
"""Ids read ahead: the embedded engine looks at all that follow to find the next ones."""

IDS = """
MATCH (n:{label}) WHERE n.id > $after
RETURN n.id AS id ORDER BY id LIMIT $batch
"""
NODES_BY_ID = """
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})
RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties ORDER BY id
"""
LINKS = """
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})
MATCH (n)-[r{types}]->(m)
RETURN n.id AS id, type(r) AS type, m.id AS target, m.name AS name, labels(m) AS labels, properties(r) AS properties
"""
LINKS_BY_EPISODE = """
MATCH (n)-[r:{type}]->(m) WHERE r.episode IN $episodes
RETURN n.id AS id, n.name AS own, labels(n) AS start, m.id AS target, m.name AS name, labels(m) AS labels,
       properties(r) AS properties
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship, as its first node sees it."""

    type: str
    target: str
    target_label: str
    properties: dict[str, Any]
    name: str | None
    """Of its second node; claims, articles and episodes have none."""

    @property
    def shown(self) -> str:
        """The name of its second node, else its id."""
        return self.name or self.target


@dataclass(frozen=True, slots=True)
class Node:
    """A node with all relationships that begin at it, sorted."""

    id: str
    label: str
    """Its most special label: Country, not Actor."""
    properties: dict[str, Any]
    """As the model declares them; what is unset is left out."""
    links: list[Link]

    def targets(self, kind: str) -> list[Link]:
        """Its relationships of one type."""
        return [link for link in self.links if link.type == kind]


def walk(store: Store, labels: Iterable[str] = LABELS) -> Iterator[Node]:
    """Every node that says something about the world, by label and id; housekeeping is left out.

    Args:
        store: the graph.
        labels: keyed labels (`Actor` stands for all five kinds of actors).
    """
    return (node for label in labels for page in pages(store, label) for node in page)


def pages(store: Store, label: str, size: int = BATCH) -> Iterator[list[Node]]:
    """The nodes of one keyed label by id, so many at a time."""
    after = ""
    while ids := [row["id"] for row in store.read(IDS.format(label=label), after=after, batch=IDS_AT_ONCE)]:
        for start in range(0, len(ids), size):
            rows = store.read(NODES_BY_ID.format(label=label), ids=ids[start : start + size])
            yield _nodes(store, label, rows)
        after = ids[-1]


def nodes_by_id(store: Store, label: str, ids: Iterable[str], types: Iterable[str] = ()) -> dict[str, Node]:
    """The nodes of one keyed label that have these ids, with all relationships or those of some types only."""
    wanted = sorted(set(ids))
    pages = (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
    found = (store.read(NODES_BY_ID.format(label=label), ids=page) for page in pages)
    return {node.id: node for rows in found for node in _nodes(store, label, rows, types)}


def nodes_by_episode(store: Store, kind: str, episodes: Iterable[str]) -> Iterator[Node]:
    """For each plain edge of one type that follows from these episodes its first node, with its name and that edge."""
    wanted = sorted(set(episodes))
    for start in range(0, len(wanted), BATCH):
        for row in store.read(LINKS_BY_EPISODE.format(type=kind), episodes=wanted[start : start + BATCH]):
            yield Node(row["id"], own_label(row["start"]), {"name": row["own"]}, [_link(kind, row)])


def _nodes(store: Store, label: str, rows: list[dict[str, Any]], types: Iterable[str] = ()) -> list[Node]:
    links = _links(store, label, [row["id"] for row in rows], types)
    kinds = [own_label(row["labels"]) for row in rows]
    return [
        Node(row["id"], kind, _declared(kind, row["properties"]), links.get(row["id"], []))
        for row, kind in zip(rows, kinds, strict=True)
    ]


def own_label(labels: Iterable[str]) -> str:
    """The most special of a node's labels: Country, not Actor.

    Raises:
        ValueError: the model knows none of them.
    """
    known = [label for label in labels if label in NODE_BY_LABEL]
    if not known:
        raise ValueError(f"no node has the labels {sorted(labels)}; the store was filled by another program")
    return max(known, key=lambda label: (NODE_BY_LABEL[label].also is not None, label))


def _links(store: Store, label: str, ids: list[str], types: Iterable[str]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    only = "|".join(sorted(types))
    for row in store.read(LINKS.format(label=label, types=f":{only}" if only else ""), ids=ids):
        if row["type"] in RELATIONSHIP_BY_TYPE:
            found.setdefault(row["id"], []).append(_link(row["type"], row))
    for links in found.values():
        links.sort(key=lambda link: (link.type, link.target, json.dumps(link.properties, sort_keys=True)))
    return found


def _link(kind: str, row: dict[str, Any]) -> Link:
    return Link(kind, row["target"], own_label(row["labels"]), _known(kind, row["properties"]), row["name"])


def _declared(label: str, properties: dict[str, Any]) -> dict[str, Any]:
    names = (item.name for item in NODE_BY_LABEL[label].properties)
    return {name: value for name in names if (value := properties.get(name)) is not None}


def _known(kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    names = (item.name for item in RELATIONSHIP_BY_TYPE[kind].properties)
    return {name: value for name in names if (value := properties.get(name)) is not None}
