"""Ends the reading of an article that takes too long, or for whose claims nobody waits any more."""

from __future__ import annotations

import threading
import time

from loaders.extraction.observer import Observer


class ReadingEndedError(Exception):
    """The reading of an article was ended before its end."""


class Watch(Observer):
    """Ends a reading some seconds after its first piece was begun, or once its event is set."""

    def __init__(self, seconds: float, ended: threading.Event) -> None:
        """Watches a reading that has not begun.

        Args:
            seconds: how long it may take.
            ended: set by whoever waits no longer.
        """
        self._seconds, self._ended = seconds, ended
        self._begun: float | None = None

    def goes_on(self) -> None:
        """Raises what ends the reading.

        Raises:
            ReadingEndedError: it is not to go on.
        """
        now = time.monotonic()
        self._begun = self._begun or now
        if self._ended.is_set() or now - self._begun > self._seconds:
            raise ReadingEndedError
