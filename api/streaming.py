"""Answers that are written by one thread while another sends them, so that memory stays flat."""

from __future__ import annotations

import io
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from api.problems import ProblemError

log = logging.getLogger(__name__)
AT_ONCE = 2
"""Answers that are written at a time."""
PIECE = 64 * 1024
PIECES = 8
"""How many pieces may wait to be sent."""
LOOK = 1.0
"""Seconds between two looks whether anybody still reads or writes."""
PATIENCE = 60.0
"""Seconds that a piece may wait to be sent; then nobody is reading any more."""
HURRY = 10.0
"""So many where somebody else was sent away within PATIENCE."""
_slots = threading.BoundedSemaphore(AT_ONCE)
_sent_away = -PATIENCE
"""When that was last, on the monotonic clock."""


class _Pipe(io.RawIOBase):
    """What is written to it comes out of `pieces`."""

    def __init__(self) -> None:
        self.pieces: queue.Queue[bytes | Exception | None] = queue.Queue(PIECES)
        self.broken = threading.Event()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.put(bytes(data))
        return len(data)

    def put(self, piece: bytes | Exception | None) -> None:
        """Waits until the piece can be taken.

        Raises:
            BrokenPipeError: nobody takes it.
        """
        begun = time.monotonic()
        while not self.broken.is_set():
            try:
                self.pieces.put(piece, timeout=LOOK)
                return
            except queue.Full:
                now = time.monotonic()
                if now - begun > (HURRY if now - _sent_away < PATIENCE else PATIENCE):
                    self.broken.set()
        raise BrokenPipeError("nobody reads what is written")

    def take(self) -> bytes | None:
        """The next piece; None after the last.

        Raises:
            Exception: what the writer raised.
        """
        while True:
            try:
                piece = self.pieces.get(timeout=LOOK)
            except queue.Empty:
                if self.broken.is_set():
                    raise BrokenPipeError("it was read too slowly") from None
                continue
            if isinstance(piece, Exception):
                raise piece
            return piece


def streamed(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """What a function writes, as it comes, once one of the few slots is free.

    Args:
        write: gets a file that cannot seek.

    Raises:
        ProblemError: all slots are taken.
    """
    global _sent_away
    if not _slots.acquire(timeout=1.0):
        _sent_away = time.monotonic()
        raise ProblemError(503, "too many exports are being written; try again in a moment", {"Retry-After": "30"})
    return written_by(write, _slots.release)


def written_by(write: Callable[[BinaryIO], None], finished: Callable[[], None]) -> Iterator[bytes]:
    """The bytes that a function writes, as they come. It begins to write at once, in a thread of its own.

    The first piece is empty: the answer begins before there is anything in it.

    Args:
        write: gets a file that cannot seek.
        finished: is called when it has ended, whether or not anybody read all of it.

    Raises:
        Exception: whatever `write` raised; so the answer breaks off, and the client sees that it is not whole.
    """
    pipe = _Pipe()

    def work() -> None:
        try:
            try:
                with io.BufferedWriter(pipe, PIECE) as out:
                    write(cast(BinaryIO, out))
                end: Exception | None = None
            except BrokenPipeError:
                raise
            except Exception as error:
                end = error
            pipe.put(end)
        except BrokenPipeError as error:
            log.info("an export was not read to its end: %s", error)
        finally:
            finished()

    threading.Thread(target=work, daemon=True).start()
    return _pieces(pipe)


def _pieces(pipe: _Pipe) -> Iterator[bytes]:
    try:
        yield b""
        while (piece := pipe.take()) is not None:
            yield piece
    finally:
        pipe.broken.set()
        while not pipe.pieces.empty():
            pipe.pieces.get_nowait()
