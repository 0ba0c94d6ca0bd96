"""Both engines give the same rows, to the last value."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from graph.store import Store
from queries.reader import stored_queries
from queries.runner import run
from tests.queries.press import ARTICLES, TOLD
from tests.queries.printing import printed, read_articles
from tests.queries.test_headers import EXAMPLES
from tests.queries.world import filled


def press(uri: str) -> AbstractContextManager[Store]:
    """The articles of press.py, read by the extractor."""
    return printed(uri, read_articles(ARTICLES, TOLD))


@pytest.mark.parametrize("world", [press, filled])  # the server is left as other tests expect it
def test_the_same_rows_in_both_stores(
    tmp_path: Path, neo4j_uri: str, world: Callable[[str], AbstractContextManager[Store]]
) -> None:
    given = EXAMPLES if world is filled else {"episode": "sanction/USA/TUR/2019-07-20/caatsa", "article": "caatsa"}
    with world(f"embedded:{tmp_path}") as embedded, world(neo4j_uri) as neo4j:
        for name, query in stored_queries().items():
            declared = query.header.parameters
            required = {p.name: given.get(p.type, p.example) for p in query.header.needed()}
            switches = {p.name: True for p in declared if p.type == "boolean"}
            for params in [required, required | switches][: 1 + bool(switches)]:
                assert run(embedded, name, params) == run(neo4j, name, params), (name, params)
