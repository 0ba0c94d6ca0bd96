"""Reading takes no more memory for a long file than for a short one."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from loaders.document import Document
from loaders.sources import read

ARTICLES = 5_000
"""Of 10 kB each: 50 MB."""
FLAT = 12_000_000


def record(number: int) -> dict[str, str]:
    return {"id": str(number), "date": "2021-09-26", "text": f"Turkey buys {number} missiles. " * 320}


def jsonl(file: BinaryIO) -> None:
    for number in range(ARTICLES):
        file.write(json.dumps(record(number)).encode() + b"\n")


def array(file: BinaryIO) -> None:
    for number in range(ARTICLES):
        file.write((b", " if number else b"[") + json.dumps(record(number)).encode())
    file.write(b"]")


def table(file: BinaryIO) -> None:
    file.write(b"id,date,text\n")
    for number in range(ARTICLES):
        file.write(",".join(record(number).values()).encode() + b"\n")


def parquet(file: BinaryIO) -> None:
    schema = pa.schema([("id", pa.string()), ("date", pa.string()), ("text", pa.string())])
    pages = {"use_dictionary": False, "write_batch_size": 64}
    with pq.ParquetWriter(file, schema, compression="none", **pages) as writer:
        writer.write_table(pa.Table.from_pylist([record(number) for number in range(ARTICLES)], schema))


def zstd(write: Callable[[BinaryIO], None]) -> Callable[[BinaryIO], None]:
    def compress(file: BinaryIO) -> None:
        with zstandard.ZstdCompressor().stream_writer(file, closefd=False) as compressing:
            write(cast(BinaryIO, compressing))

    return compress


def gz(write: Callable[[BinaryIO], None]) -> Callable[[BinaryIO], None]:
    def compress(file: BinaryIO) -> None:
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as compressing:
            write(cast(BinaryIO, compressing))

    return compress


WRITERS = {
    "a.jsonl": jsonl,
    "a.jsonl.gz": gz(jsonl),
    "a.jsonl.zst": zstd(jsonl),
    "a.json": array,
    "a.csv": table,
    "a.csv.zst": zstd(table),
    "a.parquet": parquet,
}


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.parametrize("name", WRITERS)
def test_memory_is_flat(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        WRITERS[name](file)
    arrow_before = pa.total_allocated_bytes()
    arrow_most = 0
    request.getfixturevalue("traced")
    count = 0
    for item in read([str(path)], notice=lambda what: None):
        assert isinstance(item, Document)
        arrow_most = max(arrow_most, pa.total_allocated_bytes() - arrow_before) if count % 16 == 0 else arrow_most
        count += 1
    assert count == ARTICLES
    assert tracemalloc.get_traced_memory()[1] < FLAT
    assert arrow_most < FLAT


def test_a_bomb_takes_little_memory(tmp_path: Path) -> None:
    """Two gigabytes of one line in a file of 200 kB."""
    path = tmp_path / "a.jsonl.zst"
    with path.open("wb") as file, zstandard.ZstdCompressor(level=1).stream_writer(file) as writing:
        for _ in range(200):
            writing.write(bytes(b" " * 1_000_000))
        writing.write(b'\n{"text": "Turkey"}\n')
    tracemalloc.start()
    items = list(read([str(path)], notice=lambda what: None))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(item).__name__ for item in items] == ["Reject", "Document"]
    assert most < 300_000_000
