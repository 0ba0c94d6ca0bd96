"""Terms as N-Triples and Turtle write them."""

from __future__ import annotations

import re

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f",
}  # fmt: skip
ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')
LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
"""Local names that need no escape in Turtle; others are written as full IRIs."""
BARE = {XSD.integer, XSD.decimal, XSD.boolean}


def quoted(value: str) -> str:
    """A string in quotes, in the form that N-Triples and Turtle share."""
    return '"' + ESCAPED.sub(lambda match: ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}"), value) + '"'


def full(term: URIRef | Literal) -> str:
    """A term as N-Triples writes it. IRIs are safe as they are: `graph.rdf_terms` makes them."""
    if isinstance(term, URIRef):
        return f"<{term}>"
    if term.language:
        return f"{quoted(str(term))}@{term.language}"
    if term.datatype and term.datatype != XSD.string:
        return f"{quoted(str(term))}^^<{term.datatype}>"
    return quoted(str(term))


class Shortener:
    """Writes terms as Turtle does, with prefixes."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self._names = sorted(prefixes.items(), key=lambda item: -len(item[1]))
        self._known: dict[URIRef, str] = {}

    def name(self, iri: URIRef) -> str | None:
        """`o:sanctions`, where a prefix and a plain local name give it."""
        for prefix, namespace in self._names:
            if iri.startswith(namespace):
                local = iri[len(namespace) :]
                return f"{prefix}:{local}" if LOCAL.fullmatch(local) else None
        return None

    def property(self, iri: URIRef) -> str:
        """A property; there are few, so their names are kept."""
        if iri not in self._known:
            self._known[iri] = self.term(iri)
        return self._known[iri]

    def term(self, term: URIRef | Literal) -> str:
        """Any term."""
        if isinstance(term, URIRef):
            return self.name(term) or f"<{term}>"
        if term.datatype in BARE:
            return str(term)
        if term.datatype and term.datatype != XSD.string:
            return f"{quoted(str(term))}^^{self.property(term.datatype)}"
        return full(term)
