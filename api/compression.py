"""Request bodies that come compressed, unpacked piece by piece into no more room than they may have."""

from __future__ import annotations

import zlib
from typing import Protocol

import zstandard

GZIP = 16 + zlib.MAX_WBITS
PIECE = 64 * 1024
WINDOW = 8 << 20
"""Greatest window in bytes that a zstd body may ask for (RFC 9659 has 8 MiB)."""


class BodyTooLargeError(Exception):
    """The body is larger than it may be."""


class BrokenBodyError(Exception):
    """The body is not what its header says, or it ends too early."""


class Unpacker(Protocol):
    """Takes a body's pieces as they come and gives what they hold."""

    def feed(self, piece: bytes, last: bool, room: int) -> bytes:
        """What a piece holds.

        Args:
            piece: the next bytes of the body.
            last: whether no more will come.
            room: how many bytes may come out.

        Raises:
            BodyTooLargeError: more would come out; memory was not taken for it.
            BrokenBodyError: it cannot be unpacked.
        """


class _Plain:
    def feed(self, piece: bytes, last: bool, room: int) -> bytes:
        if len(piece) > room:
            raise BodyTooLargeError
        return piece


class _Gzip:
    """RFC 1952; of several members one after the other each is unpacked."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(GZIP)
        self._begun = False

    def feed(self, piece: bytes, last: bool, room: int) -> bytes:
        out = bytearray()
        try:
            while piece:
                self._begun = True
                out += self._member.decompress(piece, room - len(out) + 1)
                if len(out) > room:
                    raise BodyTooLargeError
                piece = self._member.unconsumed_tail
                if self._member.eof:
                    piece = self._member.unused_data
                    self._member, self._begun = zlib.decompressobj(GZIP), False
        except zlib.error as error:
            raise BrokenBodyError from error
        if last and self._begun:
            raise BrokenBodyError
        return bytes(out)


class _Sink:
    """Takes what the zstd library writes, up to a limit."""

    def __init__(self) -> None:
        self.data, self.room = bytearray(), 0

    def write(self, data: bytes) -> int:
        if len(self.data) + len(data) > self.room:
            raise BodyTooLargeError
        self.data += data
        return len(data)


class _Zstd:
    """RFC 8878, one frame."""

    def __init__(self) -> None:
        self._sink = _Sink()
        self._writer = zstandard.ZstdDecompressor(max_window_size=WINDOW).stream_writer(
            self._sink,  # type: ignore[arg-type]  # only its `write` is called
            write_size=PIECE,
        )

    def feed(self, piece: bytes, last: bool, room: int) -> bytes:
        self._sink.data, self._sink.room = bytearray(), room
        try:
            self._writer.write(piece)
        except zstandard.ZstdError as error:
            raise BrokenBodyError from error
        return bytes(self._sink.data)


UNPACKERS: dict[str, type[Unpacker]] = {"": _Plain, "identity": _Plain, "gzip": _Gzip, "x-gzip": _Gzip, "zstd": _Zstd}
"""By the header Content-Encoding (RFC 9110, section 8.4)."""
