"""Exports over HTTP: the bytes of the command, streamed; conditional requests; and the folder with the index."""

from __future__ import annotations

import hashlib
import io
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from typer.testing import CliRunner

from api import streaming
from cli import app
from graph.dump import dump
from graph.exports import FORMATS, export
from graph.exports.dataset import write_all
from graph.log import CursorError
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer
from tests.store.examples import many, story

Get = Callable[..., Response]


@pytest.fixture(scope="module")
def opened(world: str, client: TestClient) -> Iterator[Store]:
    with connect(world) as store:
        yield store


def test_every_format_is_what_the_command_writes(get: Get, opened: Store) -> None:
    listed = get("/v1/export").json()
    assert [format["name"] for format in listed["formats"]] == list(FORMATS)
    for name, format in FORMATS.items():
        response, out = get(f"/v1/export/{name}"), io.BytesIO()
        export(opened, name, out, Settings())
        assert response.content == out.getvalue(), name
        assert response.headers["content-type"].startswith(format.media_type)
        assert response.headers["x-version"] == listed["version"]
        assert f'"embargo.{format.suffix}"' in response.headers["content-disposition"]


def test_each_format_has_its_own_etag(get: Get) -> None:
    tag = get("/v1/export/graphml").headers["etag"]
    assert tag != get("/v1/export/gexf").headers["etag"]
    for known in (tag, f'"x", {tag}', "*"):
        answer = get("/v1/export/graphml", 304, {"If-None-Match": known})
        assert (answer.headers["etag"], answer.content) == (tag, b"")


def test_formats_that_are_none(get: Get) -> None:
    assert "csv" in get("/v1/export/xls", 422).text


def test_too_many_at_once_are_told_to_come_back(get: Get) -> None:
    for _ in range(streaming.AT_ONCE):
        assert streaming._slots.acquire(timeout=5)
    try:
        assert get("/v1/export/ftm", 503).headers["retry-after"]
        assert get("/v1/changes", 503, format="ndjson").headers["retry-after"]
        assert get("/v1/changes").json()["items"]
    finally:
        for _ in range(streaming.AT_ONCE):
            streaming._slots.release()


def test_head_writes_no_export(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_slots", threading.BoundedSemaphore(1))
    with streaming._slots:
        told = client.head("/v1/export/csv")
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["etag"] == client.get("/v1/export/csv").headers["etag"]


def test_a_stream_takes_no_memory_and_ends_with_its_reader() -> None:
    written, finished = [0], threading.Event()

    def endless(out: BinaryIO) -> None:
        while True:
            written[0] += out.write(b"x" * streaming.PIECE)

    pieces = streaming.written_by(endless, finished.set)
    assert next(pieces) == b"", "the answer begins before there is anything in it"
    assert len(next(pieces)) >= streaming.PIECE
    assert written[0] <= (streaming.PIECES + 4) * streaming.PIECE
    pieces.close()  # type: ignore[attr-defined]
    assert finished.wait(10)


def test_who_does_not_read_makes_room_for_who_was_sent_away(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(out: BinaryIO) -> None:
        while True:
            out.write(b"x" * streaming.PIECE)

    monkeypatch.setattr(streaming, "LOOK", 0.05)
    unread = [streaming.streamed(endless) for _ in range(streaming.AT_ONCE)]
    get("/v1/export/ftm", 503)
    monkeypatch.setattr(streaming, "HURRY", 0.1)
    assert get("/v1/export/ftm").content
    assert len(unread) == streaming.AT_ONCE


def test_what_breaks_while_it_is_written_breaks_the_answer() -> None:
    def fails(out: BinaryIO) -> None:
        out.write(b"begun")
        raise OSError("the store went away")

    pieces = streaming.written_by(fails, lambda: None)
    assert [next(pieces), next(pieces)] == [b"", b"begun"]
    with pytest.raises(OSError, match="went away"):
        next(pieces)


def test_a_folder_with_an_index(tmp_path: Path) -> None:
    folder, settings = tmp_path / "dataset", Settings(licence="CC-BY-4.0")
    with connect(f"embedded:{tmp_path / 'store'}") as store:
        Writer(store, {"rules": "1.0"}).write(story())
        first = write_all(store, folder, settings)
        assert (first["licence"], first["previous"], first["counts"]["claims"]) == ("CC-BY-4.0", None, 10)
        Writer(store).forget("threat")
        Writer(store, {"rules": "1.0"}).write(many(3))
        write_all(store, folder, settings)
        index = json.loads((folder / "index.json").read_text("utf-8"))
        for told in (*index["resources"], index["previous"]["changes"]):
            content = (folder / told["path"]).read_bytes()
            assert (len(content), hashlib.sha256(content).hexdigest()) == (told["bytes"], told["sha256"])
        assert len(index["resources"]) == len(FORMATS)
        changes = [json.loads(line) for line in (folder / "changes.jsonl").read_text("utf-8").splitlines()]
        assert {(change["type"], change["change"]) for change in changes[:2]} == {
            ("article", "retired"), ("claim", "retired"),
        }  # fmt: skip
        assert len([change for change in changes if change["change"] == "new"]) == sum(1 + len(c) for _, c in many(3))
    with connect(f"embedded:{tmp_path / 'other'}") as other:
        Writer(other).write(many(1))
        with pytest.raises(CursorError):
            write_all(other, folder, settings)
    assert json.loads((folder / "index.json").read_text("utf-8")) == index


def test_a_copy_of_the_earlier_version_loads_the_changes(tmp_path: Path) -> None:
    folder, settings, earlier = tmp_path / "dataset", Settings(), tmp_path / "earlier.jsonl"
    with connect(f"embedded:{tmp_path / 'store'}") as store:
        Writer(store, {"rules": "1.0"}).write([*story(), *many(2)])
        write_all(store, folder, settings)
        (folder / "embargo.jsonl").rename(earlier)
        Writer(store).forget("threat")
        Writer(store).forget("sanctions", erase=True)
        Writer(store, {"rules": "1.0"}).write(many(3, seed=7))
        write_all(store, folder, settings)
    changes = folder / "changes.jsonl"
    assert None in [json.loads(line)["record"] for line in changes.read_text("utf-8").splitlines()]
    graphs = []
    for name, files in (("mirror", (earlier, changes)), ("whole", (folder / "embargo.jsonl",))):
        for file in files:
            loaded = CliRunner().invoke(app, ["load", str(file), "--store", f"embedded:{tmp_path / name}"])
            assert loaded.exit_code == 0, loaded.output
        with connect(f"embedded:{tmp_path / name}") as copy:
            graphs.append(dump(copy))
    assert graphs[0] == graphs[1]
