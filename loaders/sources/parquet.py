"""Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders.sources.columns import SAMPLE_ROWS, name_columns
from loaders.sources.fields import by_field, field_of, record_document
from loaders.sources.format import Format
from loaders.sources.inputs import Input
from loaders.sources.items import InputError, Item

BATCH_ROWS = 64
BUFFER = 1 << 16
TIME = pa.timestamp("us", tz="UTC")


def read(source: Input) -> Iterator[Item]:
    """The articles of a Parquet file, one a row; rows are decoded a few at a time."""
    with source.seekable() as file:
        try:
            yield from _rows(source, file)
        except (pa.ArrowException, OSError) as error:
            reason = f"broken Parquet: {str(error).splitlines()[0][:200]}"
            raise InputError(reason, "copy the file again, or write it anew") from None


def _rows(source: Input, file: BinaryIO) -> Iterator[Item]:
    parquet = pq.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False)
    schema = parquet.schema_arrow
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


def _utc(column: pa.Array) -> pa.Array:
    """Times to the microsecond: Python knows no nanoseconds."""
    return pc.cast(column, TIME, safe=False) if pa.types.is_timestamp(column.type) else column


FORMAT = Format(
    name="Parquet",
    suffixes=(".parquet", ".pq"),
    sniff=lambda head: head.startswith("PAR1"),
    read=read,
    binary=True,
)
