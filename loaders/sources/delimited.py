"""CSV and TSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from loaders.document import Reject
from loaders.sources.columns import SAMPLE_ROWS, is_header, name_columns
from loaders.sources.encodings import encoding_of
from loaders.sources.fields import by_field, field_of, record_document
from loaders.sources.format import Format
from loaders.sources.inputs import Input
from loaders.sources.items import InputError, Item, rejecting
from loaders.sources.streams import MAX_RECORD, Lines

DELIMITERS = ",;\t|"
MOST_COLUMNS = 2_000
LONGEST_HEADER = 20_000
TOLD = re.compile(r"\ufeff?sep=(.)\r?\n")
"""A first line that tells spreadsheets the delimiter."""


class _Row(NamedTuple):
    line: int
    cells: list[str]


class _Rows:
    """The rows that are not blank. Iteration goes on after an `InputError`: it concerns one row."""

    def __init__(self, lines: Lines, delimiter: str) -> None:
        self._lines = lines
        csv.field_size_limit(MAX_RECORD)
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[_Row]:
        return self

    def __next__(self) -> _Row:
        while True:
            line = self._lines.number + 1
            try:
                cells = next(self._reader)
            except csv.Error as error:
                taken = self._lines.number - line
                more = f"; {taken} more lines were taken for its own" if taken > 0 else ""
                raise InputError(
                    f"broken row: {error}{more}", "close every quotation mark, double those inside", line
                ) from None
            if any(cells):
                return _Row(line, cells)


def read(source: Input) -> Iterator[Item]:
    """The articles of a table of text, one a row."""
    encoding, guessed = encoding_of(source.head)
    if guessed:
        source.notice(f"{source.file}: not UTF-8; read as {encoding}")
    head = source.head.decode(encoding, "replace")
    lines = source.lines(encoding)
    told = TOLD.match(head)
    if told:
        next(lines)
    rows = rejecting(_Rows(lines, told[1] if told else _delimiter(head)), source.file)
    first = next(rows, None)
    if first is None:
        return
    if isinstance(first, Reject):
        yield first
        return
    if len(first.cells) > MOST_COLUMNS:
        raise InputError(f"table of more than {MOST_COLUMNS} columns", "check what separates the columns", first.line)
    header = is_header(first.cells)
    names = first.cells if header else [f"column {number}" for number in range(1, len(first.cells) + 1)]
    sample = ([] if header else [first]) + list(islice(rows, SAMPLE_ROWS))
    whole = [row.cells for row in sample if isinstance(row, _Row) and len(row.cells) == len(names)]
    names = name_columns(names, whole, lambda what: source.notice(f"{source.file}: {what}"))
    for row in chain(sample, rows):
        if isinstance(row, Reject):
            yield row
        elif len(row.cells) != len(names):
            reason = f"row of {len(row.cells)} in a table of {len(names)} columns"
            yield Reject(
                source.file, row.line, reason, "give each row as many cells; quote those that hold a delimiter"
            )
        else:
            yield record_document(by_field(_record(names, row.cells)), source, row.line, row.line)


def _record(names: list[str], cells: list[str]) -> dict[str, str]:
    """The cells by the names of their columns; of several of one name the first that is filled counts."""
    record: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=True):
        record[name] = record.get(name) or cell
    return record


def _delimiter(head: str) -> str:
    """The delimiter that parts the first line into the most cells."""
    return max(DELIMITERS, key=lambda delimiter: len(_cells(head, delimiter)))


def _cells(head: str, delimiter: str) -> list[str]:
    lines = head[:LONGEST_HEADER].lstrip("\ufeff\r\n").splitlines()[:1]
    return next(csv.reader(lines, delimiter=delimiter), [])


def _sniff(head: str) -> bool:
    cells = _cells(head, _delimiter(head))
    return len(cells) > 1 and any(known[0] in ("text", "title", "body") for cell in cells if (known := field_of(cell)))


FORMAT = Format(name="CSV", suffixes=(".csv", ".tsv", ".tab"), sniff=_sniff, read=read)
