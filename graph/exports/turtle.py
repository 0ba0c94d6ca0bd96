"""Turtle and TriG, written as they are read: statements about one subject together, as the graph tells them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import BinaryIO

from rdflib.namespace import RDF

from graph.exports.syntax import Shortener
from graph.rdf import Quad, quads
from graph.rdf_terms import Iris
from graph.rdf_vocabulary import prefixes
from graph.settings import Settings
from graph.store import Store


def write_turtle(store: Store, out: BinaryIO, settings: Settings) -> None:
    """All triples, without named graphs."""
    short = _begin(out, settings)
    for _, about in groupby(quads(store, settings.base_iri), key=lambda quad: quad.subject):
        out.write(_block(short, about).encode())


def write_trig(store: Store, out: BinaryIO, settings: Settings) -> None:
    """All triples in their named graphs; a graph may be opened several times."""
    short = _begin(out, settings)
    for graph, told in groupby(quads(store, settings.base_iri), key=lambda quad: quad.graph):
        out.write(f"{short.term(graph)} {{\n".encode())
        for _, about in groupby(told, key=lambda quad: quad.subject):
            out.write(_block(short, about).encode())
        out.write(b"}\n\n")


def _begin(out: BinaryIO, settings: Settings) -> Shortener:
    short = Shortener(prefixes(Iris(settings.base_iri)))
    for prefix, namespace in short.prefixes.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
    out.write(b"\n")
    return short


def _block(short: Shortener, about: Iterable[Quad]) -> str:
    told: dict[str, list[str]] = {}
    subject = ""
    for quad in about:
        subject = subject or short.term(quad.subject)
        name = "a" if quad.predicate == RDF.type else short.property(quad.predicate)
        told.setdefault(name, []).append(short.term(quad.object))
    lines = [f"    {name} {', '.join(objects)}" for name, objects in told.items()]
    return f"{subject}\n" + " ;\n".join(lines) + " .\n\n"
