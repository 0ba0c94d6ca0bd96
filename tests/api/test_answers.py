"""ETags, 304 and compression, on every kind of answer."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from email.utils import formatdate, parsedate_to_datetime

import pytest
import zstandard
from fastapi.testclient import TestClient
from httpx import Response

from api.freshness import Freshness
from graph.edition import edition_of
from graph.reference import NodeRow, load_reference
from graph.writer import Writer
from loaders.document import Document

Get = Callable[..., Response]
WORDS = "Parts of an air defence system arrived by plane at an airbase near the capital early on Friday morning."
RESOURCES = [
    ("/v1/entities", {"q": "S-400"}), ("/v1/entities/TUR", {}), ("/v1/entities/TUR/neighbours", {}), ("/v1/facts", {}),
    ("/v1/claims", {"subject": "TUR"}), ("/v1/articles", {}), ("/v1/queries/transfers", {"recipient": "TUR"}),
    ("/v1/facts", {"format": "csv"}), ("/v1/reconcile", {}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "params"), RESOURCES)
def test_who_has_it_already_gets_nothing_more(get: Get, path: str, params: dict[str, str]) -> None:
    first = get(path, **params)
    etag = first.headers["etag"]
    assert etag.startswith('W/"')
    assert "Accept" in first.headers["vary"]
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        again = get(path, 304, {"If-None-Match": known}, **params)
        assert again.content == b""
        assert again.headers["etag"] == etag
        assert "content-type" not in again.headers
    assert get(path, 200, {"If-None-Match": 'W/"other"'}, **params).content == first.content


@pytest.mark.parametrize(("path", "params"), RESOURCES)
def test_head_tells_what_get_would(get: Get, client: TestClient, path: str, params: dict[str, str]) -> None:
    whole, head = get(path, **params), client.head(path, params=params)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length", "vary"):
        assert head.headers[name] == whole.headers[name]
    assert client.head(path, params=params, headers={"If-None-Match": head.headers["etag"]}).status_code == 304


def dated(get: Get, path: str) -> Response:
    """An answer with Last-Modified, which comes a second after the graph was first seen as it is."""
    deadline = time.monotonic() + 5
    while "last-modified" not in (response := get(path)).headers and time.monotonic() < deadline:
        time.sleep(0.1)
    return response


@pytest.mark.parametrize("path", ["/v1/claims", "/v1/entities/TUR", "/v1/facts", "/v1/story?a=TUR", "/v1/export/nt"])
def test_what_has_not_changed_since_is_not_sent_again(get: Get, path: str) -> None:
    first = dated(get, path)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert parsedate_to_datetime(modified) < parsedate_to_datetime(formatdate(usegmt=True))
    cases = [
        (304, {"If-Modified-Since": modified}),
        (304, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        (200, {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}),
        (200, {"If-Modified-Since": "yesterday"}),
        (200, {"If-Modified-Since": modified, "If-None-Match": '"other"'}),
        (304, {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT", "If-None-Match": etag}),
    ]
    for status, headers in cases:
        again = get(path, status, headers)
        assert (again.headers["last-modified"], again.headers["etag"]) == (modified, etag)
        assert bool(again.content) == (status == 200)


def test_what_changes_in_any_way_is_modified(writable: TestClient) -> None:
    """New articles, their copies' origins, and the catalogue: each moves Last-Modified on, however fast they come."""
    store = writable.app.state.graph.store()  # type: ignore[attr-defined]  # the app is FastAPI, with a state
    texts = [f"{WORDS} It was reported {number} times." for number in range(2)]
    told = [
        Document(source_id=f"{n}", source="tests", text=text, published="2020-01-01", outlet=f"paper {n}").article()
        for n, text in enumerate(texts)
    ]
    changes = [
        lambda: Writer(store).write([(told[0], [])]),
        lambda: Writer(store).write([(told[1], [])]),
        lambda: Writer(store).forget(told[0].id),
        lambda: load_reference(store, [NodeRow("Country", {"id": "TUR", "name": "Turkey"})], [], "another"),
    ]
    seen = [edition_of(store)]
    freshness = Freshness()
    moments = [freshness.since(seen[0])]
    for change in changes:
        change()
        seen.append(edition_of(store))
        freshness.since(seen[-1])
    assert len(set(seen)) == len(seen)
    assert moments == [None]
    with pytest.MonkeyPatch.context() as patch:
        later = time.time() + 10
        patch.setattr("api.freshness.time.time", lambda: later)
        assert freshness.since(seen[-1]) is not None
        assert freshness.since(seen[0]) is None


def test_another_answer_has_another_etag(get: Get) -> None:
    etags = [get("/v1/facts", **params).headers["etag"] for params in ({}, {"limit": 1}, {"format": "csv"})]
    assert len(set(etags)) == 3


def test_errors_and_posts_have_none(client: TestClient) -> None:
    assert "etag" not in client.get("/v1/entities/nobody").headers
    assert "etag" not in client.post("/v1/match", json={"queries": [{"name": "S-400"}]}).headers


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"), ("zstd", "zstd"), ("gzip, zstd", "zstd"), ("gzip;q=1, zstd;q=0.5", "gzip"), ("*", "zstd"),
        ("gzip;q=0", None), ("br", None), ("identity", None), ("zstd;q=0, *;q=0.1", "gzip"),
    ],
)  # fmt: skip
def test_long_answers_are_packed_as_asked(client: TestClient, accepted: str, encoding: str | None) -> None:
    plain = client.get("/v1/facts", headers={"Accept-Encoding": "identity"})
    with client.stream("GET", "/v1/facts", headers={"Accept-Encoding": accepted}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers.get("content-encoding") == encoding
    assert response.headers["vary"] == "Accept, Accept-Encoding"
    assert response.headers["etag"] == plain.headers["etag"]
    assert int(response.headers["content-length"]) == len(raw)
    assert unpacked(raw, encoding) == plain.content


def unpacked(raw: bytes, encoding: str | None) -> bytes:
    if encoding == "gzip":
        return zlib.decompress(raw, 16 + zlib.MAX_WBITS)
    return zstandard.ZstdDecompressor().decompressobj().decompress(raw) if encoding else raw


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_what_comes_in_pieces_is_packed_in_pieces(client: TestClient, encoding: str) -> None:
    plain = client.get("/v1/export/nt", headers={"Accept-Encoding": "identity"})
    with client.stream("GET", "/v1/export/nt", headers={"Accept-Encoding": encoding}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == encoding
    assert sorted(unpacked(raw, encoding).splitlines()) == sorted(plain.content.splitlines())
    assert len(raw) < len(plain.content) / 2


def test_short_answers_stay_as_they_are(client: TestClient) -> None:
    response = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers
    assert response.json() == {"status": "ok"}
