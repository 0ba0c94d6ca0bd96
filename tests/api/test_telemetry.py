"""What the service tells of itself: log lines, request ids, figures, traces."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import structlog
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from api import logs
from api.app import create_app
from api.settings import ApiSettings
from api.tracing import Traced
from tests.api.conftest import KEY, finished
from tests.api.process import serving

LOCAL = "http://127.0.0.1:8000"
ARTICLE = {"text": "Turkey bought S-400 missile systems from Russia on 12 September 2017.", "date": "2017-09-13"}
FAKE = '{"event": "request", "status": 200}'


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = f"embedded:{tmp_path_factory.mktemp('store')}"
    with TestClient(create_app(ApiSettings(store=store)), base_url=LOCAL) as client:
        yield client


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a1b2-C3.d_4", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("a b", False),
        ("é", False),
        ("a\tb", False),
        ("<script>", False),
        ("", False),
    ],
)
def test_request_ids(service: TestClient, given: str, kept: bool) -> None:
    answered = service.get("/healthz", headers={"X-Request-Id": given.encode()}).headers["x-request-id"]
    assert (answered == given) is kept
    assert kept or re.fullmatch("[0-9a-f]{32}", answered)


def test_log_of_a_running_service(tmp_path: Path) -> None:
    """Whatever is asked, every line is one event as JSON, tells the request's id, and gives away no key."""
    with serving(tmp_path, "bolt://127.0.0.1:9", log_format="json", log_level="debug") as running:
        paths = [
            f"/v1/entities/x%0A{quote(FAKE)}", f"/v1/queries?k={KEY}", f"/v1/entities/{KEY}", "/%1b%5b2J", "/v1/claims",
            "/%E2%80%A8%E2%80%AE", "/healthz",
        ]  # fmt: skip
        for path in paths:
            httpx.get(running.url + path, headers={"X-API-Key": KEY, "X-Request-Id": "mine-1"})
        httpx.get(f"{running.url}/v1/queries", headers={"X-API-Key": KEY[:-1], "User-Agent": FAKE})
    text = running.log.read_text(encoding="utf-8")
    assert KEY.rpartition("_")[2] not in text
    lines = [json.loads(line) for line in text.splitlines()]
    asked = [line for line in lines if line["event"] == "request"]
    assert len(asked) == len(paths) + 1
    assert {line["request_id"] for line in asked[:-1]} == {"mine-1"}
    assert asked[0]["path"] == f"/v1/entities/x\\n{FAKE}"
    assert asked[4] | {"status": 503, "key": "0123456789ab", "level": "info"} == asked[4]
    assert any(line["level"] == "warning" and "store" in line["event"] for line in lines)
    assert text.isascii() or all(c.isprintable() or c == "\n" for c in text)


SECRETS = [
    (KEY, "embargo_0123456789ab_…"),
    ("bolt://neo4j:hunter2@host:7687", "bolt://neo4j:…@host:7687"),
    ("Authorization: Bearer hunter2", "Authorization: …"),
    ('{"password": "hunter2"}', '{"password": "…"}'),
    ("EMBARGO_STORE_PASSWORD=hunter2", "EMBARGO_STORE_PASSWORD=…"),
    ("a\nb\x1b[0m\u2028\u202e", "a\\nb\\x1b[0m\\u2028\\u202e"),
    ("Ankara, Türkiye", "Ankara, Türkiye"),
]


@pytest.mark.parametrize(("text", "shown"), SECRETS)
def test_texts_are_harmless(text: str, shown: str) -> None:
    assert logs.harmless(None, "info", {"event": text}) == {"event": shown}


@pytest.mark.parametrize("form", ["json", "console"])
def test_tracebacks_smuggle_no_lines_in(form: logs.Form, monkeypatch: pytest.MonkeyPatch) -> None:
    root, out = logging.getLogger(), io.StringIO()
    before, level = root.handlers, root.level
    monkeypatch.setattr("sys.stderr", out)
    try:
        logs.configure(form, "info")
        try:
            raise ValueError(f"x\n{FAKE}\n{KEY}")
        except ValueError:
            logging.getLogger("somebody").exception("failed %s", f"a\n{FAKE}")
        logging.getLogger("uvicorn.access").info("never shown")
    finally:
        root.handlers = before
        root.setLevel(level)
        structlog.reset_defaults()
    text = out.getvalue()
    assert "ValueError" in text and "never shown" not in text
    assert KEY not in text
    assert not any(line.startswith(("{", "a")) for line in text.splitlines()) if form == "console" else True
    assert form == "console" or json.loads(text)["event"].startswith("failed a\\n{")


