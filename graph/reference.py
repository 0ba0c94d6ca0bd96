"""Reference data: names, makers, classes and dated offices, which come from the catalogue and not from articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from neo4j import ManagedTransaction

from graph import classes
from graph.entities import ADD_LABEL, DROP_LABEL
from graph.hierarchy import Hierarchy, read_hierarchy
from graph.joins import lock, with_partials
from graph.memory import Memory
from graph.migrations import migrate
from graph.model import NODE_BY_LABEL, REFERENCE, RELATIONSHIP_BY_TYPE
from graph.origins import LOCK, move, relink
from graph.outlets import read_outlets
from graph.partial import partials
from graph.refold import refold
from graph.remembered import CATALOGUE
from graph.rows import DROP, present, run
from graph.store import Store
from graph.vocabulary import LABELS, Label

SOURCE = "catalogue"
"""Value of `source` on every node of the reference data."""

RECORD = "MERGE (c:Catalogue {id: 'catalogue'}) SET c.version = $version"
KNOWN = "UNWIND $ids AS id MATCH (e:{family} {{id: id}}) RETURN e.id AS id, labels(e) AS labels"
OLD = "MATCH (e:{family}) WHERE e.source = $source RETURN e.id AS id, e.name AS name"
USED = "UNWIND $ids AS id MATCH (e:{family} {{id: id}})--() RETURN DISTINCT e.id AS id"
CREATE = "UNWIND $rows AS row CREATE (e:{labels}) SET e = row"
REPLACE = "UNWIND $rows AS row MATCH (e:{family} {{id: row.id}}) SET e = row"
DELETE = "UNWIND $ids AS id MATCH (e:{family} {{id: id}}) DETACH DELETE e"
UNLINK = "MATCH (e)-[r:{type}]->() WHERE e.source = $source " + DROP
SEVERAL_KINDS = """
MATCH (e:Actor) WHERE size(labels(e)) > 2 AND e.source = $source RETURN e.id AS id, labels(e) AS labels
"""
THREADS = """
UNWIND $ids AS id
MATCH (:Weapon {id: id})<-[:WEAPON]-(c:Claim) WHERE c.retired_at IS NULL
RETURN DISTINCT c.thread AS thread
"""
REFOLDED = 500
"""So many threads are folded anew at once."""
LINK = """
UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}})
CREATE (a)-[r:{type}]->(b) SET r = row.properties
"""


class ReferenceDataError(ValueError):
    """Reference data that the model does not allow; the message names the row."""


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node of the reference data; its properties hold at least `id` and `name`, and aliases where it has any."""

    label: Label | Literal["Outlet"]
    properties: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its key."""
        return str(self.properties["id"])

    def row(self) -> dict[str, Any]:
        """The properties of the node as it is written."""
        return present(dict(self.properties) | {"source": SOURCE})


@dataclass(frozen=True, slots=True)
class RelationshipRow:
    """A relationship of the reference data, between the ids of two nodes of it."""

    type: str
    start: str
    end: str
    properties: Mapping[str, Any] = field(default_factory=dict)


def load_reference(
    store: Store, nodes: Sequence[NodeRow], relationships: Sequence[RelationshipRow], version: str
) -> bool:
    """Puts the reference data in place of what an earlier version brought.

    One transaction replaces the data, and folds anew the threads whose claims join other threads under the families and
    classes of the new one. The version is recorded when all is done, so that a load that was cut short is repeated.

    A node that is no longer part of it stays where articles refer to it, with its name alone.

    Args:
        store: an open store.
        nodes: all nodes.
        relationships: all relationships between them.
        version: names this state of the data; data of the version already loaded is not written again.

    Returns:
        Whether anything had to be written.

    Raises:
        ReferenceDataError: a row that the model does not allow, an id used twice, or an end that no node has.
        StoreError: a later version of Embargo has changed this graph.
    """
    migrate(store)
    if [row["version"] for row in store.read(CATALOGUE)] == [version]:
        return False
    families = check(nodes, relationships)

    def work(transaction: ManagedTransaction) -> None:
        lock(transaction, [LOCK])
        before, old_outlets = read_hierarchy(transaction.run), read_outlets(transaction.run)
        for relationship in REFERENCE:
            run(transaction, UNLINK.format(type=relationship.type), source=SOURCE)
        grouped: dict[str, list[NodeRow]] = defaultdict(list)
        for node in nodes:
            grouped[families[node.id]].append(node)
        for key in ("Actor", "Weapon", "Instrument", "Outlet"):
            _retire(transaction, key, {node.id for node in grouped[key]})
            _put(transaction, key, grouped[key])
        run(transaction, UNLINK.format(type="OF_CLASS"), source=SOURCE)  # what articles told of weapons now known
        _link(transaction, relationships, families)
        after, outlets = read_hierarchy(transaction.run), read_outlets(transaction.run)
        _refold(transaction, before, after)
        touched = relink(transaction, old_outlets, outlets)
        for start in range(0, len(touched), REFOLDED):
            move(transaction, touched[start : start + REFOLDED], outlets, after)

    store.write(work)
    _settle(store, nodes)
    store.execute(RECORD, version=version)
    return True


def check(nodes: Iterable[NodeRow], relationships: Iterable[RelationshipRow]) -> dict[str, str]:
    """The label that keys each node, by id.

    Raises:
        ReferenceDataError: a row that the model does not allow, an id used twice, or an end that no node has.
    """
    families: dict[str, str] = {}
    labels: dict[str, str] = {}
    for node in nodes:
        declared = NODE_BY_LABEL.get(node.label)
        if declared is None or node.label not in (*LABELS, "Outlet"):
            raise ReferenceDataError(f"'{node.properties.get('id')}': '{node.label}' is no label of reference data")
        unknown = set(node.properties) - {item.name for item in declared.properties}
        if unknown or not node.properties.get("id") or not node.properties.get("name"):
            raise ReferenceDataError(
                f"{node.label} {dict(node.properties)}: needs id and name, must not have {unknown}"
            )
        if node.id in families:
            raise ReferenceDataError(f"two nodes have the id '{node.id}'; ids are unique over all labels")
        labels[node.id] = node.label
        families[node.id] = declared.also or declared.label
    taken = dict.fromkeys(families)
    for node in nodes:
        for former in node.properties.get("former_ids") or ():
            if former in taken:
                raise ReferenceDataError(f"'{former}' cannot redirect to '{node.id}': it stands for another node")
            taken[former] = None
    types = {relationship.type for relationship in REFERENCE}
    for row in relationships:
        if row.type not in types:
            raise ReferenceDataError(f"{row}: the type must be one of {', '.join(sorted(types))}")
        for end in (row.start, row.end):
            if end not in families:
                raise ReferenceDataError(f"{row.type} from '{row.start}' to '{row.end}': no node has the id '{end}'")
        start_labels = (labels[row.start], families[row.start])
        end_labels = (labels[row.end], families[row.end])
        if not any(a in start_labels and b in end_labels for a, b in RELATIONSHIP_BY_TYPE[row.type].ends):
            ends = f"a {labels[row.start]} to a {labels[row.end]}"
            raise ReferenceDataError(f"{row.type} from '{row.start}' to '{row.end}' cannot lead from {ends}")
        unknown = set(row.properties) - {item.name for item in RELATIONSHIP_BY_TYPE[row.type].properties}
        if unknown:
            raise ReferenceDataError(f"{row}: must not have {unknown}")
    return families


def _retire(transaction: ManagedTransaction, key: str, kept: set[str]) -> None:
    old = {row["id"]: row["name"] for row in transaction.run(OLD.format(family=key), source=SOURCE)}
    gone = sorted(old.keys() - kept)
    if not gone:
        return
    used = {row["id"] for row in transaction.run(USED.format(family=key), ids=gone)}
    run(transaction, REPLACE.format(family=key), rows=[{"id": id, "name": old[id]} for id in sorted(used)])
    run(transaction, DELETE.format(family=key), ids=[id for id in gone if id not in used])
    if key == "Weapon":
        classes.refresh(transaction, used)


def _put(transaction: ManagedTransaction, key: str, nodes: list[NodeRow]) -> None:
    ids = [node.id for node in nodes]
    known = {row["id"]: row["labels"] for row in transaction.run(KNOWN.format(family=key), ids=ids)}
    created: dict[str, list[dict[str, Any]]] = defaultdict(list)
    replaced: list[dict[str, Any]] = []
    relabelled: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        properties = node.row()
        if node.id not in known:
            created[node.label].append(properties)
            continue
        replaced.append(properties)
        if node.label not in known[node.id]:
            relabelled[node.label].append(node.id)
    for label, rows in created.items():
        labels = label if label == key else f"{key}:{label}"
        run(transaction, CREATE.format(labels=labels), rows=rows)
    run(transaction, REPLACE.format(family=key), rows=replaced)
    for label, mine in relabelled.items():
        run(transaction, ADD_LABEL.format(family=key, label=label), ids=mine)


def _settle(store: Store, nodes: Iterable[NodeRow]) -> None:
    """Takes from nodes that articles had brought the kind that they had given them."""
    kinds = {node.id: node.label for node in nodes}
    superfluous: dict[str, list[str]] = defaultdict(list)
    for row in store.read(SEVERAL_KINDS, source=SOURCE):
        for label in set(row["labels"]) - {"Actor", kinds.get(row["id"])}:
            superfluous[label].append(row["id"])
    for label, ids in sorted(superfluous.items()):
        store.execute(DROP_LABEL.format(family="Actor", label=label), ids=ids)


def _link(
    transaction: ManagedTransaction, relationships: Iterable[RelationshipRow], families: Mapping[str, str]
) -> None:
    grouped: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in relationships:
        parameters = {"start": row.start, "end": row.end, "properties": present(dict(row.properties))}
        grouped[row.type, families[row.start], families[row.end]].append(parameters)
    for (kind, start, end), rows in grouped.items():
        run(transaction, LINK.format(type=kind, start=start, end=end), rows=rows)


def _refold(transaction: ManagedTransaction, before: Hierarchy, after: Hierarchy) -> None:
    """Folds anew the threads of models that now stand under other families or classes, and those of these."""
    moved = sorted(id for id in before.above.keys() | after.above.keys() if before.above.get(id) != after.above.get(id))
    models = {row["thread"] for row in transaction.run(THREADS, ids=moved)} if moved else set()
    threads = sorted(models.union(*(partials(thread, kinds) for thread in models for kinds in (before, after))))
    for start in range(0, len(threads), REFOLDED):
        some = threads[start : start + REFOLDED]
        held = lock(transaction, with_partials(some, after))
        refold(transaction, some, held | {key: held[key]._replace(turn=0) for key in some}, {}, after, Memory())
