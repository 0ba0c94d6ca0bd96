"""`embargo extract --engine daft` finds what the plain command finds, also on a Ray cluster that loses a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.store import connect
from tests.sources.warc import crawl, page

pytest.importorskip("daft", reason="Daft is not installed (dependency group 'scale')")

SELLERS = ["Russia", "France", "China", "Germany", "Sweden", "Italy"]
BUYERS = ["Turkey", "India", "Egypt", "Brazil", "Poland", "Algeria", "Vietnam"]
COMMAND = [sys.executable, "-m", "cli"]


def text(number: int) -> str:
    seller, buyer = SELLERS[number % len(SELLERS)], BUYERS[number % len(BUYERS)]
    return f"{buyer} signed a contract with {seller} for {number + 2} fighter jets on Monday, officials said."


def jsonl(folder: Path, name: str, numbers: range) -> None:
    rows = [{"id": f"{name}-{n}", "date": "2021-09-26", "text": text(n)} for n in numbers]
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return made_corpus(tmp_path / "news")


def made_corpus(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(8):
        jsonl(folder, f"wire{number}", range(number * 15, number * 15 + 15))
    (folder / "bad.jsonl").write_text(
        '{"id": "b1", "text": []}\nno JSON\n{"id": "b2", "text": "Turkey bought S-400s."}\n'
    )
    (folder / "table.csv").write_text(f"id,date,text\nc1,2021-09-26,{json.dumps(text(3))}\n")
    pq.write_table(pa.table({"id": ["p1"], "text": [text(4)]}), folder / "table.parquet")
    (folder / "crawl.warc.gz").write_bytes(crawl(page("https://sample-wire.example/w1", text(5))))
    return folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    pytest.importorskip("ray", reason="Ray is not installed (dependency group 'scale')")
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    nodes.add_node(num_cpus=1)
    yield nodes.address
    nodes.shutdown()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Ids of the claims that the plain command finds in the corpus."""
    corpus = made_corpus(tmp_path_factory.mktemp("plain"))
    found = subprocess.run([*COMMAND, "extract", str(corpus), "-j", "1"], capture_output=True, text=True, timeout=300)
    assert found.returncode == 1  # two lines of bad.jsonl are rejected
    return sorted(json.loads(line)["id"] for line in found.stdout.splitlines())


def claims(output: Path) -> list[str]:
    return sorted(pq.read_table(output / "claims", columns=["id"]).column("id").to_pylist())


def command(corpus: Path, output: Path, *more: str) -> list[str]:
    return [*COMMAND, "extract", "--engine", "daft", str(corpus), "-o", str(output), *more]


def run(corpus: Path, output: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(corpus, output, *more), capture_output=True, text=True, timeout=300)


def test_on_the_cores_of_this_machine(corpus: Path, tmp_path: Path, plain: list[str]) -> None:
    output = tmp_path / "out"
    done = run(corpus, output)
    assert (done.returncode, claims(output)) == (1, plain), done.stderr
    rejected = pq.read_table(output / "rejects").to_pylist()
    assert {(Path(row["file"]).name, row["line_number"]) for row in rejected} == {
        ("bad.jsonl", "1"),
        ("bad.jsonl", "2"),
    }

    before = {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet")}
    jsonl(corpus, "late", range(900, 903))
    again = run(corpus, output)
    assert "12 done before" in again.stderr
    assert before.items() <= {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet")}.items()

    store = f"embedded:{tmp_path / 'store'}"
    loaded = subprocess.run(
        [*COMMAND, "load", str(output / "articles"), str(output / "claims"), "--store", store],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert loaded.returncode == 0, loaded.stderr
    with connect(store) as opened:
        ids = [row["id"] for row in opened.read("MATCH (c:Claim) RETURN c.id AS id")]
    assert set(plain) < set(ids) == set(claims(output))


def test_a_large_file_is_divided_among_the_workers(tmp_path: Path) -> None:
    from loaders.scale.parts import Part, parts

    jsonl(tmp_path, "large", range(1_000))
    divided = [part for part in parts([str(tmp_path)], print, part_bytes=40_000) if isinstance(part, Part)]
    assert len(divided) == 4
    assert all(sum(part.has(position) for part in divided) == 1 for position in range(1_000))
    assert {sum(part.has(position) for position in range(1_000)) > 150 for part in divided} == {True}
    assert len({part.name for part in divided}) == 4


def test_on_a_cluster_that_loses_a_worker(corpus: Path, tmp_path: Path, cluster: str, plain: list[str]) -> None:
    output = tmp_path / "out"
    running = subprocess.Popen(command(corpus, output, "--ray", cluster), stderr=subprocess.PIPE, text=True)
    killed = _kill_a_worker_after(output / "done", 2, running)
    _, messages = running.communicate(timeout=300)
    assert killed
    assert (running.returncode, claims(output)) == (1, plain), messages


def _kill_a_worker_after(done: Path, parts: int, running: subprocess.Popen[str]) -> bool:
    while running.poll() is None:
        if done.exists() and len(list(done.glob("*.done"))) >= parts:
            for process in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    worker = process.read_bytes().startswith(b"ray::UDFActor")
                except OSError:
                    continue
                if worker:
                    os.kill(int(process.parent.name), signal.SIGKILL)
                    return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--engine", "spark"], "choose plain or daft"),
        (["--engine", "daft"], "needs a folder"),
        (["--ray", "auto"], "--ray goes with --engine daft"),
    ],
)
def test_called_wrongly(arguments: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Turkey bought S-400s.")
    called = subprocess.run(
        [*COMMAND, "extract", str(tmp_path), *arguments], capture_output=True, text=True, timeout=60
    )
    assert called.returncode == 2
    assert message in called.stderr
