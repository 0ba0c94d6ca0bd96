"""Posting articles: the real extractor, a real store."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api import extraction, jobs, loading
from api.app import create_app
from api.problems import ProblemError
from api.settings import ApiSettings
from graph.claims import Claim
from graph.store import connect
from loaders.document import Document
from tests.api.conftest import KEY, finished
from tests.stores import empty_store

HEADERS = {"X-API-Key": KEY}
ARTICLE = {
    "id": "wire-4711",
    "title": "Turkey buys the S-400",
    "body": "Turkey bought S-400 missile systems from Russia on 12 September 2017.",
    "date": "13 September 2017",
    "url": "https://www.sample-wire.example/s400?utm_source=feed",
}


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service that takes articles; every test posts under addresses of its own."""
    uri = empty_store(request, tmp_path_factory.mktemp("writing"))
    with TestClient(create_app(ApiSettings(store=uri)), headers=HEADERS) as opened:
        yield opened


def article(name: str, body: str = ARTICLE["body"], **fields: str) -> dict[str, str]:
    return ARTICLE | {"id": name, "url": f"https://www.sample-wire.example/{name}", "body": body} | fields


def test_a_posted_article_is_read_stored_and_answers_questions(service: TestClient) -> None:
    response = service.post("/v1/articles", json=ARTICLE)
    job = finished(service, response)
    assert (response.headers["location"], job["total"], job["done"]) == (f"/v1/jobs/{job['id']}", 1, 1)
    assert (job["counts"]["new"], job["rejects"]) == (1, [])
    detail = service.get(f"/v1/articles/{job['articles'][0]}").json()
    text = detail["article"]["text"]
    assert text == f"{ARTICLE['title']}\n\n{ARTICLE['body']}"
    assert (detail["article"]["outlet"], detail["article"]["published"]) == ("sample-wire.example", "2017-09-13")
    assert len(detail["claims"]) == job["counts"]["claims_new"] > 0
    for claim in map(Claim.model_validate, detail["claims"]):
        assert all(text[q.start : q.end] == q.quote for q in claim.evidence)
    assert detail["mentions"] == sorted(detail["mentions"], key=lambda m: (m["start"], m["end"], m["id"]))
    assert {"TUR", "RUS", "s-400"} <= {mention["id"] for mention in detail["mentions"]}
    claims = {claim["id"] for claim in detail["claims"]}
    for mention in detail["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert set(mention["claims"]) <= claims
    rows = service.get("/v1/queries/transfers", params={"recipient": "TUR", "weapon": "s-400"}).json()["items"]
    assert [(row["supplier"], row["ordered"] or row["delivered"]) for row in rows] == [("RUS", "2017-09-12")]


def test_posting_again_changes_nothing_and_an_update_is_told(service: TestClient) -> None:
    first = finished(service, service.post("/v1/articles", json=article("again")))
    again = finished(service, service.post("/v1/articles", json=article("again")))
    assert again["id"] != first["id"]
    assert (again["counts"]["known"], again["counts"]["claims_new"], again["articles"]) == (1, 0, first["articles"])
    later = article("again", "Nothing was bought.", title="Correction", date="2017-09-14")
    updated = finished(service, service.post("/v1/articles", json=later))
    assert (updated["counts"]["updated"], updated["articles"]) == (1, first["articles"])
    assert updated["counts"]["claims_retired"] == first["counts"]["claims_new"]
    [id] = first["articles"]
    assert service.get("/v1/claims", params={"article": id}).json()["items"] == []
    assert len(service.get("/v1/claims", params={"article": id, "retired": True}).json()["items"]) > 0


def test_a_later_version_of_a_forgotten_article_brings_nothing_new(service: TestClient) -> None:
    [id] = finished(service, service.post("/v1/articles", json=article("taken-back")))["articles"]
    assert service.delete(f"/v1/articles/{id}").status_code == 200
    later = article("taken-back", "Turkey has also bought the Su-35 from Russia.", date="2017-09-14")
    counts = finished(service, service.post("/v1/articles", json=later))["counts"]
    assert (counts["updated"], counts["forgotten"], counts["claims_new"], counts["claims_retired"]) == (1, 1, 0, 0)
    assert service.delete(f"/v1/articles/{id}", params={"erase": True}).status_code == 200
    counts = finished(service, service.post("/v1/articles", json=[later, article("another")]))["counts"]
    assert (counts["new"], counts["known"], counts["forgotten"]) == (1, 1, 1)
    assert service.get("/v1/claims", params={"article": id}).json()["items"] == []


def test_a_stream_of_articles_leaves_out_what_is_wrong(service: TestClient) -> None:
    lines = [
        json.dumps(article("s1")), "", '{"text": ', json.dumps({"text": "!"}), json.dumps(article("s2", date="never")),
        json.dumps(article("s3")), "\xff", '["text"]', json.dumps(article("s4") | {"colour": "red"}),
    ]  # fmt: skip
    content = "\n".join(lines).encode("latin-1")
    response = service.post("/v1/articles", content=content, headers={"Content-Type": "application/x-ndjson"})
    job = finished(service, response)
    assert (job["total"], job["done"], job["counts"]["new"], job["counts"]["rejected"]) == (8, 8, 2, 6)
    assert [reject["line"] for reject in job["rejects"]] == [3, 4, 5, 7, 8, 9]
    words = ["JSON", "no words", "date", "JSON", "object", "no field"]
    assert all(word in reject["reason"] for word, reject in zip(words, job["rejects"], strict=True)), job["rejects"]
    assert all(reject["remedy"] for reject in job["rejects"])
    assert len(job["articles"]) == 2


def test_a_list_is_taken_or_refused_as_a_whole(service: TestClient) -> None:
    wrong = service.post("/v1/articles", json=[article("l1"), {"text": "?"}])
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "body.1")
    job = finished(service, service.post("/v1/articles", json=[article("l1"), article("l2")]))
    assert (job["total"], job["counts"]["new"]) == (2, 2)


