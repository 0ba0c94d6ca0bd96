"""The whole graph in the formats of others: one file a format, and one table of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from graph.edition import one_edition
from graph.exports import csvzip, ftm, gexf, graphml, jsonl, jsonld, ntriples, parquet, turtle
from graph.settings import Settings
from graph.store import Store

ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class Format:
    """A form of the whole graph."""

    name: str
    suffix: str
    """Ending of its files, without the dot."""
    media_type: str
    doc: str
    write: Callable[[Store, BinaryIO, Settings], None]
    """Does not mind what is loaded meanwhile; `export` does."""

    @property
    def binary(self) -> bool:
        """Whether a terminal should not show it."""
        return self.media_type == ZIP


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("ttl", "ttl", "text/turtle", "RDF 1.1 Turtle.", turtle.write_turtle),
        Format("nt", "nt", "application/n-triples", "RDF 1.1 N-Triples.", ntriples.write_triples),
        Format("nq", "nq", "application/n-quads", "RDF 1.1 N-Quads, with named graphs.", ntriples.write_quads),
        Format("trig", "trig", "application/trig", "RDF 1.1 TriG, with named graphs.", turtle.write_trig),
        Format("jsonld", "jsonld", "application/ld+json", "JSON-LD 1.1, with named graphs.", jsonld.write),
        Format("jsonl", "jsonl", "application/x-ndjson", "Articles and claims; the backup. It loses nothing.",
               jsonl.write),
        Format("csv", "csv.zip", ZIP, "A table a kind of node and relationship, as a Frictionless data package.",
               csvzip.write),
        Format("parquet", "parquet.zip", ZIP, "The same tables as Parquet files, with types.", parquet.write),
        Format("graphml", "graphml", "application/graphml+xml", "Entities and what lies between them, as GraphML.",
               graphml.write),
        Format("gexf", "gexf", "application/gexf+xml", "The same in time, as GEXF 1.3 for Gephi.", gexf.write),
        Format("ftm", "ftm.json", "application/json+ftm", "FollowTheMoney entities, one a line.", ftm.write),
    )
}  # fmt: skip
"""Every format; to add one, write its module and put it here."""


class UnknownFormatError(LookupError):
    """No export has this name."""


def export(store: Store, format: str, out: BinaryIO, settings: Settings, known_on: str | None = None) -> None:
    """Writes the whole graph as it is at one moment; the same graph gives the same bytes, and memory stays flat.

    Args:
        store: the graph.
        format: one of FORMATS.
        out: where to; it need not be seekable, and is left open.
        settings: for the base IRI.
        known_on: ISO 8601 day, for `jsonl` alone: only what was published by then.

    Raises:
        UnknownFormatError: there is no such format.
        ValueError: `known_on` with another format.
        graph.errors.GraphChangedError: the graph was written to meanwhile; what was written is of no one state.
        graph.errors.StoreUnavailableError: the server went away; what was written is not complete.
    """
    if format not in FORMATS:
        raise UnknownFormatError(f"there is no format '{format}'; choose one of {', '.join(FORMATS)}")
    if known_on and format != "jsonl":
        raise ValueError("only jsonl can be of a day; load it into a store of its own and export that")
    write = partial(jsonl.write, known_on=known_on) if known_on else FORMATS[format].write
    with one_edition(store):
        write(store, out, settings)
