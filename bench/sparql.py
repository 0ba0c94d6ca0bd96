"""How soon a write shows in SPARQL, and how long ASK takes beside heavy queries: `python -m bench.sparql CLAIMS`.

A made-up press of so many claims (`bench/corpus.py`) is written into an embedded store, and a copy made of it. Then
articles of the same press come one by one, each time until the copy has followed. Last, ASK is asked over and over
while 20 queries that would compute for ever run. The copy and the processes are those of the service; HTTP is left out.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from api.sparql import copy
from api.sparql.copy import Copies, CopyPendingError
from api.sparql.runner import Runner
from api.sparql.worker import Job
from bench.corpus import batches, corpus
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer

BATCH = 2000
ARTICLES = 20
HEAVY, AT_ONCE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?d && ?d != ?g) }", 20
JSON = "application/sparql-results+json"


def job(folder: Path, query: str) -> Job:
    return Job(str(folder), query, Settings().base_iri, {}, None, None, False, JSON, None)


def newest(copies: Copies, store: Store) -> Path:
    """The newest copy, however long it takes to be made."""
    while True:
        try:
            return copies.newest(store)[0]
        except CopyPendingError:
            pass


def asked(folder: Path, runner: Runner, ended: threading.Event) -> Iterator[float]:
    """Seconds that ASK takes, as long as the heavy queries run."""
    while not ended.is_set():
        begun = time.perf_counter()
        runner.run(job(folder, "ASK {}"))
        yield time.perf_counter() - begun


def main() -> None:
    """Writes, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=int, nargs="?", default=20_000, help="default %(default)s")
    given = parser.parse_args()
    copy.CHECK_SECONDS, copy.WAIT_SECONDS = 0.0, 600.0
    with tempfile.TemporaryDirectory() as folder, connect(f"embedded:{folder}/store") as store:
        writer, copies, runner = Writer(store), Copies(Settings()), Runner()
        press = list(corpus(given.claims))
        for batch in batches(iter(press[:-ARTICLES]), BATCH):
            writer.write(batch)
        begun = time.perf_counter()
        newest(copies, store)
        print(f"{given.claims:,} claims; the first copy takes {time.perf_counter() - begun:.1f} s")
        taken = []
        for told in press[-ARTICLES:]:
            writer.write([told])
            begun = time.perf_counter()
            newest(copies, store)
            taken.append(time.perf_counter() - begun)
        print(f"an article more shows after {statistics.median(taken):.2f} s, {max(taken):.2f} s at most")
        current, ended = newest(copies, store), threading.Event()
        heavy = [threading.Thread(target=runner.run, args=(job(current, HEAVY),)) for _ in range(AT_ONCE)]
        for thread in heavy:
            thread.start()
        threading.Thread(target=lambda: ([thread.join() for thread in heavy], ended.set())).start()
        seconds = list(asked(current, runner, ended))
        print(f"ASK beside {AT_ONCE} heavy queries: {statistics.median(seconds):.2f} s, {max(seconds):.2f} s at most")
        copies.close()


if __name__ == "__main__":
    main()
