from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from api.settings import ApiSettings
from tests.queries.world import filled

KEY = f"embargo_0123456789ab_{'k' * 43}"
"""May do all."""


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of keys of every service in these tests."""
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    secret = KEY.rpartition("_")[2]
    kept = {
        "id": "0123456789ab", "name": "tests", "scopes": ["admin"], "created": "2026-01-01T00:00:00+00:00",
        "sha256": hashlib.sha256(secret.encode()).hexdigest(),
    }  # fmt: skip
    path.write_text(json.dumps({"version": 1, "keys": [kept]}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EMBARGO_KEYS", str(path))
        yield path


@pytest.fixture(scope="session", autouse=True)
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The folder of the jobs of every service in these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EMBARGO_JOBS", str(tmp_path_factory.mktemp("jobs")))
        yield


def finished(service: TestClient, response: Response) -> dict[str, Any]:
    """The job of a request that was accepted, once it is done."""
    assert response.status_code == 202, response.text
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        job: dict[str, Any] = service.get(response.headers["location"], headers={"X-API-Key": KEY}).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"the job is still not done: {job}")


def all_pages(get: Callable[..., Response], path: str, **params: Any) -> list[dict[str, Any]]:
    """The items of a list, over all its pages."""
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = get(path, **params, **({"cursor": cursor} if cursor else {})).json()
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a store with the fixtures' world; nothing in it is changed."""
    if request.param == "embedded":
        uri = f"embedded:{tmp_path_factory.mktemp('api')}"
    else:
        uri = request.getfixturevalue("neo4j_uri")
    with filled(uri):
        pass
    return str(uri)


@pytest.fixture(scope="session")
def client(world: str) -> Iterator[TestClient]:
    """The service over the fixtures' world."""
    with TestClient(create_app(ApiSettings(store=world))) as opened:
        yield opened


@pytest.fixture(scope="session")
def early(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service over a store that was told nothing after 2019."""
    uri = f"embedded:{tmp_path_factory.mktemp('early')}"
    with filled(uri, "2019-12-31"):
        pass
    with TestClient(create_app(ApiSettings(store=uri))) as opened:
        yield opened


@pytest.fixture
def get(client: TestClient) -> Callable[..., Response]:
    """`get(path, status, **parameters)`: asks, and checks the status."""

    def ask(path: str, status: int = 200, /, headers: dict[str, str] | None = None, **params: Any) -> Response:
        response = client.get(path, params=params or None, headers=headers)
        assert response.status_code == status, response.text
        return response

    return ask


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[TestClient]:
    """A service over an empty store that takes articles."""
    with TestClient(create_app(ApiSettings(store=f"embedded:{tmp_path}"))) as opened:
        yield opened
