"""A claim that newer readers miss and still newer ones find again: what it counted for, and when that was told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from graph.store import Store, connect
from graph.writer import Writer
from queries.runner import run
from tests.queries.world import fill
from tests.store.examples import article, claim, mention, on
from tests.stores import empty_store

MOMENTS = [f"2026-0{month}-01T00:00:00+00:00" for month in range(1, 6)]
"""When the versions of the reader read the article; every other one misses the claim about Iran."""
AFTER = "2026-06-01T00:00:00+00:00"
IRAN = "sanction/USA/IRN/2020-01-01"


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def reread(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    source = article("reread")
    claims = [
        claim(source, "USA", "sanctions", mention(target), "completed", speaker=mention("USA"), **on("2020-01-01"))
        for target in ("TUR", "IRN")
    ]
    uri = empty_store(request, tmp_path_factory.mktemp("reread"))
    with pytest.MonkeyPatch.context() as patch, connect(uri) as store:
        for version, moment in enumerate(MOMENTS):
            patch.setattr("graph.writer.now", lambda moment=moment: moment)
            found = claims if version % 2 == 0 else claims[:1]
            read = [one.model_copy(update={"extractor_version": str(version)}) for one in found]
            Writer(store, {"rules": str(version)}).write([(source, read)])
        yield store
        if request.param == "neo4j":
            fill(store)  # the server is that of the other tests too


@pytest.mark.parametrize(("query", "about"), [("sanction_history", "target"), ("who_said", "about")])
def test_a_claim_that_came_back_did_not_count_in_between(reread: Store, query: str, about: str) -> None:
    rows = [run(reread, query, {about: "IRN", "as_recorded": moment}).rows for moment in (*MOMENTS, AFTER)]
    assert [len(found) for found in rows] == [0, 1, 0, 1, 0, 1]


@pytest.mark.parametrize(
    ("month", "kind", "change"),
    [(1, "retracted", "retired"), (2, "new", "added"), (3, "retracted", "retired"), (4, "new", "added")],
)
def test_going_and_coming_back_are_told_of_their_months(reread: Store, month: int, kind: str, change: str) -> None:
    since, until = list(pairwise([*MOMENTS, AFTER]))[month]
    rows = run(reread, "changes", {"since": since, "until": until, "by": "loaded"}).rows
    assert [(row["time"], row["kind"], row["episode"]) for row in rows] == [(since, kind, IRAN)]
    claims = [row for row in run(reread, "reload", {"since": since, "until": until}).rows if row["what"] == "claim"]
    assert sorted(row["change"] for row in claims) == sorted([change, "unchanged"])


def test_what_came_back_within_the_period_is_told_of_when_it_did(reread: Store) -> None:
    rows = run(reread, "changes", {"since": MOMENTS[2], "by": "loaded"}).rows
    assert [(row["time"], row["kind"], row["episode"]) for row in rows] == [(MOMENTS[2], "new", IRAN)]
