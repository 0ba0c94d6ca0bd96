"""The counts are those of what was written."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable

from fastapi.testclient import TestClient
from httpx import Response

from tests.api.conftest import KEY, finished
from tests.queries.fixtures import ENTITIES, STORIES

Get = Callable[..., Response]
CLAIMS = [claim for told in STORIES for claim in told.claims]


def test_counts(get: Get) -> None:
    told = get("/v1/statistics").json()
    assert {label: n for label, n in told["entities"].items() if n} == Counter(
        label for _, label, _ in ENTITIES.values()
    )
    assert (told["articles"], told["claims"], told["retired_claims"]) == (len(STORIES), len(CLAIMS), 0)
    for part in ("frame", "phase", "assertion"):
        assert told[f"claims_by_{part}"] == Counter(getattr(claim, part) for claim in CLAIMS)
    facts = get("/v1/facts", alleged=True, limit=1000).json()["items"]
    assert {type: n for type, n in told["facts"].items() if n} == Counter(fact["type"] for fact in facts)
    days = [claim.published for claim in CLAIMS if claim.published]
    assert (told["first_published"], told["last_published"]) == (min(days), max(days))


def test_as_csv(get: Get) -> None:
    rows = list(csv.DictReader(io.StringIO(get("/v1/statistics", format="csv").text)))
    assert {"what": "articles", "of": "", "value": str(len(STORIES))} in rows
    assert sum(int(row["value"]) for row in rows if row["what"] == "entities") == len(ENTITIES)


def test_they_follow_what_is_written(writable: TestClient) -> None:
    assert writable.get("/v1/statistics").json()["articles"] == 0
    article = {"text": "Turkey bought S-400 systems from Russia.", "date": "2017-09-12"}
    finished(writable, writable.post("/v1/articles", json=article, headers={"X-API-Key": KEY}))
    told = writable.get("/v1/statistics").json()
    assert (told["articles"], told["claims"]) == (1, 1)
