"""Rows as a table, JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.rule import Rule
from rich.table import Table

from cli.common import fail, messages
from graph.printable import printable, spreadsheet_text

NARROWEST = 10
"""Characters that a column needs to be read."""


def check_format(format: str) -> None:
    """Ends the command where rows cannot be printed in this format."""
    if format not in ("table", "json", "csv"):
        fail(f"there is no format '{format}'; choose table, json or csv")


def print_rows(
    columns: list[str],
    rows: list[dict[str, Any]],
    format: str,
    legend: Mapping[str, str] | None = None,
    why: str = "",
    *,
    whole: bool = False,
) -> None:
    """Prints rows as table, json or csv.

    A table leaves out columns that are empty in all rows, unless it is wanted whole; where the terminal is too narrow
    for it, every row is a block of lines. The legend, what columns mean, follows on standard error; so does why there
    are no rows, or nothing in a column.
    """
    if format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif format == "csv":
        writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({c: _safe(row[c]) for c in columns} for row in rows)
    else:
        shown = [c for c in columns if whole or any(row[c] not in (None, [], "") for row in rows)] if rows else columns
        wide = [c for c in shown if c not in ("claims", "episode") and f"{c}_name" not in shown]
        shown = wide if len(shown) > 10 and not whole else shown
        console = Console(highlight=False, markup=False, emoji=False)
        if not console.is_terminal:
            console.width = 300
        narrow = len(shown) * NARROWEST > console.width
        for part in _blocks(shown, rows) if narrow else [_table(shown, rows)]:
            console.print(part)
        for column, text in (legend or {}).items():
            if rows and column in shown:
                messages.print(f"{column}: {text}", style="dim", markup=False)
        left = [c for c in columns if c not in shown]
        more = f"; not shown: {', '.join(left)} (--format json has them)" if left and rows else ""
        why = why or ("" if rows else "nothing in the graph answers this")
        messages.print(f"{len(rows)} rows{more}{f'; {printable(why)}' if why else ''}", markup=False)


def _table(columns: list[str], rows: list[dict[str, Any]]) -> Table:
    table = Table(*columns, header_style="bold")
    for row in rows:
        table.add_row(*(printable(_cell(row[c])) for c in columns))
    return table


def _blocks(columns: list[str], rows: list[dict[str, Any]]) -> Iterator[Table | Rule]:
    """A block of lines for every row: name and value, as far as there is one."""
    width = max(map(len, columns))
    for row in rows:
        block = Table.grid(padding=(0, 2))
        block.add_column(style="bold", width=width)
        block.add_column(ratio=1)
        for column in columns:
            if _cell(row[column]):
                block.add_row(column, printable(_cell(row[column])))
        yield block
        yield Rule(style="dim")


def _safe(value: Any) -> str:
    """A cell of CSV; numbers may begin with a minus."""
    return _cell(value) if isinstance(value, int | float) else spreadsheet_text(_cell(value))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)
