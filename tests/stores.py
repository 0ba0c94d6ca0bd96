"""Stores of either kind for fixtures with the parameters `embedded` and `neo4j`."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.store import connect


def empty_store(request: pytest.FixtureRequest, folder: Path) -> str:
    """Address of an empty store of the kind that the fixture's parameter names.

    Args:
        request: of the fixture.
        folder: of the embedded store; not there yet, or empty.
    """
    if request.param == "embedded":
        return f"embedded:{folder}"
    return emptied(request.getfixturevalue("neo4j_uri"))


def emptied(uri: str) -> str:
    """The same address, once nothing is in that store: the Neo4j of the tests holds what the tests before left."""
    with connect(uri) as store:
        store.execute("MATCH (n) DETACH DELETE n")
    return uri
