"""C9 and D4: what papers, and what loads, have changed; and their traps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.store import Store, connect
from graph.writer import Writer
from queries.runner import run
from tests.queries.conftest import Ask
from tests.queries.fixtures import STORIES, Told, says, tell
from tests.queries.world import fill

LONG_AGO = "2020-01-01T00:00:00+00:00"
SINCE = "2020-06-01"
BY_KEY = {told.article.source_id: told for told in STORIES}
CONTRACT, PARTS = BY_KEY["s400-contract"], BY_KEY["s400-parts"]


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    embedded = request.param == "embedded"
    uri = f"embedded:{tmp_path_factory.mktemp('changes')}" if embedded else request.getfixturevalue("neo4j_uri")
    with connect(uri) as opened:
        yield opened
        if not embedded:
            fill(opened)  # the server is that of the other tests too


@pytest.fixture
def graph(engine: Store) -> Store:
    """A graph that was told of the contract long ago."""
    fill(engine, until="0000")
    load(engine, CONTRACT)
    age(engine)
    return engine


def load(store: Store, *stories: Told) -> None:
    Writer(store).write([(told.article, told.claims) for told in stories])


def age(store: Store) -> None:
    """What has been recorded was recorded long ago."""
    store.write(lambda tx: tx.run("MATCH (c:Claim) SET c.recorded_at = $at", at=LONG_AGO).consume())


def changed(store: Store, **params: Any) -> list[tuple[Any, ...]]:
    rows = run(store, "changes", {"since": SINCE, "by": "loaded", **params}).rows
    return [(row["kind"], row["before"], row["after"], row["why"]) for row in rows]


def reloaded(store: Store, **params: Any) -> list[tuple[Any, ...]]:
    rows = run(store, "reload", params or {"since": SINCE}).rows
    return [(row["what"], row["change"], row["id"]) for row in rows if row["what"] != "claim"]


def test_c9_by_the_day_of_the_papers(ask: Ask) -> None:
    rows = ask("changes", since="2019-07-12", until="2019-07-18", actors="Turkey, Iran")
    assert [(row["time"], row["frame"], row["kind"], row["before"], row["after"]) for row in rows] == [
        ("2019-07-12", "transfer", "changed", "committed", "actual"),
        ("2019-07-17", "exclude", "changed", "proposed", "actual"),
        ("2019-07-17", "exclude", "contradicted", "denied by 0", "denied by 1"),
    ]


def test_c9_lifted_and_for_a_watch_list(ask: Ask) -> None:
    [row] = ask("changes", since="2018-11-01", until="2018-11-30", actors="Turkey")
    assert (row["kind"], row["before"], row["after"], row["why"]) == ("lifted", "actual", "ended", ["news"])
    assert ask("changes", since="2018-11-01", until="2018-11-30", actors="India", weapons="S-400") == []


def test_c9_a_second_source_confirms(ask: Ask) -> None:
    [row] = ask("changes", since="2019-06-14", until="2019-06-14")
    assert (row["kind"], row["before"], row["after"]) == ("confirmed", "told by 1", "told by 2")


def test_c9_the_same_article_again_is_no_change(graph: Store) -> None:
    load(graph, CONTRACT)
    assert changed(graph) == []
    assert reloaded(graph) == []


def test_c9_news_in_the_graph(graph: Store) -> None:
    load(graph, PARTS)
    assert changed(graph) == [("changed", "committed", "actual", ["news"])]
    assert changed(graph, weapons="F-16") == []


def test_c9_a_better_reading_is_told_apart_from_news(graph: Store) -> None:
    better = says("TUR", "purchases", "s-400", "considered", "2017-09-12", supplier="RUS", batch=1)
    again = tell("s400-contract", "alpha.example", "2017-09-12", CONTRACT.article.text, better)
    claims = [claim.model_copy(update={"extractor_version": "2"}) for claim in again.claims]
    load(graph, Told(CONTRACT.article, claims))
    assert changed(graph) == [("changed", "committed", "proposed", ["newer extractor", "rereading"])]


def test_c9_what_is_forgotten_or_erased_shows_up(graph: Store) -> None:
    load(graph, PARTS)
    age(graph)
    Writer(graph).forget(PARTS.article.id)
    assert changed(graph) == [("changed", "actual", "committed", ["forgotten"])]
    Writer(graph).forget(CONTRACT.article.id, erase=True)
    assert ("retracted", None, None, ["erased"]) in changed(graph)


def test_d4_what_a_load_added(graph: Store) -> None:
    load(graph, PARTS)
    deal = "transfer/RUS/TUR/s-400/2017-09-12/1"
    assert reloaded(graph) == [
        ("episode", "changed", deal),
        ("edge", "gained", "(RUS)-[ARMS]->(TUR)"),
        ("edge", "gained", "(RUS)-[SUPPLIES]->(s-400)"),
    ]
    rows = run(graph, "reload", {"since": SINCE}).rows
    assert [(row["change"], row["id"]) for row in rows if row["what"] == "claim"] == [("added", PARTS.claims[0].id)]


def test_d4_a_withdrawn_article_takes_its_last_edge_with_it(graph: Store) -> None:
    load(graph, PARTS)
    age(graph)
    Writer(graph).forget(PARTS.article.id)
    assert [row[1:] for row in reloaded(graph, article=PARTS.article.id) if row[0] == "edge"] == [
        ("lost", "(RUS)-[ARMS]->(TUR)"), ("lost", "(RUS)-[SUPPLIES]->(s-400)"),
    ]  # fmt: skip
    assert ("new", None, "actual", ["news"]) in changed(graph, since="2019-01-01", until="2020-02-01")


def test_d4_without_article_or_time_there_are_no_rows(graph: Store) -> None:
    assert run(graph, "reload", {}).rows == []