def test_what_fails_unforeseen_is_a_problem_with_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(ApiSettings(store="bolt://127.0.0.1:9"))

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("hunter2")

    response = TestClient(app).get("/broken", headers={"X-Request-Id": "mine-2"})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "mine-2" in response.json()["detail"] and "hunter2" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def figures(client: TestClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    response = client.get("/metrics")
    assert response.status_code == 200, response.text
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


MOVED = [
    ("embargo_articles_loaded_total", {"state": "new"}),
    ("embargo_claims_loaded_total", {"state": "new"}),
    ("embargo_extraction_seconds_count", {}),
    ("embargo_query_seconds_count", {"query": "transfers"}),
    ("embargo_store_seconds_count", {"operation": "read"}),
    ("embargo_store_seconds_count", {"operation": "write"}),
    ("embargo_requests_total", {"method": "POST", "route": "/v1/articles", "status": "202"}),
    ("embargo_requests_total", {"method": "GET", "route": "/v1/queries/transfers", "status": "200"}),
    ("embargo_requests_total", {"method": "GET", "route": "none", "status": "404"}),
    ("embargo_requests_total", {"method": "other", "route": "none", "status": "404"}),
    ("embargo_request_seconds_count", {"route": "/v1/articles"}),
]


def test_figures(service: TestClient) -> None:
    before = figures(service)
    stream = {"X-API-Key": KEY, "Content-Type": "application/x-ndjson"}
    body = f"{json.dumps(ARTICLE)}\nno article\n" + '{"text": 1}\n'
    assert finished(service, service.post("/v1/articles", content=body, headers=stream))["counts"]["rejected"] == 2
    assert service.get("/v1/queries/transfers").status_code == 200
    for n in range(3):
        service.get(f"/nothing/{n}")
    service.request("OWN", "/nothing")
    after = figures(service)
    for name, labels in MOVED:
        key = (name, frozenset(labels.items()))
        assert after.get(key, 0) > before.get(key, 0), key
    rejected = ("embargo_rejected_total", frozenset[tuple[str, str]]())
    assert after[rejected] - before[rejected] == 2
    assert not any("/nothing" in str(key) for key in after), "what is asked must not make figures grow without end"


def test_figures_are_not_for_everybody(service: TestClient) -> None:
    elsewhere = {"Host": "embargo.example"}
    assert service.get("/metrics", headers=elsewhere).status_code == 401
    assert service.get("/metrics", headers=elsewhere | {"X-API-Key": KEY}).status_code == 200


def test_traces_lead_from_the_request_to_the_store(service: TestClient) -> None:
    spans, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    traced = TestClient(Traced(service.app, provider), base_url=LOCAL)
    headers = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01", "X-API-Key": KEY}
    assert traced.get("/v1/queries/transfers?limit=7", headers=headers).status_code == 200
    assert traced.post("/v1/cypher", json={"query": "RETURN 1 AS one"}, headers=headers).status_code == 200
    service.get("/v1/queries/transfers")
    found = spans.get_finished_spans()
    assert {f"{span.context.trace_id:032x}" for span in found if span.context} == {trace}
    names = {span.context.span_id: span.name for span in found if span.context}
    parents = {span.name: names.get(span.parent.span_id, "the caller") for span in found if span.parent}
    assert parents["GET /v1/queries/transfers"] == parents["POST /v1/cypher"] == "the caller"
    assert parents["query"] == "GET /v1/queries/transfers"
    # the request itself asks how fresh the graph is
    assert {"query", "GET /v1/queries/transfers", "POST /v1/cypher"} == {
        names[span.parent.span_id] for span in found if span.name == "store" and span.parent
    }
    [asked] = [span for span in found if span.name == "GET /v1/queries/transfers"]
    assert asked.attributes and asked.attributes["http.response.status_code"] == 200
