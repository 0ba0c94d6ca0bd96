from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from loaders.sources import count_hint, read
from tests.sources.reader import compressed, read_all, texts, written

FILES = ["a.txt", "b/c.jsonl", "b/d.txt.gz", "b/e/f.csv", "b/e/g.json.zst", "z.txt"]
HIDDEN = [".h.txt", ".git/i.txt", "b/.j.jsonl"]
UNKNOWN = ["k.pdf", "b/Makefile", "b/l.tar.gz"]


def content(name: str) -> bytes:
    kind = name.removesuffix(".gz").removesuffix(".zst").rpartition(".")[2]
    bodies = {"csv": f"text\n{name}\n", "jsonl": f'{{"text": "{name}"}}\n', "json": f'[{{"text": "{name}"}}]'}
    return compressed(bodies.get(kind, name).encode(), Path(name).suffix)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in [*FILES, *HIDDEN, *UNKNOWN]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content(name))
    return tmp_path


MEANT = {
    "folder": ([""], FILES),
    "file": (["b/c.jsonl"], ["b/c.jsonl"]),
    "in the order given": (["z.txt", "b/e", "a.txt"], ["z.txt", "b/e/f.csv", "b/e/g.json.zst", "a.txt"]),
    "star": (["*.txt"], ["a.txt", "z.txt"]),
    "question mark": (["b/?.*"], ["b/c.jsonl", "b/d.txt.gz", "b/l.tar.gz"]),
    "set": (["[a-b]*"], FILES[:-1]),
    "two stars": (["**/*.txt"], ["a.txt", "z.txt"]),
    "two stars alone": (["b/e/**"], ["b/e/f.csv", "b/e/g.json.zst"]),
    "hidden, but named": ([".h.txt"], [".h.txt"]),
    "unknown, but named": (["b/Makefile"], ["b/Makefile"]),
}


@pytest.mark.parametrize(("paths", "files"), MEANT.values(), ids=MEANT)
def test_what_paths_mean(paths: list[str], files: list[str], folder: Path) -> None:
    outcome = read_all(*(folder / path for path in paths if path), *([folder] if "" in paths else []))
    assert texts(outcome.documents) == files


def test_files_of_unknown_endings_are_skipped_and_told(folder: Path) -> None:
    outcome = read_all(folder)
    assert outcome.rejects == []
    assert outcome.notices == [f"{folder}: files with these endings are skipped: .gz, .pdf, none"]


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    assert texts(read_all(written(tmp_path, "a[1]*.txt", "Turkey buys")).documents) == ["Turkey buys"]


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder)
    (folder / "link.txt").symlink_to(folder / "a.txt")
    assert texts(read_all(folder).documents) == [*FILES[:-1], "a.txt", "z.txt"]


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    written(tmp_path, os.fsdecode(b"caf\xe9.txt"), "Turkey buys")
    document = read_all(tmp_path).documents[0]
    assert (document.source_id, document.source) == ("caf\ufffd", "caf\ufffd.txt")


SNIFFED = {
    "JSON Lines": (b'{"id": "1", "text": "Turkey"}\n{"id": "2", "text": "Iran"}\n', ["Turkey", "Iran"]),
    "one line": (b'{"id": "1", "text": "Turkey"}', ["Turkey"]),
    "array": (b' [\n {"text": "Turkey"}, {"text": "Iran"}]', ["Turkey", "Iran"]),
    "object": (b'{\n  "text": "Turkey",\n  "id": 1}', ["Turkey"]),
    "CSV": (b'id,text\n1,"Turkey, Iran"\n', ["Turkey, Iran"]),
    "TSV": (b"id\theadline\n1\tTurkey\n", ["Turkey"]),
    "HTML": (
        b"<!DOCTYPE html>\n<html><body><article><p>Turkey buys missiles.</p></article>",
        ["Turkey buys missiles."],
    ),
    "RSS": (
        b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>Turkey</title></item></channel></rss>",
        ["Turkey"],
    ),
    "layout": (b" date 2021-09-26 https://a.example/1\n\nTitle\n\nBody", ["Title\n\nBody"]),
    "plain": (b"Turkey, Iran and Russia.", ["Turkey, Iran and Russia."]),
    "bracket": (b"[Reuters] Turkey buys.", ["[Reuters] Turkey buys."]),
    "UTF-16": ("Türkiye".encode("utf-16"), ["Türkiye"]),
}


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize("standard_input", [True, False])
@pytest.mark.parametrize(("data", "expected"), SNIFFED.values(), ids=SNIFFED)
def test_the_format_is_recognised(
    data: bytes,
    expected: list[str],
    standard_input: bool,
    ending: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = written(tmp_path, "input", compressed(data, ending))
    if standard_input:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    outcome = read_all("-" if standard_input else path)
    assert outcome.rejects == []
    assert texts(outcome.documents) == expected
    assert {document.source for document in outcome.documents} == {"stdin" if standard_input else "input"}
    if standard_input:
        assert not sys.stdin.closed


def test_parquet_from_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": ["Turkey", "Iran"]}), tmp_path / "a.parquet")
    reading, writing = os.pipe()
    os.write(writing, (tmp_path / "a.parquet").read_bytes())
    os.close(writing)
    with os.fdopen(reading) as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        assert texts(read_all("-").documents) == ["Turkey", "Iran"]


def test_the_id_of_an_article_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, source_id in ((b"Turkey", "stdin#1"), (b" date https://a.example/1\n\nT\n\nB", "https://a.example/1")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [document.source_id for document in read_all("-").documents] == [source_id]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_several_compressed_parts_are_one_file(ending: str, tmp_path: Path) -> None:
    parts = [compressed(b'{"text": "%d"}\n' % number, ending) for number in range(3)]
    assert texts(read_all(written(tmp_path, f"a.jsonl{ending}", b"".join(parts))).documents) == ["0", "1", "2"]


def test_progress_reaches_the_hint(folder: Path) -> None:
    big = "".join(f'{{"id": {number}, "text": "{"Turkey " * 99}{number}"}}\n' for number in range(2_000)).encode()
    (folder / "big.jsonl").write_bytes(big)
    (folder / "broken.jsonl").write_bytes(b"")
    told: list[int] = []
    count = sum(1 for _ in read([str(folder)], notice=lambda what: None, progress=told.append))
    hint = sum((folder / name).stat().st_size for name in [*FILES, "big.jsonl"])
    assert count_hint([str(folder)]) == hint
    assert told == sorted(told)
    assert told[-1] == hint
    assert len(set(told)) > 5
    assert count == len(FILES) + 2_000 + 1


def test_standard_input_counts_nothing() -> None:
    assert count_hint(["-"]) == 0


def test_reading_is_lazy(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", '{"text": "Turkey"}\n' * 3)
    items = read([str(path), str(tmp_path / "later.txt")], notice=lambda what: None)
    next(items)
    written(tmp_path, "later.txt", "Iran")
    assert len(list(items)) == 3
