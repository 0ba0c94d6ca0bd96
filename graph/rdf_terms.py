"""IRIs and literals: the one place where values of the graph become RDF terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from graph.articles import digest
from graph.model import PropertyType

EDTF = URIRef("http://id.loc.gov/datatypes/edtf")
"""Extended Date/Time Format, Library of Congress."""
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Code points that XML 1.0 forbids (section 2.2), so that no SPARQL result in XML could hold them."""
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?")
STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
EXACT = 10.0**15
"""Numbers beyond it are written as xsd:double."""


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one installation; all begin with its base IRI."""

    base: str

    def entity(self, node: str) -> URIRef:
        """An actor, weapon or instrument."""
        return self._iri("entity", node)

    def node(self, label: str, node: str) -> URIRef:
        """Any node of the graph, by its label and id."""
        own = {"Article": "article", "Claim": "claim", "Episode": "episode", "Outlet": "outlet"}
        return self._iri(own.get(label, "entity"), node)

    def term(self, name: str) -> URIRef:
        """A class or property of the ontology."""
        return self._iri("ontology", name)

    def prop(self, predicate: str) -> URIRef:
        """From a subject to its statements; Wikidata's `p:`."""
        return self._iri("prop", predicate)

    def statement_prop(self, predicate: str) -> URIRef:
        """From a statement to its object; Wikidata's `ps:`."""
        return self._iri("prop/statement", predicate)

    def qualifier(self, name: str) -> URIRef:
        """From a statement to a detail of it; Wikidata's `pq:`."""
        return self._iri("prop/qualifier", name)

    def concept(self, scheme: str, name: str) -> URIRef:
        """A term of a controlled list: a stage, a phase, an assertion."""
        return self._iri(scheme, name)

    def graph(self, name: str) -> URIRef:
        """A named graph."""
        return self._iri("graph", name)

    def evidence(self, claim: str, number: int, part: str = "") -> URIRef:
        """A quote of a claim, or one of its two selectors."""
        return self._iri("evidence", f"{claim}/{number}" + (f"/{part}" if part else ""))

    def extractor(self, name: str, version: str | None = None) -> URIRef:
        """What read a claim; with a version, the activity of that version."""
        if version is None:
            return self._iri("extractor", name)
        return URIRef(f"{self.base}extraction/{quote(name, safe='')}/{quote(version, safe='')}")

    def relation(self, *parts: str) -> URIRef:
        """A relationship that has properties, named by a hash of all that tells it from others."""
        return self._iri("relation", digest(20, *parts))

    def dataset(self) -> URIRef:
        """The data set as a whole."""
        return URIRef(f"{self.base}dataset")

    def _iri(self, place: str, name: str) -> URIRef:
        return URIRef(f"{self.base}{place}/{quote(name, safe='/', errors='surrogatepass')}")


def camel(name: str) -> str:
    """`since_from` and `SINCE_FROM` give `sinceFrom`."""
    first, *rest = name.lower().split("_")
    return first + "".join(part.capitalize() for part in rest)


def text(value: str, language: str | None = None) -> Literal:
    """A string; code points that XML cannot hold become U+FFFD one for one, so that offsets stay right."""
    tag = language.lower() if language and LANGUAGE.fullmatch(language) else None
    return Literal(UNWRITABLE.sub("\ufffd", value), lang=tag)


def moment(value: str) -> Literal:
    """An ISO 8601 date as xsd:date, a date and time as xsd:dateTime in UTC; anything else as a string."""
    try:
        if DAY.fullmatch(value):
            date.fromisoformat(value)
            return Literal(value, datatype=XSD.date, normalize=False)
        when = datetime.fromisoformat(value)
        when = when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return text(value)
    if "T" not in value:
        return text(value)
    lexical = when.isoformat().removesuffix("+00:00")
    if "." in lexical:
        lexical = lexical.rstrip("0")
    return Literal(f"{lexical}Z", datatype=XSD.dateTime, normalize=False)


def number(value: float) -> Literal:
    """A number in canonical form: xsd:integer where it is whole, else xsd:decimal, xsd:double where it is huge."""
    if abs(value) >= EXACT:
        mantissa, exponent = f"{Decimal(repr(float(value))).normalize():E}".split("E")
        mantissa += "" if "." in mantissa else ".0"
        return Literal(f"{mantissa}E{int(exponent)}", datatype=XSD.double, normalize=False)
    if value == int(value):
        return Literal(str(int(value)), datatype=XSD.integer, normalize=False)
    return Literal(f"{Decimal(repr(value)):f}", datatype=XSD.decimal, normalize=False)


def edtf(value: str) -> Literal:
    """A date as worded, in EDTF."""
    return Literal(UNWRITABLE.sub("\ufffd", value), datatype=EDTF)


def literals(value: Any, kind: PropertyType) -> list[Literal]:
    """The literals of a property's value; a list gives one each."""
    if isinstance(value, list):
        return [literal for item in value for literal in literals(item, kind)]
    if isinstance(value, bool):
        return [Literal("true" if value else "false", datatype=XSD.boolean, normalize=False)]
    if isinstance(value, int | float):
        return [number(value)]
    return [moment(str(value)) if kind in ("date", "datetime") else text(str(value))]


def address(url: str) -> URIRef | Literal:
    """A web address as an IRI (RFC 3987); one that cannot be made one without guessing stays a string."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return text(url)
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(parts.hostname or "") or "@" in parts.netloc:
        return text(url)
    rest = urlunsplit(("", "", *(_escaped(part) for part in (parts.path, parts.query, parts.fragment))))
    return URIRef(f"{parts.scheme}://{parts.hostname}{port}{rest}")


def _escaped(part: str) -> str:
    return quote(STRAY_PERCENT.sub("%25", part), safe="/?:@!$&'()*+,;=~%", errors="replace")
