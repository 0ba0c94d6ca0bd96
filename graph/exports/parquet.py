"""Parquet: a zip with one file a table, the same tables as in the CSV archive, with types.

Dates stay text in the form of ISO 8601, since some are known to the month or year only.
"""

from __future__ import annotations

import tempfile
import zipfile
from contextlib import AbstractContextManager, ExitStack, suppress
from types import TracebackType
from typing import IO, Any, BinaryIO

from graph.exports.archive import waiting, write_archive
from graph.exports.tables import TABLES, Table, rows
from graph.model import Property
from graph.settings import Settings
from graph.store import Store

ROWS = 2_000
"""Rows of a table that are held before they are written."""


def write(store: Store, out: BinaryIO, settings: Settings) -> None:
    """The zip; its members are compressed by Parquet itself and only stored."""
    with ExitStack() as stack:
        with waiting():
            files = {table.name: stack.enter_context(_File(table)) for table in TABLES.values()}
            for table, row in rows(store):
                files[table.name].add(row)
            members = [(f"{name}.parquet", file.close()) for name, file in files.items()]
        write_archive(out, members, zipfile.ZIP_STORED)


class _File(AbstractContextManager["_File"]):
    """One Parquet file."""

    def __init__(self, table: Table) -> None:
        import pyarrow
        from pyarrow import parquet

        self._file = file = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
        self._schema = pyarrow.schema([_field(column) for column in table.columns])
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[list[Any]] = []

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes both, the writer first, else it tries once more; on a full disk the reason was told already."""
        with suppress(OSError):
            self._writer.close()
        with suppress(OSError):
            self._file.close()

    def add(self, row: list[Any]) -> None:
        self._rows.append(row)
        if len(self._rows) == ROWS:
            self._flush()

    def close(self) -> IO[bytes]:
        """The whole file."""
        self._flush()
        self._writer.close()
        return self._file

    def _flush(self) -> None:
        import pyarrow

        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, self._schema, strict=True)]
            self._writer.write_batch(pyarrow.record_batch(arrays, self._schema))
        self._rows = []


def _field(column: Property) -> Any:
    import pyarrow as pa

    types = {
        "integer": pa.int64(), "float": pa.float64(), "boolean": pa.bool_(), "string[]": pa.list_(pa.string()),
        "integer[]": pa.list_(pa.int64()),
    }  # fmt: skip
    return pa.field(column.name, types.get(column.type, pa.string()), metadata={"description": column.doc})
