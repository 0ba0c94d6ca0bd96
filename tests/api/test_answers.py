"""ETags, 304 and compression, on every kind of answer."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest
import zstandard
from fastapi.testclient import TestClient
from httpx import Response

Get = Callable[..., Response]
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
