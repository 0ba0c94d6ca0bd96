"""Facts and neighbours against all edges of the store; what was known on a day against a store never told more."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from graph.model import FACTS
from graph.store import connect
from tests.api.conftest import all_pages

Get = Callable[..., Response]
TYPES = "|".join(fact.type for fact in FACTS)
DEMIR = "sanction/USA/ismail-demir/2020-12-14/caatsa"
Edge = dict[str, Any]


@pytest.fixture(scope="module")
def every(world: str) -> list[Edge]:
    """All edges, as the store has them."""
    with connect(world) as store:
        rows = store.read(f"MATCH (a)-[r:{TYPES}]->(b) RETURN a.id AS a, b.id AS b, type(r) AS t, properties(r) AS p")
    return [row["p"] | {"type": row["t"], "subject": row["a"], "object": row["b"]} for row in rows]


def key(edge: Edge) -> tuple[str, ...]:
    return (edge["subject"], edge["type"], edge["object"], edge["episode"], edge.get("predicate") or "")


def flat(item: Edge) -> Edge:
    ends = {"subject": item["subject"]["id"], "object": item["object"]["id"]}
    return item["spell"] | {"type": item["type"], "episode": item["episode"]} | ends


@pytest.mark.parametrize("limit", [3, 1000])
def test_every_fact_once_whatever_the_page(get: Get, every: list[Edge], limit: int) -> None:
    found = [flat(item) for item in all_pages(get, "/v1/facts", alleged=True, limit=limit)]
    assert found == sorted(every, key=key)


def sold(edge: Edge) -> bool:
    return edge["type"] in ("SUPPLIES", "ARMS")


def bought(edge: Edge) -> bool:
    return edge["type"] in ("PURCHASES", "RECEIVES")


def armed(edge: Edge) -> str | None:
    return edge["object"] if edge["type"] == "ARMS" else None


def held(edge: Edge, first: str, last: str) -> bool:
    return (edge.get("since_from") or "") <= last and (edge.get("until") or "9999") > first


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({"predicate": "sanctions"}, lambda e: e["type"] == "SANCTIONS"),
        ({"predicate": "ALLEGED"}, lambda e: e["type"] == "ALLEGED"),
        ({"subject": "United States", "object": "Türkiye"}, lambda e: (e["subject"], e["object"]) == ("USA", "TUR")),
        ({"object": "SA-21"}, lambda e: e["object"] == "s-400"),
        ({"entity": "Russia"}, lambda e: "RUS" in (e["subject"], e["object"])),
        ({"entity": "RUS", "alleged": True}, lambda e: "RUS" in (e["subject"], e["object"])),
        ({"status": "ended"}, lambda e: e["status"] == "ended"),
        ({"instrument": "CAATSA"}, lambda e: e.get("instrument") == "caatsa"),
        ({"supplier": "Russia"}, lambda e: "RUS" in (e.get("supplier"), sold(e) and e["subject"])),
        ({"recipient": "TUR"}, lambda e: "TUR" in (e.get("recipient"), bought(e) and e["subject"], armed(e))),
        ({"weapon": "s-400"}, lambda e: "s-400" in (e.get("weapon"), e["type"] != "ALLEGED" and e["object"])),
        ({"weapon": "s-400", "predicate": "supplies"}, lambda e: (e["object"], e["type"]) == ("s-400", "SUPPLIES")),
        (
            {"entity": "s-400", "recipient": "TUR", "predicate": "purchases"},
            lambda e: (e["subject"], e["object"], e["type"]) == ("TUR", "s-400", "PURCHASES"),
        ),
        ({"by": "USA"}, lambda e: e.get("by") == "USA"),
        ({"min_support": 2}, lambda e: e["support"] >= 2),
        ({"max_denials": 0}, lambda e: e["denials"] == 0),
        ({"reported_from": "2020"}, lambda e: e["last_reported"] >= "2020-01-01"),
        ({"reported_to": "2019-06"}, lambda e: e["first_reported"] <= "2019-06-30"),
        ({"episode": DEMIR}, lambda e: e["episode"] == DEMIR),
        ({"at": "2019-10-20"}, lambda e: held(e, "2019-10-20", "2019-10-20")),
        ({"from": "2019", "to": "2019"}, lambda e: held(e, "2019-01-01", "2019-12-31")),
    ],
)  # fmt: skip
def test_filters(get: Get, every: list[Edge], filters: dict[str, Any], fits: Callable[[Edge], bool]) -> None:
    found = [flat(item) for item in all_pages(get, "/v1/facts", limit=2, **filters)]
    alleged = filters.get("alleged") or filters.get("predicate") == "ALLEGED"
    expected = [edge for edge in every if fits(edge) and (alleged or edge["type"] != "ALLEGED")]
    assert sorted(found, key=key) == sorted(expected, key=key)
    assert found


@pytest.mark.parametrize("sort", ["since", "until", "first_reported", "last_reported", "support", "denials"])
@pytest.mark.parametrize("ends", [{}, {"entity": "USA"}, {"entity": "IRN", "alleged": "true"}])
def test_sorted_pages_fit_together(get: Get, sort: str, ends: dict[str, str]) -> None:
    least = 0 if sort in ("support", "denials") else ""
    whole = all_pages(get, "/v1/facts", **ends)
    for order in ("asc", "desc"):
        found = all_pages(get, "/v1/facts", sort=sort, order=order, limit=4, **ends)
        values = [item["spell"].get(sort) or least for item in found]
        assert values == sorted(values, reverse=order == "desc")
        assert sorted(found, key=repr) == sorted(whole, key=repr)


def test_neighbours_are_facts_seen_from_one_end(get: Get, every: list[Edge]) -> None:
    found = all_pages(get, "/v1/entities/TUR/neighbours", limit=2, alleged=True)
    assert {item["direction"] for item in found} == {"in", "out"}
    ends = [("TUR", item["id"]) if item["direction"] == "out" else (item["id"], "TUR") for item in found]
    facts = [
        item["spell"] | {"type": item["type"], "episode": item["episode"], "subject": a, "object": b}
        for item, (a, b) in zip(found, ends, strict=True)
    ]
    assert sorted(facts, key=key) == sorted((e for e in every if "TUR" in (e["subject"], e["object"])), key=key)
    only = get("/v1/entities/TUR/neighbours", predicate="sanctions", direction="in", other="USA").json()["items"]
    assert {(item["id"], item["type"], item["label"]) for item in only} == {("USA", "SANCTIONS", "Country")}


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/v1/entities/TUR/neighbours", {"alleged": "true"}),
        ("/v1/entities/RUS/neighbours", {"direction": "out"}),
        ("/v1/facts", {"entity": "USA", "sort": "last_reported", "order": "desc"}),
        ("/v1/facts", {"object": "s-400", "predicate": "purchases", "status": "actual"}),
        ("/v1/facts", {"entity": "TUR", "recipient": "TUR", "weapon": "s-400"}),
        ("/v1/facts", {"entity": "TUR", "at": "2019-10-20", "min_support": "1", "max_denials": "0"}),
        ("/v1/facts", {"entity": "USA", "reported_from": "2018", "reported_to": "2019-10", "sort": "denials"}),
    ],
)
def test_what_was_known_is_what_a_store_had_that_was_told_no_more(
    get: Get, early: TestClient, path: str, params: dict[str, str]
) -> None:
    expected = early.get(path, params=params).json()["items"]
    assert all_pages(get, path, known_on="2019-12-31", limit=2, **params) == expected
    assert expected


def test_an_episode_of_that_day_need_not_be_one_today(get: Get) -> None:
    episode = "sanction/USA/TUR/2000-01-01"
    assert get("/v1/facts", subject="USA", episode=episode, known_on="2019-12-31").json()["items"] == []
    assert "no episode has the id" in get("/v1/facts", 422, subject="USA", episode=episode).json()["detail"]


def test_facts_as_csv(get: Get) -> None:
    response = get("/v1/facts", subject="USA", predicate="sanctions", object="TUR", format="csv", limit=1)
    [row] = csv.DictReader(io.StringIO(response.text))
    assert (row["type"], row["subject"], row["object"]) == ("SANCTIONS", "USA", "TUR")
    assert 'rel="next"' in response.headers["link"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("known_on=2019-01-01", "with 'known_on' give"),
        ("entity=TUR&subject=USA", "'entity' is either end"),
        ("at=yesterday", "YYYY-MM-DD"),
        ("predicate=knows", "errors"),
        ("sort=name", "errors"),
        ("colour=red", "errors"),
        ("supplier=Turkye", "did you mean"),
        ("sort=support&cursor=W10", "cursor"),
    ],
)
def test_what_is_wrong_is_named(get: Get, query: str, words: str) -> None:
    assert words in get(f"/v1/facts?{query}", 422).json()["detail"]
