"""Several processes at one store, and processes that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from graph.dump import dump
from graph.store import connect
from graph.writer import Writer
from tests.store.examples import many, story

LOAD = """
import sys
from graph.store import connect
from graph.writer import Writer
from tests.store.examples import many, story

uri, half = sys.argv[1], sys.argv[2]
loaded = story() + many(200)
mine = {"all": loaded, "even": loaded[::2], "odd": loaded[1::2], "back": loaded[::-1]}[half]
with connect(uri) as store:
    writer = Writer(store)
    for start in range(0, len(mine), 10):
        writer.write(mine[start : start + 10])
        print(start, flush=True)
"""


def loader(uri: str, part: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", LOAD, uri, part], stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with connect(f"embedded:{tmp_path_factory.mktemp('expected')}") as store:
        Writer(store).write(story() + many(200))
        return dump(store)


@pytest.mark.parametrize("parts", [("even", "odd"), ("all", "back")])
def test_two_processes_loading_at_once_lose_nothing(
    store_uri: str, expected: list[str], parts: tuple[str, str]
) -> None:
    processes = [loader(store_uri, part) for part in parts]
    for process in processes:
        process.communicate(timeout=300)
    assert [process.returncode for process in processes] == [0, 0]
    with connect(store_uri) as store:
        assert dump(store) == expected


def test_a_load_that_was_killed_and_repeated_gives_the_same_graph(store_uri: str, expected: list[str]) -> None:
    for batches in (3, 8):
        process = loader(store_uri, "all")
        assert process.stdout is not None
        for _ in range(batches):
            assert process.stdout.readline()
        time.sleep(0.02 * batches)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    again = loader(store_uri, "all")
    again.communicate(timeout=300)
    assert again.returncode == 0
    with connect(store_uri) as store:
        assert dump(store) == expected


def test_what_was_acknowledged_survives_a_kill(store_uri: str) -> None:
    process = loader(store_uri, "all")
    assert process.stdout is not None
    done = 0
    for _ in range(6):
        done = int(process.stdout.readline()) + 10
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    wanted = {source.id for source, _ in (story() + many(200))[:done]}
    with connect(store_uri) as store:
        assert wanted <= {row["id"] for row in store.read("MATCH (a:Article) RETURN a.id AS id")}
