"""Keys: made, listed and revoked on the command line, asked for by the service, never kept or shown."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from typer.testing import CliRunner, Result

from api.app import create_app
from api.keys import KEY as FORM
from api.keys import SCOPES, KeyRing
from api.settings import ApiSettings
from cli import app

ARTICLE = {"text": "Turkey bought S-400 missile systems from Russia on 12 September 2017.", "date": "2017-09-13"}
CYPHER = {"query": "RETURN 1 AS one"}
ELSEWHERE = "http://embargo.example"


def command(*words: str) -> Result:
    return CliRunner().invoke(app, ["keys", *words])


def made(name: str, *scopes: str) -> str:
    result = command("make", name, *(word for scope in scopes for word in ("--scope", scope)))
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file of keys that the command line and the services of this module use."""
    path = tmp_path_factory.mktemp("ring") / "folder" / "keys.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EMBARGO_KEYS", str(path))
        yield path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"embedded:{tmp_path_factory.mktemp('store')}"


@pytest.fixture(scope="module")
def service(ring: Path, store: str) -> Iterator[TestClient]:
    with TestClient(create_app(ApiSettings(store=store)), base_url=ELSEWHERE) as client:
        yield client


@pytest.fixture(scope="module")
def holders(ring: Path) -> dict[str, str]:
    return {scope: made(f"{scope}er", scope) for scope in SCOPES}


def parts(key: str) -> tuple[str, str]:
    """What stands before the secret, and the secret, which may itself hold underlines (base64url, RFC 4648)."""
    prefix, id, secret = key.split("_", 2)
    return f"{prefix}_{id}", secret


def test_what_is_kept_is_a_hash(ring: Path, holders: dict[str, str]) -> None:
    text = ring.read_text(encoding="utf-8")
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600
    assert all(FORM.fullmatch(key) and parts(key)[1] not in text for key in holders.values())
    listed = command("list").stdout
    for name in ("reader", "writeer", "cypherer", "adminer"):
        assert name in listed
    assert not any(parts(key)[1] in listed for key in holders.values())


@pytest.mark.parametrize(
    ("scope", "write", "cypher"),
    [(None, 401, 401), ("read", 403, 403), ("write", 202, 403), ("cypher", 403, 200), ("admin", 202, 200)],
)
@pytest.mark.parametrize("header", ["X-API-Key", "Authorization"])
def test_a_key_opens_what_its_scopes_say(
    service: TestClient, holders: dict[str, str], scope: str | None, write: int, cypher: int, header: str
) -> None:
    prefix = "Bearer " if header == "Authorization" else ""
    headers = {header: prefix + holders[scope]} if scope else {}
    posted = service.post("/v1/articles", json=ARTICLE, headers=headers)
    asked = service.post("/v1/cypher", json=CYPHER, headers=headers)
    assert (posted.status_code, asked.status_code) == (write, cypher)
    assert service.get("/v1/queries", headers=headers).status_code == 200
    for response in (posted, asked):
        if response.status_code >= 400:
            assert response.headers["content-type"] == "application/problem+json"
            assert response.headers["www-authenticate"].startswith("Bearer")


def wrong_keys(right: str) -> list[str]:
    head, secret = parts(right)
    return [
        "guess", right[:-1], f"{right}x", f"{head}_{'A' * 43}", f"embargo_000000000000_{secret}", right.upper(),
        f"{right} {right}", "embargo__", "k" * 5000, "é", "../../etc/passwd", "' OR 1=1 --",
    ]  # fmt: skip


def test_a_wrong_key_is_refused_even_for_reading(service: TestClient, holders: dict[str, str]) -> None:
    for key in wrong_keys(holders["write"]):
        response = service.get("/v1/queries", headers={"X-API-Key": key.encode()})
        assert response.status_code == 401, key
        assert response.headers["content-type"] == "application/problem+json"
        assert parts(holders["write"])[1] not in response.text
    assert service.get("/v1/queries", headers={"X-API-Key": ""}).status_code == 200


def test_a_revoked_key_opens_nothing_from_then_on(service: TestClient, ring: Path) -> None:
    key = made("leaver", "read")
    headers = {"X-API-Key": key}
    assert service.get("/v1/queries", headers=headers).status_code == 200
    id = key.split("_")[1]
    assert command("revoke", id).exit_code == command("revoke", id).exit_code == 0
    assert service.get("/v1/queries", headers=headers).status_code == 401
    assert KeyRing(ring).all()[-1].revoked


def test_a_private_service_reads_to_nobody_without_a_key(ring: Path, store: str, holders: dict[str, str]) -> None:
    with TestClient(create_app(ApiSettings(store=store, private=True)), base_url=ELSEWHERE) as private:
        for path in ("/v1/queries", "/openapi.json", "/docs", "/sparql", "/nothing"):
            assert private.get(path).status_code == 401, path
        assert private.get("/healthz").status_code == private.get("/readyz").status_code == 200
        for key in holders.values():
            response = private.get("/v1/queries", headers={"X-API-Key": key})
            assert (response.status_code, response.headers["cache-control"]) == (200, "private")


def test_behind_a_proxy_nobody_is_at_this_machine(ring: Path, store: str) -> None:
    local = "http://127.0.0.1:8000"

    def asked(settings: ApiSettings, headers: dict[str, str]) -> Response:
        with TestClient(create_app(settings), base_url=local) as client:
            return client.post("/v1/cypher", json=CYPHER, headers=headers)

    assert asked(ApiSettings(store=store), {}).status_code == 200
    for name in ("Forwarded", "Via", "X-Forwarded-For", "X-Real-IP"):
        assert asked(ApiSettings(store=store), {name: "127.0.0.1"}).status_code == 401, name
    assert asked(ApiSettings(store=store, proxies=("127.0.0.1",)), {}).status_code == 401


def test_makers_at_once_lose_no_key(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with ThreadPoolExecutor(8) as threads:
        keys = list(threads.map(lambda n: KeyRing(path).make(f"n{n}", ["read"])[1], range(24)))
    ring = KeyRing(path)
    found = [ring.find(key) for key in keys]
    assert [key.name for key in found if key] == [f"n{n}" for n in range(24)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("make", "x", "--scope", "root"), "no scope 'root'"),
        (("make", "x"), "--scope"),
        (("make", "", "--scope", "read"), "a name"),
        (("make", "a\nb", "--scope", "read"), "a name"),
        (("make", "\x1b[31m", "--scope", "read"), "a name"),
        (("revoke", "000000000000"), "no key"),
    ],
)
def test_mistakes_are_told(ring: Path, words: tuple[str, ...], told: str) -> None:
    result = command(*words)
    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"keys": [{"id": "x"}]}'])
def test_a_broken_file_opens_nothing_and_is_told(tmp_path: Path, text: str, store: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text, encoding="utf-8")
    result = command("list", "--file", str(path))
    assert (result.exit_code, str(path) in result.output.replace("\n", "")) == (2, True)
    with TestClient(create_app(ApiSettings(store=store, keys=path)), base_url=ELSEWHERE) as client:
        headers = {"X-API-Key": f"embargo_0123456789ab_{'k' * 43}"}
        assert client.post("/v1/articles", json=ARTICLE, headers=headers).status_code == 503
        assert client.get("/v1/queries").status_code == 200


def test_the_file_is_plain_to_read(ring: Path, holders: dict[str, str]) -> None:
    kept = json.loads(ring.read_text(encoding="utf-8"))
    assert kept["version"] == 1
    assert sorted(kept["keys"][0]) == ["created", "id", "name", "revoked", "scopes", "sha256"]
