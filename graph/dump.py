"""The whole graph as sorted lines, to compare two stores."""

from __future__ import annotations

import json
from typing import Any

from graph.model import NODES, RELATIONSHIPS, family, label_of
from graph.store import Store

WHEN_RECORDED = ("recorded_at", "retired_at", "lapsed_at", "revived_at")
FAMILIES = [node.label for node in NODES if node.also is None]
ENTITIES = ("Actor", "Weapon", "Instrument")


def dump(store: Store) -> list[str]:
    """Every node and relationship with all properties, as sorted lines of JSON.

    Two stores hold the same graph if the lines are equal: when something was recorded or retired is left out, and so
    are locks and the record of migrations.
    """
    return sorted(_nodes(store) + _relationships(store))


def _nodes(store: Store) -> list[str]:
    lines = []
    for label in FAMILIES:
        query = f"MATCH (n:{label}) RETURN labels(n) AS labels, properties(n) AS properties"
        with store.stream(query) as rows:
            lines += [_line(sorted(row["labels"]), _kept(row["properties"])) for row in rows]
    return lines


def _relationships(store: Store) -> list[str]:
    lines = []
    for relationship in RELATIONSHIPS:
        query = (
            f"MATCH (a)-[r:{relationship.type}]->(b) RETURN labels(a) AS start_labels, a.id AS start, "
            "labels(b) AS end_labels, b.id AS end, properties(r) AS properties"
        )
        with store.stream(query) as rows:
            lines += [
                _line(
                    relationship.type,
                    [_key(row["start_labels"]), row["start"]],
                    [_key(row["end_labels"]), row["end"]],
                    _kept(row["properties"]),
                )
                for row in rows
            ]
    return lines


def _key(labels: list[str]) -> str:
    return family(label_of(labels)) if set(labels) & set(ENTITIES) else labels[0]


def _kept(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in WHEN_RECORDED and value is not None}


def _line(*parts: Any) -> str:
    return json.dumps(parts, sort_keys=True, ensure_ascii=False)
