"""Cypher of a caller's own: it reads, within limits, and no trick makes it write."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from api.settings import ApiSettings
from api.slots import SLOTS
from graph.store import connect
from tests.api.conftest import KEY

LOCAL = "http://127.0.0.1:8000"
BOUGHT = "MATCH (c:Country {id: $buyer})-[r:PURCHASES]->(w) RETURN w.name AS weapon, r.since AS since"


@pytest.fixture(scope="module")
def local(world: str) -> Iterator[TestClient]:
    """The service as somebody at this machine reaches it."""
    with TestClient(create_app(ApiSettings(store=world, query_timeout=60)), base_url=LOCAL) as opened:
        yield opened


@pytest.fixture(scope="module")
def hurried(world: str) -> Iterator[TestClient]:
    """The same, with little time for a query."""
    with TestClient(create_app(ApiSettings(store=world, query_timeout=2)), base_url=LOCAL) as opened:
        yield opened


def nested(deep: int) -> list[object]:
    return [nested(deep - 1)] if deep else []


def ask(client: TestClient, query: str, status: int = 200, **more: object) -> Response:
    response = client.post("/v1/cypher", json={"query": query} | more)
    assert response.status_code == status, response.text
    if status >= 400:
        assert response.headers["content-type"] == "application/problem+json"
    return response


def rows(client: TestClient, query: str, **more: object) -> list[list[object]]:
    answer = ask(client, query, **more).json()
    return [[item[column] for column in answer["columns"]] for item in answer["items"]]


def everything(world: str) -> list[dict[str, object]]:
    with connect(world) as store:
        nodes = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties, n.id AS id ORDER BY id")
        links = store.read("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS count ORDER BY type")
    return nodes + links


def test_rows_by_parameter(local: TestClient) -> None:
    answer = ask(local, BOUGHT, parameters={"buyer": "TUR"}).json()
    assert answer == {
        "columns": ["weapon", "since"], "items": [{"weapon": "S-400", "since": "2017-09-12"}], "truncated": False,
        "hint": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        (
            "MATCH (a)-[:SANCTION]->(b) RETURN a.name",
            "the graph has no relationship type SANCTION, SANCTIONS may be meant",
        ),
        ("MATCH (c:Claims) RETURN c.id", "the graph has no label Claims, Claim may be meant"),
        (
            "MATCH (c:Claim) WHERE c.stages = 'agreed' RETURN c.id",
            "the graph has no property stages of Claim, stage may be meant",
        ),
        (
            "MATCH (c:Country {iso3: 'TUR'})-[:IMPORTED]->(w) RETURN w.name",
            "the graph has no relationship type IMPORTED; the graph has no property iso3 of Country, iso2 may be meant",
        ),
        ("OPTIONAL MATCH (c:Claims) RETURN count(*), c.id", "the graph has no label Claims, Claim may be meant"),
        ("MATCH (c:Claim {topic: 'the weather'}) RETURN c.id", None),
        ("UNWIND [{name: 'Oz', risk: 3}] AS row MATCH (c:Country {name: row.name}) RETURN row.risk", None),
        ("MATCH (a)-[r]->(b {id: 'nobody'}) WHERE r:SANCTIONS RETURN [x IN labels(a) WHERE a:Person | x]", None),
        ("OPTIONAL MATCH (c:Claims) RETURN count(c) AS number", None),
    ],
)
def test_an_empty_answer_tells_of_words_that_the_graph_does_not_have(
    local: TestClient, query: str, hint: str | None
) -> None:
    answer = ask(local, query).json()
    assert answer["hint"] == hint and (answer["items"] == []) is ("count" not in query)


def test_a_hint_as_csv_is_one_line_of_ascii(local: TestClient) -> None:
    body = {"query": "MATCH (c:`Clàims\nX-Evil: 1`) RETURN c.id"}
    told = local.post("/v1/cypher?format=csv", json=body).headers
    assert told["x-hint"].startswith("the graph has no label Claims X-Evil") and "x-evil" not in told


def test_csv(local: TestClient) -> None:
    body = {"query": "MATCH (c:Country) RETURN c.id AS id ORDER BY id", "limit": 2}
    for response in (
        local.post("/v1/cypher", json=body, headers={"Accept": "text/csv"}),
        local.post("/v1/cypher?format=csv", json=body),
    ):
        assert response.headers["content-type"] == "text/csv; charset=utf-8"
        assert response.headers["x-truncated"] == "true"
        assert len(list(csv.DictReader(io.StringIO(response.text)))) == 2


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1 / 2.0", 0.5),
        ("null", None),
        ("[1, 'a', {b: true}]", [1, "a", {"b": True}]),
        ("date('2020-02-29')", "2020-02-29"),
        ("duration('P1DT2H')", "P1DT2H"),
        ("point({x: 1.0, y: 2.0})", [1.0, 2.0]),
        ("'// no /* comment'", "// no /* comment"),
        ("'it\\'s; CREATE'", "it's; CREATE"),
        ("{`set`: 1}.set", 1),
        ("'\\u00e9'", "é"),
    ],
)
def test_values(local: TestClient, value: str, shown: object) -> None:
    assert rows(local, f"RETURN {value} AS value") == [[shown]]


def test_nodes_and_paths_show_what_they_are(local: TestClient) -> None:
    [[node, path]] = rows(local, "MATCH p = (a:Country {id: 'TUR'})-[r:PURCHASES]->(:Weapon) RETURN a, p LIMIT 1")
    assert isinstance(node, dict) and isinstance(path, list)
    assert (node["labels"], node["properties"]["name"]) == (["Actor", "Country"], "Turkey")
    assert [sorted(step) for step in path] == [
        ["labels", "properties"],
        ["properties", "type"],
        ["labels", "properties"],
    ]


def test_more_rows_than_the_limit_are_told(local: TestClient) -> None:
    query = "UNWIND range(1, 5000) AS n RETURN n"
    for limit, count, truncated in ((10, 10, True), (5000, 5000, False), (4999, 4999, True)):
        answer = ask(local, query, limit=limit).json()
        assert (len(answer["items"]), answer["truncated"]) == (count, truncated)


def test_more_bytes_than_allowed_are_told(local: TestClient) -> None:
    answer = ask(
        local, "UNWIND range(1, 2000) AS n RETURN $text AS text", parameters={"text": "x" * 10_000}, limit=2000
    )
    assert answer.json()["truncated"] is True
    assert 9_000_000 < len(answer.content) < 11_000_000


TRICKS = [
    "CREATE (:Owned)",
    "create (:Owned)",
    "CrEaTe (:Owned) RETURN 1",
    "MATCH (n:Country) SET n.name = 'Owned'",
    "MATCH (n:Country) SET n:Owned RETURN n",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MERGE (:Owned {id: 1})",
    "MATCH (n) MERGE (n)-[:OWNS]->(n) RETURN n",
    "INSERT (:Owned)",
    "FOREACH (x IN [1] | CREATE (:Owned))",
    "UNWIND [1] AS x FOREACH (y IN [x] | MERGE (:Owned {id: y}))",
    "RETURN 1 AS one UNION CREATE (n:Owned) RETURN 1 AS one",
    "CALL { CREATE (:Owned) } RETURN 1",
    "CALL () { CREATE (:Owned) } RETURN 1",
    "MATCH (n) CALL { WITH n DELETE n } RETURN 1",
    "CALL { MATCH (n) DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS",
    "MATCH (n) CALL (n) { SET n.name = 'Owned' } IN CONCURRENT TRANSACTIONS RETURN 1",
    "RETURN EXISTS { CREATE (:Owned) }",
    "RETURN COUNT { MATCH (n) SET n.name = 'Owned' RETURN n }",
    "RETURN COLLECT { MATCH (n) DELETE n RETURN 1 }",
    "/* MATCH (n) RETURN n */ CREATE (:Owned)",
    "// harmless\nCREATE (:Owned)",
    "// harmless\rCREATE (:Owned)",
    "// harmless\u2028CREATE (:Owned)",
    "MATCH (n) /* ' */ SET /* ' */ n.name = 'Owned'",
    "RETURN 1 // '\n CREATE (:Owned) //'",
    "RETURN 'a' /* */ CREATE (:Owned) // 'b'",
    "\\u0043REATE (:Owned)",
    "\\uuu0043REATE (:Owned)",
    "MATCH (n) \\u0053ET n.name = 'Owned'",
    "MATCH (n) WHERE n.name = '\\u0027 SET n.name = \\u0027Owned' RETURN n",
    "RETURN '\\\\u0027 CREATE (:Owned) //'",
    "RETURN 1 //\\u000A CREATE (:Owned)",
    "MATCH (n) WHERE 2 > 1.CREATE (:Owned)",
    "MATCH (n) ſET n.name = 'Owned'",
    "RETURN 1; CREATE (:Owned)",
    "; CREATE (:Owned)",
    "EXPLAIN CREATE (:Owned)",
    "PROFILE CREATE (:Owned)",
    "PROFILE MATCH (n) SET n.name = 'Owned' RETURN n",
    "CYPHER 5 CREATE (:Owned)",
    "CYPHER runtime=interpreted CREATE (:Owned)",
    "CREATE INDEX FOR (n:Owned) ON (n.id)",
    "CREATE CONSTRAINT FOR (n:Owned) REQUIRE n.id IS UNIQUE",
    "DROP CONSTRAINT key_country",
    "CREATE USER owned SET PASSWORD 'owned-owned'",
    "ALTER CURRENT USER SET PASSWORD FROM '' TO 'owned-owned'",
    "DROP DATABASE neo4j",
    "STOP DATABASE neo4j",
    "GRANT ROLE admin TO reader",
    "SHOW USERS",
    "SHOW SETTINGS YIELD *",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system SHOW USERS",
    "CALL { USE system RETURN 1 AS x } RETURN x",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "WITH 1 AS x LOAD CSV FROM 'http://127.0.0.1:1/' AS line RETURN line",
    "LOAD/**/CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CALL db.createLabel('Owned')",
    "CALL db.createProperty('owned')",
    "CALL `db`.`createLabel`('Owned')",
    "CALL /* */ db /* */ . /* */ createLabel('Owned')",
    "CALL db.index.fulltext.createNodeIndex('owned', ['Owned'], ['id'])",
    "CALL db.awaitIndexes()",
    "CALL db.clearQueryCaches()",
    "CALL dbms.setConfigValue('db.logs.query.enabled', 'off')",
    "CALL dbms.listConfig()",
    "CALL dbms.security.createUser('owned', 'owned')",
    "CALL tx.setMetaData({a: 1})",
    "CALL apoc.cypher.doIt('CREATE (:Owned)', {})",
    "CALL apoc.load.json('http://127.0.0.1:1/')",
    "MATCH (n) OPTIONAL CALL apoc.create.node(['Owned'], {}) YIELD node RETURN node",
    "RETURN apoc.cypher.runFirstColumnSingle('MATCH (n) RETURN n', {})",
    "RETURN `apoc`.`util`.`md5`(['a'])",
    "RETURN `apoc.util.md5`(['a'])",
    "SELECT FROM Country",
    "DELETE FROM Country",
    "RETURN '" + "x" * 20_000 + "'",
    "RETURN " + "(" * 3000 + "1" + ")" * 3000,
    "RETURN 'not closed",
    "MATCH (n) RETURN n /* not closed",
    "MATCH (n`) RETURN n",
    "RETURN 1)",
    "// nothing",
]  # fmt: skip


@pytest.mark.parametrize("world", ["embedded", "neo4j"], indirect=True, scope="session")
def test_no_trick_writes(local: TestClient, world: str) -> None:
    before = everything(world)
    for trick in TRICKS:
        response = local.post("/v1/cypher", json={"query": trick})
        assert response.status_code in (403, 422), (trick, response.text)
        assert response.headers["content-type"] == "application/problem+json", trick
        assert response.json()["detail"], trick
    assert everything(world) == before


WRITES = [
    "CREATE (:Owned) RETURN 1 AS one",
    "MATCH (n:Country) SET n.name = 'Owned' RETURN n",
    "MATCH (n) DETACH DELETE n",
    "CALL { CREATE (:Owned) } RETURN 1 AS one",
]


@pytest.mark.parametrize("wall", ["the engine's judgement", "the account"])
def test_each_wall_stands_alone(local: TestClient, world: str, wall: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the first wall the second stops a write, and without both the third does."""
    import queries.own

    before = everything(world)
    monkeypatch.setattr(queries.own, "checked", lambda text: text)
    if wall == "the account":
        monkeypatch.setattr(queries.own, "_kind", lambda result: result.consume() and "r")
    for query in WRITES:
        ask(local, query, 403)
    assert everything(world) == before


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"query": "RETURN foo("}, 422, "refuses"),
        ({"query": "RETURN nothing"}, 422, "nothing"),
        ({"query": "RETURN $missing AS x"}, 422, "missing"),
        ({"query": "MATCH (n RETURN n"}, 422, "RETURN"),
        ({"query": "RETURN 1)"}, 403, "partner"),
        ({"query": "RETURN $x AS x", "parameters": {"x": 2**70}}, 422, "parameter"),
        ({"query": "RETURN $x AS x", "parameters": {"x": nested(300)}}, 422, "nested more than 64"),
        ({"query": "WITH [1] AS x " + "WITH [x] AS x " * 300 + "RETURN x"}, 422, "nested more than 64"),
        ({"query": "RETURN date('+999999999-01-01') AS day"}, 422, "toString()"),
        ({"query": "RETURN 1 AS x", "limit": 0}, 422, "limit"),
        ({"query": "RETURN 1 AS x", "limit": 10_001}, 422, "limit"),
        ({"query": "RETURN 1 AS x", "colour": "red"}, 422, "colour"),
        ({"query": ""}, 422, "query"),
        ({}, 422, "query"),
    ],
)
def test_mistakes_are_explained(local: TestClient, body: dict[str, object], status: int, words: str) -> None:
    response = local.post("/v1/cypher", json=body)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert words in response.text


