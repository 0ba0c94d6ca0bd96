"""Every test that takes `store` or `store_uri` runs on both engines, each time on an empty graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store, connect
from tests.stores import empty_store


@pytest.fixture(params=["embedded", "neo4j"])
def store_uri(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return empty_store(request, tmp_path / "store")


@pytest.fixture
def store(store_uri: str) -> Iterator[Store]:
    with connect(store_uri) as opened:
        yield opened


@pytest.fixture
def embedded_uri(tmp_path: Path) -> str:
    return f"embedded:{tmp_path / 'store'}"
