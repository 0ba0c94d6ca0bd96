"""A real Neo4j for the tests that want one, the settings that they expect, and no time limits for generated examples:
speed is measured in bench/."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from dev import neo4j_server

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

FOR_TESTS = {"EMBARGO_TEST_NEO4J", "EMBARGO_REQUIRE_NEO4J", "EMBARGO_EMBEDDED_ENGINE"}
OF_ITS_NEO4J = {"EMBARGO_STORE_USER", "EMBARGO_STORE_PASSWORD", "EMBARGO_STORE_DATABASE"}
"""Settings of the environment that hold for tests, the second only where it names their Neo4j. All others are those of
a service that somebody runs here."""
kept = FOR_TESTS | (OF_ITS_NEO4J if os.environ.get("EMBARGO_TEST_NEO4J") else set())
for name in [name for name in os.environ if name.upper().startswith("EMBARGO_") and name.upper() not in kept]:
    del os.environ[name]
os.environ["EMBARGO_RATE_LIMIT"] = "off"
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
