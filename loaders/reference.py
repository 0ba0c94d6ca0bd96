"""The catalogue as reference data of the graph: names, classes, makers, dated offices."""

from __future__ import annotations

from collections.abc import Iterator

from graph.reference import NodeRow, RelationshipRow
from loaders.catalogue import Catalogue, Entry
from loaders.catalogue.outlets import outlet_keys
from loaders.catalogue.schema import Outlet


def reference_rows(catalogue: Catalogue) -> tuple[list[NodeRow], list[RelationshipRow]]:
    """Nodes and relationships of every entry and outlet; numbered series (resolutions) have no node of their own."""
    entries = [entry for entry in catalogue.entries.values() if not entry.patterns]
    nodes = [NodeRow(entry.label, _properties(catalogue, entry)) for entry in entries]
    nodes += [NodeRow("Outlet", _outlet(outlet)) for outlet in catalogue.outlets.values()]
    ids = {entry.id for entry in entries}
    links = [link for entry in entries for link in _links(entry) if link.end in ids]
    return nodes, links


def _properties(catalogue: Catalogue, entry: Entry) -> dict[str, object]:
    forms = {form for form, _ in entry.forms()} - {entry.name}
    properties: dict[str, object] = {"id": entry.id, "name": entry.name, "aliases": sorted(forms)}
    properties["former_ids"] = sorted(entry.former_ids)
    if entry.label == "Country":
        properties["iso2"] = entry.iso2
    if entry.label == "Weapon":
        class_ = catalogue.entries.get(entry.class_ or "")
        properties["kind"] = "class" if entry.id.startswith("class/") else entry.kind
        properties["category"] = entry.category or (class_.category if class_ else None)
        properties["nato_name"] = entry.nato_name
    if entry.label == "Instrument":
        properties["kind"] = entry.kind
    return {key: value for key, value in properties.items() if value not in (None, [])}


def _outlet(outlet: Outlet) -> dict[str, object]:
    own = outlet.model_dump(include={"id", "name", "kind", "country", "owner", "state_controlled"})
    names = {"aliases": sorted(outlet.aliases), "keys": sorted(outlet_keys(outlet))}
    return {key: value for key, value in (own | names).items() if value != []}


def _links(entry: Entry) -> Iterator[RelationshipRow]:
    for office in entry.offices:
        dates = {"title": office.title, "since": office.since, "until": office.until}
        yield RelationshipRow("HELD_OFFICE", entry.id, office.of, {k: v for k, v in dates.items() if v})
    if entry.country:
        yield RelationshipRow("BASED_IN", entry.id, entry.country)
    for succession in entry.succeeded_by:
        yield RelationshipRow("SUCCEEDED_BY", entry.id, succession.id, {"date": succession.date})
    for type, ends in (
        ("VARIANT_OF", [entry.variant_of]),
        ("OF_CLASS", [entry.class_ or entry.parent]),
        ("MADE_BY", entry.maker),
        ("ORIGIN", entry.origin),
    ):
        yield from (RelationshipRow(type, entry.id, end) for end in ends if end)
