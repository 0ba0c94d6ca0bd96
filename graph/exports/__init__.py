"""The whole graph in the formats of others: one file a format."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from graph.exports import csvzip, jsonl, jsonld, ntriples, turtle
from graph.settings import Settings
from graph.store import Store

WRITERS: dict[str, Callable[[Store, BinaryIO, Settings], None]] = {
    "ttl": turtle.write_turtle,
    "nt": ntriples.write_triples,
    "nq": ntriples.write_quads,
    "trig": turtle.write_trig,
    "jsonld": jsonld.write,
    "jsonl": jsonl.write,
    "csv": csvzip.write,
}
FORMATS = tuple(WRITERS)


class UnknownFormatError(LookupError):
    """No export has this name."""


def export(store: Store, format: str, out: BinaryIO, settings: Settings) -> None:
    """Writes the whole graph; the same graph gives the same bytes, and memory stays flat.

    Args:
        store: the graph.
        format: one of FORMATS.
        out: where to; it need not be seekable, and is left open.
        settings: for the base IRI.

    Raises:
        UnknownFormatError: there is no such format.
        graph.errors.StoreUnavailableError: the server went away; what was written is not complete.
    """
    if format not in WRITERS:
        raise UnknownFormatError(f"there is no format '{format}'; choose one of {', '.join(FORMATS)}")
    WRITERS[format](store, out, settings)
