from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from api.settings import ApiSettings
from tests.queries.world import filled

KEY = "correct horse battery staple"


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
    with TestClient(create_app(ApiSettings(store=world, api_key=None))) as opened:
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
def writable(tmp_path: object) -> Iterator[TestClient]:
    """A service over an empty store that takes articles."""
    with TestClient(create_app(ApiSettings(store=f"embedded:{tmp_path}", api_key=KEY))) as opened:
        yield opened
