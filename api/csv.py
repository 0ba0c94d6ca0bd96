"""Rows as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi.responses import Response

from graph.printable import spreadsheet_text

CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}, "example": "id,name\r\nTUR,Turkey\r\n"}}}
}
"""What OpenAPI says of routes that also answer as CSV."""


def cell(value: Any) -> Any:
    """A value as a spreadsheet may safely open it.

    Lists of plain values are joined by blanks, other compound values are JSON. A text that a spreadsheet would run
    as a formula gets an apostrophe in front.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        value = " ".join(str(item) for item in value)
    elif isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return spreadsheet_text(value) if isinstance(value, str) else value


def csv_response(
    columns: list[str], rows: Iterable[Mapping[str, Any]], headers: dict[str, str] | None = None
) -> Response:
    """A CSV file with a heading, one line a row; what a row lacks stays empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return Response(buffer.getvalue(), headers=headers, media_type="text/csv; charset=utf-8")
