"""A disk that takes nothing more."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient
from neo4j import Session
from neo4j.exceptions import Neo4jError

from api.app import create_app
from api.settings import ApiSettings
from graph.store import connect
from graph.writer import Writer
from tests.api.conftest import KEY, keys
from tests.store.examples import story

__all__ = ["keys"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("failing")
    uri = f"embedded:{folder / 'store'}"
    with connect(uri) as store:
        Writer(store).write(story())
    settings = ApiSettings(store=uri, jobs=folder / "jobs")
    with TestClient(create_app(settings), headers={"X-API-Key": KEY}) as opened:
        yield opened


OWN_DISK = ["unshare", "--user", "--map-root-user", "--mount"]
FILL = """
mount -t tmpfs -o size=24m disk "$1" || exit 99
"$2" -m cli load "$3" --store "embedded:$1/store"; echo "exit $?" >&2
mount -o remount,size=400m "$1"
"$2" -m cli load "$3" --store "embedded:$1/store"; echo "exit $?" >&2
"""


def test_a_load_onto_a_full_disk_says_so_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run([*OWN_DISK, "true"], capture_output=True).returncode:
        pytest.skip("a process may not mount a disk of its own here")
    article, disk = tmp_path / "2017-09-13-s-400.txt", tmp_path / "disk"
    article.write_text("Turkey bought S-400 missile systems from Russia on 12 September 2017.", encoding="utf-8")
    disk.mkdir()
    command = [*OWN_DISK, "sh", "-c", FILL, "sh", str(disk), sys.executable, str(article)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if run.returncode == 99:
        pytest.skip(f"a disk cannot be mounted here: {run.stderr}")
    assert "disk" in run.stderr
    assert "is full" in run.stderr
    assert "Free space" in run.stderr
    assert "Traceback" not in run.stderr
    assert [line for line in run.stderr.splitlines() if line.startswith("exit")] == ["exit 2", "exit 0"], run.stderr
    assert run.stdout.startswith("1 articles (1 new,")


COMMIT, UNKNOWN = "Transaction.TransactionCommitFailed", "General.UnknownError"


@pytest.mark.parametrize(
    ("code", "room", "status", "words"),
    [
        (f"Neo.DatabaseError.{UNKNOWN}", 0, 507, "is full"),
        ("Neo.ClientError.Transaction.TransactionNotFound", 0, 507, "is full"),
        (f"Neo.DatabaseError.{COMMIT}", 10**9, 503, "its log says why"),
        ("Neo.ClientError.Transaction.TransactionNotFound", 10**9, 503, "its log says why"),
    ],
)
def test_the_service_tells_of_a_store_that_fails(
    service: TestClient, monkeypatch: pytest.MonkeyPatch, code: str, room: int, status: int, words: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Neo4jError._hydrate_neo4j(code=code, message="cannot write /var/lib/secret")

    [article, *_] = service.get("/v1/articles").json()["items"]
    with monkeypatch.context() as patch:
        patch.setattr(Session, "execute_write", fail)
        patch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=room))
        response = service.delete(f"/v1/articles/{article['id']}")
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.headers["retry-after"]
    assert words in response.json()["detail"]
    assert "secret" not in response.text
    assert service.get(f"/v1/articles/{article['id']}").json()["claims"], "what was stored stays"
