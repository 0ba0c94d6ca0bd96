"""What GraphML and GEXF show of the graph: actors, weapons and instruments, and what lies between them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from graph.articles import digest
from graph.model import FACTS, NODES, REFERENCE, Property, PropertyType
from graph.scan import ENTITIES, Node, walk
from graph.store import Store

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""
TYPES: dict[PropertyType, str] = {"integer": "long", "float": "double", "boolean": "boolean"}
"""Types of attributes that are no strings, as GraphML and GEXF both call them."""


def _columns(first: Property, groups: Iterator[tuple[Property, ...]]) -> tuple[Property, ...]:
    found = {first.name: first}
    for group in groups:
        for item in group:
            found.setdefault(item.name, item)
    return tuple(item for item in found.values() if item.name != "id")


NODE_COLUMNS = _columns(
    Property("type", "Kind of node."), (node.properties for node in NODES if {node.label, node.also} & set(ENTITIES))
)
EDGE_COLUMNS = _columns(Property("type", "Kind of relationship."), (r.properties for r in FACTS + REFERENCE))


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship between two entities; its id follows from what it says."""

    id: str
    start: str
    end: str
    values: dict[str, Any]


def nodes(store: Store) -> Iterator[Node]:
    """Every actor, weapon and instrument, by label and id."""
    return walk(store, ENTITIES)


def edges(store: Store) -> Iterator[Edge]:
    """The plain edges, the allegations and the catalogue's relationships, in the order of their first nodes."""
    for node in nodes(store):
        for link in node.links:
            told = json.dumps(link.properties, sort_keys=True)
            own = digest(16, node.id, link.type, link.target, told)
            yield Edge(own, node.id, link.target, {"type": link.type} | link.properties)


def words(value: Any) -> str:
    """A value as an attribute of XML: lists with semicolons between their items."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(map(words, value))
    return NOT_XML.sub("\ufffd", str(value))


class Xml:
    """Writes XML as it comes."""

    def __init__(self, out: BinaryIO) -> None:
        """Begins a document."""
        self._writer = XMLGenerator(out, "utf-8", short_empty_elements=True)
        self._open: list[str] = []
        self._writer.startDocument()

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """Opens an element."""
        self._writer.startElement(name, AttributesImpl(attributes or {}))
        self._open.append(name)

    def end(self) -> None:
        """Closes the element opened last."""
        self._writer.endElement(self._open.pop())

    def element(self, name: str, attributes: Mapping[str, str], text: str = "") -> None:
        """A whole element on a line of its own."""
        self.start(name, attributes)
        if text:
            self._writer.characters(text)
        self.end()
        self._writer.ignorableWhitespace("\n")

    def close(self) -> None:
        """Closes what is open."""
        while self._open:
            self.end()
        self._writer.endDocument()
