"""OpenRefine's protocol, on a small world in both stores."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from jsonschema import Draft202012Validator

from api.app import create_app
from api.settings import ApiSettings
from graph.writer import Writer
from tests.api.reconciliation import EXTENSION, MANIFEST, PROPOSAL, RESULTS, SUGGESTIONS
from tests.queries.fixtures import says, tell
from tests.queries.world import fill

Get = Callable[..., Response]
HERE = "/v1/reconcile"


def valid(answer: Any, schema: dict[str, Any]) -> Any:
    Draft202012Validator(schema).validate(answer)
    return answer


def ask(client: TestClient, **queries: dict[str, Any]) -> dict[str, Any]:
    response = client.post(HERE, data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    return {key: found["result"] for key, found in valid(response.json(), RESULTS).items()}


def test_the_manifest_leads_to_every_part(client: TestClient) -> None:
    manifest = valid(client.get(HERE).json(), MANIFEST)
    assert (manifest["identifierSpace"], manifest["batchSize"]) == ("https://embargo.example/entity/", 200)
    assert {"Weapon", "Country", "Actor"} <= {type["id"] for type in manifest["defaultTypes"]}
    for place in manifest["suggest"].values():
        address = place["service_url"] + place["service_path"]
        valid(client.get(address, params={"prefix": "a"}).json(), SUGGESTIONS)
    proposal = manifest["extend"]["propose_properties"]
    address = proposal["service_url"] + proposal["service_path"]
    valid(client.get(address, params={"type": "Weapon", "limit": 3}).json(), PROPOSAL)
    for part in ("view", "preview"):
        address = manifest[part]["url"].replace("{{id}}", quote("class/fighter-aircraft", safe=""))
        page = client.get(address, headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "fighter" in page.text


def test_the_page_of_openrefine_may_be_let_in(world: str) -> None:
    """What it asks for in the browser, which wants the leave of the service."""
    page = {"Origin": "http://127.0.0.1:3333"}
    with TestClient(create_app(ApiSettings(store=world, cors_origins=(page["Origin"],)))) as opened:
        manifest = opened.get(HERE, headers=page)
        places = [*manifest.json()["suggest"].values(), manifest.json()["extend"]["propose_properties"]]
        asked = {"prefix": "a", "type": "Weapon"}
        answers = [
            opened.get(place["service_url"] + place["service_path"], params=asked, headers=page) for place in places
        ]
        for answer in (manifest, *answers):
            assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, page["Origin"])
        stranger = opened.get(HERE, headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in stranger.headers


def test_a_batch_is_answered_query_by_query(client: TestClient) -> None:
    found = ask(
        client,
        named={"query": "S-400 Triumf", "type": "Weapon", "limit": 3},
        typed={"query": "Georgia", "type": ["Organization"]},
        twins={"query": "Georgia"},
        told={"query": "Georgia", "properties": [{"pid": "state", "v": [{"id": "GEO"}]}], "type_strict": "any"},
        id={"query": "recep-tayyip-erdogan"},
        nothing={"query": "zzzzzz"},
        unnamed={"properties": [{"pid": "class", "v": "aircraft"}, {"pid": "kind", "v": "model"}]},
        foreign={"query": "Turkey", "type": "Q6256"},
        foreigners={"type": ["Q6256", "Q5"], "properties": [{"pid": "kind", "v": "model"}]},
        blank={"query": "Turkey", "type": ""},
        mixed={"query": "Turkey", "type": ["Q6256", "Country"], "properties": [{"pid": "P31", "v": 3}]},
    )
    first = {key: (hits[0]["id"], hits[0]["match"]) for key, hits in found.items() if hits}
    assert first == {
        "named": ("s-400", True), "typed": ("georgia-usa", True), "twins": ("GEO", False), "told": ("GEO", True),
        "id": ("recep-tayyip-erdogan", True), "unnamed": ("f-16v", False), "blank": ("TUR", True),
        "mixed": ("TUR", True),
    }  # fmt: skip
    assert found["nothing"] == found["foreign"] == found["foreigners"] == []
    assert [hit["id"] for hit in found["unnamed"]] == ["f-16v", "su-35"]
    assert found["named"][0]["features"] == [{"id": "name", "value": 98.0}, {"id": "label", "value": True}]
    assert found["named"][0]["description"] == "Weapon, model, Russia; S-400 Triumf; SA-21; SA-21 Growler"


def test_queries_may_stand_in_the_address(get: Get) -> None:
    answer = valid(get(HERE, queries='{"q": {"query": "SA-21"}}').json(), RESULTS)
    assert answer["q"]["result"][0]["id"] == "s-400"


def test_properties_fill_a_table(client: TestClient) -> None:
    query = {
        "ids": ["TUR", "s-400", "ismail-demir", "f-16v", "nobody"],
        "properties": [{"id": id} for id in ("sanctioned_by", "state", "office", "class", "purchased_by", "kind")],
    }
    answer = valid(client.post(HERE, data={"extend": json.dumps(query)}).json(), EXTENSION)
    assert [column["id"] for column in answer["meta"]] == [wanted["id"] for wanted in query["properties"]]
    assert answer["meta"][0]["type"]["id"] == "Actor"
    usa, turkey = {"id": "USA", "name": "United States"}, {"id": "TUR", "name": "Turkey"}
    india, russia = {"id": "IND", "name": "India"}, {"id": "RUS", "name": "Russia"}
    filled = {node: {key: cells for key, cells in row.items() if cells} for node, row in answer["rows"].items()}
    assert filled == {
        "TUR": {"sanctioned_by": [usa]},
        "s-400": {"state": [russia], "purchased_by": [india, turkey], "kind": [{"str": "model"}]},
        "ismail-demir": {
            "sanctioned_by": [usa], "state": [turkey], "office": [{"str": "head of arms procurement, Turkey"}],
        },
        "f-16v": {
            "class": [{"id": "class/fighter-aircraft", "name": "fighter aircraft"}], "kind": [{"str": "model"}],
        },
        "nobody": {},
    }  # fmt: skip


def test_sanctions_that_were_lifted_fill_no_cell(writable: TestClient) -> None:
    """Who adds the column *sanctioned by* means today."""
    store = writable.app.state.graph.store()  # type: ignore[attr-defined]  # the app is FastAPI, with a state
    fill(store, until="")
    told = [
        tell("on", "wire.example", "2018-08-01", "Both hit it.", says("USA", "sanctions", "TUR", "completed"),
             says("eu", "sanctions", "TUR", "completed")),
        tell("off", "wire.example", "2018-11-02", "One is done.", says("USA", "sanctions", "TUR", "ended")),
    ]  # fmt: skip
    Writer(store).write([(one.article, one.claims) for one in told])
    assert len(writable.get("/v1/facts", params={"object": "TUR", "predicate": "sanctions"}).json()["items"]) == 2
    query = {"ids": ["TUR", "USA", "eu"], "properties": [{"id": "sanctioned_by"}, {"id": "sanctions"}]}
    answer = valid(writable.post(HERE, data={"extend": json.dumps(query)}).json(), EXTENSION)
    assert [column["name"] for column in answer["meta"]] == ["sanctioned by (in force)", "sanctions (in force)"]
    cells = {(node, key): [cell["id"] for cell in row[key]] for node, row in answer["rows"].items() for key in row}
    assert {place: ids for place, ids in cells.items() if ids} == {
        ("TUR", "sanctioned_by"): ["eu"], ("eu", "sanctions"): ["TUR"],
    }  # fmt: skip


def test_a_column_without_a_type_is_offered_every_property(get: Get) -> None:
    offered = [valid(get(f"{HERE}/properties", **told).json(), PROPOSAL) for told in ({}, {"type": ""})]
    ids = [[prop["id"] for prop in proposal["properties"]] for proposal in offered]
    assert ids[0] == ids[1] and {"iso2", "maker", "office"} <= set(ids[0])


def test_a_cell_full_of_text_does_not_keep_the_others_from_their_candidates(client: TestClient) -> None:
    found = ask(client, text={"query": "S-400 " * 100}, name={"query": "S-400"})
    assert (found["text"], found["name"][0]["id"]) == ([], "s-400")


def test_an_empty_cell_finds_what_its_row_tells_and_keeps_no_other_from_theirs(client: TestClient) -> None:
    told = {"properties": [{"pid": "class", "v": "aircraft"}, {"pid": "kind", "v": "model"}]}
    found = ask(client, empty={"query": ""}, blank={"query": " "}, told={"query": "", **told}, name={"query": "S-400"})
    assert (found["empty"], found["blank"], found["name"][0]["id"]) == ([], [], "s-400")
    assert [hit["id"] for hit in found["told"]] == ["f-16v", "su-35"]


def test_what_begins_so_is_suggested_first(get: Get) -> None:
    names = [item["name"] for item in get(f"{HERE}/suggest/entity", prefix="s-4").json()["result"]]
    assert names[0] == "S-400"


def test_suggestions_go_by_name_and_page_on(get: Get) -> None:
    first = get(f"{HERE}/suggest/entity", prefix="an").json()["result"]
    assert get(f"{HERE}/suggest/entity", prefix="an", cursor=1).json()["result"] == first[1:]
    assert get(f"{HERE}/suggest/entity", prefix="erdog").json()["result"][0]["notable"] == [
        {"id": "Person", "name": "Person"}
    ]
    assert [item["id"] for item in get(f"{HERE}/suggest/type", prefix="weap").json()["result"]] == ["Weapon"]
    properties = get(f"{HERE}/suggest/property", prefix="sanction").json()["result"]
    assert {item["id"] for item in properties} == {"sanctioned_by", "sanctions"}


def test_a_preview_is_a_page_that_loads_nothing_and_may_be_framed(get: Get) -> None:
    response = get(f"{HERE}/preview", id="TUR")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "frame-ancestors *" in response.headers["content-security-policy"]
    assert "<h1>Turkey</h1>" in response.text
    assert "<b>sanctioned by (in force)</b> United States" in response.text


def test_names_in_a_preview_are_no_markup(get: Get) -> None:
    page = get(f"{HERE}/preview", id="bold-arms").text
    assert "<h1>&lt;b&gt;Bold&lt;/b&gt; &amp; Arms</h1>" in page
    assert "<b>Bold" not in page


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "give 'queries' or 'extend'"),
        ({"queries": "nonsense"}, "queries: Invalid JSON"),
        ({"queries": "[]"}, "queries"),
        ({"queries": '{"q": {}}'}, "needs 'query' or 'properties'"),
        ({"queries": '{"q": {"query": 3}}'}, "queries.q.query"),
        ({"queries": '{"q": {"query": "x", "limit": -1}}'}, "queries.q.limit"),
        ({"queries": '{"q": {"query": "x", "colour": "red"}}'}, "queries.q.colour"),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(201)})}, "200"),
        ({"extend": '{"ids": ["TUR"]}'}, "extend.properties"),
        ({"extend": '{"ids": ["TUR"], "properties": [{"id": "colour"}]}'}, "there is no property 'colour'"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, form: dict[str, str], words: str) -> None:
    response = client.post(HERE, data=form)
    assert response.status_code == 422
    assert words in response.json()["detail"]


def test_other_bodies_and_ids(client: TestClient) -> None:
    assert client.post(HERE, json={"queries": {}}).status_code == 415
    assert client.get(f"{HERE}/preview", params={"id": "<script>"}).status_code == 404
