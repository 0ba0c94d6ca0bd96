"""The graph as tables: one a kind of node and one a kind of relationship, the same for every format of tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.model import NODES, RELATIONSHIPS, Property
from graph.scan import walk
from graph.store import Store

ENDS = (
    Property("from", "Id of the node where it begins."),
    Property("from_label", "Kind of the node where it begins."),
    Property("to", "Id of the node where it ends."),
    Property("to_label", "Kind of the node where it ends."),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its columns."""

    name: str
    """`nodes/Claim`, `relationships/SANCTIONS`: also its path in an archive, without the ending."""
    doc: str
    columns: tuple[Property, ...]
    key: bool
    """Whether the column `id` is its key: so it is with nodes."""


SHARED = {node.also for node in NODES}
"""Labels of nodes that have a label of their own beside them, and their table under that."""
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *(Table(f"nodes/{node.label}", node.doc, node.properties, True) for node in NODES if node.label not in SHARED),
        *(Table(f"relationships/{r.type}", r.doc, (*ENDS, *r.properties), False) for r in RELATIONSHIPS),
    )
}


def rows(store: Store) -> Iterator[tuple[Table, list[Any]]]:
    """Every row of every table, in one fixed order: values by the table's columns, None where one is unset."""
    for node in walk(store):
        table = TABLES[f"nodes/{node.label}"]
        yield table, [node.properties.get(column.name) for column in table.columns]
        for link in node.links:
            table = TABLES[f"relationships/{link.type}"]
            ends = [node.id, node.label, link.target, link.target_label]
            yield table, ends + [link.properties.get(column.name) for column in table.columns[len(ends) :]]
