"""Starts a process for each query, and ends it in time."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
import time

from api.sparql.worker import Job, Reply, work

SECONDS = 10.0
"""What a query may take."""
QUICK = 1.0
"""After so many seconds a query counts as slow, and gives way to others."""
NICE_LATER = 10
MOST = 24
"""Queries at once; more are told to come back."""


class Runner:
    """Runs queries in processes forked from a small one that has no threads and no open connection."""

    def __init__(self, seconds: float = SECONDS, most: int = MOST) -> None:
        """Starts nothing yet."""
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(most)
        self._context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
        if hasattr(os, "fork"):
            self._context.set_forkserver_preload(["__main__", "api.sparql.worker"])

    def run(self, job: Job) -> Reply:
        """The reply to a job; 503 where it took too long, used too much memory, or too many run already."""
        if not self._free.acquire(blocking=False):
            return Reply(503, b"too many queries are running; try again in a moment")
        try:
            return self._run(job)
        finally:
            self._free.release()

    def _run(self, job: Job) -> Reply:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=work, args=(theirs, job), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        try:
            if not self._answered(ours, process.pid):
                return Reply(503, f"the query took longer than {self._seconds:g} seconds; narrow it".encode())
            reply: Reply = ours.recv()
            return reply
        except EOFError:
            return Reply(503, b"the query needs more memory than it may have, or is too complex; narrow it")
        finally:
            ours.close()
            process.kill()
            process.join()

    def _answered(self, connection: multiprocessing.connection.Connection, pid: int) -> bool:
        end = time.monotonic() + self._seconds
        if connection.poll(min(QUICK, self._seconds)):
            return True
        if hasattr(os, "setpriority"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.setpriority(os.PRIO_PROCESS, pid, NICE_LATER)
        return connection.poll(max(0.0, end - time.monotonic()))
