"""The one place where the service meets the extractor, which takes a second to load and is only loaded when needed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

from graph.claims import Claim
from graph.telemetry import measured
from loaders.document import Document
from loaders.parallel import Outcome, extract_one

_one_at_a_time = threading.Lock()


def extract(document: Document) -> list[Claim]:
    """The claims of an article; requests that come at once wait for each other."""
    from loaders.pipeline import default_extractor

    with _one_at_a_time:
        return default_extractor().extract(document)


class Rules:
    """The rules as what reads the articles of jobs; requests come in between."""

    def __init__(self) -> None:
        """Loads the extractor."""
        from loaders.pipeline import EXTRACTOR, default_extractor

        with _one_at_a_time:
            self.name, self.version = EXTRACTOR, default_extractor().version

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        """The claims of each document, in the order of the input; one that fails yields a `Reject`."""
        for document in documents:
            with _one_at_a_time, measured("extraction"):
                outcome = extract_one(document)
            yield outcome

    def report(self) -> list[str]:
        """Nothing: the rules cost nothing."""
        return []
