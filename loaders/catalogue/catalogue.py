"""All entries of the catalogue, by id, by name and by office."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.vocabulary import Label
from loaders.catalogue.dates import may_hold
from loaders.catalogue.entry import Entry, FormRole
from loaders.catalogue.schema import Office, Outlet


@dataclass(frozen=True)
class Catalogue:
    """What is known beforehand about actors, weapons and instruments."""

    entries: Mapping[str, Entry]
    version: str
    """12 hex digits of SHA-256 over the data files."""
    outlets: Mapping[str, Outlet] = field(default_factory=dict)

    def by_label(self, label: Label) -> list[Entry]:
        """The entries with a label, in the order of the files."""
        return [entry for entry in self.entries.values() if entry.label == label]

    def classes_over(self, class_id: str) -> list[str]:
        """The classes of weapons that hold a class, the nearest first; none for what is no class."""
        found: list[str] = []
        entry = self.entries.get(class_id)
        while entry is not None and entry.parent and entry.parent not in found:
            found.append(entry.parent)
            entry = self.entries.get(entry.parent)
        return found

    @cached_property
    def name_index(self) -> Mapping[str, tuple[tuple[Entry, FormRole], ...]]:
        """Every form of every entry, case kept, with the entries that it can mean and what kind of form it is."""
        index: dict[str, list[tuple[Entry, FormRole]]] = defaultdict(list)
        for entry in self.entries.values():
            for form, role in entry.forms():
                index[form].append((entry, role))
        return {form: tuple(readings) for form, readings in index.items()}

    def offices_at(self, entry_id: str, day: str) -> list[Office]:
        """The offices that a person can have held on a day.

        Args:
            entry_id: the person's id.
            day: YYYY, YYYY-MM, YYYY-MM-DD, or a date and time.

        Raises:
            KeyError: where the catalogue has no such entry.
        """
        return self.entries[entry_id].offices_on(day)

    def holders(self, of_id: str, day: str, title: str = "") -> list[Entry]:
        """Who can have held an office of a state or body on a day.

        Args:
            of_id: the id of the state or body.
            day: YYYY, YYYY-MM, YYYY-MM-DD, or a date and time.
            title: a regular expression that the whole title must match, in any case; any title where empty.

        Returns:
            The persons, those longest in office first; on the day of a change both.
        """
        matches = re.compile(title or ".*", re.IGNORECASE).fullmatch
        found = [
            (office.since or "", entry)
            for entry, office in self._offices_of.get(of_id, ())
            if matches(office.title) and may_hold(office.since, office.until, day)
        ]
        found.sort(key=lambda pair: pair[0])
        return list({entry.id: entry for _, entry in found}.values())

    @cached_property
    def _offices_of(self) -> Mapping[str, list[tuple[Entry, Office]]]:
        offices: dict[str, list[tuple[Entry, Office]]] = defaultdict(list)
        for entry in self.entries.values():
            for office in entry.offices:
                offices[office.of].append((entry, office))
        return offices
