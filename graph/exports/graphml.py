"""GraphML (http://graphml.graphdrawing.org/specification.html), for networkx, igraph, yEd, Cytoscape …"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from graph.exports.network import EDGE_COLUMNS, NODE_COLUMNS, TYPES, Xml, edges, nodes, words
from graph.model import Property
from graph.settings import Settings
from graph.store import Store

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
LABEL = Property("label", "Name of a node, type of an edge: what Gephi and igraph write beside it.")
NODE, EDGE = (LABEL, *NODE_COLUMNS), (LABEL, *EDGE_COLUMNS)


def write(store: Store, out: BinaryIO, settings: Settings) -> None:
    """A directed graph with parallel edges: the nodes, then the edges, as the graph tells them."""
    xml = Xml(out)
    xml.start("graphml", {"xmlns": NAMESPACE})
    for kind, columns in (("node", NODE), ("edge", EDGE)):
        for column in columns:
            attributes = {"id": f"{kind}.{column.name}", "for": kind, "attr.name": column.name}
            xml.element("key", attributes | {"attr.type": TYPES.get(column.type, "string")})
    xml.start("graph", {"id": "embargo", "edgedefault": "directed"})
    for node in nodes(store):
        xml.start("node", {"id": words(node.id)})
        label = node.properties.get("name", node.id)
        _data(xml, "node", NODE, {"label": label, "type": node.label} | node.properties)
        xml.end()
    for edge in edges(store):
        xml.start("edge", {"id": edge.id, "source": words(edge.start), "target": words(edge.end)})
        _data(xml, "edge", EDGE, {"label": edge.values["type"]} | edge.values)
        xml.end()
    xml.close()


def _data(xml: Xml, kind: str, columns: tuple[Property, ...], values: Mapping[str, Any]) -> None:
    for column in columns:
        if column.name in values:
            xml.element("data", {"key": f"{kind}.{column.name}"}, words(values[column.name]))
