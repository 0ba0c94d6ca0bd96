"""Posting articles: the real extractor, a real store."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from graph.claims import Claim
from tests.api.conftest import KEY

HEADERS = {"X-API-Key": KEY}
ARTICLE = {
    "id": "wire-4711",
    "title": "Turkey buys the S-400",
    "body": "Turkey bought S-400 missile systems from Russia on 12 September 2017.",
    "date": "13 September 2017",
    "url": "https://www.sample-wire.example/s400?utm_source=feed",
}


def test_a_posted_article_is_read_stored_and_answers_questions(writable: TestClient) -> None:
    response = writable.post("/v1/articles", json=ARTICLE, headers=HEADERS)
    assert response.status_code == 201, response.text
    stored = response.json()
    assert stored["state"] == "new"
    detail = writable.get(response.headers["location"]).json()
    assert detail["article"]["text"] == f"{ARTICLE['title']}\n\n{ARTICLE['body']}"
    assert (detail["article"]["outlet"], detail["article"]["published"]) == ("sample-wire.example", "2017-09-13")
    assert detail["claims"] == stored["claims"] != []
    for claim in map(Claim.model_validate, stored["claims"]):
        assert all(detail["article"]["text"][q.start : q.end] == q.quote for q in claim.evidence)
    rows = writable.get("/v1/queries/transfers", params={"recipient": "TUR", "weapon": "s-400"}).json()["items"]
    assert [(row["supplier"], row["ordered"] or row["delivered"]) for row in rows] == [("RUS", "2017-09-12")]


def test_posting_again_changes_nothing_and_an_update_is_told(writable: TestClient) -> None:
    first = writable.post("/v1/articles", json=ARTICLE, headers=HEADERS).json()
    again = writable.post("/v1/articles", json=ARTICLE, headers=HEADERS)
    assert (again.status_code, again.json()["state"], again.json()["id"]) == (200, "known", first["id"])
    later = ARTICLE | {"title": "Correction", "body": "Nothing was bought.", "date": "2017-09-14"}
    updated = writable.post("/v1/articles", json=later, headers=HEADERS)
    assert (updated.status_code, updated.json()["state"], updated.json()["id"]) == (200, "updated", first["id"])
    assert writable.get("/v1/claims", params={"article": first["id"]}).json()["items"] == []
    assert len(writable.get("/v1/claims", params={"article": first["id"], "retired": True}).json()["items"]) > 0


def test_extracting_stores_nothing(writable: TestClient) -> None:
    claims = writable.post("/v1/extract", json=ARTICLE).json()["claims"]
    assert claims == writable.post("/v1/articles", json=ARTICLE, headers=HEADERS).json()["claims"]
    other = ARTICLE | {"url": "https://other.example/1"}
    writable.post("/v1/extract", json=other)
    assert [item["outlet"] for item in writable.get("/v1/articles").json()["items"]] == ["sample-wire.example"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "there are no words"),
        ({"text": " \n "}, "there are no words"),
        ({"text": "!?"}, "there are no words"),
        ({"text": "Turkey bought tanks.", "date": "31 February 2017"}, "date"),
        ({"text": "Turkey bought tanks.", "date": "2999-01-01"}, "future"),
        ({"text": "Turkey bought tanks.", "url": "javascript:alert(1)"}, "https://"),
        ({"text": "Turkey bought\0tanks."}, "NUL"),
        ({"text": "Turkey bought tanks.", "colour": "red"}, "Extra"),
        ({"text": 7}, "string"),
        ({"text": "x" * 1_000_001}, "1000000"),
        ([], "object"),
    ],
)
def test_bad_articles(writable: TestClient, body: object, words: str) -> None:
    response = writable.post("/v1/articles", json=body, headers=HEADERS)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert words in str(response.json()["errors"])


def test_broken_json(writable: TestClient) -> None:
    response = writable.post("/v1/extract", content=b'{"text": ', headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_a_body_that_is_too_large(writable: TestClient) -> None:
    def endless() -> object:
        for _ in range(11):
            yield b" " * 1024 * 1024

    for content in (b" " * (10 * 1024 * 1024 + 1), endless()):
        response = writable.post("/v1/extract", content=content, headers={"Content-Type": "application/json"})  # type: ignore[arg-type]
        assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")


def test_newlines_are_one_character_and_markup_stays_text(writable: TestClient) -> None:
    body = {"text": "<b>Turkey</b> is here.\r\n💣 Turkey bought S-400 systems from Russia. <script>alert(1)</script>"}
    stored = writable.post("/v1/articles", json=body, headers=HEADERS).json()
    article = writable.get(f"/v1/articles/{stored['id']}").json()["article"]
    assert article["text"] == body["text"].replace("\r\n", "\n")
