"""Where the parts' claims and articles go: a folder of Parquet files, local or on S3."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyarrow import Table, fs, schema, string
from pyarrow.parquet import ParquetWriter

from graph.lines import SCHEMA
from loaders.sources.parquet import EXPORT_MARK, LINE

ROWS = 1_000
"""Rows that are held before they are written."""
METADATA = {EXPORT_MARK: str(SCHEMA).encode()}
COLUMNS = {
    "articles": ["id", "source_id", "source", "url", "outlet", "title", "published", "language", LINE],
    "claims": ["id", "article_id", "article", "frame", "predicate", "subject", "object", "stage", "phase", "assertion",
               "event_date", "published", LINE],
    "rejects": ["file", "line_number", "reason", "remedy", "source_id"],
}  # fmt: skip
"""`LINE` holds the whole record, a line of `embargo export jsonl`; the other columns are there for queries."""


class Output:
    """A folder with `articles/`, `claims/`, `rejects/` and the reports of the parts that are `done/`.

    Args:
        uri: a path, or an address such as `s3://bucket/folder`.
    """

    def __init__(self, uri: str) -> None:
        self.uri = uri if "://" in uri else str(Path(uri).absolute())
        self._system: fs.FileSystem = fs.LocalFileSystem()
        self._folder: str = self.uri
        if "://" in uri:
            self._system, self._folder = fs.FileSystem.from_uri(self.uri)

    def done(self) -> dict[str, dict[str, int]]:
        """The reports of the parts that are finished, by the part's name."""
        found = self._system.get_file_info(fs.FileSelector(f"{self._folder}/done", allow_not_found=True))
        reports = {}
        for info in found:
            if info.base_name.endswith(".done"):
                with self._system.open_input_stream(info.path) as file:
                    reports[info.base_name.removesuffix(".done")] = json.loads(file.read())
        return reports

    def finish(self, name: str, report: Mapping[str, int]) -> None:
        """Marks a part as done, once its tables are in place."""
        with self._placed("done", f"{name}.done") as path, self._system.open_output_stream(path) as file:
            file.write(json.dumps(report).encode())

    @contextmanager
    def table(self, kind: str, name: str) -> Iterator[_Rows]:
        """A table that takes rows; it is in its place once it is closed, never half of it."""
        columns = schema([(column, string()) for column in COLUMNS[kind]], metadata=METADATA)
        with (
            self._placed(kind, f"{name}.parquet") as path,
            self._system.open_output_stream(path) as file,
            ParquetWriter(file, columns, compression="zstd") as writer,
        ):
            rows = _Rows(writer, columns)
            yield rows
            rows.flush()

    @contextmanager
    def _placed(self, kind: str, name: str) -> Iterator[str]:
        folder = f"{self._folder}/{kind}"
        self._system.create_dir(folder, recursive=True)
        yield f"{folder}/.{name}"
        self._system.move(f"{folder}/.{name}", f"{folder}/{name}")


class _Rows:
    def __init__(self, writer: ParquetWriter, columns: Any) -> None:
        self._writer, self._columns = writer, columns
        self._held: list[dict[str, str | None]] = []
        self.count = 0

    def add(self, row: dict[str, str | None]) -> None:
        self._held.append(row)
        self.count += 1
        if len(self._held) == ROWS:
            self.flush()

    def flush(self) -> None:
        self._writer.write_table(Table.from_pylist(self._held, self._columns))
        self._held = []
