"""The catalogue's entries by label, by name and by office, for tests of its data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from graph.vocabulary import Label
from loaders.catalogue import Entry, load_catalogue
from loaders.catalogue.dates import may_hold
from loaders.catalogue.entry import FormRole


def by_label(label: Label) -> list[Entry]:
    """The entries with a label, in the order of the files."""
    return [entry for entry in load_catalogue().entries.values() if entry.label == label]


@cache
def name_index() -> Mapping[str, list[tuple[Entry, FormRole]]]:
    """Every form of every entry, case kept, with the entries that it can mean and what kind of form it is."""
    index: dict[str, list[tuple[Entry, FormRole]]] = defaultdict(list)
    for entry in load_catalogue().entries.values():
        for form, role in entry.forms():
            index[form].append((entry, role))
    return dict(index)


def holders(of_id: str, day: str, title: str) -> list[Entry]:
    """Who can have held an office of a state or body on a day, by a pattern of the whole title, in any case."""
    matches = re.compile(title, re.IGNORECASE).fullmatch
    found = [
        (office.since or "", entry)
        for entry in load_catalogue().entries.values()
        for office in entry.offices
        if office.of == of_id and matches(office.title) and may_hold(office.since, office.until, day)
    ]
    found.sort(key=lambda pair: pair[0])
    return list({entry.id: entry for _, entry in found}.values())
