"""The one place where the service meets the extractor, which takes a second to load and is only loaded when needed."""

from __future__ import annotations

import threading

from graph.claims import Claim
from loaders.document import Document

_one_at_a_time = threading.Lock()


def extract(document: Document) -> list[Claim]:
    """The claims of an article; requests that come at once wait for each other."""
    from loaders.pipeline import extract as extract_claims

    with _one_at_a_time:
        return extract_claims(document)
