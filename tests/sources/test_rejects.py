from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from loaders.document import Reject
from tests.sources.broken import BROKEN, GOOD, Broken
from tests.sources.reader import read_all, texts, written

NOBODY = 65534
FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_bad_input_is_rejected_with_its_place_and_the_rest_is_read(broken: Broken, tmp_path: Path) -> None:
    path = written(tmp_path, broken.name, broken.content)
    after = written(tmp_path, "zz-after.txt", "Iran tests a missile.")
    outcome = read_all(path, after)
    first = outcome.rejects[0]
    assert first.file == str(path)
    assert first.reason.startswith(broken.reason)
    assert first.remedy
    if broken.line == -1:
        assert first.line is not None and first.line > 1
    else:
        assert first.line == broken.line
    read = outcome.documents[:-1]
    assert len(read) > 10 if broken.good == -1 else len(read) == broken.good
    assert outcome.documents[-1].text == "Iran tests a missile."


@pytest.mark.parametrize("name", ["truncated gzip", "truncated zstd", "damaged gzip", "damaged zstd"])
def test_what_came_before_the_damage_is_whole(name: str, tmp_path: Path) -> None:
    outcome = read_all(written(tmp_path, BROKEN[name].name, BROKEN[name].content))
    read = texts(outcome.documents)
    assert read == [f"Turkey buys missile {number}." for number in range(len(read))]
    assert outcome.rejects[0].line == len(read) + 1
    assert len(outcome.rejects) == 1


@pytest.mark.parametrize("path", ["missing.txt", "missing/*.txt", "missing/"])
def test_a_missing_path_is_rejected(path: str, tmp_path: Path) -> None:
    good = written(tmp_path, "good.jsonl", GOOD)
    outcome = read_all(tmp_path / path, good)
    assert [reject.file for reject in outcome.rejects] == [str(tmp_path / path)]
    assert outcome.rejects[0].reason in ("no such file or folder", "no file matches")
    assert len(outcome.documents) == 1


