"""Which files the user means: files, folders, patterns and standard input."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from loaders.document import Reject
from loaders.sources.formats import SUFFIXES, format_by_name
from loaders.sources.inputs import STANDARD, shown

KNOWN = ", ".join(sorted(SUFFIXES))


def find(paths: Sequence[str], notice: Callable[[str], None] = lambda what: None) -> Iterator[str | Reject]:
    """The files to read, in a fixed order.

    A folder means every file below it, sorted, with an ending that a format knows; hidden files are skipped and
    links to folders are not followed. A pattern (`*`, `?`, `[…]`, `**`) that is no file's name means what it matches.

    Args:
        paths: as given by the user; `-` is standard input.
        notice: is told what was skipped.
    """
    for path in paths:
        if path == STANDARD:
            yield path
            continue
        try:
            yield from _meant(path, notice)
        except OSError as error:
            reason = f"cannot be opened: {error.strerror}"
            yield Reject(shown(path), None, reason, "check the path and its permissions")


def _meant(path: str, notice: Callable[[str], None]) -> Iterator[str | Reject]:
    if not path:
        yield Reject("''", None, "no path, but an empty text", "check the variable that it comes from")
    elif Path(path).is_dir():
        yield from _below(Path(path), notice)
    elif Path(path).is_symlink() or Path(path).exists():
        yield path
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - pathlib takes no absolute pattern
        if not matches:
            yield Reject(shown(path), None, "no file matches", "check the pattern and the folder it starts from")
        for match in matches:
            if not Path(match).is_dir():
                yield match
            elif "**" not in path:
                yield from _below(Path(match), notice)
    else:
        yield Reject(shown(path), None, "no such file or folder", "check the path")


def _below(folder: Path, notice: Callable[[str], None]) -> Iterator[str | Reject]:
    found = False
    skipped: set[str] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if path == folder or (path.is_dir() and not path.is_symlink()):
                waiting += sorted((one for one in path.iterdir() if not one.name.startswith(".")), reverse=True)
            elif format_by_name(path.name) and (path.is_file() or path.is_symlink()):
                found = True
                yield str(path)
            elif path.is_file():
                skipped.add(path.suffix or "none")
        except OSError as error:
            found = True
            yield Reject(shown(str(path)), None, f"cannot be opened: {error.strerror}", "change its permissions")
    if skipped:
        notice(f"{shown(str(folder))}: files with these endings are skipped: {shown(', '.join(sorted(skipped)))}")
    if not found:
        reason = "no file of a known format in the folder"
        yield Reject(shown(str(folder)), None, reason, f"the known endings are {KNOWN}")
