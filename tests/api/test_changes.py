"""The feed of changes over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable

from fastapi.testclient import TestClient
from httpx import Response

from graph.imports import BadLine, check

Get = Callable[..., Response]


def test_pages_and_the_stream_tell_the_same(get: Get, client: TestClient) -> None:
    answer = get("/v1/changes", limit=7).json()
    paged, pages = answer["items"], 1
    while answer["more"]:
        answer = get("/v1/changes", since=answer["next"], limit=40).json()
        paged += answer["items"]
        pages += 1
    assert pages > 2
    for response in (get("/v1/changes", format="ndjson"), get("/v1/changes", 200, {"Accept": "application/x-ndjson"})):
        assert [json.loads(line) for line in response.text.splitlines()] == paged
        assert response.headers["x-next"] == answer["next"]
        assert response.headers["content-type"].startswith("application/x-ndjson")
    claims = {item["id"] for item in paged if item["type"] == "claim" and item["change"] == "new"}
    assert {item["id"] for item in get("/v1/claims", limit=1000).json()["items"]} <= claims
    assert get("/v1/changes", since=answer["next"]).json() == {"items": [], "next": answer["next"], "more": False}


def test_records_are_lines_that_load(get: Get) -> None:
    items = get("/v1/changes", limit=1000).json()["items"]
    assert not [item for item in items if isinstance(check(item["record"], "feed", 1), BadLine)]


def test_between_two_places(get: Get) -> None:
    first = get("/v1/changes", limit=10).json()["next"]
    later = get("/v1/changes", since=first, limit=10).json()
    between = get("/v1/changes", since=first, until=later["next"]).json()
    assert between == later | {"more": False}


def test_cursors_that_are_none(get: Get) -> None:
    for cursor in ("x", "0123456789ab.1.0", "new.1.0.0"):
        for parameter in ("since", "until"):
            response = get("/v1/changes", 422, **{parameter: cursor})
            assert "begin" in response.json()["detail"]
