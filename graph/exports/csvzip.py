"""CSV: a zip with one file a table, a README that explains the columns, and a Frictionless data package."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from typing import IO, Any, BinaryIO, TextIO

from graph.exports.archive import waiting, write_archive
from graph.exports.datapackage import describe
from graph.exports.tables import TABLES, Table, rows
from graph.printable import spreadsheet_text
from graph.settings import Settings
from graph.store import Store

BEFORE_SPILL = 1 << 20
README = """\
# Embargo as CSV

One file a kind of node (`nodes/`) and one a kind of relationship (`relationships/`), RFC 4180, UTF-8, with a heading,
which is all of a file where the graph has none of the kind.
`from` and `to` hold the `id` of a node. What is unset is empty; lists are JSON arrays; dates are ISO 8601; `true`
and `false` are lower case. A text that a spreadsheet would run as a formula begins with an apostrophe that is not
part of it. A claim with `retired_at` counts no longer. `datapackage.json` says the same to programs, as a tabular
data package (https://specs.frictionlessdata.io/tabular-data-package/).
"""


def write(store: Store, out: BinaryIO, settings: Settings) -> None:
    """The zip; every file is sorted by the ids of its rows' nodes."""
    with ExitStack() as stack:
        with waiting():
            files = _Files(stack)
            for table, row in rows(store):
                files.add(table, row)
        told = [TABLES[name] for name in sorted(TABLES)]
        write_archive(
            out,
            [
                ("README.md", io.BytesIO(_readme(told).encode())),
                ("datapackage.json", io.BytesIO(describe(told, settings).encode())),
                *((f"{table.name}.csv", files.bytes[table.name]) for table in told),
            ],
        )


class _Files:
    """The files, filled side by side; what does not fit into memory goes to disk."""

    def __init__(self, stack: ExitStack) -> None:
        self.bytes: dict[str, IO[bytes]] = {}
        self._texts: dict[str, TextIO] = {}
        for table in TABLES.values():
            file = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=BEFORE_SPILL))  # noqa: SIM115 - the stack closes it
            self.bytes[table.name] = file
            text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
            self._texts[table.name] = text
            csv.writer(text).writerow(column.name for column in table.columns)

    def add(self, table: Table, row: list[Any]) -> None:
        csv.writer(self._texts[table.name]).writerow(map(cell, row))


def cell(value: Any) -> Any:
    """A value as a spreadsheet may safely open it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return spreadsheet_text(value) if isinstance(value, str) else value


def _readme(tables: Iterable[Table]) -> str:
    lines = [README]
    for table in tables:
        lines += [f"## {table.name}.csv", "", table.doc, "", "| column | type | |", "|---|---|---|"]
        lines += [f"| `{column.name}` | {column.type} | {column.doc} |" for column in table.columns] + [""]
    return "\n".join(lines)
