"""Every error is a problem that says what to do; what is hostile stays harmless."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.csv import cell
from api.settings import ApiSettings

CASES = [
    ("/v1/nothing", 404, "/docs"),
    ("/v1/claims/00000000000000000000", 404, "no claim"),
    ("/v1/articles/0000000000000000", 404, "no article"),
    ("/v1/entities/nobody", 404, "no entity"),
    ("/v1/entities/Türkiye", 404, "'TUR' is called so"),
    ("/v1/queries/nonsense", 404, "transfers"),
    ("/v1/claims/xyz", 422, "errors"),
    ("/v1/claims?limit=0", 422, "errors"),
    ("/v1/claims?limit=1001", 422, "errors"),
    ("/v1/claims?colour=red", 422, "errors"),
    ("/v1/claims?stage=finished", 422, "errors"),
    ("/v1/claims?from=yesterday", 422, "YYYY-MM-DD"),
    ("/v1/claims?subject=Turkye", 422, "did you mean"),
    ("/v1/claims?from=", 422, "errors"),
    ("/v1/claims?article=", 422, "errors"),
    ("/v1/facts?at=2019-07-20&to=", 422, "errors"),
    ("/v1/claims?subject=Turkey&subject=Russia", 422, "errors"),
    ("/v1/claims?from=2020&to=2019", 422, "2019-12-31 is before 'from', 2020-01-01"),
    ("/v1/claims?published_from=2020-02&published_to=2020-01", 422, "is before 'published_from'"),
    ("/v1/facts?reported_from=2020-02&reported_to=2020-01", 422, "is before 'reported_from'"),
    ("/v1/story?a=TUR&from=2020&to=2010", 422, "is before 'from'"),
    ("/v1/queries/transfers?from=2020-02-01&to=2020-01-31", 422, "is before 'from'"),
    ("/v1/queries/transfers?supplier=RUS&supplier=USA", 422, "errors"),
    ("/v1/queries/transfers?as_recorded=0001-01-01T00:00:00%2B14:00", 422, "not in the calendar"),
    ("/v1/queries/transfers?as_recorded=9999-12-31T23:00:00-14:00", 422, "not in the calendar"),
    ("/v1/articles?published_from=2020-02-31", 422, "not in the calendar"),
    ("/v1/articles?outlet=", 422, "errors"),
    ("/v1/articles?entity=", 422, "errors"),
    ("/v1/articles?published_form=2020", 422, "errors"),
    ("/v1/entities?lable=Weapon", 422, "errors"),
    ("/v1/entities?q=s-400&q=f-35", 422, "errors"),
    ("/v1/entities?state=", 422, "errors"),
    ("/v1/entities?class=", 422, "errors"),
    ("/v1/entities?kind=", 422, "errors"),
    ("/v1/entities?kind=xyz", 422, "errors"),
    ("/id/entity/TUR?x=1", 422, "errors"),
    ("/.well-known/void?x=1", 422, "errors"),
    ("/v1/entities/TUR?known_on=2019-01-01", 422, "errors"),
    ("/v1/changes?sinse=1", 422, "errors"),
    ("/v1/changes?since=", 422, "errors"),
    ("/v1/export/csv?from=2019", 422, "errors"),
    ("/v1/statistics?at=2019-01-01", 422, "errors"),
    ("/v1/entities/TUR/neighbours?known_on=", 422, "errors"),
    ("/v1/claims?episode=nope", 422, "no episode has the id"),
    ("/v1/claims?episode=", 422, "errors"),
    ("/v1/claims?outlet=nope", 422, "parameter 'outlet': no outlet has the id 'nope'"),
    ("/v1/articles?outlet=nope", 422, "no outlet has the id"),
    ("/v1/facts?episode=nope", 422, "parameter 'episode': no episode has the id 'nope'"),
    ("/v1/facts?episode=", 422, "errors"),
    ("/v1/entities/TUR/neighbours?episode=nope", 422, "no episode has the id"),
    ("/v1/claims?cursor=%00", 422, "cursor"),
    ("/v1/claims?cursor=W10", 422, "cursor"),
    ("/v1/entities?cursor=bnVsbA", 422, "cursor"),
    ("/v1/queries/transfers?colour=red", 422, "does not take it"),
    ("/v1/queries/transfers?limit=0", 422, "limit"),
    ("/v1/queries/transfers?offset=5", 422, "cursor"),
    ("/v1/queries/transfers?known_on=", 422, "is empty"),
    ("/v1/queries/transfers?from=2019-02-30", 422, "not in the calendar"),
    ("/v1/queries/sanction_status?target=Turkey", 422, "is missing"),
    ("/v1/queries/sanction_status?target=Georgia&at=2019-01-01", 422, "georgia-usa"),
    ("/v1/entities/TUR/neighbours?predicate=KNOWS", 422, "errors"),
    (f"/v1/entities?q={'a' * 9000}", 414, "8192"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status", "words"), CASES)
def test_problems(client: TestClient, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], bool(problem["title"])) == (status, True)
    assert words in problem["detail"]


@pytest.mark.parametrize("path", ["/v1/cypher", "/v1/match", "/v1/extract"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/jsonx", None])
def test_a_body_that_is_not_marked_as_json(client: TestClient, path: str, kind: str | None) -> None:
    response = client.post(path, content=b"{}", headers={"Content-Type": kind} if kind else {})
    assert (response.status_code, response.json()["detail"]) == (415, "send it as application/json")
    assert "415" in client.get("/openapi.json").json()["paths"][path]["post"]["responses"]
    for json in ("application/json; charset=utf-8", "application/ld+json"):
        assert client.post(path, content=b"{}", headers={"Content-Type": json}).status_code in (401, 422)


def test_an_article_is_addressed_by_what_claims_have_as_its_id(client: TestClient) -> None:
    [claim] = client.get("/v1/claims?limit=1").json()["items"]
    assert client.get(f"/v1/articles/{claim['article_id']}").status_code == 200
    [error] = client.get(f"/v1/articles/{claim['article']}").json()["errors"]
    assert error["field"] == "path.id"
    assert "`article_id`" in error["detail"]


def test_all_labels_are_told_in_one_error(client: TestClient) -> None:
    [error] = client.get("/v1/entities?label=weapon").json()["errors"]
    assert error["field"] == "query.label"
    assert all(f"'{label}'" in error["detail"] for label in ("Actor", "Country", "Weapon"))


def test_an_ambiguous_name_lists_its_candidates(client: TestClient) -> None:
    problem = client.get("/v1/claims", params={"subject": "georgia"}).json()
    assert problem["candidates"] == ["GEO", "georgia-usa"]
    assert [error["field"] for error in problem["errors"]] == ["query.subject"]


def test_an_unknown_name_suggests_others(client: TestClient) -> None:
    problem = client.get("/v1/claims", params={"subject": "Untied States"}).json()
    assert "United States" in problem["suggestions"]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/v1/claims?subject=Turkey&object=Atlantis", "object"),
        ("/v1/facts?subject=Turkey&instrument=Atlantis", "instrument"),
        ("/v1/entities?class=Atlantis", "class"),
        ("/v1/entities?state=Atlantis", "state"),
        ("/v1/articles?entity=Atlantis", "entity"),
        ("/v1/story?a=Turkey&b=Atlantis", "b"),
        ("/v1/queries/transfers?supplier=Russia&recipient=Atlantis", "recipient"),
        ("/v1/queries/changes?actors=Turkey,Atlantis&since=2020-01-01", "actors"),
    ],
)
def test_an_unknown_name_is_told_with_its_parameter(client: TestClient, path: str, parameter: str) -> None:
    problem = client.get(path).json()
    assert (problem["status"], problem["errors"][0]["field"]) == (422, f"query.{parameter}")
    assert problem["detail"].startswith(f"parameter '{parameter}': nothing is known under 'Atlantis'")


def test_a_cursor_belongs_to_its_list(client: TestClient) -> None:
    cursor = client.get("/v1/claims", params={"limit": 1}).json()["next_cursor"]
    assert client.get("/v1/claims", params={"limit": 1, "cursor": cursor}).status_code == 200
    assert client.get("/v1/claims", params={"limit": 1, "cursor": cursor, "stage": "ended"}).status_code == 422
    assert client.get("/v1/articles", params={"limit": 1, "cursor": cursor}).status_code == 422


def test_a_method_that_is_not_there(client: TestClient) -> None:
    response = client.delete("/v1/claims")
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/articles", "GET, HEAD, POST"),
        ("/v1/articles/049c4fe05bf48b06", "DELETE, GET, HEAD"),
        ("/v1/entities/class/fighter-aircraft", "GET, HEAD"),
        ("/v1/reconcile", "GET, HEAD, POST"),
        ("/sparql", "GET, HEAD, POST"),
        ("/v1/cypher", "POST"),
    ],
)
def test_all_methods_of_an_address_are_named(client: TestClient, path: str, allowed: str) -> None:
    response = client.patch(path)
    assert (response.status_code, response.headers["allow"]) == (405, allowed)


def test_a_parameter_that_is_not_there_is_named_with_those_that_are(client: TestClient) -> None:
    [error] = client.get("/v1/articles?published_form=2020").json()["errors"]
    assert error["field"] == "query.published_form"
    assert "published_from" in error["detail"]
    [error] = client.get("/v1/claims?subject=Turkey&subject=Russia").json()["errors"]
    assert (error["field"], error["detail"]) == ("query.subject", "is given 2 times; give it once")


@pytest.mark.parametrize("hostile", ["') DETACH DELETE n //", "\u0000", "%27%7D%29", "<script>", "💣" * 50])
def test_hostile_names_are_only_names(client: TestClient, hostile: str) -> None:
    before = client.get("/v1/entities", params={"limit": 1000}).json()
    assert client.get("/v1/entities", params={"q": hostile}).json()["items"] == []
    assert client.get("/v1/queries/transfers", params={"recipient": hostile}).status_code == 422
    assert client.get("/v1/entities", params={"limit": 1000}).json() == before


def test_too_many_headers(client: TestClient) -> None:
    response = client.get("/healthz", headers={"X-Filler": "x" * 40_000})
    assert (response.status_code, response.headers["content-type"]) == (431, "application/problem+json")


def test_the_store_is_down() -> None:
    app = create_app(ApiSettings(store="bolt://127.0.0.1:9"))
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        for path in ("/readyz", "/v1/claims", "/v1/queries/transfers"):
            response = client.get(path)
            assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
            assert response.headers["retry-after"] == "5"


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == client.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(value: str) -> None:
    assert cell(value) == f"'{value}"
    assert cell([value]) == f"'{value}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, None), (-1, -1), (True, "true"), (["a", "b"], "a b"), ([], ""), ({"a": [1]}, '{"a": [1]}'), ("a-b", "a-b")],
)
def test_cells(value: object, shown: object) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize(
    ("accept", "csv"),
    [
        ("text/csv", True),
        ("application/json", False),
        ("text/csv;q=0.5, application/json", False),
        ("application/json;q=0.5, text/csv", True),
        ("*/*", False),
        ("text/csv;q=nonsense", False),
        ("", False),
    ],
)
def test_the_form_follows_the_header_accept(client: TestClient, accept: str, csv: bool) -> None:
    response = client.get("/v1/entities", headers={"Accept": accept})
    assert response.headers["content-type"].startswith("text/csv" if csv else "application/json")


def test_of_very_many_wrong_fields_the_first_are_listed(client: TestClient) -> None:
    response = client.post("/v1/extract", json={f"field{n}": n for n in range(1000)})
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [f"body.field{n}" for n in range(100)]
