"""Weapons and the families and classes above them, as the catalogue has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.remembered import CATALOGUE, Remembered
from graph.store import Store

KINDS = "MATCH (w:Weapon) WHERE w.source = 'catalogue' RETURN w.id AS id, w.kind AS kind"
LINKS = """
MATCH (m:Weapon)-[:VARIANT_OF|OF_CLASS]->(w:Weapon) WHERE m.source = 'catalogue' RETURN m.id AS id, w.id AS above
"""
WIDER = ("VARIANT_OF", "OF_CLASS")
"""Types of the relationships that lead to families and classes."""


@dataclass(frozen=True)
class Hierarchy:
    """Which families and classes stand above a model, or above a narrower family or class."""

    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the id of what stands under them; what stands under none is left out."""

    @cached_property
    def wide(self) -> frozenset[str]:
        """Ids of all families and classes that stand above anything."""
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
    kinds = {row["id"]: row["kind"] for row in read(KINDS)}
    return hierarchy(
        {id: kind for id, kind in kinds.items() if kind}, [(row["id"], row["above"]) for row in read(LINKS)]
    )


def hierarchy(kinds: Mapping[str, str], links: Iterable[tuple[str, str]]) -> Hierarchy:
    """The hierarchy of a catalogue.

    Args:
        kinds: `model`, `family` or `class`, by the weapon's id.
        links: ids of weapons, each with that of one that it is a variant or in the class of.
    """
    direct: dict[str, set[str]] = {}
    for id, wider in links:
        direct.setdefault(id, set()).add(wider)
    above: dict[str, frozenset[str]] = {}
    for weapon in kinds:
        found: set[str] = set()
        new = direct.get(weapon, set())
        while new:
            found |= new
            new = {wider for id in new for wider in direct.get(id, ())} - found
        wide = frozenset(id for id in found if kinds.get(id) in ("family", "class"))
        if wide:
            above[weapon] = wide
    return Hierarchy(above)
