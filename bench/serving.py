"""How fast a running service answers: `python -m bench.serving --store URI [--clients 1 8 64] [--soak N]`.

Starts the service over a store that holds the corpus of `bench.corpus` (`python -m bench.writing CLAIMS --store URI`
fills one), and asks each kind of question for some seconds by so many clients at once, every one with a connection that
it keeps, as fast as answers come. Questions go round over many entities, claims and names, so that no answer is asked
for twice in a row. Seconds of the processor are the service's, with those of a Neo4j that `--pid` names: they say more
where other programs run. `--soak` then asks so many questions of all kinds but SPARQL and Cypher, and shows the memory
after each tenth.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlencode

import httpx
from rich.console import Console
from rich.table import Table

from dev.neo4j_server import free_port

DIFFERENT = 200
"""So many different questions of a kind."""
START_SECONDS = 120
WARMING_SECONDS = 60
"""So long at most each question of a kind is asked once, before anything is measured."""
ASK = "ASK { <https://embargo.example/entity/%s> <https://embargo.example/ontology/sanctions> ?who }"
CYPHER = "MATCH (a:Actor {id: $id})-[r:PURCHASES]->(w) RETURN w.name, r.since LIMIT 20"
LATE = {"entity": 20, "claim": 20, "neighbours": 20, "search": 100, "story": 100, "query": 100}
"""Milliseconds in which 95 of 100 answers of a kind are to come where eight clients ask."""
Question = bytes
"""An HTTP/1.1 request as it goes over the wire."""


@dataclass(slots=True)
class Measured:
    """What came of one kind of question."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    """Seconds of the service and its store."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.milliseconds) / self.seconds


def get(path: str, **parameters: str) -> Question:
    """A question by address."""
    address = f"{path}?{urlencode(parameters)}" if parameters else path
    return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n".encode()


def anew(question: Question) -> Question:
    """The same question, not to be answered out of memory."""
    return question.replace(b"\r\n", b"\r\nCache-Control: no-cache\r\n", 1)


def post(path: str, body: str) -> Question:
    """A question by a body of JSON."""
    length = f"Content-Type: application/json\r\nContent-Length: {len(body)}"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{length}\r\n\r\n"
    return head.encode() + body.encode()


