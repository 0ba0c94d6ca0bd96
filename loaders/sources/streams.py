"""Bytes and lines of a file: counted, decompressed, bounded."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Protocol

import zstandard

from loaders.sources.items import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_RECORD = 50_000_000
"""The most characters of a line, and the most bytes of a file that is read as a whole."""
CHUNK = 1 << 16
ZSTD_STEP = 1 << 10
"""Compressed bytes taken at once: the most extreme compression then gives some 32 MB at once."""
UNDECODED = re.compile("[\udc80-\udcff]")


class _Readable(Protocol):
    def read1(self, size: int = -1, /) -> bytes: ...


class Counted(io.RawIOBase):
    """A file that counts the bytes taken from it.

    Attributes:
        consumed: the count.
    """

    def __init__(self, raw: BinaryIO) -> None:
        """Counts from here on."""
        self._raw = raw
        self.consumed = 0

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """Whether it is a file rather than a pipe."""
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Goes to a place."""
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self._raw.tell()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fills the buffer."""
        view = memoryview(buffer)
        taken = self._raw.read(len(view))
        view[: len(taken)] = taken
        self.consumed += len(taken)
        return len(taken)


class _Zstd:
    """The content of a zstd file of one or more frames; unlike the library's reader it notices a lost end."""

    def __init__(self, compressed: io.BufferedReader[Counted]) -> None:
        self._compressed = compressed
        self._decompressor = zstandard.ZstdDecompressor()
        self._frame = self._decompressor.decompressobj()
        self._started = False
        self._ready = io.BytesIO()

    def read1(self, size: int = -1, /) -> bytes:
        while not (taken := self._ready.read(size)):
            step = (self._frame.unused_data if self._frame.eof else b"") or self._compressed.read(ZSTD_STEP)
            if not step:
                if self._started and not self._frame.eof:
                    raise EOFError
                return b""
            if self._frame.eof:
                self._frame = self._decompressor.decompressobj()
            self._started = True
            self._ready = io.BytesIO(self._frame.decompress(step))
        return taken


class Content(io.RawIOBase):
    """The content of a file. Damage ends it and is remembered, so that what came before the damage still counts.

    Attributes:
        damage: what is wrong with the file, once reading came so far.
    """

    def __init__(self, file: io.BufferedReader[Counted], compression: str | None) -> None:
        """The content of a file that is compressed as `.gz`, `.zst` or not at all."""
        self.damage: InputError | None = None
        self._content: _Readable = file
        if compression == ".gz":
            self._content = gzip.GzipFile(fileobj=file)
        elif compression == ".zst":
            self._content = _Zstd(file)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fills the buffer, unless the content ends first."""
        view = memoryview(buffer)
        filled = 0
        while filled < len(view) and not self.damage:
            try:
                part = self._content.read1(len(view) - filled)
            except EOFError:
                self.damage = InputError("truncated: the end of the compressed file is missing", "copy the file again")
            except (zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
                self.damage = InputError(f"damaged compression: {error}", "copy the file, or compress it again")
            except OSError as error:
                self.damage = InputError(f"cannot be read: {error.strerror}", "check the disk and copy the file again")
            else:
                if not part:
                    break
                view[filled : filled + len(part)] = part
                filled += len(part)
        return filled


class Lines:
    """The lines of a text with their line ends; the last one is left out where damage cut it off.

    Iteration goes on after an `InputError`: it concerns one line.

    Attributes:
        number: of the line read last, from 1.
    """

    def __init__(self, text: io.TextIOWrapper, content: Content) -> None:
        """The lines of the text that is made of the content."""
        self.number = 0
        self._text = text
        self._content = content
        self._ended = False

    def __iter__(self) -> Iterator[str]:
        """Itself."""
        return self

    def __next__(self) -> str:
        """The next line.

        Raises:
            InputError: the line is too long or in another encoding.
        """
        if self._ended:
            raise StopIteration
        try:
            line = self._text.readline(MAX_RECORD + 1)
        except UnicodeDecodeError as error:
            self._ended = True
            raise InputError(f"not {error.encoding} from here on", "save as UTF-8", self.number + 1) from None
        if _unfinished(line) and len(line) <= MAX_RECORD:
            self._ended = True
            if self._content.damage:
                self._content.damage.line = self.number + 1
            if self._content.damage or not line:
                raise StopIteration
        self.number += 1
        if len(line) > MAX_RECORD:
            while line and _unfinished(line):
                line = self._text.readline(CHUNK)
            raise InputError("line of more than 50 MB", "split it: one article a line", self.number)
        if not line.isascii() and (bad := UNDECODED.search(line)):
            byte = f"byte 0x{ord(bad[0]) - 0xDC00:02x} at character {bad.start() + 1}"
            raise InputError(
                f"wrong encoding: {byte} is not {self._text.encoding}",
                "save as UTF-8, for instance with `iconv -f WINDOWS-1252 -t UTF-8`",
                self.number,
            )
        return line


def _unfinished(line: str) -> bool:
    return not line.endswith(("\n", "\r"))
