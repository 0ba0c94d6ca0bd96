"""Stories take long; a few are told at once, and keep nobody else waiting."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import slots
from api.app import create_app
from api.problems import ProblemError
from api.routers import match, story
from api.settings import ApiSettings
from graph.store import Store
from queries.story import Story

MANY = 45
"""More than the threads that answer requests."""
ANEW = {"Cache-Control": "no-cache"}


def test_many_stories_keep_nobody_else_waiting(world: str, monkeypatch: pytest.MonkeyPatch) -> None:
    let, build = threading.Event(), story.build_story

    def slow(store: Store, asked: dict[str, Any]) -> Story:
        let.wait(60)
        return build(store, asked)

    with TestClient(create_app(ApiSettings(store=world))) as client, ThreadPoolExecutor(MANY) as threads:
        told = client.get("/v1/story", params={"a": "TUR"})
        monkeypatch.setattr(story, "build_story", slow)
        asked = [
            threads.submit(client.get, "/v1/story", params={"a": "USA", "known_on": f"{1990 + number}-05-06"})
            for number in range(MANY)
        ]
        for path in ("/readyz", "/v1/entities/TUR", "/v1/claims"):
            assert client.get(path, headers=ANEW).status_code == 200
        assert client.get("/v1/story", params={"a": "TUR"}).content == told.content, "it was told already"
        pending = set(asked)
        while len(pending) > slots.STORIES:
            done, pending = wait(pending, timeout=60, return_when=FIRST_COMPLETED)
            assert done
            assert {(one.result().status_code, one.result().headers["retry-after"]) for one in done} == {(503, "5")}
        let.set()
        assert [one.result().status_code for one in pending] == [200] * slots.STORIES
        assert client.get("/v1/story", params={"a": "USA"}).status_code == 200


def test_stories_over_mcp_share_the_slots(world: str, monkeypatch: pytest.MonkeyPatch) -> None:
    let, begun, build = threading.Event(), threading.Semaphore(0), story.build_story

    def slow(store: Store, asked: dict[str, Any]) -> Story:
        begun.release()
        let.wait(60)
        return build(store, asked)

    monkeypatch.setattr(story, "build_story", slow)
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": {"name": "tell_story", "arguments": {"a": "Turkey"}}}  # fmt: skip
    headers = {"Accept": "application/json, text/event-stream"}
    app = create_app(ApiSettings(store=world))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client, ThreadPoolExecutor(slots.STORIES) as threads:
        asked = [threads.submit(client.get, "/v1/story", params={"a": a}) for a in ("USA", "RUS")]
        assert all(begun.acquire(timeout=60) for _ in asked)
        assert "too many queries" in client.post("/mcp", json=call, headers=headers).text
        let.set()
        assert [one.result().status_code for one in asked] == [200, 200]
        assert "S-400" in client.post("/mcp", json=call, headers=headers).text


def test_long_lists_of_names_keep_nobody_else_waiting(world: str, monkeypatch: pytest.MonkeyPatch) -> None:
    let, find = threading.Event(), match.match

    def slow(*asked: Any) -> Any:
        let.wait(60)
        return find(*asked)

    monkeypatch.setattr(match, "match", slow)
    monkeypatch.setattr(slots, "LINGERING", 0.5)
    body = {"queries": [{"name": "an"}]}
    with TestClient(create_app(ApiSettings(store=world))) as client, ThreadPoolExecutor(MANY) as threads:
        pending = {threads.submit(client.post, "/v1/match", json=body) for _ in range(MANY)}
        assert client.get("/v1/entities/TUR", headers=ANEW).status_code == 200
        while len(pending) > slots.MATCHES:
            done, pending = wait(pending, timeout=60, return_when=FIRST_COMPLETED)
            assert {one.result().status_code for one in done} == {503}
        assert client.post("/v1/reconcile", data={"queries": '{"q": {"query": "an"}}'}).status_code == 503
        let.set()
        assert [one.result().status_code for one in pending] == [200] * slots.MATCHES


def test_a_slot_is_taken_until_the_work_ends_though_nobody_waits() -> None:
    async def told() -> None:
        one, end = slots.Slots(1), asyncio.Event()

        async def work() -> None:
            await end.wait()
            raise ValueError("nobody hears it")

        left = asyncio.create_task(one.hold(work))
        await asyncio.sleep(0)
        left.cancel()
        with pytest.raises(asyncio.CancelledError):
            await left
        with pytest.raises(ProblemError):
            one.run(lambda: None, 1)
        end.set()
        await asyncio.sleep(0.01)
        assert one.run(lambda: "free", 1) == "free"

    asyncio.run(told())


def test_who_was_served_and_asks_again_stands_behind_those_who_wait() -> None:
    async def told() -> list[str]:
        one, served = slots.Slots(1), []

        async def ask(client: str) -> None:
            async def work() -> None:
                await asyncio.sleep(0.001)
                served.append(client)

            for _ in range(3):
                await one.hold(work)

        await asyncio.gather(*map(ask, "abc"))
        return served

    assert asyncio.run(told()) == list("abc" * 3)
