"""Entities, claims, articles and queries over HTTP."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from graph.claims import Claim
from tests.api.conftest import all_pages
from tests.queries.fixtures import ENTITIES, STORIES

Get = Callable[..., Response]
CLAIMS = {claim.id: claim for told in STORIES for claim in told.claims}


def rows_of(response: Response) -> list[dict[str, str]]:
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.text)))


@pytest.mark.parametrize("q", ["erdogan", "ERDOĞAN", "Recep Tayyip", "tayyip erd"])
def test_search_folds_case_and_accents(get: Get, q: str) -> None:
    assert [item["id"] for item in get("/v1/entities", q=q).json()["items"]] == ["recep-tayyip-erdogan"]


def test_search_puts_whole_names_first(get: Get) -> None:
    assert [item["id"] for item in get("/v1/entities", q="F-16").json()["items"]] == ["f-16", "f-16v"]
    assert [item["id"] for item in get("/v1/entities", q="F-16", label="Country").json()["items"]] == []


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_every_entity_once_whatever_the_page(get: Get, limit: int) -> None:
    assert [item["id"] for item in all_pages(get, "/v1/entities", limit=limit)] == sorted(ENTITIES)


def test_one_entity_with_its_facts(get: Get) -> None:
    turkey = get("/v1/entities/TUR").json()
    assert (turkey["name"], turkey["label"]) == ("Turkey", "Country")
    assert turkey["facts"]["SANCTIONS"] == 3
    weapon = get("/v1/entities/class/fighter-aircraft").json()
    assert [(link["type"], link["id"]) for link in weapon["reference"]] == [("OF_CLASS", "class/aircraft")]


def test_neighbours_are_spells(get: Get) -> None:
    items = get("/v1/entities/TUR/neighbours", predicate="SANCTIONS", direction="in").json()["items"]
    assert [(item["id"], item["spell"]["instrument"]) for item in items] == [
        ("USA", "global-magnitsky-act"), ("USA", "caatsa"), ("USA", "eo-13894"),
    ]  # fmt: skip
    on_day = get("/v1/entities/TUR/neighbours", predicate="SANCTIONS", at="2019-10-20").json()["items"]
    assert [item["spell"]["instrument"] for item in on_day] == ["eo-13894"]


def test_alleged_neighbours_on_request_only(get: Get) -> None:
    path = "/v1/entities/houthis/neighbours"
    assert get(path).json()["items"] == []
    assert {item["type"] for item in get(path, alleged="true").json()["items"]} == {"ALLEGED"}


def test_claims_come_back_as_they_were_written(get: Get) -> None:
    items = all_pages(get, "/v1/claims", limit=9)
    found = [Claim.model_validate(item) for item in items]
    assert {claim.id: claim for claim in found} == CLAIMS
    assert [claim.published for claim in found] == sorted((c.published for c in found), reverse=True)


def test_one_claim_with_evidence_and_article(get: Get) -> None:
    [claim] = [claim for claim in CLAIMS.values() if claim.object.id == "ismail-demir"]
    detail = get(f"/v1/claims/{claim.id}").json()
    assert Claim.model_validate(detail["claim"]) == claim
    assert detail["article"]["outlet"] == "alpha.example"
    assert detail["passages"] == [
        {
            "before": "The United States sanctioned Turkish officials under CAATSA. ",
            "quote": "İsmail Demir is among those hit.",
            "after": "",
        }
    ]
    assert detail["episodes"] == ["sanction/USA/ismail-demir/2020-12-14/caatsa"]
    assert detail["retired_at"] is None


def test_claims_as_csv(get: Get) -> None:
    response = get("/v1/claims", headers={"Accept": "text/csv"}, predicate="purchases", subject="RUS")
    [row] = rows_of(response)
    assert (row["subject"], row["object"], row["supplier"], row["value"]) == ("RUS", "mistral", "FRA", "1200000000.0")


def test_articles_the_newest_first(get: Get) -> None:
    days = [item["published"] for item in all_pages(get, "/v1/articles", limit=10)]
    assert len(days) == len(STORIES)
    assert days == sorted(days, reverse=True)
    found = all_pages(get, "/v1/articles", outlet="beta.example", published_from="2022-01-01")
    assert [item["source_id"] for item in found] == ["shahed-denied", "shahed-used"]
    assert [
        item["source_id"] for item in all_pages(get, "/v1/articles", entity="SA-21", published_to="2017-12-31")
    ] == ["s400-contract"]


def test_one_article_with_its_claims(get: Get) -> None:
    [told] = [told for told in STORIES if told.article.source_id == "caatsa-imposed"]
    detail = get(f"/v1/articles/{told.article.id}").json()
    assert detail["article"] == told.article.model_dump()
    assert [Claim.model_validate(claim) for claim in detail["claims"]] == told.claims


def test_queries_are_listed_and_answered(get: Get) -> None:
    names = [query["name"] for query in get("/v1/queries").json()]
    assert {"transfers", "sanction_status", "timeline", "evidence"} <= set(names)
    answer = get("/v1/queries/transfers", recipient="Türkiye", limit=1).json()
    assert answer["parameters"]["recipient"] == "TUR"
    assert [item["batch"] for item in answer["items"]] == ["1"]
    following = get("/v1/queries/transfers", recipient="Türkiye", limit=1, cursor=answer["next_cursor"]).json()
    assert [item["batch"] for item in following["items"]] == ["2"]
    assert following["next_cursor"] is None
    assert get("/v1/queries/transfers", recipient="Türkiye", known_on="2030-01-01").json()["undated"] == 0


def test_a_query_as_csv_links_to_its_next_page(get: Get) -> None:
    first = get("/v1/queries/transfers", recipient="Turkey", limit=1, format="csv")
    [row] = rows_of(first)
    assert (row["supplier"], row["quantities"], row["denials"]) == ("RUS", "2 battery", "0")
    assert 'rel="next"' in first.headers["link"]
    [second] = rows_of(get(first.links["next"]["url"]))
    assert second["batch"] == "2"


def test_a_former_id_leads_to_the_new_one(client: TestClient) -> None:
    for rest in ("", "/neighbours?limit=2"):
        old, new = f"/v1/entities/s-400-triumph{rest}", f"/v1/entities/s-400{rest}"
        moved = client.get(old, follow_redirects=False)
        assert (moved.status_code, moved.headers["Location"]) == (301, new)
        assert moved.json()["detail"] == "the entity 's-400-triumph' is now 's-400'; ask for that"
        assert client.get(old).json() == client.get(new).json()
    old, new = (client.get(f"/v1/queries/holders?weapon={id}").json() for id in ("s-400-triumph", "s-400"))
    assert old == new
