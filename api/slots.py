"""Queries of callers' own run in a few slots with a deadline, so that slow ones leave the service to the others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, TypeVar

from api.problems import ProblemError

T = TypeVar("T")
SLOTS = 4
PATIENCE = 1.0
"""Seconds that a query waits for a slot."""
GRACE = 3.0
"""Seconds after its deadline in which the store may end a query."""


class Slots:
    """Runs work in threads of its own, so many at once."""

    def __init__(self, count: int = SLOTS) -> None:
        """All slots are free."""
        self._free = threading.BoundedSemaphore(count)

    def run(self, work: Callable[[], T], seconds: float) -> T:
        """Does the work, at most so many seconds long.

        Args:
            work: what to do; its slot is free again once it has ended, even if nobody waits for it any more.
            seconds: the deadline.

        Raises:
            ProblemError: all slots are taken, or the work did not end in time.
        """
        if not self._free.acquire(timeout=PATIENCE):
            raise ProblemError(503, "too many queries are running; try again in a moment", {"Retry-After": "5"})
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
