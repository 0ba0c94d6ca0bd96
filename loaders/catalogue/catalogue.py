"""All entries of the catalogue, by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.catalogue.entry import Entry
from loaders.catalogue.schema import Outlet


@dataclass(frozen=True)
class Catalogue:
    """What is known beforehand about actors, weapons and instruments."""

    entries: Mapping[str, Entry]
    version: str
    """12 hex digits of SHA-256 over the data files."""
    outlets: Mapping[str, Outlet] = field(default_factory=dict)

    def classes_over(self, class_id: str) -> list[str]:
        """The classes of weapons that hold a class, the nearest first; none for what is no class."""
        found: list[str] = []
        entry = self.entries.get(class_id)
        while entry is not None and entry.parent and entry.parent not in found:
            found.append(entry.parent)
            entry = self.entries.get(entry.parent)
        return found
