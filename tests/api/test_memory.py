"""Answers about the graph are kept while it stays as it is, and no longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import Response
from fastapi.testclient import TestClient

from api import freshness
from graph.edition import Edition
from graph.store import Store, connect
from graph.writer import Writer
from loaders.document import Document
from tests.api.conftest import KEY


def reads(client: TestClient, ask: Callable[[], object]) -> float:
    """How often the store is read while something is asked."""
    before = counted(client)
    ask()
    return counted(client) - before


def counted(client: TestClient) -> float:
    lines = client.get("/metrics", headers={"X-API-Key": KEY}).text.splitlines()
    return float(next(line for line in lines if 'seconds_count{operation="read"}' in line).split()[1])


def write(store: Store, number: int) -> None:
    """One more article."""
    article = Document(source_id=str(number), source="tests", text=f"Nothing came of it, for the {number}th time.")
    Writer(store).write([(article.article(), [])])


def test_what_a_caller_sends_with_a_question_takes_room_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "MOST_KEPT", 100_000)
    memory, edition = freshness.Memory(), Edition("graph", 1, "catalogue", 1)
    keys = [("http", f"host-{n}", "/v1/claims", "x" * 8000, "application/json") for n in range(20)]
    for key in keys:
        assert memory.find(edition, key) is None
        memory.keep(edition, key, Response(b"{}"))
    kept = [key for key in keys if memory.find(edition, key)]
    assert kept == keys[-9:]


@pytest.mark.parametrize("path", ["/v1/entities/TUR", "/v1/claims?subject=TUR", "/v1/queries/transfers?recipient=TUR"])
def test_what_was_answered_is_not_looked_for_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert reads(client, lambda: client.get(path)) == 1  # whether the graph is still the same
    again = client.get(path)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    anew = {"Cache-Control": "no-cache"}
    assert reads(client, lambda: client.get(path, headers=anew)) > 1
    assert client.get(path, headers=anew).content == first.content


def test_each_form_and_host_has_answers_of_its_own(client: TestClient) -> None:
    asked = [
        {}, {"Accept": "text/csv"}, {"Accept": "application/ld+json"}, {"Host": "one.example", "Accept": "text/csv"},
    ]  # fmt: skip
    twice = [[client.get("/v1/facts?limit=1", headers=headers) for headers in asked] for _ in range(2)]
    assert [answer.content for answer in twice[0]] == [answer.content for answer in twice[1]]
    assert [answer.headers.get("link") for answer in twice[0]] == [answer.headers.get("link") for answer in twice[1]]
    assert len({(answer.content, answer.headers.get("link")) for answer in twice[0]}) == len(asked)
    assert client.get("/v1/entities/TUR%3Fformat=csv").status_code == 404  # no question mark, but a part of the id


def test_what_depends_on_the_day_is_not_kept(client: TestClient) -> None:
    path = "/v1/queries/unfulfilled_threats?sender=USA"
    client.get(path)
    assert reads(client, lambda: client.get(path)) > 1


def test_a_change_by_anybody_shows_at_once(writable: TestClient) -> None:
    """By this process, and by another one on the same store."""
    own: Store = writable.app.state.graph.store()  # type: ignore[attr-defined]
    with connect(writable.app.state.settings.store) as other:  # type: ignore[attr-defined]
        for number, store in enumerate([own, other, own], 1):
            write(store, number)
            for _ in range(2):
                assert len(writable.get("/v1/articles").json()["items"]) == number
                assert writable.get("/v1/statistics").json()["articles"] == number
