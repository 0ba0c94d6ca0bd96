"""What reading yields, and what ends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from loaders.document import Document, Reject

T = TypeVar("T")


class InputError(Exception):
    """Input that cannot be read, or cannot be read on."""

    def __init__(self, reason: str, remedy: str, line: int | None = None) -> None:
        """The reason, the remedy and, where there is one, the line."""
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.line = line

    def reject(self, file: str) -> Reject:
        """The reject that tells of it."""
        return Reject(file, self.line, self.reason, self.remedy)


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A line of this project's own export (an article, a claim or the header) instead of a newspaper's article."""

    record: dict[str, object]
    file: str
    line: int


Item = Document | Reject | ExportLine


def rejecting(pieces: Iterator[T], file: str) -> Iterator[T | Reject]:
    """The pieces, with a reject in place of each that is refused. `pieces` must go on after an `InputError`."""
    while True:
        try:
            yield next(pieces)
        except StopIteration:
            return
        except InputError as error:
            yield error.reject(file)
