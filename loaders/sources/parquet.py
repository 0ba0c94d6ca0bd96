"""Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from loaders.sources.columns import SAMPLE_ROWS, name_columns
from loaders.sources.fields import by_field, field_of, record_document
from loaders.sources.format import Format
from loaders.sources.inputs import Input
from loaders.sources.items import InputError, Item
from loaders.sources.jsonl import record_of

if TYPE_CHECKING:
    from pyarrow import Array
    from pyarrow.parquet import ParquetFile

BATCH_ROWS = 64
BUFFER = 1 << 16
EXPORT_MARK = b"embargo.schema"
"""Key in the metadata of a table whose column `LINE` holds lines of `embargo export jsonl`."""
LINE = "line"


def read(source: Input) -> Iterator[Item]:
    """The articles of a Parquet file, one a row; rows are decoded a few at a time."""
    from pyarrow import ArrowException  # slow to import

    with source.seekable() as file:
        try:
            yield from _rows(source, file)
        except (ArrowException, OSError) as error:
            reason = f"broken Parquet: {str(error).splitlines()[0][:200]}"
            raise InputError(reason, "copy the file again, or write it anew") from None


def _rows(source: Input, file: BinaryIO) -> Iterator[Item]:
    from pyarrow.parquet import ParquetFile

    parquet = ParquetFile(file, buffer_size=BUFFER, pre_buffer=False)
    schema = parquet.schema_arrow
    if EXPORT_MARK in (schema.metadata or {}) and LINE in schema.names:
        yield from _export_lines(source, parquet)
        return
    first = next(parquet.iter_batches(batch_size=SAMPLE_ROWS, use_threads=False), None)
    sample = list(zip(*(_utc(column).to_pylist() for column in first.columns), strict=True)) if first else []
    names = name_columns(schema.names, sample, lambda what: source.notice(f"{source.file}: {what}"))
    used = [column for column, name in zip(schema.names, names, strict=True) if field_of(name)]
    names = [name for name in names if field_of(name)]
    number = 0
    for batch in parquet.iter_batches(batch_size=BATCH_ROWS, columns=used, use_threads=False):
        columns = [_utc(column) for column in batch.columns]
        for row in range(batch.num_rows):
            number += 1
            record = {name: column[row].as_py() for name, column in zip(names, columns, strict=True)}
            yield record_document(by_field(record), source, number, None)


def _export_lines(source: Input, parquet: ParquetFile) -> Iterator[Item]:
    """The rows of tables that `embargo extract --engine daft` wrote."""
    number = 0
    for batch in parquet.iter_batches(batch_size=BATCH_ROWS, columns=[LINE], use_threads=False):
        for line in batch.column(0).to_pylist():
            number += 1
            yield from record_of(str(line), source, number)


def _utc(column: Array) -> Array:
    """Times to the microsecond: Python knows no nanoseconds."""
    from pyarrow import compute, timestamp, types

    return compute.cast(column, timestamp("us", tz="UTC"), safe=False) if types.is_timestamp(column.type) else column


FORMAT = Format(
    name="Parquet",
    suffixes=(".parquet", ".pq"),
    sniff=lambda head: head.startswith("PAR1"),
    read=read,
    binary=True,
)