def test_a_surrogate_in_a_parameter(local: TestClient) -> None:
    body = b'{"query": "RETURN $x AS x", "parameters": {"x": "\\ud800"}}'
    response = local.post("/v1/cypher", content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


SLOW = [
    "MATCH (a), (b), (c), (d), (e) WHERE a.id + b.id + c.id + d.id = e.id RETURN count(*) AS n",
    "UNWIND range(1, 9000) AS x UNWIND range(1, 9000) AS y UNWIND range(1, 9000) AS z RETURN sum(x * y * z) AS n",
    "MATCH (a)-[*1..40]-(b) RETURN count(*) AS n",
    "MATCH way = (a)-[*1..20]-(b) WHERE length(way) = 1 AND a:Outlet RETURN way",
    "UNWIND range(1, 9000) AS x UNWIND range(1, 9000) AS y UNWIND range(1, 9000) AS z RETURN collect(x) AS n",
]


@pytest.mark.parametrize("query", SLOW)
def test_slow_queries_are_stopped_and_the_service_lives(hurried: TestClient, query: str) -> None:
    assert ask(hurried, query, 503).json()["detail"]
    assert rows(hurried, "RETURN 1 AS one") == [[1]]


def test_slow_queries_in_all_slots_keep_nobody_else_waiting(world: str) -> None:
    app = create_app(ApiSettings(store=world, query_timeout=8))
    with TestClient(app, base_url=LOCAL) as client, ThreadPoolExecutor(SLOTS) as threads:
        assert client.get("/v1/entities/TUR").status_code == 200
        slow = [threads.submit(client.post, "/v1/cypher", json={"query": SLOW[1]}) for _ in range(SLOTS)]
        for _ in range(3):
            assert client.get("/v1/entities/TUR", headers={"Cache-Control": "no-cache"}).status_code == 200
        assert not any(one.done() for one in slow)
        assert {one.result().status_code for one in slow} == {503}


def test_a_row_is_not_taken_whole_however_large_it_is(local: TestClient) -> None:
    """Maps of maps: a few words of Cypher, millions of objects in an answer."""
    grown = "WITH {a: 1} AS m " + "WITH {a: m, b: m} AS m " * 21 + "RETURN m"
    assert "one row has more than 10 MiB" in ask(local, grown, 422).json()["detail"]
    ask(local, grown.replace("RETURN", "UNWIND range(1, 20) AS n RETURN n,"), 422)
    assert rows(local, "RETURN 1 AS one") == [[1]]


@pytest.mark.parametrize(
    "query",
    [
        "RETURN reduce(s = 'a', x IN range(1, 60) | s + s) AS s",
        "RETURN [x IN [1] | [y IN [1] | any(z IN [1] WHERE z = y)]] AS n",
        "UNWIND range(1, 2000000000) AS n RETURN [x IN [1] | all(y IN [1] WHERE none(z IN [1] WHERE z = y))] AS n",
        "RETURN size([x IN range(1, 10000) | size([y IN range(1, 10000) | x * y])]) AS n",
        "RETURN [x IN range(1, 10000) | {a: [y IN range(1, 10000) WHERE y > x]}] AS n",
        "WITH range(1, 10000) AS r RETURN all(x IN r WHERE NOT any(y IN r WHERE y = -x)) AS n",
        "MATCH (a) RETURN [x IN range(1, 10000) | size([(a)--(b)--(c) | b])] AS n",
        f"WITH range(1, 10000) AS r RETURN [x IN r | any(y IN [{', '.join(['1'] * 21)}] + r WHERE y = x)] AS n",
        f"WITH range(1, 10000) AS r RETURN [x IN r | any(y IN [{', '.join(['1'] * 21)}] WHERE y = x)] AS n",
        "WITH range(1, 10000) AS r RETURN [x IN r | any(y IN [1] + r WHERE y = x)] AS n",
        "WITH range(1, 10000) AS r RETURN [x IN r | any(y IN [z IN r | z] WHERE y = x)] AS n",
        "MATCH (a) RETURN [(a)--(b)<--(c)-[:SUBJECT]-(d) | b] AS n",
        "MATCH (a) RETURN [(a)-[*]-(b) | b] AS n",
        "MATCH (a) RETURN size([way = (a)<-[:BASED_IN*0..90]-(b) | b]) AS n",
    ],
)
def test_what_could_not_be_stopped_is_refused(local: TestClient, query: str) -> None:
    ask(local, query, 403)


def test_loops_that_end_soon_are_no_trick(local: TestClient) -> None:
    query = "MATCH (c:Country {id: 'TUR'}) RETURN [x IN [y IN [3, 1] | y * 2] WHERE x IN [2] | x] AS n, (1)-(2) AS m"
    assert rows(local, query) == [[[2], -1]]
    ask(local, "MATCH (c:Country {id: 'TUR'}) RETURN [(c)<--(e)-[:CLAIM]->(d) WHERE d.id IN ['x'] | d.id] AS n")
    of_a_kind = "[(c)--(d) WHERE any(l IN labels(d) WHERE l = 'Episode') | d.id]"
    ask(local, f"MATCH (c:Country {{id: 'TUR'}}) RETURN {of_a_kind} AS n")
    ask(local, "MATCH (c:Claim) RETURN [x IN collect(c.id) WHERE any(s IN ['a', 'b'] WHERE x STARTS WITH s)] AS n")


@pytest.mark.parametrize(
    ("host", "address", "name", "status"),
    [
        ("127.0.0.1", "127.0.0.1", "localhost", 200),
        ("::1", "::1", "[::1]", 200),
        ("localhost", "127.0.0.1", "127.0.0.1", 200),
        ("0.0.0.0", "127.0.0.1", "127.0.0.1", 401),
        ("127.0.0.1", "192.0.2.7", "localhost", 401),
        ("127.0.0.1", "127.0.0.1", "rebound.example", 401),
    ],
)
def test_without_a_key_from_this_machine_only(world: str, host: str, address: str, name: str, status: int) -> None:
    shown = f"[{address}]" if ":" in address else address
    with TestClient(create_app(ApiSettings(store=world, host=host)), base_url=f"http://{shown}:8000") as app:
        body = {"query": "RETURN 1 AS one"}
        assert app.post("/v1/cypher", json=body, headers={"Host": f"{name}:8000"}).status_code == status
        keyed = app.post("/v1/cypher", json=body, headers={"Host": f"{name}:8000", "X-API-Key": KEY})
        assert keyed.status_code == 200


def test_without_a_key_others_are_told_how_to_make_one(client: TestClient) -> None:
    assert "embargo keys make" in ask(client, "RETURN 1 AS one", 401).json()["detail"]
