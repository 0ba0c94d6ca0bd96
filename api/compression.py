"""Request bodies that come compressed, unpacked piece by piece into no more room than they may have."""

from __future__ import annotations

import zlib
from typing import Protocol

import zstandard

GZIP = 16 + zlib.MAX_WBITS
MORSEL = 1024
"""Bytes of zstd unpacked at once, which cannot be told how much may come out: 128 KiB of every four at most."""
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


class _Zstd:
    """RFC 8878; of several frames one after the other each is unpacked."""

    def __init__(self) -> None:
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        self._frame = self._decompressor.decompressobj()
        self._begun = False

    def feed(self, piece: bytes, last: bool, room: int) -> bytes:
        out = bytearray()
        position = 0
        try:
            while position < len(piece):
                self._begun = True
                out += self._frame.decompress(piece[position : position + MORSEL])
                if len(out) > room:
                    raise BodyTooLargeError
                position += MORSEL
                if self._frame.eof:
                    position -= len(self._frame.unused_data) + max(0, position - len(piece))
                    self._frame, self._begun = self._decompressor.decompressobj(), False
        except zstandard.ZstdError as error:
            raise BrokenBodyError from error
        if last and self._begun:
            raise BrokenBodyError
        return bytes(out)


UNPACKERS: dict[str, type[Unpacker]] = {"": _Plain, "identity": _Plain, "gzip": _Gzip, "x-gzip": _Gzip, "zstd": _Zstd}
"""By the header Content-Encoding (RFC 9110, section 8.4)."""
