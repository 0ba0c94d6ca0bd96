"""Every test that takes `store` or `store_uri` runs on both engines, each time on an empty graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store, connect


@pytest.fixture(params=["embedded", "neo4j"])
def store_uri(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "embedded":
        return f"embedded:{tmp_path / 'store'}"
    uri: str = request.getfixturevalue("neo4j_uri")
    with connect(uri) as store:
        store.execute("MATCH (n) DETACH DELETE n")
    return uri


@pytest.fixture
def store(store_uri: str) -> Iterator[Store]:
    with connect(store_uri) as opened:
        yield opened


@pytest.fixture
def embedded_uri(tmp_path: Path) -> str:
    return f"embedded:{tmp_path / 'store'}"
