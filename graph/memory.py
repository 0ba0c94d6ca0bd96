"""What a writer remembers of the threads that it has folded, so that it need not read them again.

The lock of a thread counts its holders: whoever takes it and finds that nobody held it in between knows that claims and
episodes of the thread are as they were left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graph.episodes import Episode
from graph.joins import Held
from graph.threads import Statement

MOST = 100_000
"""So many claims are remembered, those of the threads folded last: some 60 MB."""


class Folded(NamedTuple):
    """A thread as a transaction has left it."""

    turn: int
    """The turn in which it held the thread's lock."""
    statements: Sequence[Statement]
    """Its live claims."""
    episodes: Sequence[Episode]


class Memory:
    """The threads that one writer has folded."""

    def __init__(self) -> None:
        """Nothing is remembered yet."""
        self._folded: dict[str, Folded] = {}
        self._claims = 0

    def recall(self, held: Mapping[str, Held]) -> dict[str, Folded]:
        """Those of the threads held that nobody else has held since they were folded."""
        return {
            thread: folded
            for thread, lock in held.items()
            if (folded := self._folded.get(thread)) is not None and lock.turn == folded.turn + 1
        }

    def keep(self, folded: Mapping[str, Folded]) -> None:
        """Remembers threads as a transaction has left them that was committed."""
        for thread, one in folded.items():
            self._forget(thread)
            self._folded[thread] = one
            self._claims += len(one.statements)
        while self._claims > MOST:
            self._forget(next(iter(self._folded)))

    def _forget(self, thread: str) -> None:
        if (old := self._folded.pop(thread, None)) is not None:
            self._claims -= len(old.statements)
