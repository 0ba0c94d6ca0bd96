"""What browsers are told, and which other sites may ask."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings

SITE = "https://desk.example"
PREFLIGHT = {"Origin": SITE, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "X-API-Key"}


@pytest.fixture(scope="module")
def storeless() -> TestClient:
    return TestClient(create_app(ApiSettings(store="bolt://127.0.0.1:9")), raise_server_exceptions=False)


@pytest.mark.parametrize(
    "path", ["/healthz", "/v1/nothing", "/v1/queries", "/docs", "/openapi.json", "/?" + "x" * 9000]
)
def test_every_answer_carries_them(storeless: TestClient, path: str) -> None:
    headers = storeless.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"):
        assert rule in headers["content-security-policy"]
    assert "'unsafe-inline'" not in headers["content-security-policy"].partition("style-src")[0]
    assert "access-control-allow-origin" not in headers


def test_the_page_of_the_description_loads_nothing_from_elsewhere(storeless: TestClient) -> None:
    page = storeless.get("/docs")
    assert "http" not in page.text.lower() + page.headers["content-security-policy"].replace("'self'", "")
    files = [file for file in re.findall(r'(?:src|href)="([^"]*)"', page.text) if not file.startswith("data:")]
    assert [file.rpartition(".")[2] for file in files] == ["css", "js"]
    for file, kind in zip(files, ("text/css", "text/javascript"), strict=True):
        answer = storeless.get(file)
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind)
    assert storeless.get("/docs/../pyproject.toml").status_code == 404
    assert storeless.get("/docs/nothing.js").headers["content-type"] == "application/problem+json"


def test_no_site_may_ask_unless_told(storeless: TestClient) -> None:
    assert "access-control-allow-origin" not in storeless.get("/v1/queries", headers={"Origin": SITE}).headers
    assert "access-control-allow-origin" not in storeless.options("/v1/queries", headers=PREFLIGHT).headers


def test_a_site_that_may_ask() -> None:
    client = TestClient(create_app(ApiSettings(store="bolt://127.0.0.1:9", cors_origins=(SITE,), private=True)))
    assert client.options("/v1/queries", headers=PREFLIGHT).headers["access-control-allow-origin"] == SITE
    refused = client.get("/v1/queries", headers={"Origin": SITE})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, SITE)
    assert {"Link", "X-Next", "X-Truncated"} <= set(refused.headers["access-control-expose-headers"].split(", "))
    other = client.options("/v1/queries", headers=PREFLIGHT | {"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers
