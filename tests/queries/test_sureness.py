"""What may be misread shows in the rows of those questions that tell whether something is so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.store import Store
from graph.writer import Writer
from queries.runner import run
from tests.queries.fixtures import says, tell
from tests.queries.world import fill, filled
from tests.stores import empty_store

PRESS = "wire.example"
STORY = [
    tell("t1", PRESS, "2018-01-01", "Washington threatens Ankara.", says("USA", "sanctions", "TUR", "threatened")),
    tell(
        "t2", PRESS, "2018-08-01", "It bans the country.", says("USA", "sanctions", "TUR", "completed", confidence=0.4)
    ),
    tell("e1", PRESS, "2018-09-01", "Brussels hit Burma.", says("eu", "sanctions", "MMR", "completed")),
    tell(
        "o1",
        PRESS,
        "2018-10-01",
        "Measures on him.",
        says("USA", "sanctions", "ismail-demir", "completed", confidence=0.3),
    ),
    tell(
        "d1",
        PRESS,
        "2018-11-01",
        "They got them.",
        says("TUR", "receives", "s-400", "completed", confidence=0.45, supplier="RUS"),
    ),
]


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with filled(empty_store(request, tmp_path_factory.mktemp("sureness")), until="0000") as store:
        Writer(store).write([(one.article, one.claims) for one in STORY])
        yield store
        if request.param == "neo4j":
            fill(store)  # the server is that of the other tests too


@pytest.mark.parametrize(("target", "sure"), [("Turkey", 0.4), ("Burma", 0.9), ("India", None)])
def test_a_yes_tells_how_surely_it_is_read(store: Store, target: str, sure: float | None) -> None:
    """A threat that is read surely says nothing of whether it was carried out."""
    [row] = run(store, "sanction_status", {"target": target, "at": "2019-01-01"}).rows
    assert (row["answer"], row["confidence"]) == ("yes" if sure else "unknown", sure)


@pytest.mark.parametrize(
    ("query", "params", "sure"),
    [
        ("sanctions_on", {"target": "Turkey"}, [0.4, 0.3]),
        ("designated", {"country": "Turkey"}, [0.3]),
        ("transfers", {"recipient": "Turkey"}, [0.45]),
    ],
)
def test_so_does_each_row(store: Store, query: str, params: dict[str, str], sure: list[float]) -> None:
    assert [row["confidence"] for row in run(store, query, params).rows] == sure


def test_below_a_half_there_is_no_plain_edge(store: Store) -> None:
    edges = store.read("MATCH (a:Actor)-[r:SANCTIONS|RECEIVES]->(b) RETURN a.id AS a, b.id AS b")
    assert edges == [{"a": "eu", "b": "MMR"}]
