"""Extraction on all cores, in the order of the input, with flat memory."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context, parent_process

from graph.claims import Claim
from loaders.document import Document, Reject

CHUNK = 64
AHEAD = 3
"""Chunks that wait for each worker: enough to keep it busy, few enough to keep memory flat."""

Outcome = tuple[Document, list[Claim] | Reject]


def extract_many(documents: Iterable[Document], jobs: int) -> Iterator[Outcome]:
    """The claims of each document; one that fails yields a `Reject` and the others go on.

    Args:
        documents: read lazily, never far ahead of what is yielded.
        jobs: processes; 1 extracts in this one.
    """
    if jobs <= 1:
        for document in documents:
            yield extract_one(document)
        return
    source = iter(documents)
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_obey_parent)
    waiting: deque[Future[list[Outcome]]] = deque()
    try:
        while True:
            while len(waiting) < jobs * AHEAD and (chunk := list(islice(source, CHUNK))):
                waiting.append(pool.submit(_extract_chunk, chunk))
            if not waiting:
                break
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _obey_parent() -> None:
    """Leaves Ctrl-C to the parent, and ends with it even where it was killed: the pool's pipes would not tell."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _extract_chunk(documents: list[Document]) -> list[Outcome]:
    return [extract_one(document) for document in documents]


def extract_one(document: Document) -> Outcome:
    """The claims of a document, or a `Reject`: one bad article never stops a load."""
    from loaders.pipeline import default_extractor

    extractor = default_extractor()
    try:
        return document, extractor.extract(document)
    except Exception as error:
        reason = f"extraction failed: {type(error).__name__}: {error}"
        remedy = "please report it with the article; the others were loaded"
        return document, Reject(document.source, None, reason, remedy, document.source_id)
