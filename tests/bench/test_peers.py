"""The bench of writers: ours and the plain driver on a few articles; the other writers are not installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from bench.peers.__main__ import corpus, goals
from bench.peers.loads import Load, empty, load
from bench.peers.press import groups, read
from bench.peers.writers import CLAIMS, EACH, OURS, Peer

BULK, EVERY = Peer("driver", "plain", CLAIMS), Peer("driver", "plain", CLAIMS, EACH)
FACTS = 30


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(FACTS, 5, tmp_path_factory.mktemp("press"))


@pytest.fixture
def driver(neo4j_uri: str) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_uri) as opened:
        empty(opened)
        yield opened
        empty(opened)


@pytest.mark.parametrize("peer", [OURS, BULK, EVERY], ids=["ours", "driver", "driver by article"])
def test_all_facts_are_preserved_and_written_once(peer: Peer, driver: Driver, neo4j_uri: str, press: Path) -> None:
    first, second = (load(peer, driver, neo4j_uri, os.getpid(), press) for _ in range(2))
    assert first.preserved == first.rows == FACTS
    assert (second.nodes, second.relationships, second.rows) == (first.nodes, first.relationships, first.rows)
    assert first.client > 0


def test_what_is_told_without_quote_or_twice_shows(driver: Driver, neo4j_uri: str, press: Path) -> None:
    unquoted = Peer("driver", "plain", CLAIMS.replace("c.quote", "null"))
    assert load(unquoted, driver, neo4j_uri, os.getpid(), press).preserved == 0
    twice = Peer("driver", "plain", f"UNWIND [1, 2] AS time {CLAIMS}")
    told = load(twice, driver, neo4j_uri, os.getpid(), press)
    assert (told.preserved, told.rows) == (FACTS, 2 * FACTS)


def test_groups_hold_every_article_once(press: Path) -> None:
    reports = read(press)
    assert [report for group in groups(reports, 10) for report in group] == reports
    assert [len(group) for group in groups(reports, EACH)] == [1] * len(reports)


def test_ours_is_measured_by_the_best_of_either_use() -> None:
    def took(seconds: float, preserved: int = 100) -> Load:
        return Load(1, seconds, 0, preserved, preserved, 0, 0)

    said = goals([
        (OURS, took(2), took(0.1)),
        (BULK, took(1), took(1)),
        (Peer("forgetful", "none", CLAIMS), took(0.1, 5), took(1)),
        (EVERY, took(10), took(1)),
    ])  # fmt: skip
    assert [sentence.split(" times ")[0] for sentence in said] == ["0.50", "5.00", "second load 20.0"]
