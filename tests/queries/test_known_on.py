"""`known_on` means one thing: the answer is that of a graph which was never told what was published later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from graph.known import as_of
from graph.store import Store
from queries.reader import stored_queries
from queries.runner import run
from tests.queries.conftest import Ask
from tests.queries.test_headers import EXAMPLES
from tests.queries.world import filled

DAYS = ("2008-12-31", "2019-07-11", "2020-12-14")
ASKED = [
    name
    for name, query in stored_queries().items()
    if query.header.episodes or query.header.claims or query.header.then in ("alleged", "paths")
]


@pytest.fixture(scope="session")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """Worlds that hold nothing published after a day."""
    with ExitStack() as open_stores:
        yield {
            day: open_stores.enter_context(filled(f"embedded:{tmp_path_factory.mktemp('earlier')}", until=day))
            for day in DAYS
        }


def rows_in(store: Store, name: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows; none where the graph does not have the episode that is asked for."""
    asked = params.get("episode")
    if asked and not store.read("MATCH (e:Episode {id: $id}) RETURN e.id AS id", id=asked):
        return []
    return run(store, name, params).rows


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("day", DAYS)
def test_nothing_published_later_leaks_in(store: Store, earlier: dict[str, Store], name: str, day: str) -> None:
    declared = stored_queries()[name].header.parameters
    required = {p.name: EXAMPLES.get(p.type, p.example) for p in stored_queries()[name].header.needed()}
    switches = {p.name: True for p in declared if p.type == "boolean"}
    actors: list[dict[str, Any]] = [{p.name: "TUR"} for p in declared if p.name in ("recipient", "target")]
    for given in ({}, *([switches] if switches else ()), {"min_support": 2}, *actors):
        if given.keys() <= {p.name for p in declared}:
            then = rows_in(earlier[day], name, required | given)
            assert run(store, name, required | given | {"known_on": day}).rows == then, (name, given)


@pytest.mark.parametrize(
    ("day", "suppliers"),
    [
        ("2008-12-31", {"RUS": ("committed", 2)}),
        ("2009-05-05", {"RUS": ("committed", 1), "BLR": ("committed", 1), None: ("committed", 1)}),
    ],
)
def test_a_claim_leaves_its_deal_once_a_second_supplier_is_told(
    ask: Ask, day: str, suppliers: dict[str | None, tuple[str, int]]
) -> None:
    rows = ask("transfers", recipient="Algeria", known_on=day)
    assert {row["supplier"]: (row["status"], row["support"]) for row in rows} == suppliers


def test_what_was_only_alleged_then_is_no_fact_yet(ask: Ask) -> None:
    """Iran admitted the drones on 2022-11-05."""
    assert ask("transfers", supplier="Iran", recipient="Russia", known_on="2022-10-20") == []
    [row] = ask("transfers", supplier="Iran", recipient="Russia", known_on="2022-10-20", alleged=True)
    assert (row["status"], row["certainty"], row["denials"]) == ("claimed", "alleged", 1)
    [row] = ask("transfers", supplier="Iran", recipient="Russia", known_on="2022-11-05")
    assert (row["status"], row["certainty"]) == ("actual", "yes")


def test_what_was_admitted_later_was_only_alleged_then(tmp_path: Path) -> None:
    """Alleged on 2022-07-11, denied on 2022-10-18; on 2022-11-05 Iran said that it had sent the drones before."""
    from graph.writer import Writer
    from tests.queries.fixtures import STORIES, says, tell

    admitted = tell(
        "admitted", "alpha.example", "2022-11-05", "Iran said that it had sent Russia drones before.",
        says("IRN", "supplies", "shahed-136", "completed", None, recipient="RUS", speaker="IRN", basis="before"),
    )  # fmt: skip
    with filled(f"embedded:{tmp_path}", until="2000-01-01") as world:
        told = [told for told in STORIES if told.article.source_id in ("shahed-alleged", "shahed-denied")]
        Writer(world).write([(one.article, one.claims) for one in [*told, admitted]])

        def accused(day: str | None, **given: str) -> list[tuple[Any, ...]]:
            rows = run(world, "alleged", {"edge": "ARMS", "known_on": day, **given}).rows
            return [(r["accusers"], r["deniers"], r["first_reported"], r["last_reported"]) for r in rows]

        for given in ({}, {"subject": "Iran"}, {"object": "Russia"}, {"subject": "Iran", "object": "Russia"}):
            assert accused("2022-07-10", **given) == []
            assert accused("2022-07-11", **given) == [(["USA"], [], "2022-07-11", "2022-07-11")]
            assert accused("2022-11-04", **given) == [(["USA"], ["IRN"], "2022-07-11", "2022-10-18")]
            assert accused("2022-11-05", **given) == accused(None, **given) == []
        assert accused("2022-11-04", subject="Russia") == []


def test_all_that_is_alleged_was_known_in_the_end(ask: Ask) -> None:
    rows = ask("alleged")
    assert rows == ask("alleged", known_on="9998-12-31") != []
    assert ask("alleged", known_on="9998-12-31", offset=1, limit=2) == rows[1:3]


def test_it_goes_by_publication_not_by_the_day_of_the_event(ask: Ask) -> None:
    """Poland's order of 2022 was reported on 2023-02-01."""
    assert ask("transfers", recipient="Poland", known_on="2022-12-31") == []
    assert len(ask("transfers", recipient="Poland", known_on="2023-02-01")) == 1


def test_claims_of_unknown_publication_are_left_out_and_counted(tmp_path: Path) -> None:
    from graph.writer import Writer
    from tests.queries.fixtures import says, tell

    undated = tell(
        "undated",
        "gamma.example",
        "2018-01-01",
        "Egypt bought S-400s.",
        says("EGY", "purchases", "s-400", "agreed", "2018"),
    )
    article = undated.article.model_copy(update={"published": None})
    claims = [claim.model_copy(update={"published": None}) for claim in undated.claims]
    with filled(f"embedded:{tmp_path}", until="2018-01-01") as world:
        Writer(world).write([(article, claims)])
        thread = "transfer/?/EGY/s-400"
        assert [episode.thread for episode in as_of(world, [thread], known_on="9998-01-01").episodes] == []
        assert as_of(world, [thread], known_on="9998-01-01").undated == 1
        assert run(world, "transfers", {"recipient": "Egypt", "weapon": "S-400", "known_on": "2030-01-01"}).undated == 1
