"""What the schema of a single outlet cannot see: keys that two outlets share, countries that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loaders.catalogue.entry import Entry
from loaders.catalogue.errors import Problem
from loaders.catalogue.schema import Outlet
from loaders.catalogue.yaml_file import Lines
from loaders.document import slugify

OUTLETS = "outlets.yaml"


def outlet_keys(outlet: Outlet) -> list[str]:
    """What an article without or with a URL may name it by: its domains, and slugs of its names."""
    return list(dict.fromkeys([outlet.id, *outlet.domains, *map(slugify, outlet.names())]))


def outlet_problems(outlets: Sequence[Outlet], lines: Lines, known: Mapping[str, Entry]) -> Iterator[Problem]:
    """What is wrong with the outlets as a whole."""
    taken: dict[str, str] = {}
    for number, outlet in enumerate(outlets):
        for key in outlet_keys(outlet):
            if key in taken:
                yield lines.problem((number,), f"'{key}' stands for '{taken[key]}' already; drop it from one of them")
            taken.setdefault(key, outlet.id)
        if outlet.id in known:
            yield lines.problem((number, "id"), f"the id '{outlet.id}' is taken; ids are unique over all files")
        if outlet.country not in known:
            yield lines.problem((number, "country"), f"there is no entry '{outlet.country}'; correct the id")
