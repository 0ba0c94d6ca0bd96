"""What can be wrong with a catalogue file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a catalogue file. The message says what is wrong and what to do."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """As `file:line: field: message`."""
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class CatalogueError(ValueError):
    """Everything that is wrong with the catalogue, one line a problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Sorts the problems by file and line."""
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[CatalogueError], tuple[tuple[Problem, ...]]]:
        """Comes whole from a process that reads articles."""
        return CatalogueError, (self.problems,)
