"""What takes long runs in a few slots, so that it leaves the service to the others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextvars import copy_context
from typing import Any, TypeVar

from api.problems import ProblemError

T = TypeVar("T")
SLOTS = 4
PATIENCE = 1.0
"""Seconds that a query waits for a slot."""
STORIES = 2
"""Stories told at a time; each keeps a processor busy."""
MATCHES = 2
"""Lists of names looked up at a time."""
LINGERING = 20.0
"""Seconds that a request for a story, or a list of names, waits for a slot, which takes no thread."""
LOOK = 0.002
"""Seconds between two looks of the first in line whether a slot is free."""
GRACE = 3.0
"""Seconds after its deadline in which the store may end a query."""


def _busy() -> ProblemError:
    return ProblemError(503, "too many queries are running; try again in a moment", {"Retry-After": "5"})


class Slots:
    """So much work at once, and no more."""

    def __init__(self, count: int = SLOTS) -> None:
        """All slots are free."""
        self._free = threading.BoundedSemaphore(count)
        self._first = asyncio.Lock()
        """Held by the first in line; who came later gets it in turn."""

    async def hold(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Does the work in a slot, waiting in line for one without a thread.

        Args:
            work: what to do; its slot is free again once it has ended, even if nobody waits for it any more.

        Raises:
            ProblemError: all slots are taken.
        """
        try:
            async with asyncio.timeout(LINGERING), self._first:
                while not self._free.acquire(blocking=False):
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            raise _busy() from None
        task = asyncio.create_task(work())
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._free.release()
        if not task.cancelled():
            task.exception()  # else asyncio complains where nobody waits for it any more

    def run(self, work: Callable[[], T], seconds: float) -> T:
        """Does the work in a thread of its own, at most so many seconds long.

        Args:
            work: what to do; its slot is free again once it has ended, even if nobody waits for it any more.
            seconds: the deadline.

        Raises:
            ProblemError: all slots are taken, or the work did not end in time.
        """
        if not self._free.acquire(timeout=PATIENCE):
            raise _busy()
        done = threading.Event()
        outcome: dict[str, Any] = {}

        def do() -> None:
            try:
                outcome["result"] = work()
            except BaseException as error:
                outcome["error"] = error
            finally:
                self._free.release()
                done.set()

        threading.Thread(target=copy_context().run, args=(do,), daemon=True).start()
        if not done.wait(seconds + GRACE):
            raise ProblemError(503, f"the query took longer than {seconds:g} seconds; narrow it")
        if "error" in outcome:
            raise outcome["error"]
        result: T = outcome["result"]
        return result
