"""What an attacker would try on a running service ends in a clear refusal, and the service lives."""

from __future__ import annotations

import gzip
import json
import socket
import statistics
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
import pytest
import zstandard

from api.limits import MOST_MEMBERS
from tests.api.conftest import KEY
from tests.api.process import Service, serving

PATIENCE = 1.0
MANY = 60
JSON = {"Content-Type": "application/json"}
SPARQL = {"Content-Type": "application/sparql-query"}
GZIP, ZSTD = JSON | {"Content-Encoding": "gzip"}, JSON | {"Content-Encoding": "zstd"}
ARTICLE = json.dumps({"text": "Turkey bought S-400 systems from Russia on 12 September 2017."}).encode()
CYPHER = b'{"query": "RETURN 1 AS one"}'
MANY_MEMBERS = b'{"query": "RETURN 1"' + b"".join(b', "%x" : 0' % n for n in range(MOST_MEMBERS)) + b"}"


def gzip_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(megabytes)), packer.flush()])


def zstd_bomb(megabytes: int) -> bytes:
    packer = zstandard.ZstdCompressor().compressobj()
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(megabytes)), packer.flush()])


@pytest.fixture(scope="module")
def service(world: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("attacks"), world, PATIENCE) as running:
        yield running


@dataclass
class Attack:
    """A request, and what it may be answered with."""

    name: str
    path: str
    statuses: tuple[int, ...]
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


def posted(name: str, body: bytes, *statuses: int, path: str = "/v1/extract", **headers: str) -> Attack:
    return Attack(name, path, statuses, "POST", JSON | {k.replace("_", "-"): v for k, v in headers.items()}, body)


