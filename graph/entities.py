"""The nodes that claims refer to and that the catalogue did not bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from neo4j import ManagedTransaction

from graph.claims import Entity
from graph.model import NODE_BY_LABEL, family, label_of
from graph.rows import rows
from graph.store import Store
from graph.vocabulary import LABELS

READ = """
UNWIND $ids AS id MATCH (e:{family} {{id: id}})
RETURN collect({{id: e.id, name: e.name, labels: labels(e), source: e.source}}) AS rows
"""
CREATE = "UNWIND $rows AS row MERGE (e:{labels} {{id: row.id}}) ON CREATE SET e.name = row.name"
HOLD = "UNWIND $ids AS id MATCH (e:{family} {{id: id}}) SET e.name = e.name"
RENAME = "UNWIND $rows AS row MATCH (e:{family} {{id: row.id}}) SET e.name = row.name"
ADD_LABEL = "UNWIND $ids AS id MATCH (e:{family} {{id: id}}) SET e:{label}"
DROP_LABEL = "UNWIND $ids AS id MATCH (e:{family} {{id: id}}) REMOVE e:{label}"
SEVERAL_KINDS = """
MATCH (e:Actor) WHERE size(labels(e)) > 2 AND e.source IS NULL RETURN e.id AS id, labels(e) AS labels
"""


def ensure(transaction: ManagedTransaction, entities: Iterable[Entity]) -> bool:
    """Makes a node for every entity that has none.

    Where articles disagree on the name or kind of a node that the catalogue does not know, the first name in
    alphabetical order and the first kind in the order of LABELS count, whichever came first.

    Returns:
        Whether a node now has two kinds, so that `settle` has to follow.
    """
    wanted: dict[str, dict[str, Entity]] = defaultdict(dict)
    for entity in entities:
        mine = wanted[family(entity.label)]
        mine[entity.id] = agreed(mine.get(entity.id), entity)
    unsettled = [_ensure_family(transaction, key, mine) for key, mine in sorted(wanted.items())]
    return any(unsettled)


def settle(store: Store) -> None:
    """Leaves nodes that articles brought the first of their kinds; ArcadeDB cannot do it where it adds a label."""
    superfluous: dict[str, list[str]] = defaultdict(list)
    for row in store.read(SEVERAL_KINDS):
        for label in set(row["labels"]) - {"Actor", label_of(row["labels"])}:
            superfluous[label].append(row["id"])
    for label, ids in sorted(superfluous.items()):
        store.execute(DROP_LABEL.format(family="Actor", label=label), ids=ids)


def agreed(ours: Entity | None, theirs: Entity) -> Entity:
    """The node that both mean: with the first name in alphabetical order and the first kind in the order of LABELS."""
    if ours is None:
        return Entity(id=theirs.id, name=theirs.name, label=theirs.label)
    if (ours.name, ours.label) == (theirs.name, theirs.label):
        return ours
    label = min(ours.label, theirs.label, key=LABELS.index)
    return Entity(id=ours.id, name=min(ours.name, theirs.name), label=label)


def _ensure_family(transaction: ManagedTransaction, key: str, wanted: dict[str, Entity]) -> bool:
    known = _read(transaction, key, wanted)
    missing: dict[str, list[dict[str, str]]] = defaultdict(list)
    for entity in wanted.values():
        if entity.id not in known:
            missing[entity.label].append({"id": entity.id, "name": entity.name})
    for label, created in sorted(missing.items()):
        also = NODE_BY_LABEL[label].also
        labels = f"{also}:{label}" if also else label
        transaction.run(CREATE.format(labels=labels), rows=sorted(created, key=lambda row: row["id"])).consume()
    doubtful = sorted(id for id, entity in wanted.items() if id not in known or _differs(known[id], entity))
    if not doubtful:
        return False
    transaction.run(HOLD.format(family=key), ids=doubtful).consume()  # another loader may be at it
    renamed: list[dict[str, str]] = []
    relabelled: dict[str, list[str]] = defaultdict(list)
    for id, row in _read(transaction, key, doubtful).items():
        if not _differs(row, wanted[id]):
            continue
        old = label_of(row["labels"])
        new = agreed(Entity(id=id, name=row["name"], label=old), wanted[id])
        renamed.append({"id": id, "name": new.name})
        if new.label != old:
            relabelled[new.label].append(id)
    if renamed:
        transaction.run(RENAME.format(family=key), rows=renamed).consume()
    for label, ids in sorted(relabelled.items()):
        transaction.run(ADD_LABEL.format(family=key, label=label), ids=ids).consume()
    return bool(relabelled)


def _differs(row: dict[str, Any], entity: Entity) -> bool:
    if row["source"] is not None:
        return False
    ours = Entity(id=entity.id, name=row["name"], label=label_of(row["labels"]))
    return agreed(ours, entity) != ours


def _read(transaction: ManagedTransaction, key: str, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows(transaction, READ.format(family=key), ids=sorted(ids))}
