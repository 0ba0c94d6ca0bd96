"""Faults, and what is left of the graph after each: `python -m bench.faults FAULT …`, see docs/reliability.md.

    kill     a load is killed by `kill -9` at random moments of its writing, looked at, and started again
    writers  two loads of the same articles at once
    clock    the system's clock jumps by up to ten years between any two looks at it

Whatever happened, once the load is repeated the graph must be the one of an undisturbed load, to the last property.
"""

from __future__ import annotations

import argparse
import datetime as calendar
import multiprocessing
import pickle
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from pathlib import Path

import ingest
from bench.load import copies
from graph.articles import Article
from graph.claims import Claim
from graph.dump import dump
from graph.store import Store, connect
from graph.writer import Writer
from loaders.document import Document

ARTICLES = 344
BATCH = 10
"""Articles a transaction."""
DECADE = 315_000_000
CLAIMS = """
MATCH (a:Article) OPTIONAL MATCH (a)-[:REPORTS]->(c:Claim)
RETURN a.id AS article, collect(c.id) AS claims, count(c) AS n
"""
START = multiprocessing.get_context("forkserver")


@dataclass(frozen=True, slots=True)
class Material:
    """Articles with what was read from them."""

    extractors: dict[str, str]
    read: list[tuple[Article, list[Claim]]]


def extracted(articles: int) -> Material:
    """Copies of the samples, read."""
    by = ingest.extraction("rules", 1, [])
    documents = (
        Document(source_id=item["id"], source="samples", text=item["text"], published=item["date"])
        for item in islice(copies(), articles)
    )
    read = [(document.article(), claims) for document, claims in by.extract_many(documents) if isinstance(claims, list)]
    return Material({by.name: by.version}, read)


def load(uri: str, path: str) -> None:
    """Writes the material of a file, as `embargo load` does, in small batches; what runs in a process of its own."""
    material: Material = pickle.loads(Path(path).read_bytes())
    with connect(uri) as store:
        writer = Writer(store, material.extractors)
        writing(path).touch()
        for start in range(0, len(material.read), BATCH):
            writer.write(material.read[start : start + BATCH])


def writing(path: str | Path) -> Path:
    """The file that is there once a load of this material writes."""
    return Path(f"{path}.writing")


def load_by_a_mad_clock(uri: str, path: str) -> None:
    """The same, where nobody can tell what time it is."""
    real = calendar.datetime

    class Mad(real):
        @classmethod
        def now(cls, tz: calendar.tzinfo | None = None) -> calendar.datetime:
            return real.now(tz) + calendar.timedelta(seconds=random.uniform(-DECADE, DECADE))

    for name, module in list(sys.modules.items()):
        if name.startswith(("graph", "loaders", "ingest")) and getattr(module, "datetime", None) is real:
            module.datetime = Mad  # type: ignore[attr-defined]  # a module's name is replaced
    now = time.time
    time.time = lambda: now() + random.uniform(-DECADE, DECADE)
    load(uri, path)


