"""An input: a file or standard input, opened and decompressed."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from loaders.sources.items import InputError
from loaders.sources.seen import Seen
from loaders.sources.streams import CHUNK, MAX_RECORD, Content, Counted, Lines

HEAD = 1 << 18
"""Bytes at the beginning of an input by which its format and encoding are judged."""
MAX_SPOOL = 8 << 30
"""The most bytes that a compressed file of a format that needs seeking may unpack to."""
MAGIC = {".gz": b"\x1f\x8b", ".zst": b"\x28\xb5\x2f\xfd"}
STANDARD = "-"


@dataclass
class Input:
    """An open input.

    Attributes:
        file: its path as it was given, for messages.
        name: its name without folders.
        stem: its name without its ending and that of a compression; None for standard input.
        notice: tells the user what was guessed.
        seen: the ids of this run.
        head: its first bytes, after decompression, up to the end of a line.
    """

    file: str
    name: str
    stem: str | None
    notice: Callable[[str], None]
    seen: Seen
    head: bytes = field(repr=False)
    _raw: Counted
    _content: Content
    _buffered: io.BufferedReader[Content]
    _compressed: bool
    _told: set[str] = field(default_factory=set, repr=False)

    @property
    def damage(self) -> InputError | None:
        """What is wrong with the file itself, once reading came so far."""
        return self._content.damage

    @property
    def consumed(self) -> int:
        """Bytes taken from the file so far, before decompression."""
        return self._raw.consumed

    def tell_once(self, what: str) -> None:
        """Tells the user something of this file, unless a notice of the same beginning was given before."""
        beginning = what.partition(",")[0]
        if beginning not in self._told:
            self._told.add(beginning)
            self.notice(f"{self.file}: {what}")

    def stream(self) -> BinaryIO:
        """The content, to be read once from the beginning."""
        return cast(BinaryIO, self._buffered)

    def lines(self, encoding: str) -> Lines:
        """The lines of the text."""
        return Lines(self.text(encoding), self._content)

    def text(self, encoding: str) -> io.TextIOWrapper:
        """The text; a byte that is not of the encoding becomes a lone surrogate."""
        return io.TextIOWrapper(self._buffered, encoding, errors="surrogateescape", newline="")

    def whole(self, limit: int = MAX_RECORD) -> bytes:
        """The whole content.

        Raises:
            InputError: it has more than `limit` bytes, or it is damaged.
        """
        content = self._buffered.read(limit + 1)
        if len(content) > limit:
            raise InputError(
                f"more than {limit // 1_000_000} MB in one piece", "split it: a smaller file for each part"
            )
        if self._content.damage:
            raise self._content.damage
        return content

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """The content as a file that can seek; if need be copied to a temporary file.

        Raises:
            InputError: it is too large to be copied, or it is damaged.
        """
        if not self._compressed and self._raw.seekable():
            self._raw.seek(0)
            yield cast(BinaryIO, self._raw)
            return
        with tempfile.TemporaryFile() as copy:
            while part := self._buffered.read(CHUNK):
                if copy.tell() > MAX_SPOOL:
                    raise InputError(
                        f"unpacks to more than {MAX_SPOOL >> 30} GB", "unpack it first, then load the file"
                    )
                copy.write(part)
            if self._content.damage:
                raise self._content.damage
            copy.seek(0)
            yield cast(BinaryIO, copy)


@contextmanager
def open_input(path: str, notice: Callable[[str], None], seen: Seen) -> Iterator[Input]:
    """Opens a file, or standard input for `-`, and looks through gzip and zstd.

    Raises:
        OSError: it cannot be opened.
        InputError: it is empty, or damaged at its very beginning.
    """
    standard = path == STANDARD
    with nullcontext(sys.stdin.buffer) if standard else Path(path).open("rb", buffering=0) as opened:
        raw = Counted(cast(BinaryIO, opened))
        file = io.BufferedReader(raw, CHUNK)
        named, told = compression_of(path), _compression_by_content(file.peek(4))
        compression = named or told
        content = Content(file, compression)
        buffered = io.BufferedReader(content, HEAD)
        head = buffered.peek(HEAD)
        if len(head) >= HEAD:
            head = head[: head.rfind(b"\n") + 1] or head
        if content.damage and not head and named and not told:
            raise InputError(f"not compressed, though its name ends in {named}", "take that off its name")
        if not head:
            raise content.damage or InputError("empty", "leave the file out, or fetch it again")
        name = PurePath(shown(path)).name
        stem = None if standard else PurePath(without_compression(name)).stem
        yield Input(shown(path), name, stem, notice, seen, head, raw, content, buffered, bool(compression))


def shown(path: str) -> str:
    """The path as messages show it."""
    return "stdin" if path == STANDARD else os.fsencode(path).decode(errors="replace")


def compression_of(name: str) -> str | None:
    """`.gz` or `.zst` if the name ends so."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in MAGIC else None


def without_compression(name: str) -> str:
    """The name without `.gz` or `.zst`."""
    return name.removesuffix(PurePath(name).suffix) if compression_of(name) else name


def _compression_by_content(start: bytes) -> str | None:
    return next((ending for ending, magic in MAGIC.items() if start.startswith(magic)), None)