ATTACKS = [
    posted("gzip bomb", gzip_bomb(400), 413, Content_Encoding="gzip"),
    posted("zstd bomb", zstd_bomb(4000), 413, Content_Encoding="zstd"),
    posted("bomb in a bomb", gzip.compress(gzip_bomb(100)), 415, Content_Encoding="gzip, gzip"),
    posted("bomb at a query", gzip_bomb(100), 413, path="/v1/cypher", Content_Encoding="gzip"),
    posted("bomb at SPARQL", gzip_bomb(100), 413, path="/sparql", Content_Encoding="gzip"),
    posted("no gzip at all", b"PK\x03\x04", 400, Content_Encoding="gzip"),
    posted("gzip cut off", gzip.compress(ARTICLE)[:-9], 400, Content_Encoding="gzip"),
    posted("no zstd at all", b"\x00" * 64, 400, Content_Encoding="zstd"),
    posted("zstd cut off", zstandard.compress(ARTICLE)[:-1], 400, Content_Encoding="zstd"),
    posted("two zstd, the second cut off", (zstandard.compress(ARTICLE) * 2)[:-1], 400, Content_Encoding="zstd"),
    posted("unknown packing", ARTICLE, 415, Content_Encoding="br"),
    posted("many members", MANY_MEMBERS, 413, path="/v1/cypher"),
    posted("members in UTF-16", '{"query": "RETURN 1"}'.encode("utf-16"), 400, path="/v1/cypher"),
    posted("many members to match", b'{"queries": [' + MANY_MEMBERS + b"]}", 413, path="/v1/match"),
    posted("body too large", b" " * (11 << 20), 413),
    posted("nested JSON", b"[" * 100_000, 400),
    posted("half a surrogate", b'{"text": "\\ud800"}', 422),
    posted("no UTF-8", b'{"text": "\xff\xfe"}', 400, 422),
    posted("huge number", b'{"text": ' + b"9" * 100_000 + b"}", 400),
    posted("file as text", b"text=@/etc/passwd", 422),
    Attack("huge header", "/healthz", (431,), headers={"X-Filler": "x" * 40_000}),
    Attack("vast header", "/healthz", (431,), headers={"X-Filler": "x" * 1_000_000}),
    Attack("very many headers", "/healthz", (431,), headers={f"X-{n}": "x" for n in range(500)}),
    Attack("long address", "/v1/entities?q=" + "a" * 20_000, (414,)),
    Attack("path traversal", "/../../../../etc/passwd", (404,)),
    Attack("path traversal, escaped", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", (404,)),
    Attack("path traversal, twice escaped", "/v1/articles/%252e%252e%252fetc%252fpasswd", (404, 422)),
    Attack("path traversal in an id", "/v1/entities/..%2f..%2f..%2fetc%2fpasswd", (404,)),
    Attack("path traversal, backslashes", "/v1/entities/..%5c..%5cetc%5cpasswd", (404,)),
    Attack("NUL in a path", "/v1/entities/TUR%00.json", (404, 422)),
    Attack("overlong slash", "/v1/entities/%c0%af%c0%af", (404, 422)),
    Attack("newline in a path", "/v1/entities/x%0d%0aSet-Cookie:%20a=b", (404,)),
    Attack("newline in a name", "/v1/claims?subject=x%0a%7B%22level%22%3A%22info%22%7D", (422,)),
    Attack("Cypher in a name", "/v1/claims?subject=TUR%27%7D)%20DETACH%20DELETE%20n%20//", (422,)),
    Attack("Cypher as a parameter's name", "/v1/queries/transfers?a%60%7D)%20DETACH%20DELETE%20n=1", (422,)),
    Attack("right-to-left override", "/v1/entities/%E2%80%AETUR", (404,)),
    Attack("full-width letters", "/v1/cypher", (401, 403, 422), "POST", JSON,
           '{"query": "ＣＲＥＡＴＥ (:Owned)"}'.encode()),
    Attack("long s", "/v1/cypher", (403, 422), "POST", JSON, '{"query": "MATCH (n) ſET n.name = 1"}'.encode()),
    Attack("key with a tab", "/v1/queries", (401,), headers={"X-API-Key": "embargo_\tabc"}),
    Attack("method made up", "/v1/queries", (405,), "OWN"),
    Attack("method override", "/v1/articles", (401,), "POST", JSON | {"X-HTTP-Method-Override": "DELETE"}, ARTICLE),
    Attack("another host", "/v1/cypher", (401,), "POST", JSON | {"Host": "rebound.example"}, CYPHER),
    Attack("forwarded", "/v1/cypher", (401,), "POST", JSON | {"X-Forwarded-For": "127.0.0.1"}, CYPHER),
    Attack("form from another site", "/v1/cypher", (415,), "POST", {"Content-Type": "text/plain"}, CYPHER),
    Attack("URL to fetch", "/sparql?query=ASK%20%7B%7D&default-graph-uri=http%3A//127.0.0.1%3A1/", (200, 503)),
]  # fmt: skip


def test_attacks(service: Service) -> None:
    before = service.memory()
    with httpx.Client(base_url=service.url, timeout=30) as client:
        for attack in ATTACKS:
            response = client.request(attack.method, attack.path, headers=attack.headers, content=attack.body)
            told = (attack.name, response.status_code, response.text[:300])
            assert response.status_code in attack.statuses, told
            if response.status_code >= 400:
                assert response.headers["content-type"] == "application/problem+json", told
                assert response.json()["detail"], told
            assert "root:" not in response.text and "Traceback" not in response.text, told
            assert "set-cookie" not in response.headers, told
            assert service.lives(), told
    assert service.memory() - before < 150 << 20


def said(connection: socket.socket) -> bytes:
    """All that the other side says until it closes."""
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    finally:
        connection.close()
    return received


RAW = {
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00", b"400"),
    "no version": (b"GET /\r\n\r\n", b"400"),
    "header without end": (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 80_000, b"431"),
    "two lengths": (
        b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
        b"400",
    ),
    "length and chunks": (
        b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        b"GET /v1/queries HTTP/1.1\r\nHost: a\r\n\r\n",
        b"400",
    ),
    "negative length": (b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", b"400"),
    "length of Unicode digits": ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ４\r\n\r\nabcd".encode(), b"400"),
    "newline in a header": (b"GET / HTTP/1.1\r\nConnection: close\r\nHost: a\r\nX: a\nSet-Cookie: b\r\n\r\n", b"404"),
    "space before the colon": (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", b"400"),
    "head too slow": (b"GET /healthz HTTP/1.1\r\nX-Slow: ", b"408"),
    "nothing at all": (b"", b"408"),
    "body too slow": (
        b"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
        b"408",
    ),
    "chunks too slow": (b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", b"408"),
}


def test_raw_bytes(service: Service) -> None:
    open_ones = {}
    for name, (sent, _) in RAW.items():
        open_ones[name] = service.connect()
        open_ones[name].sendall(sent)
    for name, (_, status) in RAW.items():
        assert said(open_ones[name]).startswith(b"HTTP/1.1 " + status), name
    assert service.lives()


def test_head_is_get_without_its_body(service: Service) -> None:
    asked = [b"/v1/entities", b"/v1/export/nt", b"/v1/queries/nonsense", b"/healthz"]
    requests = [b"HEAD " + path + b" HTTP/1.1\r\nHost: a\r\n\r\n" for path in asked]
    requests.append(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    connection = service.connect()
    connection.sendall(b"".join(requests))
    *heads, body = said(connection).split(b"\r\n\r\n")
    assert [head.split()[1] for head in heads] == [b"200", b"200", b"404", b"200", b"200"]
    assert all(head.startswith(b"HTTP/1.1 ") for head in heads), "no body stands between them"
    assert body == b'{"status":"ok"}'


HEAVY = [
    b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?d && ?d != ?g) }",
    b"SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
]


def test_quick_questions_beside_heavy_ones(service: Service) -> None:
    """Beside 20 that would compute for ever ASK is answered within a second, as a rule."""
    seconds = []
    with httpx.Client(base_url=service.url, timeout=60, headers=SPARQL) as client, ThreadPoolExecutor(20) as threads:
        assert client.post("/sparql", content=b"ASK {}").status_code == 200
        heavy = [threads.submit(client.post, "/sparql", content=HEAVY[n % 2]) for n in range(20)]
        while not all(one.done() for one in heavy):
            begun = time.monotonic()
            assert client.post("/sparql", content=b"ASK {}").json()["boolean"] is True
            seconds.append(time.monotonic() - begun)
        for one in heavy:
            assert one.result().status_code == 503
            assert one.result().headers["retry-after"]
    assert statistics.median(seconds) < 1
    assert max(seconds) < 10, "none waits until a heavy one is cut off"


def test_slow_loris(service: Service) -> None:
    """Many that send a byte now and then are cut off by and by, and meanwhile others are answered at once."""
    slow = [service.connect() for _ in range(MANY)]
    for connection in slow:
        connection.sendall(b"GET /healthz HTTP/1.1\r\n")
    begun = time.monotonic()
    for connection in slow:
        connection.sendall(b"X-Slow: ")
        if connection is slow[MANY // 2]:
            assert service.lives()
    for connection in slow:
        assert b" 408 " in said(connection)
    assert time.monotonic() - begun < 5 * PATIENCE


def test_who_does_not_read_is_cut_off(service: Service) -> None:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", service.port))
    connection.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n" * 100)
    size = len(httpx.get(f"{service.url}/openapi.json").content)
    time.sleep(2 * PATIENCE)
    assert len(said(connection)) < 100 * size
    assert service.lives()


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("zstd", zstandard.compress)])
def test_an_honest_body_may_be_compressed(service: Service, encoding: str, pack: object) -> None:
    assert callable(pack)
    headers = JSON | {"Content-Encoding": encoding, "X-API-Key": KEY}
    response = httpx.post(f"{service.url}/v1/extract", content=pack(ARTICLE), headers=headers, timeout=60)
    assert response.status_code == 200
    assert response.json()["claims"][0]["predicate"] == "purchases"
