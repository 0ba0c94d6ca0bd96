"""GEXF 1.3 (https://gexf.net/schema.html), for Gephi: edges begin and end, so that its timeline can be played.

Gephi merges parallel edges of one `kind` as it opens a file, and all parallel edges where they have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from graph.days import first_day, last_day
from graph.exports.network import EDGE_COLUMNS, NODE_COLUMNS, TYPES, Xml, edges, nodes, words
from graph.model import Property
from graph.settings import Settings
from graph.store import Store

NAMESPACE = "http://gexf.net/1.3"


def write(store: Store, out: BinaryIO, settings: Settings) -> None:
    """A directed graph in time: an edge lasts from `since` to `until`, as far as they are known; where only months or
    years are, from the first day to the last."""
    xml = Xml(out)
    xml.start("gexf", {"xmlns": NAMESPACE, "version": "1.3"})
    xml.start("graph", {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"})
    for kind, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        xml.start("attributes", {"class": kind, "mode": "static"})
        for column in columns:
            attributes = {"id": column.name, "title": column.name, "type": TYPES.get(column.type, "string")}
            xml.element("attribute", attributes)
        xml.end()
    xml.start("nodes")
    for node in nodes(store):
        xml.start("node", {"id": words(node.id), "label": words(node.properties.get("name", node.id))})
        _values(xml, NODE_COLUMNS, {"type": node.label} | node.properties)
        xml.end()
    xml.end()
    xml.start("edges")
    for edge in edges(store):
        type = edge.values["type"]
        attributes = {"id": edge.id, "source": words(edge.start), "target": words(edge.end), "kind": type}
        if since := edge.values.get("since"):
            attributes["start"] = first_day(since)
        if until := edge.values.get("until"):
            attributes["end"] = last_day(until)
        xml.start("edge", attributes | {"label": type})
        _values(xml, EDGE_COLUMNS, edge.values)
        xml.end()
    xml.close()


def _values(xml: Xml, columns: tuple[Property, ...], values: Mapping[str, Any]) -> None:
    xml.start("attvalues")
    for column in columns:
        if column.name in values:
            xml.element("attvalue", {"for": column.name, "value": words(values[column.name])})
    xml.end()
