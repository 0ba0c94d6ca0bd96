"""Starts a process for each query, and ends it in time."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
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


class Runner:
    """Runs queries in processes forked from a small one that has no threads and no open connection."""

    def __init__(self, seconds: float = SECONDS, most: int = MOST) -> None:
        """Starts nothing yet."""
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(most)
        self._slow = threading.BoundedSemaphore(MOST_SLOW)
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

    def _run(self, job: Job) -> Reply:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=work, args=(theirs, job), daemon=True)  # type: ignore[attr-defined]
        with _main_hidden():
            process.start()
        theirs.close()
        try:
            return self._reply(ours, process.pid)
        except EOFError:
            return Reply(503, b"the query needs more memory than it may have, or is too complex; narrow it")
        finally:
            ours.close()
            process.kill()
            process.join()

    def _reply(self, connection: Connection, pid: int) -> Reply:
        """Waits for the reply until the deadline; a query that has computed for a while needs a slot for slow ones."""
        end, slow = time.monotonic() + self._seconds, False
        try:
            while (left := end - time.monotonic()) > 0:
                if connection.poll(min(left, LOOK_SECONDS)):
                    reply: Reply = connection.recv()
                    return reply
                if not slow and _computed(pid) > QUICK:
                    slow = self._slow.acquire(blocking=False)
                    if not slow:
                        return Reply(503, b"too many slow queries are running; try again in a moment, or narrow it")
                    with suppress(ProcessLookupError, PermissionError):
                        os.setpriority(os.PRIO_PROCESS, pid, NICE_LATER)
            return Reply(503, f"the query took longer than {self._seconds:g} seconds; narrow it".encode())
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


def _computed(pid: int) -> float:
    """Seconds of processor time that a process has used (Linux, proc(5)); 0 where that cannot be told."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
