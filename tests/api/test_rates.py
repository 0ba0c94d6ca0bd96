"""How much a caller may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given
from hypothesis import strategies as st

from api.app import create_app
from api.rates import WINDOW, Buckets
from api.settings import ApiSettings, api_settings
from tests.api.conftest import KEY

NOWHERE = "bolt://127.0.0.1:9"


@given(steps=st.lists(st.tuples(st.integers(0, 40), st.floats(0, 90)), max_size=50))
@example(steps=[(0, 1.1272989167831682), (16, 35.0), (40, 0.0), (40, 0.0), (40, 0.0), (40, 0.0)])
def test_no_more_is_granted_than_flows_in(steps: list[tuple[int, float]]) -> None:
    now, granted = 0.0, 0
    buckets = Buckets(120, lambda: now)
    for units, pause in steps:
        now += pause
        taken = buckets.take("a", units)
        granted += units * taken.granted
        assert granted <= 120 + now * 120 / WINDOW + 1e-3
        assert 0 <= taken.left <= 120
        if not taken.granted:
            now += taken.wait
            assert buckets.take("a", units).granted
            granted += units


def test_callers_do_not_share() -> None:
    buckets = Buckets(10, lambda: 0.0)
    assert [buckets.take("a", 6).granted, buckets.take("a", 6).granted, buckets.take("b", 6).granted] == [
        True, False, True,
    ]  # fmt: skip


def test_who_asks_too_much_is_told_when_to_come_back() -> None:
    with TestClient(create_app(ApiSettings(store=NOWHERE, rate_limit=12))) as client:
        first = client.get("/v1/queries")
        assert (first.status_code, first.headers["ratelimit-policy"]) == (200, '"requests";q=12;w=60')
        assert first.headers["ratelimit"] == '"requests";r=11;t=5'
        assert client.get("/v1/queries/transfers").status_code == 503
        assert client.get("/v1/queries/transfers").status_code == 503
        refused = client.get("/v1/queries/transfers")
        assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
        assert 1 <= int(refused.headers["retry-after"]) <= 20
        assert refused.json()["type"].endswith("#quota-exceeded")
        assert refused.json()["violated-policies"] == ["requests"]
        assert client.get("/v1/queries").status_code == 200, "what costs less is still possible"
        assert client.get("/v1/queries").status_code == 429
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/queries", headers={"X-API-Key": KEY}).status_code == 200, "a key has its own"


COSTS = {
    "/v1/claims": 1, "/v1/facts?subject=TUR": 5, "/v1/story?a=TUR": 5, "/v1/changes": 5, "/v1/changes?format=json": 5,
    "/v1/changes?format=ndjson": 50, "/v1/cypher": 10, "/v1/export/nq": 50,
}  # fmt: skip


def test_what_a_request_costs() -> None:
    with TestClient(create_app(ApiSettings(store=NOWHERE, rate_limit=60))) as service:
        for number, (path, cost) in enumerate(COSTS.items()):
            response = TestClient(service.app, client=(f"192.0.2.{number}", 1)).get(path)
            assert response.headers["ratelimit"].startswith(f'"requests";r={60 - cost};'), path
        streamed = service.get("/v1/changes", headers={"Accept": "application/x-ndjson"})
        assert streamed.headers["ratelimit"].startswith('"requests";r=10;')


@pytest.mark.parametrize(
    ("addresses", "shared"),
    [
        (("192.0.2.1", "192.0.2.2"), False),
        (("2001:db8::1", "2001:db8::ffff"), True),
        (("2001:db8::1", "2001:db8:0:1::1"), False),
    ],
)
def test_an_address_is_a_subscriber(addresses: tuple[str, str], shared: bool) -> None:
    app = create_app(ApiSettings(store=NOWHERE, rate_limit=1))
    statuses = [TestClient(app, client=(address, 1)).get("/v1/queries").status_code for address in addresses]
    assert statuses == [200, 429 if shared else 200]


@pytest.mark.parametrize(("value", "limit"), [("off", None), ("250", 250), ("", 6000)])
def test_the_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str, limit: int | None) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EMBARGO_RATE_LIMIT", value)
    assert api_settings().rate_limit == limit


@pytest.mark.parametrize("value", ["0", "-1", "none", "1.5"])
def test_what_is_no_limit(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EMBARGO_RATE_LIMIT", value)
    with pytest.raises(ValueError, match="EMBARGO_RATE_LIMIT"):
        api_settings()
