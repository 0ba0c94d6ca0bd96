"""An article that is corrected and then taken back: every answer of before stays what it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.articles import Article
from graph.claims import Claim
from graph.store import Store, connect
from graph.writer import Writer
from queries.runner import run
from tests.queries.fixtures import Told, says, tell
from tests.stores import empty_store

JANUARY, FEBRUARY, MARCH, APRIL = (f"2026-0{month}-01T00:00:00+00:00" for month in (1, 2, 3, 4))
FIRST = tell(
    "parts", "alpha.example", "2019-07-12", "Turkey received parts of the S-400 from Russia.",
    says("TUR", "receives", "s-400", "completed", "2019-07-12", supplier="RUS"),
)  # fmt: skip
CORRECTED = tell(
    "parts", "alpha.example", "2019-07-12", "Turkey will receive parts of the S-400 from Russia.",
    says("TUR", "receives", "s-400", "planned", supplier="RUS"),
)  # fmt: skip
CONTRACT = tell(
    "contract", "beta.example", "2017-09-12", "Turkey signed a contract with Russia for the S-400.",
    says("TUR", "purchases", "s-400", "agreed", "2017-09-12", supplier="RUS"),
)  # fmt: skip


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with connect(empty_store(request, tmp_path / "store")) as store:
        yield store


def version(told: Told, modified: str, reading: str = "1") -> tuple[Article, list[Claim]]:
    """The article as it was last changed on a day, read by a version of the extractor."""
    article = told.article.model_copy(update={"modified": modified})
    return article, [claim.model_copy(update={"extractor_version": reading}) for claim in told.claims]


def test_what_was_answered_between_correction_and_withdrawal_is_answered_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(moment: str) -> None:
        monkeypatch.setattr("graph.writer.now", lambda: moment)

    def answer(before: str | None = None) -> list[tuple[str, str | None, int]]:
        rows = run(store, "transfers", {"recipient": "TUR", "as_recorded": before}).rows
        return [(row["status"], row["delivered"], len(row["claims"])) for row in rows]

    writer = Writer(store)
    at(JANUARY)
    writer.write([version(FIRST, "2019-07-12"), version(CONTRACT, "2017-09-12")])
    at(FEBRUARY)
    writer.write([version(CORRECTED, "2019-07-13")])
    corrected = answer()
    at(MARCH)
    writer.forget(FIRST.article.id)
    at(APRIL)
    writer.write([version(CORRECTED, "2019-07-13", reading="2"), version(FIRST, "2019-07-12", reading="2")])

    assert answer(FEBRUARY) == [("actual", "2019-07-12", 2)]
    assert answer(MARCH) == corrected == [("committed", None, 2)]
    assert answer(APRIL) == answer() == [("committed", None, 1)]
    taken_back = [row for row in run(store, "reload", {"since": MARCH, "until": APRIL}).rows if row["what"] == "claim"]
    assert [(row["id"], row["change"], row["why"]) for row in taken_back] == [
        (CORRECTED.claims[0].id, "retired", "forgotten")
    ]
    assert run(store, "changes", {"since": APRIL, "by": "loaded"}).rows == []
