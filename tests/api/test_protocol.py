"""The SPARQL 1.1 Protocol on a running service: the W3C's tests and further ones, as protocol.yaml tells them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import yaml

from tests.api.process import serving

TOLD = yaml.safe_load(Path(__file__).with_name("protocol.yaml").read_text(encoding="utf-8"))
CASES: dict[str, dict[str, Any]] = TOLD["suite"] | TOLD["further"]
FORM = "application/x-www-form-urlencoded"
BOOLEANS = {"application/sparql-results+json", "application/sparql-results+xml"}
ROWS = BOOLEANS | {"text/csv", "text/tab-separated-values"}
TRIPLES = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}


@pytest.fixture(scope="module")
def sparql(world: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a running service."""
    with (
        serving(tmp_path_factory.mktemp("protocol"), world) as service,
        httpx.Client(base_url=service.url, timeout=60) as client,
    ):
        yield client


def named(text: str) -> str:
    for name, value in TOLD["names"].items():
        text = text.replace(f"{{{name}}}", value)
    return text


def encoded(parameters: dict[str, Any]) -> str:
    values = {name: value if isinstance(value, list) else [value] for name, value in parameters.items()}
    return urlencode([(name, named(item)) for name, items in values.items() for item in items])


def send(client: httpx.Client, case: dict[str, Any]) -> httpx.Response:
    body = case.get("text")
    content = named(body).encode(case.get("charset", "utf-8")) if body is not None else None
    kind = case.get("type")
    if "body" in case:
        content, kind = encoded(case["body"]).encode(), FORM
    method = case.get("method", "GET" if content is None else "POST")
    path = f"/sparql/?{encoded(case.get('url', {}))}".rstrip("?")
    return client.request(method, path, content=content, headers={"Content-Type": kind} if kind else {})


@pytest.fixture(scope="module")
def fingerprint(sparql: httpx.Client) -> str:
    """Of the whole graph, before anything was tried."""
    return str(sparql.get("/v1/export").json()["fingerprint"])


def test_the_suite_is_whole() -> None:
    names = set(TOLD["suite"])
    assert len(names) == 34
    assert sum("update" in name for name in names) == 14
    assert not names & set(TOLD["further"])


@pytest.mark.parametrize("name", CASES)
def test_protocol(sparql: httpx.Client, fingerprint: str, name: str) -> None:
    case = CASES[name]
    response = send(sparql, case)
    told = (response.status_code, response.text[:300])
    kind = response.headers["content-type"].partition(";")[0]
    match case["answer"]:
        case bool(truth):
            assert (response.status_code, kind in BOOLEANS) == (200, True), told
            assert response.json()["boolean"] is truth
        case "rows":
            assert (response.status_code, kind in ROWS) == (200, True), told
        case "triples":
            assert (response.status_code, kind in TRIPLES) == (200, True), told
        case status:
            assert (response.status_code, kind) == (status, "application/problem+json"), told
            assert response.json()["detail"]
    if "then" in case:
        afterwards = send(sparql, {"text": case["then"], "type": "application/sparql-query"})
        assert afterwards.json()["boolean"] is False
        assert sparql.get("/v1/export").json()["fingerprint"] == fingerprint
