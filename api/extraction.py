"""The one place where the service meets the extractor, which takes a second to load and is only loaded when needed."""

from __future__ import annotations

import threading

from graph.articles import Article
from graph.claims import Claim
from graph.store import Store
from graph.telemetry import measured
from graph.writer import WriteCounts
from loaders.document import Document

_one_at_a_time = threading.Lock()


def extract(document: Document) -> list[Claim]:
    """The claims of an article; requests that come at once wait for each other."""
    from loaders.pipeline import default_extractor

    with _one_at_a_time, measured("extraction"):
        return default_extractor().extract(document)


def add(store: Store, document: Document) -> tuple[Article, list[Claim], WriteCounts]:
    """Extracts and stores one article; requests that come at once wait for each other."""
    import ingest

    with _one_at_a_time:
        return ingest.add(store, document)
