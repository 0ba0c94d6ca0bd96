"""Connecting, reading, writing, and who may do what."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from neo4j.exceptions import ClientError
from pydantic import SecretStr

from graph import embedded
from graph.errors import QueryTimeoutError, StoreError, StoreUnavailableError
from graph.settings import Settings, embedded_folder
from graph.store import Store, connect

HOLD = """
import sys
from graph.store import connect
store = connect(sys.argv[1])
store.execute("CREATE (:Thing {id: 1})")
print("ready", flush=True)
sys.stdin.read()
store.close()
"""


def holder(uri: str) -> subprocess.Popen[str]:
    """Another process that owns the store until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, uri], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def count(store: Store) -> int:
    [row] = store.read("MATCH (n:Thing) RETURN count(n) AS count")
    number: int = row["count"]
    return number


def test_what_is_written_is_read(store: Store) -> None:
    store.execute("CREATE (:Thing {id: $id, words: $words})", id=1, words=["a", "b"])
    assert store.read("MATCH (n:Thing) RETURN n.id AS id, n.words AS words, n AS node") == [
        {"id": 1, "words": ["a", "b"], "node": {"id": 1, "words": ["a", "b"]}}
    ]


@pytest.mark.parametrize(
    ("made", "read"),
    [
        ("n", {"id": 1}),
        ("[n, null]", [{"id": 1}, None]),
        ("[[1, 'a'], [2.5, true]]", [[1, "a"], [2.5, True]]),
        ("{node: n, number: 1}", {"node": {"id": 1}, "number": 1}),
    ],
)
def test_nodes_come_as_dictionaries_wherever_they_stand(store: Store, made: str, read: object) -> None:
    store.execute("CREATE (:Thing {id: 1})-[:NEXT]->(:Thing {id: 2})")
    assert store.read(f"MATCH (n:Thing {{id: 1}})-[r:NEXT]->(m:Thing) RETURN 1 AS one, {made} AS made") == [
        {"one": 1, "made": read}
    ]


def test_writers_that_make_the_same_new_labels_at_once(store: Store) -> None:
    together = threading.Barrier(4)

    def write(number: int) -> None:
        for turn in range(12):
            together.wait(60)
            store.execute(f"CREATE (:Left{turn}:Right{turn} {{id: $id}})-[:NEXT]->(:Last{turn})", id=number)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    for turn in range(12):
        rows = store.read(f"MATCH (n:Left{turn}:Right{turn})-[:NEXT]->(:Last{turn}) RETURN n.id AS id ORDER BY id")
        assert [row["id"] for row in rows] == [0, 1, 2, 3]


def test_rows_can_be_streamed(store: Store) -> None:
    with store.stream("UNWIND range(1, $last) AS n RETURN n", last=3000) as rows:
        assert [row["n"] for row in rows] == list(range(1, 3001))


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (:Thing {id: 2})",
        "MERGE (n:Thing {id: 2}) RETURN n",
        "MATCH (n:Thing) SET n.id = 3",
        "MATCH (n:Thing) REMOVE n.id",
        "MATCH (n:Thing) DETACH DELETE n",
        "CREATE INDEX thing_id FOR (n:Thing) ON (n.id)",
    ],
)
def test_read_refuses_to_write(store: Store, cypher: str) -> None:
    store.execute("CREATE (:Thing {id: 1})")
    with pytest.raises(ClientError):
        store.read(cypher)
    assert store.read("MATCH (n:Thing) RETURN n.id AS id") == [{"id": 1}]


def test_the_embedded_reader_reads_no_files_and_no_addresses(embedded_uri: str) -> None:
    with connect(embedded_uri) as store:
        for source in ("file:///etc/passwd", "http://127.0.0.1:9/", "http://example.com/"):
            with pytest.raises(ClientError):
                store.read("LOAD CSV FROM $source AS line RETURN line", source=source)


def test_a_failed_write_leaves_nothing(store: Store) -> None:
    def work(transaction: object) -> None:
        transaction.run("CREATE (:Thing {id: 1})").consume()  # type: ignore[attr-defined]
        raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError):
        store.write(work)
    assert count(store) == 0


def test_writers_that_meet_lose_no_update(store: Store) -> None:
    store.execute("CREATE (:Thing {id: 1, turn: 0})")

    def add() -> None:
        for _ in range(20):
            store.execute("MATCH (n:Thing {id: 1}) SET n.lock = true SET n.turn = n.turn + 1 REMOVE n.lock")

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.read("MATCH (n:Thing) RETURN n.turn AS turn") == [{"turn": 60}]


