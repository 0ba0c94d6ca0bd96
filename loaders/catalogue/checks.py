"""What the schema of a single field cannot see: references, repeated names, dates in the wrong order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from loaders.catalogue.dates import earliest, latest
from loaders.catalogue.entry import Entry
from loaders.catalogue.errors import Problem
from loaders.catalogue.yaml_file import Lines, Path

REFERENCES = {
    "country": "country",
    "sender": "sender",
    "class": "class_",
    "parent": "parent",
    "variant_of": "variant_of",
    "origin": "origin",
    "maker": "maker",
    "members": "members",
}
FORM_FIELDS = ("aliases", "adjectives", "people", "metonyms", "organs")


def entry_problems(entry: Entry, path: Path, lines: Lines) -> Iterator[Problem]:
    """What is wrong with an entry taken alone."""
    seen = {entry.name: "name"}
    for field in FORM_FIELDS:
        for number, form in enumerate(getattr(entry, field)):
            if form in seen:
                yield lines.problem((*path, field, number), f"'{form}' stands in '{seen[form]}' already; drop one")
            seen.setdefault(form, field)
    if entry.surname in seen:
        yield lines.problem(
            (*path, "surname"), f"'{entry.surname}' stands in '{seen[entry.surname]}' already; drop one"
        )
    for form in sorted(entry.ambiguous - seen.keys() - {entry.surname}):
        yield lines.problem((*path, "ambiguous"), f"'{form}' is none of the entry's names; add it to them or drop it")
    spans = [(path, entry.since, entry.until)]
    spans += [((*path, "offices", number), held.since, held.until) for number, held in enumerate(entry.offices)]
    for place, since, until in spans:
        if since and until and earliest(since) > latest(until):
            yield lines.problem((*place, "until"), f"ends before it begins ('{since}'); correct one of the dates")
    series = (bool(entry.patterns), entry.id_template is not None, entry.name_template is not None)
    if any(series) and not all(series):
        yield lines.problem(path, "patterns, id_template and name_template belong together; give all three or none")


def reference_problems(entry: Entry, path: Path, lines: Lines, known: Mapping[str, Entry]) -> Iterator[Problem]:
    """Which of an entry's references lead nowhere, or round in a circle."""
    for place, target in _references(entry, path):
        if target not in known:
            yield lines.problem(place, f"there is no entry '{target}'; correct the id or add the entry")
    for number, former in enumerate(entry.former_ids):
        if former in known:
            message = f"'{former}' is the id of an entry; merge that entry into this one, or drop it here"
            yield lines.problem((*path, "former_ids", number), message)
    for field in ("variant_of", "parent"):
        if _in_circle(entry, field, known):
            yield lines.problem((*path, field), "leads round in a circle; correct the id")


def _references(entry: Entry, path: Path) -> Iterable[tuple[Path, str]]:
    for field, attribute in REFERENCES.items():
        value = getattr(entry, attribute)
        if isinstance(value, str):
            yield (*path, field), value
        elif value:
            yield from (((*path, field, number), target) for number, target in enumerate(value))
    for number, office in enumerate(entry.offices):
        yield (*path, "offices", number, "of"), office.of
    for number, succession in enumerate(entry.succeeded_by):
        yield (*path, "succeeded_by", number, "id"), succession.id


def _in_circle(entry: Entry, attribute: str, known: Mapping[str, Entry]) -> bool:
    seen: set[str] = set()
    step: Entry | None = entry
    while step is not None and step.id not in seen:
        seen.add(step.id)
        step = known.get(getattr(step, attribute) or "")
    return step is entry