def test_a_repeated_request_is_one_job(service: TestClient) -> None:
    def post(body: object, key: str) -> Response:
        return service.post("/v1/articles", json=body, headers={"Idempotency-Key": key})

    first = finished(service, post(article("key"), "one"))
    assert finished(service, post(article("key"), "one")) == first
    other = post(article("other"), "one")
    assert (other.status_code, "another body" in other.json()["detail"]) == (422, True)
    assert finished(service, post(article("key"), "two"))["counts"]["known"] == 1
    assert post(article("key"), "two words").status_code == 422


def test_extracting_stores_nothing(service: TestClient) -> None:
    claims = service.post("/v1/extract", json=article("extract")).json()["claims"]
    [id] = finished(service, service.post("/v1/articles", json=article("extract")))["articles"]
    assert claims == service.get(f"/v1/articles/{id}").json()["claims"] != []
    service.post("/v1/extract", json=article("only", outlet="", url="https://other.example/1"))
    assert service.get("/v1/articles", params={"outlet": "other.example"}).status_code == 422


FACTS = "MATCH (a)-[r]->(b) WHERE r.episode IS NOT NULL RETURN a.id AS a, type(r) AS r, properties(r) AS p, b.id AS b"
EPISODES = "MATCH (e:Episode) RETURN properties(e) AS e"


def test_long_articles_that_are_read_keep_nobody_else_waiting(
    service: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "PATIENCE", 0.5)
    count = 60  # more than there are threads
    with ThreadPoolExecutor(count + 1) as threads:
        with extraction._one_at_a_time:  # as while a long one is read
            posted = [threads.submit(service.post, "/v1/extract", json=ARTICLE) for _ in range(count)]
            refused = [one.result() for one in islice(as_completed(posted, timeout=60), count - extraction.PLACES)]
            assert {one.status_code for one in refused} == {503}
            assert all(one.headers["retry-after"] for one in refused)
            assert threads.submit(service.get, "/v1/statistics").result(timeout=20).status_code == 200
        assert sorted(one.result().status_code for one in posted)[: extraction.PLACES] == [200] * extraction.PLACES