def test_a_folder_without_known_files_is_rejected(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf", "x")
    outcome = read_all(tmp_path)
    assert [reject.reason for reject in outcome.rejects] == ["no file of a known format in the folder"]
    assert outcome.notices == [f"{tmp_path}: files with these endings are skipped: .pdf"]


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder of a user who, unlike the superuser, may not read everything."""
    with TemporaryDirectory() as folder:
        superuser = os.geteuid() == 0
        if superuser:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield Path(folder)
        if superuser:
            os.seteuid(0)


def test_files_that_may_not_be_read_are_rejected(as_nobody: Path) -> None:
    closed = written(as_nobody, "closed.txt", "Turkey")
    closed.chmod(0)
    folder = as_nobody / "folder"
    folder.mkdir()
    written(folder, "inside.txt", "Turkey")
    folder.chmod(0)
    written(as_nobody, "open.txt", "Turkey buys missiles.")
    outcome = read_all(as_nobody)
    inside = read_all(folder / "inside.txt")
    folder.chmod(0o700)
    reason = "cannot be opened: Permission denied"
    assert [(reject.file, reject.reason) for reject in outcome.rejects] == [
        (str(closed), reason),
        (str(folder), reason),
    ]
    assert texts(outcome.documents) == ["Turkey buys missiles."]
    assert [(reject.file, reject.reason) for reject in inside.rejects] == [(str(folder / "inside.txt"), reason)]


def test_a_link_to_nowhere_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    written(tmp_path, "b.txt", "Turkey buys missiles.")
    outcome = read_all(tmp_path)
    assert [reject.reason for reject in outcome.rejects] == ["cannot be opened: No such file or directory"]
    assert len(outcome.documents) == 1


DUPLICATES = {
    "same text": ('{"id": 1, "text": "a"}', '{"id": "1", "text": "a"}', 2),
    "other text": ('{"id": 1, "text": "a"}', '{"id": 1, "text": "b"}', 1),
    "other text of one URL": (
        '{"id": 1, "url": "https://a.example/1", "date": "2021-01-01", "text": "a"}',
        '{"id": 1, "url": "https://a.example/1", "date": "2021-01-02", "text": "b"}',
        2,
    ),
    "other text of one URL that is shared": (
        '{"id": 1, "url": "https://a.example/1", "date": "2021-01-01", "text": "a"}',
        '{"id": 1, "url": "https://a.example/1?utm_source=feed", "date": "2021-01-02", "text": "b"}',
        2,
    ),
    "other text of another URL": (
        '{"id": 1, "url": "https://a.example/1", "text": "a"}',
        '{"id": 1, "url": "https://a.example/2", "text": "b"}',
        1,
    ),
    "no id, one URL": ('{"url": "https://a.example/1", "text": "a"}', '{"url": "https://a.example/1", "text": "b"}', 2),
    "no id": ('{"text": "a"}', '{"text": "b"}', 2),
}


@pytest.mark.parametrize("one_file", [True, False])
@pytest.mark.parametrize(("first", "second", "count"), DUPLICATES.values(), ids=DUPLICATES)
def test_duplicate_ids(first: str, second: str, count: int, one_file: bool, tmp_path: Path) -> None:
    if one_file:
        outcome = read_all(written(tmp_path, "a.jsonl", f"{first}\n{second}\n"))
    else:
        outcome = read_all(written(tmp_path, "a.jsonl", first), written(tmp_path, "b.jsonl", second))
    assert len(outcome.documents) == count
    assert [(reject.source_id, reject.line) for reject in outcome.rejects] == [("1", 2 if one_file else 1)] * (
        2 - count
    )
    assert all("a.jsonl, line 1" in reject.reason for reject in outcome.rejects)


def test_files_of_one_name_are_both_read_and_told(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder, "1.txt", f"Turkey buys {folder}.")
    outcome = read_all(tmp_path)
    assert [document.source_id for document in outcome.documents] == ["1", "1"]
    assert [notice.partition(":")[0] for notice in outcome.notices] == [str(tmp_path / "b" / "1.txt")]


@pytest.mark.parametrize("name", [name for name, broken in BROKEN.items() if len(broken.content) < 100_000])
def test_no_content_makes_reading_raise(name: str, tmp_path: Path) -> None:
    """The same bytes under every other ending: each file yields an article or a reject."""
    paths = [
        written(tmp_path, f"a{ending}", BROKEN[name].content)
        for ending in ("", ".txt", ".jsonl", ".json", ".csv", ".tsv", ".parquet", ".html", ".xml", ".gz", ".csv.zst")
    ]
    outcome = read_all(*paths)
    assert {Path(reject.file).name for reject in outcome.rejects} | {
        document.source for document in outcome.documents
    } == {path.name for path in paths}


def documented() -> list[tuple[str, str]]:
    section = FORMATS.read_text(encoding="utf-8").partition("## What is rejected")[2]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [(reason.strip(" `"), remedy.strip()) for reason, remedy in rows[2:]]


def fits(documented_reason: str, reason: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, documented_reason.split("…"))), reason, re.DOTALL) is not None


def test_every_reject_is_documented_and_every_documented_one_exists(tmp_path: Path) -> None:
    seen: set[tuple[str, str]] = set()
    (tmp_path / "empty").mkdir()
    (tmp_path / "nowhere.txt").symlink_to("nothing")
    paths: list[Path | str] = [
        "",
        tmp_path / "missing.txt",
        tmp_path / "missing*",
        tmp_path / "empty",
        tmp_path / "nowhere.txt",
    ]
    for number, broken in enumerate(BROKEN.values()):
        (tmp_path / str(number)).mkdir()
        paths.append(written(tmp_path / str(number), broken.name, broken.content))
    rejects = [reject for path in paths for reject in read_all(path).rejects]
    rows = documented()
    for reject in rejects:
        matching = [row for row in rows if fits(row[0], reject.reason.partition("item 1: ")[2] or reject.reason)]
        assert matching, reject
        assert any(fits(remedy, reject.remedy) for _, remedy in matching), reject
        seen.update(matching)
    assert seen == set(rows)


def test_a_reject_is_told_from_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with written(tmp_path, "in", b'{"id": 1}\n').open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        outcome = read_all("-")
    assert outcome.rejects == [Reject("stdin", 1, "no text", outcome.rejects[0].remedy, "1")]