def questions(url: str) -> dict[str, list[Question]]:
    """Questions of every kind about what the store holds."""
    with httpx.Client(base_url=url, timeout=120) as client:
        claims = client.get("/v1/claims", params={"limit": 1000, "sort": "recorded"}).json()["items"]
        spread = claims[:: max(1, len(claims) // DIFFERENT)]
        facts = client.get("/v1/facts", params={"limit": 1000, "sort": "last_reported"}).json()["items"]
    named = list({end["id"]: end for claim in spread for end in (claim["subject"], claim["object"]) if end}.values())
    pairs = list(dict.fromkeys((fact["subject"]["id"], fact["object"]["id"]) for fact in facts))[:DIFFERENT]
    actors = list(dict.fromkeys(start for start, _ in pairs))
    return {
        "entity": [get(f"/v1/entities/{quote(end['id'])}") for end in named],
        "claim": [get(f"/v1/claims/{claim['id']}") for claim in spread],
        "neighbours": [get(f"/v1/entities/{quote(end['id'])}/neighbours") for end in named],
        "search": [get("/v1/entities", q=end["name"]) for end in named],
        "story": [get("/v1/story", a=a, b=b) for a, b in pairs],
        "query": [get("/v1/queries/transfers", recipient=actor) for actor in actors]
        + [get("/v1/queries/sanctions_on", target=actor) for actor in actors],
        "sparql": [get("/sparql", query=ASK % actor) for actor in actors],
        "cypher": [
            post("/v1/cypher", f'{{"query": "{CYPHER}", "parameters": {{"id": "{actor}"}}}}') for actor in actors
        ],
    }


class Service:
    """The service in processes of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, server: int | None) -> None:
        self.process, self.port, self._server = process, port, server

    def processor(self) -> float:
        """Seconds that it, what it started, and the store's server have computed for (Linux, proc(5))."""
        ticks = 0
        for pid in [*_family(self.process.pid), *filter(None, [self._server])]:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Megabytes that it has in memory."""
        kilobytes = 0
        for pid in _family(self.process.pid):
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            kilobytes += int(status.partition("VmRSS:")[2].split()[0])
        return kilobytes // 1024


def _family(pid: int) -> list[int]:
    """A process and those that it started, in whatever thread, and that run."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    children = [child for thread in threads for child in thread.read_text(encoding="ascii").split()]
    return [pid, *(member for child in children for member in _family(int(child)))]


@contextmanager
def served(store: str, server: int | None, workers: int) -> Iterator[Service]:
    """Runs the service until the block ends."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, Path(folder, "log").open("wb") as log:
        settings = {
            "EMBARGO_STORE": store, "EMBARGO_RATE_LIMIT": "off",
            "EMBARGO_JOBS": f"{folder}/jobs", "EMBARGO_KEYS": f"{folder}/keys.json",
        }  # fmt: skip
        command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--workers", str(workers)]
        process = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + START_SECONDS
            while time.monotonic() < deadline and process.poll() is None and not _is_ready(port):
                time.sleep(0.5)
            yield Service(process, port, server)
        finally:
            process.terminate()
            process.wait()


def _is_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=60).status_code == 200
    except httpx.TransportError:
        return False


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, question: Question) -> int:
    """Asks, reads all of the answer, and tells its status."""
    writer.write(question)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]
    if length:
        await reader.readexactly(int(length))
    else:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head.split(b" ", 2)[1])


async def ask(service: Service, some: list[Question], clients: int, seconds: float, most: int) -> Measured:
    """Asks by so many clients at once, until the time is over or so many answers came."""
    found, turn = Measured(), cycle(some)
    end = time.perf_counter() + seconds
    left = most

    async def client() -> None:
        nonlocal left
        reader, writer = await asyncio.open_connection("127.0.0.1", service.port, limit=2**24)
        while left > 0 and (begun := time.perf_counter()) < end:
            left -= 1
            status = await answer(reader, writer, next(turn))
            found.milliseconds.append((time.perf_counter() - begun) * 1000)
            found.errors += status >= 400
        writer.close()

    begun, spent = time.perf_counter(), service.processor()
    await asyncio.gather(*(client() for _ in range(clients)))
    found.seconds, found.processor = time.perf_counter() - begun, service.processor() - spent
    return found


def report(console: Console, kind: str, by_clients: Mapping[int, Measured]) -> None:
    """Prints a line for each number of clients."""
    table = Table("clients", "answers", "a second", "p50 ms", "p95 ms", "p99 ms", "processor ms", "errors", title=kind)
    for clients, found in by_clients.items():
        if len(found.milliseconds) < 2:
            console.print(f"{kind}: {clients} clients got no answers in {found.seconds:.0f} s")
            continue
        cuts = quantiles(found.milliseconds, n=100)
        late = " late" if clients == 8 and cuts[94] > LATE.get(kind, cuts[94]) else ""
        table.add_row(
            str(clients), f"{len(found.milliseconds):,}", f"{found.rate:,.0f}", f"{cuts[49]:.1f}",
            f"{cuts[94]:.1f}{late}", f"{cuts[98]:.1f}", f"{1000 * found.processor / len(found.milliseconds):.1f}",
            str(found.errors),
        )  # fmt: skip
    console.print(table)


def main() -> None:
    """Reads the arguments, starts the service, asks, and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", metavar="URI", required=True, help="a store that holds the corpus")
    parser.add_argument("--pid", type=int, help="process id of the server of --store")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 64], metavar="N")
    parser.add_argument("--seconds", type=float, default=10, help="how long each is asked (default %(default)s)")
    parser.add_argument("--kinds", nargs="+", metavar="KIND", help=f"of {', '.join([*LATE, 'sparql', 'cypher'])}")
    parser.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes that answer (default %(default)s)"
    )
    parser.add_argument("--anew", action="store_true", help="no answer is to come out of the service's memory")
    parser.add_argument("--soak", type=int, default=0, metavar="N", help="then so many questions; shows the memory")
    given = parser.parse_args()
    console = Console(highlight=False, width=110)
    with served(given.store, given.pid, given.workers) as service:
        asked = questions(f"http://127.0.0.1:{service.port}")
        if given.anew:
            asked = {kind: list(map(anew, some)) for kind, some in asked.items()}
        for kind in given.kinds or asked:
            first = 20 if given.anew else len(asked[kind])
            asyncio.run(ask(service, asked[kind], 8, WARMING_SECONDS, first))
            found = {n: asyncio.run(ask(service, asked[kind], n, given.seconds, 10**9)) for n in given.clients}
            report(console, kind, found)
        some = [question for kind in LATE for question in asked[kind]]
        for tenth in range(1, 11 if given.soak else 1):
            asyncio.run(ask(service, some, 8, 10**9, given.soak // 10))
            console.print(f"after {given.soak // 10 * tenth:,} more: {service.memory()} MB")


if __name__ == "__main__":
    main()
