"""Embargo's own writer: claims with their roles, threads, episodes, plain edges, the search for copies and the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.corpus import EXTRACTOR, VERSION, Told
from bench.peers.child import main
from bench.peers.press import Report
from graph.lines import ArticleLine, ClaimLine
from graph.reference import load_reference
from graph.store import connect
from graph.writer import Writer
from loaders.catalogue import load_catalogue
from loaders.reference import reference_rows


def document(reports: list[Report]) -> list[Told]:
    """A batch of articles with their claims."""
    return [
        (ArticleLine(**report.line).article(), [ClaimLine(**fact.line).claim() for fact in report.facts])
        for report in reports
    ]


@contextmanager
def opened(uri: str) -> Iterator[Callable[[list[Told]], None]]:
    """The writer, once the catalogue is in the graph."""
    with connect(uri) as store:
        catalogue = load_catalogue()
        load_reference(store, *reference_rows(catalogue), catalogue.version)
        writer = Writer(store, {EXTRACTOR: VERSION})

        def write(batch: list[Told]) -> None:
            writer.write(batch)

        yield write


if __name__ == "__main__":
    main(document, opened)
