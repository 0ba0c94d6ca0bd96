"""Starting without a store, losing it, ending, several processes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient

import graph.migrations
from api.app import create_app
from api.server import Impatient
from api.settings import ApiSettings
from graph.store import Store
from tests.api.conftest import KEY
from tests.api.process import serving
from tests.api.proxy import Cable, cable

ARTICLE = {"text": "Turkey bought S-400 missile systems from Russia on 12 September 2017.", "date": "2017-09-13"}


def until(true: Callable[[], bool], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "this did not come about"
        time.sleep(0.1)


def refused(response: httpx.Response, *states: str) -> bool:
    assert response.status_code in (200, 503), response.text
    if response.status_code == 503:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["retry-after"] == "5"
        assert response.json()["state"] in (states or ("down",))
    return bool(response.status_code == 503)


@pytest.fixture
def neo4j_cable(neo4j_uri: str) -> Cable:
    with cable(int(neo4j_uri.rpartition(":")[2])) as made:
        yield made


def test_the_store_comes_late_goes_and_comes_back(neo4j_cable: Cable) -> None:
    neo4j_cable.cut()
    settings = ApiSettings(store=f"bolt://127.0.0.1:{neo4j_cable.port}")
    with TestClient(create_app(settings)) as client:
        for path in ("/readyz", "/v1/claims", "/v1/queries/transfers"):
            assert refused(client.get(path)), path
        assert client.get("/healthz").status_code == 200
        neo4j_cable.mend()
        until(lambda: not refused(client.get("/readyz"), "down", "migrating"))
        assert client.get("/v1/claims").status_code == 200
        for _ in range(2):
            neo4j_cable.cut()
            begun = time.monotonic()
            with ThreadPoolExecutor(20) as threads:
                assert all(threads.map(lambda _: refused(client.get("/v1/claims")), range(20)))
            assert time.monotonic() - begun < 20
            assert client.get("/healthz").status_code == 200
            neo4j_cable.mend()
            until(lambda: not refused(client.get("/v1/claims")))


def test_a_graph_that_is_brought_to_a_new_form_is_not_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(ModuleType):
        @staticmethod
        def apply(store: Store) -> None:
            begun.set()
            assert go_on.wait(60)

    migrations = (*graph.migrations.MIGRATIONS, Slow("graph.migrations.m999_slow"))
    monkeypatch.setattr(graph.migrations, "MIGRATIONS", migrations)
    monkeypatch.setattr("api.graph.FIRST_SECONDS", 0.1)
    with TestClient(create_app(ApiSettings(store=f"embedded:{tmp_path}"))) as client:
        assert begun.wait(60)
        assert refused(client.get("/readyz"), "migrating")
        assert refused(client.get("/v1/claims"), "migrating")
        assert client.get("/healthz").status_code == 200
        go_on.set()
        until(lambda: not refused(client.get("/readyz"), "migrating"))


def test_requests_under_way_are_answered_when_the_service_ends(tmp_path: Path) -> None:
    long = {"text": " ".join(ARTICLE["text"] for _ in range(300))}
    with serving(tmp_path, f"embedded:{tmp_path / 'store'}", log_format="json") as service:
        httpx.post(f"{service.url}/v1/extract", json=ARTICLE, timeout=180).raise_for_status()
        with ThreadPoolExecutor(1) as thread:
            answer = thread.submit(httpx.post, f"{service.url}/v1/extract", json=long, timeout=180)
            until(lambda: "in_progress 2.0" in httpx.get(f"{service.url}/metrics").text)
            service.process.send_signal(signal.SIGTERM)
            assert answer.result().json()["claims"]
        assert service.process.wait(60) in (0, -signal.SIGTERM)
    lines = [json.loads(line) for line in service.log.read_text().splitlines()]
    assert [line["status"] for line in lines if line["event"] == "request"][-1] == 200
    assert not any(line["level"] in ("error", "critical") for line in lines)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the workers in /proc")
def test_several_workers_share_the_embedded_store_even_when_its_owner_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path, f"embedded:{tmp_path / 'store'}", workers=2) as service:
        headers = {"X-API-Key": KEY}
        posted = httpx.post(f"{service.url}/v1/articles", json=ARTICLE, headers=headers, timeout=180)
        assert posted.status_code == 202, posted.text
        job = f"{service.url}{posted.headers['location']}"
        until(lambda: httpx.get(job, headers=headers, timeout=180).json()["state"] == "done")
        [article] = httpx.get(job, headers=headers, timeout=180).json()["articles"]

        def answers() -> bool:
            try:
                response = httpx.get(f"{service.url}/v1/articles/{article}", timeout=180)
            except httpx.TransportError:
                return False
            return not refused(response)

        assert all(answers() for _ in range(20))
        [owner] = [pid for pid in service.children() if "owner.lock" in str(open_files(pid))]
        os.kill(owner, signal.SIGKILL)
        until(lambda: all(answers() for _ in range(20)))
        asked = httpx.get(f"{service.url}/metrics").text
        assert 'embargo_claims_loaded_total{state="new"} 1.0' in asked


def open_files(pid: int) -> list[Path]:
    return [link.readlink() for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()]


def test_no_half_of_an_answer_waits_for_the_other_on_a_socket_that_processes_share() -> None:
    found: list[int] = []

    class Seen(Impatient):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in Impatient
            super().connection_made(transport)
            found.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    config = uvicorn.Config(create_app(ApiSettings()), http=Seen, lifespan="off", port=0, log_config=None)
    server = uvicorn.Server(config)

    async def ask() -> None:
        shared = config.bind_socket()
        serving = asyncio.create_task(server.serve(sockets=[shared]))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{shared.getsockname()[1]}") as client:
            assert (await client.get("/healthz")).status_code == 200
        server.should_exit = True
        await serving

    asyncio.run(ask())
    assert found == [1]
