"""What could not be read: shown, counted, and kept in a file."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol

from rich.console import Console

from graph.json_lines import one_line
from graph.printable import printable
from graph.runs import MOST_REJECTS, Rejected
from graph.telemetry import counted
from loaders.document import Reject

SHOWN = 20
"""Rejects printed; the others are counted, and all of them are in the rejects file."""


class RejectFileError(Exception):
    """The file of rejects can no longer be written; the message is the system's."""


class Rejects(Protocol):
    """Takes what could not be read."""

    def add(self, reject: Reject) -> None:
        """Writes one down."""


class RejectLog(AbstractContextManager["RejectLog"]):
    """Keeps every piece of input that could not be read, with its reason.

    Args:
        path: JSON Lines file for all of them, or None.
        console: where the first ones are printed.
    """

    def __init__(self, path: Path | None, console: Console) -> None:
        self.count = 0
        self.first: list[Rejected] = []
        """As many as a run keeps."""
        self.path = path
        self._console = console
        self._file: IO[str] | None = None

    def __enter__(self) -> RejectLog:
        """The log, its file empty."""
        self._file = self.path.open("w", buffering=1, encoding="utf-8") if self.path else None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes the file; what could not be written was told already."""
        if self._file:
            with suppress(OSError):
                self._file.close()

    def add(self, reject: Reject) -> None:
        """Writes one down."""
        self.count += 1
        counted("rejected")
        if len(self.first) < MOST_REJECTS:
            self.first.append(Rejected(**asdict(reject)))
        if self._file:
            try:
                self._file.write(one_line(json.dumps(asdict(reject), ensure_ascii=False)) + "\n")
            except OSError as error:
                raise RejectFileError(error.strerror) from error
        if self.count <= SHOWN:
            told = printable(f"rejected {_place(reject)}: {reject.reason}; {reject.remedy}")
            self._console.print(told, style="red", markup=False)
        elif self.count == SHOWN + 1:
            hint = f"see {self.path}" if self.path else "use --rejects FILE to keep them all"
            self._console.print(f"more was rejected; {hint}", style="red", markup=False)


def _place(reject: Reject) -> str:
    """Where it stands: the file with the line, or with the article's id where that is all that is known."""
    if reject.line:
        return f"{reject.file}:{reject.line}"
    known = reject.source_id and Path(reject.file).name.split(".")[0] != reject.source_id
    return f"{reject.file}, article {reject.source_id}" if known else reject.file