def test_a_query_that_takes_too_long_is_stopped(store_uri: str) -> None:
    with connect(store_uri, Settings(query_timeout=1)) as store:
        store.execute("UNWIND range(1, 3000) AS n CREATE (:Thing {n: n})")
        with pytest.raises(QueryTimeoutError, match="EMBARGO_QUERY_TIMEOUT"):
            store.read("MATCH (a:Thing), (b:Thing), (c:Thing) WHERE a.n * b.n = -c.n RETURN count(*) AS count")


def test_a_query_within_which_the_engine_does_not_look_at_the_clock_is_stopped(store_uri: str) -> None:
    with connect(store_uri, Settings(query_timeout=1)) as store:
        store.execute("UNWIND range(1, 1500) AS n CREATE (:Thing {n: n})")
        store.execute("MATCH (a:Thing), (b:Thing) WHERE b.n IN [a.n + 1, a.n + 7, a.n * 2] CREATE (a)-[:NEXT]->(b)")
        begun = time.monotonic()
        with pytest.raises(QueryTimeoutError, match="EMBARGO_QUERY_TIMEOUT"):
            store.read("MATCH (a:Thing)-[:NEXT*1..12]-(b:Thing) RETURN count(*) AS count")
        assert time.monotonic() - begun < 30
        assert store.read("MATCH (a:Thing {n: 3}) RETURN a.n AS n") == [{"n": 3}]


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("nonsense", "is no store"),
        ("http://localhost:7474", "is no store"),
        ("https://neo4j:hunter2@localhost:7473", "is no store"),
        ("bolt://127.0.0.1:1", r"\(Connection refused\); start one with 'make neo4j'"),
        ("bolt://", "EMBARGO_STORE|cannot use"),
        ("neo4j+s://127.0.0.1:1", r"asks for an encrypted connection"),
        ("bolt://neo4j:hunter2@localhost:7687", "leave them out, and set EMBARGO_STORE_USER"),
        ("bolt://localhost:7687/news", "EMBARGO_STORE_DATABASE=news"),
        ("bolt://localhost:port", "cannot be read: "),
        ("bolt://[::1", "cannot be read: "),
    ],
)
def test_a_store_that_cannot_be_reached_is_explained(uri: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as caught:
        connect(uri)
    assert "hunter2" not in str(caught.value)


def test_a_database_that_is_not_there_is_named(neo4j_uri: str) -> None:
    with pytest.raises(StoreError, match="has no database 'news'; correct EMBARGO_STORE_DATABASE"):
        connect(neo4j_uri, Settings(store_database="news"))


def test_a_wrong_password_is_explained_and_not_repeated(embedded_uri: str) -> None:
    with connect(embedded_uri):
        address = json.loads((embedded_folder(embedded_uri) / "bolt.json").read_text())["uri"]
        settings = Settings(store_user="reader", store_password=SecretStr("hunter2"), store_database="embargo")
        with pytest.raises(StoreError, match="EMBARGO_STORE_PASSWORD") as caught:
            connect(address, settings)
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(settings)


def test_who_may_only_read_is_told_so(embedded_uri: str) -> None:
    with connect(embedded_uri) as store:
        store.execute("CREATE (:Thing {id: 1})")
        access = json.loads((embedded_folder(embedded_uri) / "bolt.json").read_text())
        password = SecretStr(access["reader_password"])
        settings = Settings(store_user="reader", store_password=password, store_database="embargo")
        with connect(access["uri"], settings) as reader:
            assert count(reader) == 1
            with pytest.raises(StoreError, match=r"may only be read .* give a user that may write"):
                reader.execute("CREATE (:Thing {id: 2})")
        assert count(store) == 1


def test_the_default_folder_is_the_users() -> None:
    assert embedded_folder("embedded:").parts[-2:] == ("embargo", "store")
    assert embedded_folder("embedded:~/x") == Path.home() / "x"


def test_another_process_finds_the_owner(embedded_uri: str) -> None:
    owner = holder(embedded_uri)
    try:
        with connect(embedded_uri) as store:
            assert count(store) == 1
            store.execute("CREATE (:Thing {id: 2})")
            assert count(store) == 2
    finally:
        owner.communicate("")
    assert owner.returncode == 0


def test_who_is_connected_becomes_owner_when_the_owner_ends(embedded_uri: str) -> None:
    owner = holder(embedded_uri)
    with connect(embedded_uri) as store:
        assert count(store) == 1
        owner.communicate("")
        assert count(store) == 1
        store.execute("CREATE (:Thing {id: 2})")
        assert count(store) == 2


def test_an_owner_that_was_killed_leaves_a_store_that_opens(embedded_uri: str) -> None:
    owner = holder(embedded_uri)
    with connect(embedded_uri) as store:
        os.kill(owner.pid, signal.SIGKILL)
        owner.wait()
        assert (embedded_folder(embedded_uri) / "bolt.json").exists()
        assert count(store) == 1


@pytest.mark.parametrize("name", ["Thing_0.*.bucket", "dictionary.*", "schema.json", "*"])
def test_a_store_that_is_not_whole_is_refused_until_it_is_put_back(embedded_uri: str, name: str) -> None:
    holder(embedded_uri).communicate("")
    folder = embedded_folder(embedded_uri)
    files = [file for file in folder.glob(f"databases/embargo/{name}") if file.stat().st_size]
    kept = {file: file.read_bytes() for file in files}
    for file in files:
        file.write_bytes(kept[file][:-1])
    for _ in range(2):
        with pytest.raises(StoreError, match=r"is not whole: .*closed \(\d+, such as .*\. Put the whole folder back"):
            connect(embedded_uri)
    for file in files:
        file.unlink()
    with pytest.raises(StoreError, match="is not whole"):
        connect(embedded_uri)
    for file in files:
        file.write_bytes(kept[file])
    with connect(embedded_uri) as store:
        assert count(store) == 1


def test_what_a_version_wrote_that_notes_no_files_is_not_held_against_the_store(embedded_uri: str) -> None:
    holder(embedded_uri).communicate("")
    note = embedded_folder(embedded_uri) / "closed.json"
    longer = json.loads(note.read_text())
    longer["files"] |= {name: size + 1 for name, size in longer["files"].items() if name.startswith("Thing")}
    with connect(embedded_uri) as store:
        assert not note.exists()
        store.execute("CREATE (:Thing {id: 2})")
    note.write_text(json.dumps(longer))
    with connect(embedded_uri) as store:
        assert count(store) == 2


def test_two_stores_of_one_process_share_the_server(embedded_uri: str) -> None:
    one, other = connect(embedded_uri), connect(embedded_uri)
    one.execute("CREATE (:Thing {id: 1})")
    one.close()
    one.close()
    assert count(other) == 1
    other.close()
    with connect(embedded_uri) as again:
        assert count(again) == 1


def test_the_credentials_are_the_users_alone_and_gone_with_the_owner(embedded_uri: str) -> None:
    file = embedded_folder(embedded_uri) / "bolt.json"
    with connect(embedded_uri):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        first = json.loads(file.read_text())
    assert not file.exists()
    with connect(embedded_uri):
        second = json.loads(file.read_text())
    assert first["writer_password"] != second["writer_password"]


def test_the_embedded_engine_is_told_to_flush_at_each_commit(embedded_uri: str) -> None:
    with connect(embedded_uri):
        [file] = embedded_folder(embedded_uri).glob("databases/*/configuration.json")
        kept = file.read_text()
    assert re.search(r"txWalFlush\W+2\b", kept)


def test_the_embedded_server_listens_on_the_loopback_interface_alone(embedded_uri: str) -> None:
    tables = [Path(f"/proc/self/net/{name}") for name in ("tcp", "tcp6")]
    if not all(table.exists() for table in tables):
        pytest.skip("needs the socket tables in /proc")
    with connect(embedded_uri):
        mine = {target for link in Path("/proc/self/fd").iterdir() if (target := _target(link))}
        lines = [line.split() for table in tables for line in table.read_text().splitlines()]
        listening = [line for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in mine]
    assert listening
    assert {line[1].split(":")[0] for line in listening} <= {"0100007F", "0000000000000000FFFF00000100007F"}


def _target(link: Path) -> str | None:
    try:
        return str(link.readlink())
    except FileNotFoundError:
        return None


def test_without_an_engine_neo4j_is_pointed_to(monkeypatch: pytest.MonkeyPatch, embedded_uri: str) -> None:
    for module in embedded.ENGINES.values():
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(StoreError, match="make neo4j"):
        connect(embedded_uri)


def test_an_engine_that_is_not_known_is_refused(embedded_uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBARGO_EMBEDDED_ENGINE", "oracle")
    with pytest.raises(StoreError, match=r"EMBARGO_EMBEDDED_ENGINE: .*arcadedb"):
        connect(embedded_uri)


def test_a_closed_store_says_so(store_uri: str) -> None:
    store = connect(store_uri)
    store.close()
    with pytest.raises((StoreUnavailableError, Exception), match=r"(?i)closed|answers"):
        store.read("RETURN 1")
