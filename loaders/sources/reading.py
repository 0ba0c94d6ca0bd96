"""Files in, articles out: one door for every format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from os import fstat, stat_result
from os.path import samestat
from pathlib import Path

from loaders.document import Reject
from loaders.sources.formats import format_of
from loaders.sources.inputs import STANDARD, Input, open_input, shown
from loaders.sources.items import InputError, Item
from loaders.sources.paths import find
from loaders.sources.seen import Seen

STANDARD_OUTPUT = 1


def read(
    paths: Sequence[str],
    *,
    notice: Callable[[str], None],
    progress: Callable[[int], None] = lambda consumed: None,
    written: Sequence[Path] = (),
) -> Iterator[Item]:
    """The articles of files, folders, patterns and standard input (`-`), one at a time.

    Reading goes on after every reject. Memory does not grow with the files.

    Args:
        paths: what to read.
        notice: is told what was guessed or skipped; each notice names its file.
        progress: is told the bytes read so far, out of `count_hint(paths)`.
        written: files that the caller writes meanwhile. They are left out, as is the file that standard output goes to:
            else reading would follow the writing without end.

    Yields:
        `Document` for an article, `Reject` for what could not be read, `ExportLine` for a line of `embargo export
        jsonl` that is no newspaper's article.
    """
    seen = Seen()
    finished = 0
    for path in find(paths, notice):
        if isinstance(path, Reject):
            yield path
            continue
        size = _size(path)
        if path != STANDARD and _is_one_of(path, written):
            notice(f"{shown(path)}: left out, as this command writes it")
            finished += size
            continue
        try:
            with open_input(path, notice, seen) as source:
                for item in _items(source):
                    yield item
                    progress(finished + min(source.consumed, size or source.consumed))
                finished += size or source.consumed
        except InputError as error:
            yield error.reject(shown(path))
            finished += size
        except OSError as error:
            yield Reject(shown(path), None, f"cannot be opened: {error.strerror}", "check the file and its permissions")
            finished += size
        progress(finished)


def count_hint(paths: Sequence[str]) -> int:
    """Bytes of the files that `read` would read, compressed as they are; standard input counts nothing."""
    return sum(_size(path) for path in find(paths) if isinstance(path, str))


def _items(source: Input) -> Iterator[Item]:
    found = False
    failure: InputError | None = None
    try:
        for item in format_of(source).read(source):
            found = True
            yield item
    except InputError as error:
        failure = error
    except UnicodeDecodeError as error:
        failure = InputError(f"wrong encoding: not {error.encoding} from here on", "save as UTF-8")
    failure = source.damage or failure
    if not failure and not found:
        failure = InputError("no article in it", "leave the file out, or check how it was made")
    if failure:
        yield failure.reject(source.file)


def _is_one_of(path: str, written: Sequence[Path]) -> bool:
    try:
        found = Path(path).stat()
    except OSError:
        return False
    return any(samestat(found, one) for one in _states(written))


def _states(written: Sequence[Path]) -> Iterator[stat_result]:
    with suppress(OSError):
        yield fstat(STANDARD_OUTPUT)
    for file in written:
        with suppress(OSError):
            yield file.stat()


def _size(path: str) -> int:
    try:
        return 0 if path == STANDARD else Path(path).stat().st_size
    except OSError:
        return 0