class Trial:
    """The articles, the graph that they give, and a place for stores."""

    def __init__(self, folder: Path, articles: int) -> None:
        """Loads the articles undisturbed."""
        self.folder, self.file = folder, folder / "material"
        material = extracted(articles)
        self.claims = {article.id: {claim.id for claim in claims} for article, claims in material.read}
        self.file.write_bytes(pickle.dumps(material))
        uri = f"embedded:{folder / 'undisturbed'}"
        self.run(load, uri).join()
        timed = self.run(load, f"embedded:{folder / 'timed'}")
        self.await_writing(timed)
        begun = time.monotonic()
        timed.join()
        self.seconds = time.monotonic() - begun
        """How long a load writes."""
        self.half_done(uri)
        with connect(uri) as store:
            self.wanted = dump(store)

    def run(self, work: Callable[[str, str], None], uri: str) -> BaseProcess:
        """Begins a load in a process of its own."""
        writing(self.file).unlink(missing_ok=True)
        process = START.Process(target=work, args=(uri, str(self.file)))
        process.start()
        return process

    def await_writing(self, process: BaseProcess) -> None:
        """Waits until a load has opened its store and begins to write."""
        while process.is_alive() and not writing(self.file).exists():
            process.join(0.01)

    def half_done(self, uri: str) -> int:
        """How many articles are there; each must be whole."""
        with connect(uri) as store:
            found = claims_of(store)
        torn = [article for article, claims in found.items() if claims != self.claims[article]]
        if torn:
            raise SystemExit(f"FAILED: {len(torn)} articles have claims too few or too many, such as {torn[0]}")
        return len(found)

    def finish(self, uri: str) -> None:
        """Repeats the load, and compares."""
        load(uri, str(self.file))
        with connect(uri) as store:
            found = dump(store)
        if found != self.wanted:
            differing = Counter(self.wanted)
            differing.subtract(found)
            lines = [f"{count:+} {line}" for line, count in differing.items() if count]
            raise SystemExit("\n".join(["FAILED: another graph:", *lines]))


def claims_of(store: Store) -> dict[str, set[str]]:
    """The claims of each article; an error where one is there twice."""
    found = {}
    for row in store.read(CLAIMS):
        if row["n"] != len(set(row["claims"])) or row["article"] in found:
            raise SystemExit(f"FAILED: article {row['article']} or a claim of it is there twice")
        found[row["article"]] = set(row["claims"])
    return found


@contextmanager
def emptied(trial: Trial, given: str | None) -> Iterator[str]:
    """Address of an empty store."""
    if given:
        with connect(given) as store:
            store.execute("MATCH (n) DETACH DELETE n")
        yield given
    else:
        folder = Path(tempfile.mkdtemp(dir=trial.folder))
        yield f"embedded:{folder}"
        shutil.rmtree(folder, ignore_errors=True)


def kill(trial: Trial, times: int, given: str | None) -> None:
    """Kills loads."""
    for number in range(1, times + 1):
        with emptied(trial, given) as uri:
            process = trial.run(load, uri)
            trial.await_writing(process)
            moment = random.uniform(0, trial.seconds)
            process.join(moment)
            alive = process.is_alive()
            process.kill()
            process.join()
            done = trial.half_done(uri)
            trial.finish(uri)
        what = "killed" if alive else "had ended"
        print(f"{number}: {what} after {moment:.2f} s with {done} articles; the same graph", flush=True)


def writers(trial: Trial, times: int, given: str | None) -> None:
    """Two at once."""
    for number in range(1, times + 1):
        with emptied(trial, given) as uri:
            both = [trial.run(load, uri) for _ in range(2)]
            for process in both:
                process.join()
            trial.finish(uri)
        print(f"{number}: exit {[process.exitcode for process in both]}; the same graph", flush=True)


def clock(trial: Trial, times: int, given: str | None) -> None:
    """Jumps."""
    for number in range(1, times + 1):
        with emptied(trial, given) as uri:
            process = trial.run(load_by_a_mad_clock, uri)
            process.join()
            trial.finish(uri)
        print(f"{number}: exit {process.exitcode}; the same graph", flush=True)


FAULTS = {"kill": kill, "writers": writers, "clock": clock}


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faults", nargs="+", choices=list(FAULTS))
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many are loaded")
    parser.add_argument("--store", help="a Neo4j that may be emptied; else embedded stores")
    parser.add_argument("--seed", type=int, default=0, help="for the moments")
    given = parser.parse_args()
    random.seed(given.seed)
    START.set_forkserver_preload(["ingest"])
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), given.articles)
        size = f"{given.articles} articles, {len(trial.wanted)} nodes and relationships"
        print(f"{size}, {trial.seconds:.1f} s a load", flush=True)
        for fault in given.faults:
            print(fault, flush=True)
            FAULTS[fault](trial, given.times, given.store)


if __name__ == "__main__":
    main()
