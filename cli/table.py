"""Rows as a table, JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from cli.common import fail, messages


def check_format(format: str) -> None:
    """Ends the command where rows cannot be printed in this format."""
    if format not in ("table", "json", "csv"):
        fail(f"there is no format '{format}'; choose table, json or csv")


def print_rows(columns: list[str], rows: list[dict[str, Any]], format: str) -> None:
    """Prints rows as table, json or csv; a table leaves out columns that are empty in all of them."""
    if format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif format == "csv":
        writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({c: _cell(row[c]) for c in columns} for row in rows)
    else:
        shown = [c for c in columns if any(row[c] not in (None, [], "") for row in rows)] if rows else columns
        wide = [c for c in shown if c not in ("claims", "episode") and f"{c}_name" not in shown]
        shown = wide if len(shown) > 10 else shown
        table = Table(*shown, header_style="bold")
        for row in rows:
            table.add_row(*(_cell(row[c]) for c in shown))
        console = Console(highlight=False, markup=False)
        if not console.is_terminal:
            console.width = 200
        console.print(table)
        left = [c for c in columns if c not in shown]
        more = f"; not shown: {', '.join(left)} (--format json has them)" if left and rows else ""
        messages.print(f"{len(rows)} rows{more}" if rows else "0 rows; nothing in the graph answers this")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)
