"""Ends queries that run on past their deadline, where the engine does not look at the clock in every loop."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

GRACE = 1.0
"""Seconds after its deadline in which the engine may end a query itself."""

logger = logging.getLogger(__name__)


class Watch:
    """Looks after the queries of a store while there are any.

    Args:
        seconds: the deadline of each, from its beginning.
        end: ends all that are late.
    """

    def __init__(self, seconds: float, end: Callable[[], None]) -> None:
        """Nothing runs yet."""
        self._seconds, self._end = seconds + GRACE, end
        self._numbers = itertools.count()
        self._begun: dict[int, float] = {}
        self._lock = threading.Lock()
        self._ending = threading.Lock()
        self._stopped = False
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self) -> Iterator[None]:
        """A query runs within."""
        number = next(self._numbers)
        with self._lock:
            self._begun[number] = time.monotonic()
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="late queries", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                del self._begun[number]

    def stop(self) -> None:
        """Ends no query from now on, and waits for what is under way: the connection it uses may be closed then."""
        with self._ending:
            self._stopped = True

    def _look(self) -> None:
        while True:
            with self._lock:
                oldest = next(iter(self._begun.values()), None)
                if oldest is None:
                    self._thread = None
                    return
            left = oldest + self._seconds - time.monotonic()
            if left <= 0:
                with self._ending:
                    self._end_all()
            time.sleep(max(left, GRACE))

    def _end_all(self) -> None:
        if self._stopped:
            return
        try:
            self._end()
        except Exception:
            logger.warning("a late query could not be ended", exc_info=True)
