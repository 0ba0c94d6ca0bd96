"""Sanctions of several kinds at once are found by any of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.store import Store
from queries.runner import run
from tests.queries.fixtures import says, tell
from tests.queries.world import alone

STORY = [
    tell("imposed", "alpha.example", "2012-01-02", "The sanctions were told of on Monday.",
         says("USA", "sanctions", "IRN", "completed", "2012-01-01", measure="arms embargo, travel ban")),
    tell("nameless", "alpha.example", "2012-01-03", "The European ones were told of on Tuesday.",
         says("eu", "sanctions", "IRN", "completed", "2012-01-01")),
    tell("delivered", "alpha.example", "2015-05-02", "The delivery was told of on Saturday.",
         says("RUS", "supplies", "su-35", "completed", "2015-05-01", recipient="IRN")),
]  # fmt: skip


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with alone(request, tmp_path_factory.mktemp("measures"), STORY) as store:
        yield store


@pytest.mark.parametrize(
    ("measure", "senders"),
    [
        (None, {"USA", "eu"}),
        ("arms embargo", {"USA"}),
        ("travel ban", {"USA"}),
        ("travel ban, arms embargo", {"USA"}),
        ("travel", set()),
        ("travel ban, asset freeze", set()),
    ],
)
def test_any_of_the_kinds_finds_them(store: Store, measure: str | None, senders: set[str]) -> None:
    rows = run(store, "suppliers_of_sanctioned", {"recipient": "IRN", "measure": measure}).rows
    assert {row["sender"] for row in rows} == senders
