"""Models of weapons and the families and classes above them, as the catalogue has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.remembered import CATALOGUE, Remembered
from graph.store import Store

ABOVE = """
MATCH (m:Weapon)-[:VARIANT_OF|OF_CLASS*1..6]->(w:Weapon)
WHERE m.source = 'catalogue' AND m.kind = 'model' AND w.kind IN ['family', 'class']
RETURN DISTINCT m.id AS model, w.id AS above
"""


@dataclass(frozen=True)
class Hierarchy:
    """Which families and classes stand above a model."""

    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the model's id; models that stand under none are left out."""

    @cached_property
    def wide(self) -> frozenset[str]:
        """Ids of all families and classes that stand above some model."""
        return frozenset().union(*self.above.values())


FLAT = Hierarchy()
"""Nothing stands above anything."""
_known = Remembered[Hierarchy]()


def hierarchy_of(store: Store, read: Callable[..., Iterable[Any]]) -> Hierarchy:
    """The hierarchy of the catalogue that the store holds now; read again only when that changed.

    Args:
        store: the graph.
        read: runs Cypher on it, in the transaction that the answer is for.
    """
    version = next((row["version"] for row in read(CATALOGUE)), None)
    return _known.get(store, version, lambda: read_hierarchy(read))


def read_hierarchy(read: Callable[..., Iterable[Any]]) -> Hierarchy:
    """The hierarchy that Cypher run by `read` finds."""
    above: dict[str, set[str]] = {}
    for row in read(ABOVE):
        above.setdefault(row["model"], set()).add(row["above"])
    return Hierarchy({model: frozenset(wider) for model, wider in above.items()})
