from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.store import Store
from queries.runner import run
from tests.queries.press import ARTICLES, TOLD
from tests.queries.printing import printed, read_articles
from tests.queries.world import filled

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The fixtures' world, in each of the two engines."""
    if request.param == "embedded":
        uri = f"embedded:{tmp_path_factory.mktemp('queries')}"
    else:
        uri = request.getfixturevalue("neo4j_uri")
    with filled(uri) as world:
        yield world


@pytest.fixture
def ask(store: Store) -> Ask:
    """Asks a stored query: `ask("transfers", recipient="Turkey")` gives its rows."""

    def answer(name: str, **params: Any) -> list[dict[str, Any]]:
        return run(store, name, params).rows

    return answer


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The articles of press.py, read by the extractor."""
    with printed(f"embedded:{tmp_path_factory.mktemp('press')}", read_articles(ARTICLES, TOLD)) as world:
        yield world