def test_an_article_that_takes_too_long_is_not_read_to_its_end(
    service: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = {"text": " ".join(f"Russia sold S-400s to Turkey in {2000 + year % 20}." for year in range(2000))}
    monkeypatch.setattr(service.app.state.extracting, "_seconds", 0.5)  # type: ignore[attr-defined]
    begun = time.monotonic()
    refused = service.post("/v1/extract", json=long)
    assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
    assert "0.5 seconds" in refused.json()["detail"]
    assert "/v1/articles" in refused.json()["detail"]
    assert time.monotonic() - begun < 15
    assert extraction._one_at_a_time.acquire(timeout=5)  # the work has ended, so that others come in
    extraction._one_at_a_time.release()


def test_an_article_that_nobody_waits_for_is_not_read() -> None:
    ended = threading.Event()
    ended.set()
    with pytest.raises(ProblemError):
        extraction._extract(Document(source_id="left", source="test", text=ARTICLE["body"]), 60, ended)


def test_without_an_article_the_graph_is_what_it_would_be(service: TestClient) -> None:
    settings: ApiSettings = service.app.state.settings  # type: ignore[attr-defined]

    def known() -> list[str]:
        with connect(settings.store) as store:
            return sorted(json.dumps(row, sort_keys=True) for query in (FACTS, EPISODES) for row in store.read(query))

    def gone(*articles: str, erase: bool = False) -> list[int]:
        answers = [service.delete(f"/v1/articles/{id}", params={"erase": erase}) for id in articles]
        assert {answer.status_code for answer in answers} == {200}
        return [answer.json()["claims_retired"] for answer in answers]

    before = known()
    bought = article("d1", "India bought Rafale jets from France on 3 May 2016.", date="2016-05-04")
    lifted = "India cancelled the purchase of Rafale jets from France on 9 June 2018."
    india = [bought, article("d2", lifted, date="2018-06-10")]
    kept, cancelled = finished(service, service.post("/v1/articles", json=india))["articles"]
    both = known()
    assert not service.get(f"/v1/articles/{cancelled}").json()["forgotten"]
    assert gone(cancelled)[0] > 0
    assert service.get(f"/v1/articles/{cancelled}").json()["forgotten"]
    assert before != known() != both
    alone = known()
    assert gone(kept, erase=True)[0] > 0
    assert known() == before
    assert gone(kept, cancelled) == [0, 0]
    assert finished(service, service.post("/v1/articles", json=india))["counts"]["new"] == 0
    assert known() == before, "what was removed does not come back"
    fresh = bought | {"url": "https://www.sample-wire.example/d3"}
    finished(service, service.post("/v1/articles", json=fresh))
    assert known() == alone
    assert service.delete("/v1/articles/0000000000000000").status_code == 404
    assert service.delete(f"/v1/articles/{kept}", headers={"X-API-Key": ""}).status_code == 401
    assert service.get(f"/v1/articles/{kept}").json()["article"]["text"] == ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "there are no words"),
        ({"text": " \n "}, "there are no words"),
        ({"text": "!?"}, "there are no words"),
        ({"text": "Turkey bought tanks.", "date": "31 February 2017"}, "date"),
        ({"text": "Turkey bought tanks.", "date": "2017-09"}, "give a day such as 2017-09-12"),
        ({"text": "Turkey bought tanks.", "date": "2999-01-01"}, "future"),
        ({"text": "Turkey bought tanks.", "url": "javascript:alert(1)"}, "https://"),
        ({"text": "Turkey bought\0tanks."}, "NUL"),
        ({"text": "Turkey bought tanks.", "colour": "red"}, "is no field here"),
        ({"text": 7}, "string"),
        ({"text": "x" * 1_000_001}, "1000000"),
        ([], "at least 1"),
        ("text", "should be an object"),
    ],
)
def test_bad_articles(service: TestClient, body: object, words: str) -> None:
    response = service.post("/v1/articles", json=body)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert words in str(response.json()["errors"])
    assert "Value error" not in response.text


