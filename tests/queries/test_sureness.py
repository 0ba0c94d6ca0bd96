"""What may be misread shows in the rows of those questions that tell whether something is so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from graph.edges import SURE
from graph.store import Store
from queries.reader import stored_queries
from queries.runner import run
from tests.queries.fixtures import says, tell
from tests.queries.world import alone

PRESS = "wire.example"
STORY = [
    tell("t1", PRESS, "2018-01-01", "Washington threatens Ankara.", says("USA", "sanctions", "TUR", "threatened")),
    tell(
        "t2", PRESS, "2018-08-01", "It bans the country.", says("USA", "sanctions", "TUR", "completed", confidence=0.4)
    ),
    tell("e1", PRESS, "2018-09-01", "Brussels hit Burma.", says("eu", "sanctions", "MMR", "completed")),
    tell("e2", PRESS, "2018-09-02", "And Riyadh.", says("eu", "sanctions", "SAU", "completed", confidence=SURE)),
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
    tell(
        "x1",
        PRESS,
        "2019-01-01",
        "Out it may go.",
        says("USA", "excludes", "TUR", "threatened", programme="f-35-programme"),
    ),
    tell(
        "x2",
        PRESS,
        "2019-07-01",
        "Out it is.",
        says("USA", "excludes", "TUR", "completed", programme="f-35-programme", confidence=0.35),
    ),
    tell(
        "i1",
        PRESS,
        "2019-02-01",
        "Delhi is warned.",
        says("USA", "sanctions", "IND", "threatened", "2019-01-31", instrument="caatsa", confidence=0.2),
        says("RUS", "supplies", "s-400", "agreed", "2018-10-05", recipient="IND", confidence=0.25),
        says("RUS", "supplies", "su-35", "agreed", "2018-10-05", recipient="IND", confidence=0.3, batch="2"),
        says("RUS", "supplies", "s-400", "suspended", "2019-01-30", recipient="IND", confidence=0.15),
    ),
    tell(
        "u1",
        PRESS,
        "2022-10-18",
        "Drones over Kyiv.",
        says("RUS", "uses", "shahed-136", "completed", "2022-10-17", target="UKR", confidence=0.1),
    ),
    tell(
        "u2",
        PRESS,
        "2022-11-02",
        "Drones, says Kyiv.",
        says("RUS", "uses", "shahed-136", "completed", "2022-11-01", target="UKR", assertion="alleged", speaker="UKR"),
    ),
]


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with alone(request, tmp_path_factory.mktemp("sureness"), STORY) as store:
        yield store


@pytest.mark.parametrize(
    ("target", "answer", "sure"),
    [("Turkey", "possibly", 0.4), ("Burma", "yes", 0.9), ("Saudi Arabia", "yes", SURE), ("India", "unknown", None)],
)
def test_a_yes_is_sure_enough_for_a_plain_edge(store: Store, target: str, answer: str, sure: float | None) -> None:
    """A threat that is read surely says nothing of whether it was carried out."""
    [row] = run(store, "sanction_status", {"target": target, "at": "2019-01-01"}).rows
    assert (row["answer"], row["confidence"]) == (answer, sure)


@pytest.mark.parametrize(
    ("query", "params", "sure"),
    [
        ("sanctions_on", {"target": "Turkey"}, [0.4, 0.3]),
        ("designated", {"country": "Turkey"}, [0.3]),
        ("transfers", {"recipient": "Turkey"}, [0.45]),
        ("holders", {"weapon": "S-400"}, [None, 0.45, 0.25]),
        ("exclusions", {"target": "Turkey"}, [0.35]),
        ("spells", {"a": "Turkey", "frame": "sanction"}, [0.4]),
        ("spells", {"a": "Turkey", "frame": "exclude"}, [0.35]),
        ("instrument_usage", {"instrument": "CAATSA"}, [0.2]),
        ("unfulfilled_threats", {"target": "India", "at": "2021-12-31"}, [0.2]),
        ("sanction_history", {"target": "Turkey"}, [0.9, 0.4]),
        ("timeline", {"a": "Turkey", "frame": "exclude"}, [0.9, 0.35]),
        ("deal", {"recipient": "India", "weapon": "S-400"}, [0.25, 0.15]),
        ("batches", {"recipient": "India"}, [0.3]),
        ("orders_pending", {"recipient": "India", "weapon": "S-400", "at": "2019-02-01"}, [0.25]),
        ("stopped_transfers", {"recipient": "India"}, [0.15]),
        ("single_source", {"actor": "Ukraine"}, [0.1]),
        ("tests_and_uses", {"actor": "Russia"}, [0.1]),
        ("tests_and_uses", {"actor": "Russia", "alleged": True}, [0.1, 0.9]),
    ],
)
def test_so_does_each_row(store: Store, query: str, params: dict[str, str], sure: list[float | None]) -> None:
    assert [row["confidence"] for row in run(store, query, params).rows] == sure


def test_the_column_is_the_same_wherever_a_query_has_it() -> None:
    docs = [column.doc for query in stored_queries().values() for column in query.header.columns
            if query.header.episodes and column.name == "confidence"]  # fmt: skip
    told = re.compile(
        r"How surely the (surest )?claim .*is read rightly, 0 to 1; below \.6 no plain edge rests on it alone\."
    )
    assert SURE == 0.6 and docs and all(told.match(doc) for doc in docs)


def test_below_that_there_is_no_plain_edge(store: Store) -> None:
    edges = store.read("MATCH (a:Actor)-[r:SANCTIONS|RECEIVES]->(b) RETURN a.id AS a, b.id AS b")
    assert sorted(edge["b"] for edge in edges) == ["MMR", "SAU"]
