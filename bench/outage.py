"""Neo4j killed and started again beneath a running service: `python -m bench.outage [--times N] [--articles N]`.

The service is given articles to load, and asked all the while. At random moments of the load its Neo4j is killed by
`kill -9`, and started again. Every answer must be right or a 503 with Retry-After, the service must go on by itself,
and in the end the graph must be the one of the same load without a fault, to the last property.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

import httpx

from api.keys import KeyRing
from bench.load import copies
from dev.neo4j_server import Server, free_port
from graph.dump import dump
from graph.store import connect

ASKED = ("/v1/claims?limit=5", "/v1/articles?limit=5", "/v1/queries/transfers?limit=5", "/v1/statistics")
DOWN_SECONDS = 3.0
"""How long nobody starts Neo4j again."""
PATIENCE = 1800.0
"""Seconds within which whatever is waited for comes about."""


class Service:
    """The service over a store, with a key that may write."""

    def __init__(self, store: str, folder: Path) -> None:
        """Starts it."""
        folder.mkdir()
        keys = folder / "keys.json"
        self._key = {"X-API-Key": KeyRing(keys).make("outage", ["admin"])[1]}
        self.url = f"http://127.0.0.1:{free_port()}"
        settings = {
            "EMBARGO_STORE": store, "EMBARGO_RATE_LIMIT": "off", "EMBARGO_LOG_LEVEL": "error",
            "EMBARGO_KEYS": str(keys), "EMBARGO_JOBS": str(folder / "jobs"),
        }  # fmt: skip
        command = [sys.executable, "-m", "cli", "serve", "--port", self.url.rpartition(":")[2]]
        self.process = subprocess.Popen(command, env=os.environ | settings)
        await_true(self.is_ready)

    def is_ready(self) -> bool:
        """Whether it answers, and its store does."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=60).status_code == 200
        except httpx.TransportError:
            return False

    def post(self, articles: list[dict[str, str]]) -> str:
        """Gives it articles; returns the address of the job."""
        lines = "\n".join(map(json.dumps, articles)).encode()
        headers = self._key | {"Content-Type": "application/x-ndjson"}
        answer = httpx.post(f"{self.url}/v1/articles", content=lines, headers=headers, timeout=300)
        return f"{self.url}{answer.raise_for_status().headers['location']}"

    def done(self, job: str) -> int | None:
        """How many articles a job has behind it; None once it has ended."""
        told = httpx.get(job, headers=self._key, timeout=300).json()
        if told["state"] == "failed":
            raise SystemExit("FAILED: the job failed")
        return None if told["state"] == "done" else int(told["done"])


class Reader(threading.Thread):
    """Asks without end, and counts the answers."""

    def __init__(self, service: Service) -> None:
        """Begins to ask."""
        super().__init__(daemon=True)
        self.seen: Counter[str] = Counter()
        self.service, self.ending = service, threading.Event()
        self.start()

    def run(self) -> None:
        """Asks in turn."""
        with httpx.Client(base_url=self.service.url, timeout=120) as client:
            while not self.ending.is_set():
                for path in ASKED:
                    answer = client.get(path)
                    refused = answer.status_code == 503 and "retry-after" in answer.headers
                    wrong = f"WRONG: {answer.status_code} {answer.text[:200]}"
                    what = "answered" if answer.status_code == 200 else "refused with 503" if refused else wrong
                    self.seen[what] += 1
                time.sleep(0.1)


def await_true(what: Callable[[], bool]) -> None:
    """Waits until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > deadline:
            raise SystemExit("FAILED: it did not come about in time")
        time.sleep(0.2)


@contextmanager
def serving(store: str, folder: Path) -> Iterator[Service]:
    """The service, until the block ends."""
    service = Service(store, folder)
    try:
        yield service
    finally:
        service.process.terminate()
        service.process.wait()


def graph(store: str) -> list[str]:
    """All that it holds."""
    with connect(store) as opened:
        return dump(opened)


def has_loaded(service: Service, job: str, number: int) -> bool:
    """Whether a job is through with so many articles, or at its end."""
    done = service.done(job)
    return done is None or done >= number


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3, help="how often Neo4j is killed (default %(default)s)")
    parser.add_argument("--articles", type=int, default=172, help="how many are loaded (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="for the moments")
    given = parser.parse_args()
    random.seed(given.seed)
    articles = list(islice(copies(), given.articles))
    moments = sorted(random.sample(range(given.articles), given.times))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        undisturbed = f"embedded:{folder / 'undisturbed'}"
        with serving(undisturbed, folder / "first") as service:
            job = service.post(articles)
            await_true(lambda: service.done(job) is None)
        neo4j = Server(folder / "neo4j")
        neo4j.start()
        try:
            with serving(neo4j.uri, folder / "second") as service:
                reader, job = Reader(service), service.post(articles)
                for moment in moments:
                    await_true(partial(has_loaded, service, job, moment - moment % 25))
                    time.sleep(random.uniform(0, 5))
                    at = service.done(job)
                    neo4j.kill()
                    time.sleep(DOWN_SECONDS)
                    begun = time.monotonic()
                    neo4j.start()
                    started = time.monotonic()
                    await_true(service.is_ready)
                    after = f"killed after {given.articles if at is None else at} articles"
                    took = f"Neo4j took {started - begun:.0f} s to start"
                    print(f"{after}; {took}, the service answered {time.monotonic() - started:.1f} s later", flush=True)
                await_true(lambda: service.done(job) is None)
                reader.ending.set()
                reader.join()
                if service.process.poll() is not None:
                    raise SystemExit("FAILED: the service ended")
            differing = Counter(graph(undisturbed))
            differing.subtract(graph(neo4j.uri))
        finally:
            neo4j.kill()
    print(", ".join(f"{count:,} {what}" for what, count in reader.seen.most_common()))
    lines = [f"{count:+} {line}" for line, count in differing.items() if count]
    if lines:
        raise SystemExit("\n".join(["FAILED: another graph:", *lines]))
    if any(what.startswith("WRONG") for what in reader.seen):
        raise SystemExit("FAILED: an answer was neither right nor a 503 with Retry-After")
    print(f"the same graph: {len(differing):,} nodes and relationships")


if __name__ == "__main__":
    main()
