"""Does the jobs, one after another, in a thread of its own; what another process does or left undone is respected."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from neo4j.exceptions import DriverError, TransientError
from pydantic import ValidationError

from api.extraction import Rules
from api.jobs import INPUT, SHOWN, JobCounts, JobReject, Work, waiting
from api.submissions import Submission
from api.wrong import told
from graph.clock import now
from graph.errors import StoreError, StoreFailedError
from graph.store import Store
from graph.telemetry import counted
from loaders.document import Document, Reject

if TYPE_CHECKING:
    from ingest import LoadCounts

log = logging.getLogger(__name__)
FORGOTTEN = "MATCH (a:Article) WHERE a.id IN $ids AND a.forgotten = true RETURN a.id AS id"
BATCH = 25
"""Articles stored together; after each such batch it is kept how far the job is."""
LOOK_SECONDS = 5.0
"""How often the folder is looked at: other processes put jobs there, and may die over them."""
STOP_SECONDS = 60.0
WAITING = (StoreError, DriverError, TransientError)
"""After these all jobs wait; but where the server failed, it may have been for the job's sake."""


class Loading:
    """The thread that does the jobs of a folder."""

    def __init__(self, folder: Path, store: Callable[[], Store]) -> None:
        """Begins nothing yet.

        Args:
            folder: of the jobs.
            store: opens the store, or raises StoreError.
        """
        self._folder, self._store = folder, store
        self._wake, self._ending = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="loading")
        self._failed: set[str] = set()

    def start(self) -> None:
        """Goes on with what was left."""
        self._thread.start()

    def wake(self) -> None:
        """Tells that there is a new job."""
        self._wake.set()

    def stop(self) -> None:
        """Ends after the batch in hand; the rest is done when the service is started next."""
        self._ending.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._wake.clear()
            try:
                for home in waiting(self._folder):
                    if home.name not in self._failed and not self._ending.is_set():
                        self._do(home)
            except WAITING as error:
                log.warning("jobs wait, since the store cannot be used: %s", error)
            except OSError as error:
                log.warning("jobs wait, since their folder cannot be read: %s", error)
            self._wake.wait(LOOK_SECONDS)

    def _do(self, home: Path) -> None:
        try:
            with FileLock(home / "lock", blocking=False):
                if (home / INPUT).exists():
                    self._load(Work(home))
        except Timeout:
            return  # another process is at it
        except OSError as error:
            log.warning("job %s waits: %s", home.name, error)
        except Exception as error:
            if isinstance(error, WAITING) and not isinstance(error, StoreFailedError):
                raise
            log.exception("job %s failed", home.name)
            self._failed.add(home.name)
            work = Work(home)
            work.save(work.progress.model_copy(update={"state": "failed"}), [])

    def _load(self, work: Work) -> None:
        import ingest

        by, store = Rules(), self._store()
        writer = ingest.prepare(store, by)
        lines = work.lines()
        while batch := list(islice(lines, BATCH)):
            if self._ending.is_set():
                return
            rejects = _Rejects()
            documents = list(_documents(batch, rejects))
            counts = ingest.add(store, writer, (document for _, document in documents), by=by, log=rejects)
            rejects.number(documents)
            counted("rejected", len(rejects.found))
            done = work.progress.done + len(batch)
            refused = {reject.line for reject in rejects.found}
            ids = [document.article().id for line, document in documents if line not in refused]
            forgotten = {row["id"] for row in store.read(FORGOTTEN, ids=ids)}
            came = _counts(counts, sum(id in forgotten for id in ids), len(rejects.found))
            work.save(
                work.progress.model_copy(
                    update={
                        "state": "running",
                        "done": done,
                        "articles": [*work.progress.articles, *ids][:SHOWN],
                        "counts": work.progress.counts + came,
                    }
                ),
                rejects.found,
            )
        work.save(work.progress.model_copy(update={"state": "done", "finished": now()}), [])


class _Rejects:
    """Collects what a batch rejects."""

    def __init__(self) -> None:
        self.found: list[JobReject] = []
        self._unnumbered: list[Reject] = []

    def add(self, reject: Reject) -> None:
        """One that extraction could not read; its line is found by `number`."""
        self._unnumbered.append(reject)

    def number(self, documents: Iterable[tuple[int, Document]]) -> None:
        """Gives the rejects their lines, by the input's own ids."""
        lines = {document.source_id: line for line, document in documents}
        self.found += [
            JobReject(line=lines[str(r.source_id)], id=r.source_id, reason=r.reason, remedy=r.remedy)
            for r in self._unnumbered
        ]
        self.found.sort(key=lambda reject: reject.line)


def _documents(batch: list[tuple[int, bytes]], rejects: _Rejects) -> Iterator[tuple[int, Document]]:
    for number, line in batch:
        try:
            yield number, Submission.model_validate_json(line).document()
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            remedy = "correct it and post it again; /docs describes an article"
            rejects.found.append(JobReject(line=number, id=None, reason=told(first)[:500], remedy=remedy))


def _counts(loaded: LoadCounts, forgotten: int, rejected: int) -> JobCounts:
    written = loaded.written
    return JobCounts(
        new=written.articles_new,
        updated=written.articles_updated,
        known=written.articles_known + loaded.skipped,
        forgotten=forgotten,
        rejected=rejected,
        claims_new=written.claims_new,
        claims_retired=written.claims_retired,
    )
