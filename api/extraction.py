"""The one place where the service meets the extractor, which takes a second to load and is only loaded when needed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator

from starlette.concurrency import run_in_threadpool

from api.problems import ProblemError
from graph.claims import Claim
from graph.telemetry import measured
from loaders.document import Document
from loaders.parallel import Outcome, extract_one

PLACES = 4
"""Requests whose articles are read one after the other; a long article takes minutes."""
PATIENCE = 5.0
"""Seconds that a request waits for a place."""
SHARE = 0.5
"""How much of the time that a request has one article may take."""
_one_at_a_time = threading.Lock()


class Extracting:
    """Reads articles of requests, a few of which may wait for each other; threads that wait would be missed by all."""

    def __init__(self, request_timeout: float) -> None:
        """Nobody waits.

        Args:
            request_timeout: seconds that a request has.
        """
        self._places = asyncio.Semaphore(PLACES)
        self._seconds = SHARE * request_timeout

    async def extract(self, document: Document) -> list[Claim]:
        """The claims of an article.

        Raises:
            ProblemError: too many are being read, or this one takes too long.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            detail = "too many articles are being read; try again in a moment"
            raise ProblemError(503, detail, {"Retry-After": "30"}) from None
        ended = threading.Event()
        try:
            return await run_in_threadpool(_extract, document, self._seconds, ended)
        finally:
            ended.set()
            self._places.release()


def _extract(document: Document, seconds: float, ended: threading.Event) -> list[Claim]:
    from loaders.extraction.watch import ReadingEndedError, Watch
    from loaders.pipeline import default_extractor

    with _one_at_a_time:
        extractor = default_extractor()
        try:
            return extractor.extract(document, Watch(seconds, ended))
        except ReadingEndedError:
            detail = f"reading the article took longer than {seconds:g} seconds; send it in parts, or load it "
            detail += "with POST /v1/articles, where a job takes its time"
            raise ProblemError(503, detail) from None


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
