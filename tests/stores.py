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
    uri: str = request.getfixturevalue("neo4j_uri")
    with connect(uri) as store:
        store.execute("MATCH (n) DETACH DELETE n")
    return uri
