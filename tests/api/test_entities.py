"""Entities found by name, kind, class and state, and matched."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.api.conftest import KEY, finished

Get = Callable[..., Response]


def hits(get: Get, **params: Any) -> list[tuple[str, str, str]]:
    items = get("/v1/entities", **params).json()["items"]
    return [(item["id"], item["matched"]["name"], item["matched"]["how"]) for item in items]


@pytest.mark.parametrize(
    ("q", "match"),
    [
        ("S400", ("s-400", "S-400", "normalised")),
        ("S-400 Triumf", ("s-400", "S-400 Triumf", "alias")),
        ("SA-21", ("s-400", "SA-21", "alias")),
        (
            "Countering Americas Adversaries",
            ("caatsa", "Countering America's Adversaries Through Sanctions Act", "part"),
        ),
        ("Tayyip Erdogn", ("recep-tayyip-erdogan", "Recep Tayyip Erdoğan", "fuzzy")),
    ],
)
def test_a_hit_says_which_name_fits_and_how(get: Get, q: str, match: tuple[str, str, str]) -> None:
    assert hits(get, q=q)[0] == match


def test_pages_of_hits_go_on_where_they_ended(get: Get) -> None:
    whole = get("/v1/entities", q="an").json()["items"]
    first = get("/v1/entities", q="an", limit=2).json()
    second = get("/v1/entities", q="an", limit=2, cursor=first["next_cursor"]).json()
    assert first["items"] + second["items"] == whole[:4]
    assert [item["score"] for item in whole] == sorted((item["score"] for item in whole), reverse=True)


def test_a_page_goes_on_behind_the_last_one_though_others_came_before_it(writable: TestClient) -> None:
    def add(name: str) -> None:
        article = {"text": f"The United States sanctioned {name}, a Syrian company, on Monday.", "date": "2020-12-15"}
        finished(writable, writable.post("/v1/articles", json=article, headers={"X-API-Key": KEY}))

    def page(**params: Any) -> dict[str, Any]:
        found: dict[str, Any] = writable.get("/v1/entities", params={"limit": 1, "q": "Quokka Ltd", **params}).json()
        return found

    for name in ("Bluebird Quokka Ltd", "Cardinal Quokka Ltd"):
        add(name)
    first = page()
    add("Aardvark Quokka Ltd")
    second = page(cursor=first["next_cursor"])
    assert [page["items"][0]["name"] for page in (first, second)] == ["Bluebird Quokka Ltd", "Cardinal Quokka Ltd"]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"class": "aircraft"}, {"su-35", "f-16", "f-16v", "class/fighter-aircraft"}),
        ({"class": "class/fighter-aircraft", "kind": "model"}, {"su-35", "f-16v"}),
        ({"state": "Türkiye"}, {"TUR", "ismail-demir"}),
        ({"state": "RUS", "label": "Weapon"}, {"s-400"}),
        ({"q": "f-16", "kind": "family"}, {"f-16"}),
        ({"label": "Person"}, {"ismail-demir", "recep-tayyip-erdogan"}),
    ],
)
def test_filters(get: Get, filters: dict[str, str], ids: set[str]) -> None:
    assert {item["id"] for item in get("/v1/entities", **filters).json()["items"]} == ids


def test_facets_count_all_that_is_found_and_lead_to_it(get: Get) -> None:
    answer = get("/v1/entities", limit=1, facets=["label", "kind", "class", "state"]).json()
    for trait, values in answer["facets"].items():
        counts = [value["count"] for value in values]
        assert counts == sorted(counts, reverse=True)
        for value in values:
            filtered = get("/v1/entities", limit=1000, **{trait: value["value"]}).json()
            assert len(filtered["items"]) == value["count"]
    assert answer["facets"]["class"][0] == {"value": "class/aircraft", "name": "aircraft", "count": 4}
    assert get("/v1/entities").json()["facets"] is None


def test_hits_as_csv(get: Get) -> None:
    response = get("/v1/entities", q="SA-21", format="csv")
    [row] = csv.DictReader(io.StringIO(response.text))
    assert (row["id"], row["matched"], row["how"], row["score"]) == ("s-400", "SA-21", "alias", "98.0")


MATCHES = [
    ({"name": "S400"}, "s-400", True),
    ({"name": "S-400 Triumf", "label": "Weapon", "state": "Russia"}, "s-400", True),
    ({"name": "SA-21", "state": "Nowhereland"}, "s-400", True),
    ({"name": "Georgia"}, "GEO", False),
    ({"name": "Georgia", "label": "Organization"}, "georgia-usa", True),
    ({"name": "Georgia", "label": "Actor"}, "GEO", False),
    ({"name": "Georgia", "state": "Georgia"}, "GEO", True),
    ({"name": "F-16", "class": "aircraft", "kind": "family"}, "f-16", True),
    ({"name": "S-400", "label": "Person"}, "s-400", False),
    ({"name": "İsmail Demır", "state": "TUR"}, "ismail-demir", True),
    ({"name": "Ismael Demir", "state": "TUR", "label": "Person"}, "ismail-demir", False),
    ({"name": "Nobody at all"}, None, False),
]


def test_records_are_matched_each_by_itself(client: TestClient) -> None:
    response = client.post("/v1/match", json={"queries": [record for record, _, _ in MATCHES]})
    assert response.status_code == 200
    for (record, first, sure), answer in zip(MATCHES, response.json()["items"], strict=True):
        candidates = answer["candidates"]
        assert (candidates[0]["id"] if candidates else None) == first, record
        assert [candidate["match"] for candidate in candidates] == [sure] * bool(candidates) + [False] * (
            len(candidates) - 1
        ), record


def test_a_candidate_says_what_agrees(client: TestClient) -> None:
    record = {"name": "S-400", "label": "Weapon", "state": "USA", "class": "aircraft"}
    [answer] = client.post("/v1/match", json={"queries": [record]}).json()["items"]
    [candidate] = answer["candidates"]
    assert candidate["agrees"] == {"label": True, "state": False, "class": None}
    assert (candidate["score"], candidate["matched"]) == (70.0, {"name": "S-400", "how": "exact"})


@pytest.mark.parametrize(
    "body",
    [{}, {"queries": []}, {"queries": [{}]}, {"queries": [{"name": " "}]},
     {"queries": [{"name": "x", "colour": "red"}]}, {"queries": [{"name": "x"}] * 201},
     {"queries": [{"name": "x"}], "limit": 0}],
)  # fmt: skip
def test_what_is_no_record(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post("/v1/match", json=body).status_code == 422
