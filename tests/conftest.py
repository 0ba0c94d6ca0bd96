"""A real Neo4j for the tests that want one, and no time limits for generated examples: speed is measured in bench/."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from dev import neo4j_server

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

os.environ.setdefault("EMBARGO_RATE_LIMIT", "off")
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC")
SETTINGS = {"dbms.cypher.min_replan_interval": "24h"}
"""Of the tests' Neo4j: else it plans each query anew whenever a test has emptied and filled it."""


@pytest.fixture(scope="session")
def neo4j_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Bolt URI of a Neo4j that tests may fill and empty: EMBARGO_TEST_NEO4J, else one started for this run.

    Without either the test is skipped; with EMBARGO_REQUIRE_NEO4J=1 that is a failure.
    """
    given = os.environ.get("EMBARGO_TEST_NEO4J")
    if given:
        yield given
        return
    reason = neo4j_server.missing_tools()
    if reason and os.environ.get("EMBARGO_REQUIRE_NEO4J") != "1":
        pytest.skip(f"no Neo4j: {reason}, or set EMBARGO_TEST_NEO4J=bolt://…")
    with neo4j_server.running(tmp_path_factory.mktemp("neo4j"), settings=SETTINGS) as uri:
        yield uri