def test_broken_json(service: TestClient) -> None:
    response = service.post("/v1/extract", content=b'{"text": ', headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


def test_a_body_that_is_too_large(service: TestClient) -> None:
    def endless() -> object:
        for _ in range(11):
            yield b" " * 1024 * 1024

    for content in (b" " * (10 * 1024 * 1024 + 1), endless()):
        response = service.post("/v1/extract", content=content, headers={"Content-Type": "application/json"})  # type: ignore[arg-type]
        assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")


def test_newlines_are_one_character_and_markup_stays_text(service: TestClient) -> None:
    body = {"text": "<b>Turkey</b> is here.\r\n💣 Turkey bought S-400 systems from Russia. <script>alert(1)</script>"}
    [id] = finished(service, service.post("/v1/articles", json=body))["articles"]
    article = service.get(f"/v1/articles/{id}").json()["article"]
    assert article["text"] == body["text"].replace("\r\n", "\n")


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data"])
def test_bodies_of_other_kinds(service: TestClient, kind: str) -> None:
    response = service.post("/v1/articles", content=b"{}", headers={"Content-Type": kind})
    assert (response.status_code, "application/x-ndjson" in response.json()["detail"]) == (415, True)


def test_jobs_are_for_those_who_may_write(service: TestClient) -> None:
    job = finished(service, service.post("/v1/articles", json=article("mine")))
    assert service.get(f"/v1/jobs/{job['id']}", headers={"X-API-Key": ""}).status_code == 401
    assert service.get("/v1/jobs/000000000000000000000000").status_code == 404


def many(count: int) -> bytes:
    return b"".join(json.dumps(article(f"many-{n}")).encode() + b"\n" for n in range(count))


STREAM = {"Content-Type": "application/x-ndjson"}


def test_a_job_survives_the_service(tmp_path: Path) -> None:
    settings = ApiSettings(store=f"embedded:{tmp_path / 'store'}", jobs=tmp_path / "jobs")
    count = 3 * loading.BATCH
    with TestClient(create_app(settings), headers=HEADERS) as first:
        accepted = first.post("/v1/articles", content=many(count), headers=STREAM)
    half = jobs.read(settings.job_folder, accepted.json()["id"])
    assert half and half.state != "done" and half.done < count
    with TestClient(create_app(settings), headers=HEADERS) as second:
        job = finished(second, accepted)
        assert (job["state"], job["done"], job["counts"]["new"], job["counts"]["known"]) == ("done", count, count, 0)
        listed = second.get("/v1/articles", params={"limit": 1000}).json()["items"]
        assert {item["id"] for item in listed} == set(job["articles"])
        assert len(listed) == count
        home = settings.job_folder / job["id"]  # as it is where the service was killed before it kept this in mind
        (home / jobs.PROGRESS).unlink()
        (home / jobs.INPUT).write_bytes(many(count))
        second.app.state.loading.wake()  # type: ignore[attr-defined]
        assert finished(second, accepted)["counts"] == jobs.JobCounts(known=count).model_dump()


def test_what_else_lies_in_the_folder_of_jobs_holds_up_none(tmp_path: Path) -> None:
    settings = ApiSettings(store=f"embedded:{tmp_path / 'store'}", jobs=tmp_path / "jobs")
    settings.job_folder.mkdir(parents=True)
    (settings.job_folder / ".DS_Store").write_text("a file of somebody else's")
    with TestClient(create_app(settings), headers=HEADERS) as service:
        assert finished(service, service.post("/v1/articles", json=ARTICLE))["state"] == "done"


@pytest.mark.parametrize("body", [b"", b"\n", b" \n\r\n"])
def test_a_stream_without_an_article_is_no_job(service: TestClient, body: bytes) -> None:
    response = service.post("/v1/articles", content=body, headers=STREAM)
    assert (response.status_code, "no article" in response.json()["detail"]) == (422, True)


def test_a_job_waits_for_the_store_but_is_never_lost(tmp_path: Path) -> None:
    settings = ApiSettings(store="bolt://127.0.0.1:1", jobs=tmp_path)
    with TestClient(create_app(settings), headers=HEADERS) as service:
        job = service.post("/v1/articles", json=ARTICLE)
        assert (job.status_code, job.json()["state"]) == (202, "queued")
        assert service.get(job.headers["location"]).json() == job.json()
    assert [home.name for home in jobs.waiting(settings.job_folder)] == [job.json()["id"]]


def test_what_cannot_be_kept_is_not_accepted(tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("in the way")
    settings = ApiSettings(store=f"embedded:{tmp_path / 'store'}", jobs=tmp_path / "jobs")
    with TestClient(create_app(settings), headers=HEADERS) as service:
        response = service.post("/v1/articles", json=ARTICLE)
        assert (response.status_code, bool(response.headers["retry-after"])) == (503, True)
