"""All formats: the same graph gives the same bytes; and what the CSV archive holds."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from graph.errors import GraphChangedError
from graph.exports import FORMATS, UnknownFormatError, export
from graph.exports.csvzip import cell
from graph.files import placed
from graph.model import NODE_BY_LABEL, RELATIONSHIP_BY_TYPE
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer
from tests.exports.conftest import FORMULA, exported
from tests.store.examples import many, story

ROOT = Path(__file__).parents[2]
IN_A_NEW_PROCESS = """
import hashlib, io, sys
from graph.exports import FORMATS, export
from graph.settings import Settings
from graph.store import connect
with connect(sys.argv[1]) as store:
    for format in FORMATS:
        out = io.BytesIO()
        export(store, format, out, Settings())
        print(format, hashlib.sha256(out.getvalue()).hexdigest())
"""


def test_the_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    uri = f"embedded:{tmp_path / 'store'}"
    with connect(uri) as store:
        Writer(store, {"rules": "1.0"}).write(story() + many(20))
    told = [
        subprocess.run(
            [sys.executable, "-c", IN_A_NEW_PROCESS, uri],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert len(told[0].splitlines()) == len(FORMATS)


def test_an_export_is_of_one_state_or_fails(tmp_path: Path) -> None:
    with connect(f"embedded:{tmp_path / 'store'}") as store:
        Writer(store).write(story())

        class Busy(io.BytesIO):
            """Somebody loads while it is written."""

            def __init__(self, seed: int) -> None:
                super().__init__()
                self._news = many(1, seed)

            def write(self, data: Any, /) -> int:
                if self._news:
                    Writer(store).write(self._news)
                    self._news = []
                return super().write(data)

        for seed, format in enumerate(("jsonl", "csv", "ttl"), 1):
            with pytest.raises(GraphChangedError, match="export again"):
                export(store, format, Busy(seed), Settings())
            export(store, format, io.BytesIO(), Settings())


@pytest.mark.parametrize("format", FORMATS)
def test_output_need_not_be_seekable(world: Store, format: str) -> None:
    class Pipe(io.RawIOBase):
        written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    export(world, format, pipe, Settings())  # type: ignore[arg-type]
    assert pipe.written
    assert not pipe.closed


def test_an_empty_graph_is_no_error(store: Store) -> None:
    Writer(store)
    empty = [format for format in FORMATS if not exported(store, format)]
    assert empty == ["ftm"], "a file of entities without any is empty; the others have a frame"


def test_unknown_format_names_the_known_ones(world: Store) -> None:
    with pytest.raises(UnknownFormatError, match="no format 'xls'; choose one of ttl"):
        export(world, "xls", io.BytesIO(), Settings())


@pytest.fixture(scope="module")
def archive(world: Store) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(exported(world, "csv")))


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))


def test_csv_has_a_row_for_each_node_and_relationship(world: Store, archive: zipfile.ZipFile) -> None:
    assert archive.testzip() is None
    for name in archive.namelist():
        folder, _, kind = name.removesuffix(".csv").partition("/")
        if folder == "nodes":
            ids = {row["id"] for row in world.read(f"MATCH (n:{kind}) RETURN n.id AS id")}
            assert {row["id"] for row in rows(archive, name)} == ids
        elif folder == "relationships":
            pairs = sorted(
                (row["a"], row["b"]) for row in world.read(f"MATCH (a)-[:{kind}]->(b) RETURN a.id AS a, b.id AS b")
            )
            assert sorted((row["from"], row["to"]) for row in rows(archive, name)) == pairs
    told = {name.partition("/")[2].removesuffix(".csv") for name in archive.namelist()}
    assert {"Country", "Weapon", "Article", "Claim", "Episode", "SANCTIONS", "PURCHASES", "REPORTS"} <= told


def test_csv_keeps_values(world: Store, archive: zipfile.ZipFile) -> None:
    claims = {row["id"]: row for row in rows(archive, "nodes/Claim.csv")}
    for row in world.read(
        "MATCH (c:Claim) RETURN c.id AS id, c.quotes AS quotes, c.starts AS starts, c.stage AS stage"
    ):
        told = claims[row["id"]]
        assert (json.loads(told["quotes"]), json.loads(told["starts"]), told["stage"]) == (
            row["quotes"],
            row["starts"],
            row["stage"],
        )


def test_csv_never_holds_a_formula(archive: zipfile.ZipFile) -> None:
    titles = {row["title"] for row in rows(archive, "nodes/Article.csv")}
    assert f"'{FORMULA}" in titles
    for name in archive.namelist():
        if name.endswith(".csv"):
            assert not [v for row in rows(archive, name) for v in row.values() if v.startswith(("=", "+", "@", "\t"))]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-3, -3),
        (-0.5, -0.5),
        (True, "true"),
        (None, None),
        (["=1", 'a"b'], '["=1", "a\\"b"]'),
    ],
)
def test_cell(value: object, told: object) -> None:
    assert cell(value) == told


def test_csv_explains_every_column(archive: zipfile.ZipFile) -> None:
    readme = archive.read("README.md").decode()
    for name in archive.namelist():
        folder, _, kind = name.removesuffix(".csv").partition("/")
        if folder in ("nodes", "relationships"):
            section = readme.partition(f"## {name}\n")[2].partition("\n## ")[0]
            declared = (NODE_BY_LABEL if folder == "nodes" else RELATIONSHIP_BY_TYPE)[kind]
            heading = next(csv.reader(io.StringIO(archive.read(name).decode(), newline="")))
            assert len(set(heading)) == len(heading)
            assert [column for column in heading if f"| `{column}` |" not in section] == []
            assert {item.name for item in declared.properties} <= set(heading)


def test_a_file_that_is_not_finished_leaves_nothing_but_the_older_one(tmp_path: Path) -> None:
    (tmp_path / "embargo.ttl").write_bytes(b"whole")
    with pytest.raises(KeyboardInterrupt), placed(tmp_path / "embargo.ttl") as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("embargo.ttl", b"whole")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full: Linux only")
def test_a_full_folder_for_temporary_files_is_named(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", said.append)
    monkeypatch.setattr("tempfile.TemporaryFile", lambda: Path("/dev/full").open("w+b", 0))  # noqa: SIM115
    with pytest.raises(OSError, match=r"No space left on device \(its tables wait in .*; TMPDIR names another"):
        exported(world, "parquet")
    gc.collect()
    assert not said
