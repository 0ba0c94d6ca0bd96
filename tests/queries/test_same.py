"""Both engines give the same rows, to the last value."""

from __future__ import annotations

from pathlib import Path

from queries.reader import stored_queries
from queries.runner import run
from tests.queries.test_headers import EXAMPLES
from tests.queries.world import filled


def test_the_same_rows_in_both_stores(tmp_path: Path, neo4j_uri: str) -> None:
    with filled(f"embedded:{tmp_path}") as embedded, filled(neo4j_uri) as neo4j:
        for name, query in stored_queries().items():
            required = {p.name: EXAMPLES.get(p.type, p.example) for p in query.header.parameters if p.required}
            switches = {p.name: True for p in query.header.parameters if p.type == "boolean"}
            for params in (required, required | switches):
                assert run(embedded, name, params) == run(neo4j, name, params), (name, params)
