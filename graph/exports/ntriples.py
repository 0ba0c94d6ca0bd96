"""N-Triples and N-Quads."""

from __future__ import annotations

from typing import BinaryIO

from graph.exports.syntax import full
from graph.rdf import quads
from graph.settings import Settings
from graph.store import Store


def write_triples(store: Store, out: BinaryIO, settings: Settings) -> None:
    """One triple a line, without named graphs."""
    for quad in quads(store, settings.base_iri):
        out.write(f"{full(quad.subject)} {full(quad.predicate)} {full(quad.object)} .\n".encode())


def write_quads(store: Store, out: BinaryIO, settings: Settings) -> None:
    """One triple a line, with its named graph."""
    for quad in quads(store, settings.base_iri):
        out.write(f"{full(quad.subject)} {full(quad.predicate)} {full(quad.object)} {full(quad.graph)} .\n".encode())
