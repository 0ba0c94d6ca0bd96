"""A Neo4j is killed by `kill -9` and started again while articles are posted and read: `python -m bench.outage`.

The service runs over a Neo4j of its own (`dev.neo4j_server`). Copies of the samples are posted to it as one job, and
two readers ask all the while. At a random moment of the job the server is killed, and comes back some seconds later;
the service is left alone. Readers may meet 200, and 503 with Retry-After, and nothing else; they must meet 200 again
soon after the server is back; the job must end well; and then every article must be there once, with all its claims.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import httpx

from bench.faults import claims_of, extracted
from bench.load import copies
from dev.neo4j_server import free_port
from graph.store import connect

READS = ("/v1/claims?limit=5", "/v1/entities/TUR/neighbours?limit=5")
PATIENCE = 600


class Neo4j:
    """A server that can be killed and started again."""

    def __init__(self, home: Path) -> None:
        """Starts it."""
        self._home, self.port = home, free_port()
        self.start()

    @property
    def uri(self) -> str:
        """Its address."""
        return f"bolt://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns once it answers."""
        command = [sys.executable, "-m", "dev.neo4j_server", "--port", str(self.port), "--home", str(self._home)]
        self._keeper = subprocess.Popen([*command, "--heap", "700m"], stdout=subprocess.PIPE)
        assert self._keeper.stdout is not None
        self._keeper.stdout.readline()

    def kill(self) -> None:
        """Kills it, so that it writes nothing more."""
        pid = self._keeper.pid
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
            os.kill(int(child), signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        """Ends it in order, if it runs."""
        self._keeper.terminate()
        self._keeper.wait()


class Reader(threading.Thread):
    """Asks one thing again and again, and notes what it meets."""

    def __init__(self, url: str, path: str) -> None:
        super().__init__(daemon=True)
        self._url, self._ended = f"{url}{path}", threading.Event()
        self.met: Counter[str] = Counter()
        self.slowest = 0.0
        self.last_refused = 0.0

    def run(self) -> None:
        """Until it is told to end."""
        with httpx.Client(timeout=60) as client:
            while not self._ended.is_set():
                begun = time.monotonic()
                response = client.get(self._url)
                self.slowest = max(self.slowest, time.monotonic() - begun)
                told = response.headers.get("retry-after")
                self.met[f"{response.status_code}" + (" with Retry-After" if told else "")] += 1
                if response.status_code != 200:
                    self.last_refused = time.monotonic()
                self._ended.wait(0.1)

    def end(self) -> None:
        """No more."""
        self._ended.set()
        self.join()


@contextmanager
def service(folder: Path, store: str) -> Iterator[httpx.Client]:
    """The service, and a client that may write to it."""
    settings = {
        "EMBARGO_STORE": store, "EMBARGO_RATE_LIMIT": "off", "EMBARGO_LOG_LEVEL": "error",
        "EMBARGO_JOBS": f"{folder}/jobs", "EMBARGO_KEYS": f"{folder}/keys.json",
    }  # fmt: skip
    embargo, environment = [sys.executable, "-m", "cli"], os.environ | settings
    made = subprocess.run(
        [*embargo, "keys", "make", "outage", "--scope", "write"], env=environment, capture_output=True, check=True
    )
    port = free_port()
    process = subprocess.Popen([*embargo, "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL)
    headers = {"X-API-Key": made.stdout.decode().split()[-1]}
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=120) as client:
            while not _answers(client):
                time.sleep(0.5)
            yield client
    finally:
        process.terminate()
        process.wait()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False


def one(folder: Path, articles: int) -> str:
    """One outage.

    Returns:
        What was seen.
    """
    posted = [{"id": item["id"], "text": item["text"], "date": item["date"]} for item in islice(copies(), articles)]
    wanted = {article.id: {claim.id for claim in claims} for article, claims in extracted(articles).read}
    neo4j = Neo4j(folder / "neo4j")
    try:
        with service(folder, neo4j.uri) as client:
            readers = [Reader(str(client.base_url).rstrip("/"), path) for path in READS]
            for reader in readers:
                reader.start()
            job = client.post("/v1/articles", json=posted).headers["location"]
            moment = random.randrange(articles // 8, articles)
            done = _await(client, job, moment)["done"]
            neo4j.kill()
            time.sleep(random.uniform(2, 10))
            neo4j.start()
            back = time.monotonic()
            ended = _await(client, job, articles + 1)
            for reader in readers:
                reader.end()
        with connect(neo4j.uri) as store:
            found = claims_of(store)
    finally:
        neo4j.stop()
    met = sum((reader.met for reader in readers), Counter())
    if ended["state"] != "done" or found != wanted:
        wrong = [article for article in wanted.keys() | found.keys() if wanted.get(article) != found.get(article)]
        raise SystemExit(f"FAILED: the job is {ended}; {len(wrong)} articles are not as they should be: {wrong[:3]}")
    if not met.keys() <= {"200", "503 with Retry-After"}:
        raise SystemExit(f"FAILED: readers met {dict(met)}")
    late = max(0.0, *(reader.last_refused - back for reader in readers))
    slowest = max(reader.slowest for reader in readers)
    return (
        f"killed after {done} of {articles} articles; readers met {dict(met)}; "
        f"the slowest answer took {slowest:.1f} s, the last refusal came {late:.1f} s after the server was back; "
        "every article once, with all its claims"
    )


def _await(client: httpx.Client, job: str, done: int) -> dict[str, object]:
    """The job once so many of its articles are done, or it has ended."""
    deadline = time.monotonic() + PATIENCE
    told: dict[str, object] = {}
    while time.monotonic() < deadline:
        response = client.get(job)
        if response.status_code == 200:
            told = response.json()
            if int(str(told["done"])) >= done or told["state"] in ("done", "failed"):
                return told
        time.sleep(0.05)
    raise SystemExit(f"FAILED: the job does not end: {told}")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--articles", type=int, default=172, help="how many are posted (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="for the moments")
    given = parser.parse_args()
    random.seed(given.seed)
    for number in range(1, given.times + 1):
        with tempfile.TemporaryDirectory() as folder:
            print(f"{number}: {one(Path(folder), given.articles)}", flush=True)


if __name__ == "__main__":
    main()
