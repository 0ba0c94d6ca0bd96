"""The unit of work: a part of an input file. Which articles it has follows from the file, not from the machines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from loaders.document import Reject
from loaders.sources.formats import format_by_name
from loaders.sources.paths import find

PART_BYTES = 32 << 20
"""Bytes of an input file, as stored, for each of its parts."""
CHUNK = 64
"""Articles in a row that belong to one part."""


@dataclass(frozen=True, slots=True)
class Part:
    """Part `number`, from 0, of `of` parts of an input file."""

    path: str
    number: int
    of: int

    @property
    def name(self) -> str:
        """Name of its output files: readable, and different for files of one name in different folders."""
        digest = sha256(f"{self.path}\0{self.of}".encode()).hexdigest()[:12]
        return f"{PurePosixPath(self.path).name}-{digest}-{self.number:04}"

    def has(self, position: int) -> bool:
        """Whether the article at this position of the file, from 0, is in the part."""
        return position // CHUNK % self.of == self.number


def parts(paths: Sequence[str], notice: Callable[[str], None], part_bytes: int = PART_BYTES) -> list[Part | Reject]:
    """The parts of all input files, and what is no input.

    Args:
        paths: files, folders and patterns; `s3://bucket/pattern` as well.
        notice: is told what was skipped.
        part_bytes: size of a part in bytes.
    """
    found: list[Part | Reject] = []
    for path in paths:
        sizes = _remote(path) if "://" in path else _local(path, notice)
        for one, size in sizes:
            if isinstance(one, Reject):
                found.append(one)
            else:
                of = max(1, -(-size // part_bytes))
                found += [Part(one, number, of) for number in range(of)]
    return found


def _local(path: str, notice: Callable[[str], None]) -> list[tuple[str | Reject, int]]:
    return [
        (one, 0) if isinstance(one, Reject) else (str(Path(one).absolute()), Path(one).stat().st_size)
        for one in find([path], notice)
    ]


def _remote(pattern: str) -> list[tuple[str | Reject, int]]:
    import daft

    try:
        rows = daft.from_glob_path(pattern).select("path", "size").to_pylist()
    except (FileNotFoundError, daft.exceptions.DaftCoreException) as error:
        reason = f"cannot be listed: {str(error).splitlines()[0][:200]}"
        return [(Reject(pattern, None, reason, "check the address and the credentials"), 0)]
    known = [(row["path"], row["size"]) for row in rows if format_by_name(row["path"])]
    return sorted(known) or [(Reject(pattern, None, "no file of a known format matches", "check the pattern"), 0)]
