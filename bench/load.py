"""Speed and memory of `embargo load`, extraction and store together: `python -m bench.load [PATH …]`.

Without PATH the sample articles are loaded, as often as it takes to make up the number: each copy is dated a day later
than the last, so that it is another article with claims of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path

from rich.console import Console

import ingest
from graph.store import connect
from loaders.document import Document
from loaders.rejects import RejectLog
from loaders.sources import read

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
ARTICLES = 1000
SAMPLING = 0.2
"""Seconds between two looks at the memory of the processes."""


def copies() -> Iterator[dict[str, str]]:
    """The samples over and over, as items of JSON Lines."""
    samples = [item for item in read([str(SAMPLES)], notice=print) if isinstance(item, Document)]
    for day in count():
        for sample in samples:
            published = date.fromisoformat((sample.published or "2020-01-01")[:10]) + timedelta(days=day)
            yield {"id": f"{sample.source_id}-{day}", "date": published.isoformat(), "text": sample.text}


@contextmanager
def watched() -> Iterator[dict[int, int]]:
    """The most memory that was resident at once in this process and those that extract, in bytes, by process id.

    Taken from /proc: getrusage would count for a child what its parent held when it started it. Empty without /proc.
    """
    peaks: dict[int, int] = {}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(SAMPLING):
            for process in (os.getpid(), *(child.pid for child in multiprocessing.active_children())):
                try:
                    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
                except OSError:
                    continue
                if process is not None and (found := re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)):
                    peaks[process] = int(found[1]) * 1024

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        ended.set()
        watcher.join()


def measure(uri: str, paths: list[str], jobs: int) -> None:
    """Loads the paths twice and prints the figures of both."""
    for run in ("first load", "again"):
        begun = time.perf_counter()
        with watched() as peaks, connect(uri) as store, RejectLog(None, Console(stderr=True)) as log:
            by = ingest.extraction("rules", jobs, paths)
            counts = ingest.load(store, paths, by=by, log=log, notice=print, progress=lambda _: None)
            rejected = log.count
        seconds = time.perf_counter() - begun
        written = counts.written
        articles = written.articles_new + written.articles_updated + written.articles_known + counts.skipped
        print(f"{run}: {counts.summary(rejected)}")
        print(f"  {seconds:.1f} s, {articles / seconds:,.0f} articles/s, start of the store and the parser included")
        own = peaks.pop(os.getpid(), 0)
        others = ", ".join(f"{peak / 1e6:,.0f} MB" for peak in peaks.values()) or "no others"
        print(f"  peak memory: {own / 1e6:,.0f} MB here, with an embedded store; those that extract: {others}")


def main() -> None:
    """Reads the arguments, makes the articles where none are given, and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders to load")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="copies of samples (default %(default)s)")
    parser.add_argument("--jobs", type=int, default=0, help="processes that extract; 0: one a core")
    parser.add_argument("--store", metavar="URI", help="an empty store; else an embedded one in a temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = given.paths
        if not paths:
            made = Path(folder) / "articles.jsonl"
            with made.open("w", encoding="utf-8") as file:
                file.writelines(json.dumps(item) + "\n" for item in islice(copies(), given.articles))
            paths = [str(made)]
        jobs = given.jobs or (os.cpu_count() or 1)
        measure(given.store or f"embedded:{folder}/store", paths, jobs)


if __name__ == "__main__":
    main()
