"""Gives each query a process of its own while it runs, and ends that in time."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from api.sparql.worker import Job, Reply, work

SECONDS = 10.0
"""What a query may take."""
QUICK = 0.1
"""After so many seconds of computing a query counts as slow: it gives way to others, and few such go on."""
LOOK_SECONDS = 0.05
NICE_LATER = 10
"""How far a slow query gives way; a new one does by `worker.NICE`."""
MOST = 24
"""Queries at once; more are told to come back."""
MOST_SLOW = 4
"""Slow ones among them."""
MOST_WAITING = 8
"""Processes that wait for the next query with the copy open."""


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process that answers one query at a time, all about one copy."""

    copy: str
    process: BaseProcess
    connection: Connection

    def computed(self) -> float:
        """Seconds of processor time that it has used (Linux, proc(5)); 0 where that cannot be told."""
        try:
            text = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0.0
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def give_way(self) -> None:
        """Lets others go first, for good."""
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid or 0, NICE_LATER)

    def end(self) -> None:
        """Kills it."""
        self.connection.close()
        self.process.kill()
        self.process.join()


class Runner:
    """Runs queries in processes forked from a small one that has no threads and no open connection.

    A process that has answered quickly waits for the next query. One that was slow, failed or is short of memory ends.
    """

    def __init__(self, seconds: float = SECONDS, most: int = MOST) -> None:
        """Starts nothing yet."""
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(most)
        self._slow = threading.BoundedSemaphore(MOST_SLOW)
        self._guard = threading.Lock()
        self._waiting: list[_Worker] = []
        self._context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
        if hasattr(os, "fork"):
            self._context.set_forkserver_preload(["api.sparql.worker"])

    def run(self, job: Job) -> Reply:
        """The reply to a job; 503 where it took too long, used too much memory, or too many run already."""
        if not self._free.acquire(blocking=False):
            return Reply(503, b"too many queries are running; try again in a moment")
        try:
            return self._run(job)
        finally:
            self._free.release()

    def close(self) -> None:
        """Ends the processes that wait."""
        with self._guard:
            ended, self._waiting = self._waiting, []
        for worker in ended:
            worker.end()

    def _run(self, job: Job) -> Reply:
        worker = self._next(job.copy) or self._started(job.copy)
        goes_on = False
        try:
            reply, goes_on = self._reply(worker, job)
            return reply
        except (EOFError, ConnectionError):
            return Reply(503, b"the query needs more memory than it may have, or is too complex; narrow it")
        finally:
            with self._guard:
                goes_on = goes_on and len(self._waiting) < MOST_WAITING
                if goes_on:
                    self._waiting.append(worker)
            if not goes_on:
                worker.end()

    def _next(self, copy: str) -> _Worker | None:
        """A process that waits with this copy open; those with another one end."""
        with self._guard:
            old = [worker for worker in self._waiting if worker.copy != copy or not worker.process.is_alive()]
            self._waiting = [worker for worker in self._waiting if worker not in old]
            found = self._waiting.pop() if self._waiting else None
        for worker in old:
            worker.end()
        return found

    def _started(self, copy: str) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, copy), daemon=True)  # type: ignore[attr-defined]  # both kinds have it
        with _main_hidden():
            process.start()
        theirs.close()
        return _Worker(copy, process, ours)

    def _reply(self, worker: _Worker, job: Job) -> tuple[Reply, bool]:
        """The reply, and whether the process takes another job.

        It is waited for until the deadline; a query that has computed for a while needs a slot for slow ones.
        """
        end, slow, begun = time.monotonic() + self._seconds, False, worker.computed()
        worker.connection.send(job)
        try:
            while (left := end - time.monotonic()) > 0:
                if worker.connection.poll(min(left, LOOK_SECONDS)):
                    reply, goes_on = worker.connection.recv()
                    return reply, goes_on and not slow
                if not slow and worker.computed() - begun > QUICK:
                    slow = self._slow.acquire(blocking=False)
                    if not slow:
                        told = b"too many slow queries are running; try again in a moment, or narrow it"
                        return Reply(503, told), False
                    worker.give_way()
            return Reply(503, f"the query took longer than {self._seconds:g} seconds; narrow it".encode()), False
        finally:
            if slow:
                self._slow.release()


_hiding = threading.Lock()


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Keeps a process that is started from importing this program's main module, of which it needs nothing.

    `multiprocessing` would have each do so, which takes longer than most queries.
    """
    main: Any = sys.modules["__main__"]
    with _hiding:
        spec, file = main.__spec__, main.__dict__.pop("__file__", None)
        main.__spec__ = None
        try:
            yield
        finally:
            main.__spec__ = spec
            if file is not None:
                main.__file__ = file
