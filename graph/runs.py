"""Runs: what loaded or read articles anew, when, and what it could not read. They are no part of `the same graph`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from neo4j import ManagedTransaction

from graph.clock import now
from graph.rows import present, run
from graph.store import Store

MOST_REJECTS = 1000
"""So many rejects of a run are kept; their number is told in any case."""
WRITE = "CREATE (r:Run) SET r = $row"
WRITE_REJECTS = "UNWIND $rows AS row CREATE (r:Reject) SET r = row"


@dataclass(frozen=True, slots=True)
class Rejected:
    """One piece of input that a run could not read."""

    file: str
    line: int | None
    reason: str
    remedy: str
    source_id: str | None = None


@dataclass(slots=True)
class Run:
    """One load, or one reading of stored texts."""

    kind: Literal["load", "reextract"]
    reader: str
    """Name and version of what read the articles."""
    began: str = field(default_factory=lambda: now())
    """To the second, UTC, as `recorded_at` of claims."""
    id: str = field(default_factory=lambda: uuid4().hex[:12])

    def end(self, store: Store, summary: str, rejected: int, rejects: Sequence[Rejected] = ()) -> None:
        """Writes the run down.

        Args:
            store: where it wrote.
            summary: what it did, in one line.
            rejected: how many pieces of input it could not read.
            rejects: the first of them.
        """
        row, rows = self.rows(summary, rejected, rejects)

        def write(transaction: ManagedTransaction) -> None:
            transaction.run(WRITE, row=row).consume()
            run(transaction, WRITE_REJECTS, rows=rows)

        store.write(write)

    def rows(
        self, summary: str, rejected: int, rejects: Sequence[Rejected]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Properties of the run that ends now, and of what it could not read; the arguments are those of `end`."""
        after = (datetime.fromisoformat(now()) + timedelta(seconds=1)).isoformat()
        row = {"id": self.id, "kind": self.kind, "reader": self.reader, "began": self.began, "ended": after}
        return row | {"summary": summary, "rejected": rejected}, [
            present(asdict(reject)) | {"id": f"{self.id}/{number:04}", "run": self.id}
            for number, reject in enumerate(rejects[:MOST_REJECTS], 1)
        ]
