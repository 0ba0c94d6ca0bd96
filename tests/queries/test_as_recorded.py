"""`as_recorded` means one thing: the answer that the graph gave at that moment, whatever it was told or lost since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.store import Store, connect
from graph.writer import Writer
from queries.reader import stored_queries
from queries.runner import run
from tests.queries.fixtures import STORIES, says, tell
from tests.queries.test_headers import EXAMPLES
from tests.queries.world import fill

FIRST, SECOND = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
ASKED = [
    name
    for name, query in stored_queries().items()
    if any(parameter.name == "as_recorded" for parameter in query.header.parameters)
]
FEW = ("co_suppliers", "transfers", "who_said")
"""Asked of Neo4j: the Cypher before the queries' own is the same for all that look at episodes, or at claims."""
GIVEN: list[dict[str, Any]] = [{}, {"recipient": "TUR"}, {"target": "TUR"}, {"known_on": "2019-07-11"}]
NEWS = tell(
    "second-contract", "beta.example", "2018-01-01", "Turkey cancelled the contract for Russia's S-400 systems.",
    says("TUR", "purchases", "s-400", "ended", "2017-12-30", supplier="RUS", batch=1),
)  # fmt: skip


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def corrected(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, dict[tuple[str, int], Any]]]:
    """A graph that was corrected in February, and its answers of January."""
    embedded = request.param == "embedded"
    uri = f"embedded:{tmp_path_factory.mktemp('recorded')}" if embedded else request.getfixturevalue("neo4j_uri")
    with pytest.MonkeyPatch.context() as patch, connect(uri) as store:
        patch.setattr("graph.writer.now", lambda: FIRST)
        fill(store)
        asked = ASKED if embedded else FEW
        answers = {(name, n): answer(store, name, given) for name in asked for n, given in enumerate(GIVEN)}
        patch.setattr("graph.writer.now", lambda: SECOND)
        writer = Writer(store)
        for told in STORIES[::3]:
            writer.forget(told.article.id)
        writer.write([(NEWS.article, NEWS.claims)])
        yield store, answers
        if not embedded:
            fill(store)  # the server is that of the other tests too


def answer(store: Store, name: str, given: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Rows of the query, where it takes these parameters."""
    declared = stored_queries()[name].header.parameters
    required = {p.name: EXAMPLES.get(p.type, p.example) for p in stored_queries()[name].header.needed()}
    return run(store, name, required | given).rows if given.keys() <= {p.name for p in declared} else None


def test_answers_of_then_are_reproduced(corrected: tuple[Store, dict[tuple[str, int], Any]]) -> None:
    store, answers = corrected
    for (name, n), rows in answers.items():
        assert answer(store, name, {**GIVEN[n], "as_recorded": SECOND}) == rows, (name, GIVEN[n])


def test_the_answer_of_now_is_another_one_and_before_the_first_load_there_is_none(
    corrected: tuple[Store, dict[tuple[str, int], Any]],
) -> None:
    store, answers = corrected
    assert answer(store, "transfers", {}) != answers["transfers", 0]
    assert answer(store, "transfers", {"as_recorded": "2026-02-02"}) == answer(store, "transfers", {})
    assert answer(store, "transfers", {"as_recorded": FIRST}) == []
