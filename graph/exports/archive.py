"""Zip archives whose bytes depend on their members only."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""


class _Forward:
    """A file that is only ever written on: a zip in a file has the same bytes as one that is streamed."""

    def __init__(self, out: BinaryIO) -> None:
        self.write, self.flush = out.write, out.flush


@contextmanager
def waiting() -> Iterator[None]:
    """Tables that wait on disk until they are whole; what keeps them from it names that place, not the export's.

    Raises:
        OSError: the folder for temporary files is full, or there is none.
    """
    try:
        yield
    except OSError as error:
        why = f"{error.strerror or error} (its tables wait in {tempfile.gettempdir()}; TMPDIR names another folder)"
        raise OSError(error.errno, why) from error


def write_archive(
    out: BinaryIO, members: Iterable[tuple[str, IO[bytes]]], compression: int = zipfile.ZIP_DEFLATED
) -> None:
    """Writes a zip.

    Args:
        out: where to; it need not be seekable.
        members: names and contents, read from their beginning.
        compression: of `zipfile`.
    """
    with zipfile.ZipFile(cast(IO[bytes], _Forward(out)), "w", compression) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = compression
            info.external_attr = 0o644 << 16
            content.seek(0)
            with archive.open(info, "w", force_zip64=True) as member:
                shutil.copyfileobj(content, member, 1 << 16)
