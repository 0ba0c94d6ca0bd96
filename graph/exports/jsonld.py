"""JSON-LD 1.1: a context, then one object a subject in each named graph."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any, BinaryIO

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from graph.exports.syntax import Shortener
from graph.rdf import Quad, quads
from graph.rdf_terms import Iris
from graph.rdf_vocabulary import Triple, prefixes
from graph.settings import Settings
from graph.store import Store


def write(store: Store, out: BinaryIO, settings: Settings) -> None:
    """All triples in their named graphs. Values are typed in full, so that no number changes on its way."""
    short = Shortener(prefixes(Iris(settings.base_iri)))
    out.write(f'{{"@context": {_json(short.prefixes)},\n"@graph": ['.encode())
    for number, (graph, told) in enumerate(groupby(quads(store, settings.base_iri), key=lambda quad: quad.graph)):
        out.write(f'{"," if number else ""}\n{{"@id": {_json(graph)}, "@graph": ['.encode())
        for position, (_, about) in enumerate(groupby(told, key=lambda quad: quad.subject)):
            out.write(("," if position else "").encode() + b"\n" + _json(_object(short, about)).encode())
        out.write(b"\n]}")
    out.write(b"\n]}\n")


def document(triples: Iterable[Triple], base_iri: str) -> str:
    """A document of its own: a context, and one object a subject in the order of the IRIs; each triple once."""
    short = Shortener(prefixes(Iris(base_iri)))
    told = sorted({Quad(*triple, URIRef("")) for triple in triples})
    objects = [_object(short, about) for _, about in groupby(told, key=lambda quad: quad.subject)]
    return _json({"@context": short.prefixes, "@graph": objects})


def _object(short: Shortener, about: Iterable[Quad]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for quad in about:
        result["@id"] = str(quad.subject)
        if quad.predicate == RDF.type and isinstance(quad.object, URIRef):
            result.setdefault("@type", []).append(short.name(quad.object) or str(quad.object))
        else:
            key = short.name(quad.predicate) or str(quad.predicate)
            result.setdefault(key, []).append(_value(short, quad.object))
    return result


def _value(short: Shortener, term: URIRef | Literal) -> dict[str, str]:
    if isinstance(term, URIRef):
        return {"@id": str(term)}
    if term.language:
        return {"@value": str(term), "@language": term.language}
    if term.datatype and term.datatype != XSD.string:
        return {"@value": str(term), "@type": short.name(term.datatype) or str(term.datatype)}
    return {"@value": str(term)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
