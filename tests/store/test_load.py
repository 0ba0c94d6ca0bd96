"""Loading files, whole: the same graph in every store, after every load, and whatever broke a load off."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from rich.console import Console

import ingest
from graph.dump import dump
from graph.store import Store, connect
from loaders.document import Document
from loaders.extractors import Extraction, RulesExtraction
from loaders.parallel import Outcome
from loaders.rejects import RejectLog

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
INPUTS = {
    "samples": [ROOT / "samples"],
    "shared": [SHARED / "seed", SHARED / "data/dev/items.jsonl"],
}
COMMAND = [sys.executable, "-m", "cli"]
BUYERS = ("Turkey", "India", "Algeria", "Egypt", "Vietnam", "Serbia", "Iran", "Syria", "Belarus", "Venezuela")
ARTICLES = 4 * ingest.BATCH
TELLING = 20
"""One article in so many has a claim."""
PATIENCE = 300
"""Seconds."""


class ReadOnce(RulesExtraction):
    """The rules, which read an article once however often it is loaded."""

    known: ClassVar[dict[Document, Outcome]] = {}

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        for document in documents:
            if document not in self.known:
                [self.known[document]] = super().extract_many([document])
            yield self.known[document]


def load(store: Store, paths: list[Path], by: Extraction | None = None) -> ingest.LoadCounts:
    by = by or ReadOnce()
    with RejectLog(None, Console(quiet=True)) as log:
        counts = ingest.load(store, list(map(str, paths)), by=by, log=log, notice=print, progress=lambda _: None)
    assert log.count == 0
    return counts


@pytest.fixture(scope="module", params=INPUTS)
def paths(request: pytest.FixtureRequest) -> list[Path]:
    found = INPUTS[request.param]
    missing = [str(path) for path in found if not path.exists()]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not here")
    return found


@pytest.fixture(scope="module")
def expected(paths: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The graph of an embedded store after one load, the last file first."""
    with connect(f"embedded:{tmp_path_factory.mktemp('expected')}") as store:
        load(store, paths[::-1])
        return dump(store)


def test_every_store_has_the_same_graph_after_every_load(paths: list[Path], expected: list[str], store: Store) -> None:
    first = load(store, paths)
    assert first.written.articles_new > 40 and first.written.claims_new > 40
    assert dump(store) == expected
    second = load(store, paths)
    assert second == ingest.LoadCounts(ingest.WriteCounts(), skipped=first.written.articles_new)
    assert dump(store) == expected


def test_an_article_twice_in_the_input_is_counted_and_kept_once(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, id in (("a", "1"), ("b", "2")):
        line = {"id": id, "date": "2015-10-24", "text": "Turkey received S-400 missiles from Russia."}
        (folder / f"{name}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    counts = load(store, [folder])
    assert (counts.written.articles_new, counts.written.articles_known) == (1, 1)
    assert "2 articles (1 new, 0 updated, 1 known)" in counts.summary(0)
    assert [row["id"] for row in store.read("MATCH (a:Article) RETURN a.source_id AS id")] == ["2"]


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short articles, enough for several transactions, some of which have a claim."""
    path = tmp_path_factory.mktemp("wire") / "wire.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n in range(ARTICLES):
            text = f"{BUYERS[n % len(BUYERS)]} received {n + 2} S-400 missiles from Russia on Monday."
            text = text if n % TELLING == 0 else f"{n} millimetres of rain fell."
            file.write(json.dumps({"id": f"a{n}", "date": f"{2001 + n % 20}-03-04", "text": text}) + "\n")
    return path


@pytest.fixture(scope="module")
def unbroken(wire: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with connect(f"embedded:{tmp_path_factory.mktemp('unbroken')}") as store:
        assert load(store, [wire], RulesExtraction(jobs=2)).written.claims_new == ARTICLES // TELLING
        return dump(store)


def stored(store: Store) -> int:
    return int(store.read("MATCH (a:Article) RETURN count(a) AS n")[0]["n"])


def broken_off(store: Store, uri: str, path: Path, end: signal.Signals) -> tuple[int, str]:
    """Starts a load, ends it when it has stored something more, and gives its exit status and what it said.

    Ctrl-C reaches all processes of a terminal, and SIGTERM all of a service that ends; `kill -9` only the one. Output
    ends when the last of them has ended.
    """
    before = stored(store)
    process = subprocess.Popen(
        [*COMMAND, "load", "--store", uri, "--jobs", "2", path],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + PATIENCE
    while stored(store) == before:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    if end == signal.SIGKILL:
        process.send_signal(end)
    else:
        os.killpg(process.pid, end)
    said, _ = process.communicate(timeout=PATIENCE)
    assert before < stored(store) < ARTICLES
    return process.returncode, said


def test_a_load_broken_off_goes_on_to_the_same_graph(
    store: Store, store_uri: str, wire: Path, unbroken: list[str]
) -> None:
    end, status = (signal.SIGINT, 130) if store_uri.startswith("embedded:") else (signal.SIGTERM, 143)
    stopped = (status, "stopped; what was stored stays, and the same command goes on from there\n")
    assert broken_off(store, store_uri, wire, end) == stopped
    code, _ = broken_off(store, store_uri, wire, signal.SIGKILL)
    assert code == -signal.SIGKILL
    done = stored(store)
    rest = load(store, [wire], RulesExtraction(jobs=2))
    assert (rest.skipped, rest.written.articles_new) == (done, ARTICLES - done)
    assert dump(store) == unbroken
