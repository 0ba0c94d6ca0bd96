"""The MCP server, asked by the SDK's own client: in a process over stdio, and over HTTP."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
import uvicorn
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import INVALID_PARAMS

from api.app import create_app
from api.keys import KeyRing
from api.mcp.answers import MOST_CHARACTERS, NOTE, answer
from api.mcp.refusals import LARGEST
from api.settings import ApiSettings
from dev.neo4j_server import free_port

TOOLS = {
    "search_entities", "get_entity", "find_claims", "tell_story", "find_paths", "list_queries", "run_query",
    "describe_graph", "ask_cypher",
}  # fmt: skip
Ask = Callable[[Client], Awaitable[Any]]


@contextmanager
def served(settings: ApiSettings) -> Iterator[str]:
    """The service on a port of its own."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.05)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def address(world: str) -> Iterator[str]:
    with served(ApiSettings(store=world)) as url:
        yield url


@pytest.fixture(scope="module", params=["stdio", "http"])
def client(request: pytest.FixtureRequest, world: str, address: str) -> Callable[[], Client]:
    command = StdioServerParameters(command=sys.executable, args=["-m", "cli", "mcp", "--store", world])
    return lambda: Client(command if request.param == "stdio" else address)


def asked(client: Client, ask: Ask) -> Any:
    """What comes of asking in one session."""

    async def session() -> Any:
        async with client as opened:
            return await ask(opened)

    return anyio.run(session)


def rows(result: Any) -> list[dict[str, Any]]:
    assert not result.is_error, result.content
    assert result.structured_content["note"] == NOTE
    found: list[dict[str, Any]] = result.structured_content["items"]
    return found


def test_a_session_over_either_transport(client: Callable[[], Client]) -> None:
    """One session, since each begins a process: every tool once, then the resources."""

    async def ask(session: Client) -> None:
        tools = (await session.list_tools()).tools
        assert {tool.name for tool in tools} == TOOLS
        assert all(tool.annotations and tool.annotations.read_only_hint and tool.description for tool in tools)
        assert not any(tool.input_schema["additionalProperties"] or "\n  " in tool.description for tool in tools)

        [found] = rows(await session.call_tool("search_entities", {"text": "SA-21", "limit": 1}))
        assert (found["id"], found["matched"]["how"]) == ("s-400", "alias")
        [turkey] = rows(await session.call_tool("get_entity", {"entity": "Türkiye"}))
        assert (turkey["id"], turkey["facts"]["SANCTIONS"]) == ("TUR", 3)

        claims = rows(await session.call_tool("find_claims", {"subject": "Iran", "object": "Shahed-136"}))
        assert [(claim["assertion"], claim["says"]) for claim in claims] == [
            ("asserted", "Iran supplied the Shahed-136 to Russia"),
            ("denied", "Iran supplied the Shahed-136 to Russia"),
            ("alleged", "Iran was supplying the Shahed-136 to Russia"),
        ]
        assert all(claim["quotes"] and claim["url"].startswith("https://") for claim in claims)

        story = (await session.call_tool("tell_story", {"a": "USA", "b": "Turkey", "until": "2018"})).content[0].text
        assert story.startswith(NOTE) and "2 November 2018" in story and "https://alpha.example/pastor-lifted" in story

        [path] = rows(await session.call_tool("find_paths", {"a": "France", "b": "Egypt", "most_steps": 1}))
        assert path["edges"] == ["(FRA)-[ARMS]->(EGY)"] and path["claims"]

        names = [row["name"] for row in rows(await session.call_tool("list_queries", {}))]
        assert {"transfers", "evidence"} <= set(names)
        [query] = rows(await session.call_tool("list_queries", {"name": "transfers"}))
        assert {"recipient", "known_on"} <= {parameter["name"] for parameter in query["parameters"]}
        result = await session.call_tool("run_query", {"name": "transfers", "parameters": {"recipient": "India"}})
        [deal] = rows(result)
        evidence = {"name": "evidence", "parameters": {"episode": deal["episode"]}}
        assert all(row["quote"] for row in rows(await session.call_tool("run_query", evidence)))

        model = (await session.call_tool("describe_graph", {})).content[0].text
        assert "SANCTIONS" in model
        cypher = {"query": "MATCH (c:Country {id: $id}) RETURN c.name AS name", "parameters": {"id": "TUR"}}
        assert rows(await session.call_tool("ask_cypher", cypher)) == [{"name": "Turkey"}]
        misspelt = await session.call_tool("ask_cypher", {"query": "MATCH (c:Country)-[:SANCTION]->(d) RETURN d.name"})
        assert "SANCTIONS may be meant" in misspelt.content[0].text

        docs = {str(resource.uri) for resource in (await session.list_resources()).resources}
        assert docs == {"embargo://docs/graph", "embargo://docs/queries"}
        assert "# The graph" in (await session.read_resource("embargo://docs/graph")).contents[0].text
        entity = json.loads((await session.read_resource("embargo://entity/class/fighter-aircraft")).contents[0].text)
        assert entity["name"] == "fighter aircraft"
        article = json.loads(
            (await session.read_resource(f"embargo://article/{claims[0]['article']}")).contents[0].text
        )
        assert (article["note"], article["truncated"]) == (NOTE, False)
        assert claims[0]["quotes"][0] in article["quoted"]["text"]

    asked(client(), ask)


def test_what_is_wrong_is_told_to_the_model(address: str) -> None:
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("get_entity", {"entity": "Atlantis"}, "nothing is known under 'Atlantis'"),
        ("get_entity", {"entity": "Georgia"}, "give the id"),
        ("run_query", {"name": "weather"}, "there is no query 'weather'"),
        ("run_query", {"name": "transfers", "parameters": {"colour": "red"}}, "this query does not take it"),
        ("run_query", {"name": "transfers", "parameters": {"limit": 3}}, "beside 'parameters'"),
        ("find_claims", {"after": "0123456789abcdef0123"}, "no claim has the id"),
        ("find_claims", {"predicate": "bakes"}, "predicate: Input should be 'purchases', 'receives'"),
        ("find_claims", {"entity": "Turkey", "weapon": "S-400"}, "weapon: is no field here"),
        ("find_claims", {"since": "2020", "until": "2019"}, "'until': 2019-12-31 is before 'since', 2020-01-01"),
        ("find_claims", {"since": "soon"}, "parameter 'since': 'soon' is no date"),
        ("find_claims", {"subject": "Atlantis"}, "parameter 'subject': nothing is known under 'Atlantis'"),
        ("find_claims", {"limit": 0, "stage": "done"}, "limit: Input should be greater than or equal to 1"),
        ("tell_story", {}, "a: Field required"),
        ("tell_story", {"a": "Turkey", "at": "someday"}, "no date of the form"),
        ("tell_story", {"a": "Turkey", "until": "2019-02-30"}, "'until': '2019-02-30' is not in the calendar"),
        ("search_entities", {"text": "x", "limit": 1000}, "limit: "),
        ("ask_cypher", {"query": "MATCH (n) DETACH DELETE n"}, "where the graph is only read"),
        ("ask_cypher", {"query": "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"}, "not with LOAD"),
        ("ask_cypher", {"query": "MATCH (n RETURN n"}, "the store refuses the query"),
    ]

    async def ask(session: Client) -> list[Any]:
        return [await session.call_tool(name, arguments) for name, arguments, _ in cases]

    for (name, arguments, words), result in zip(cases, asked(Client(address), ask), strict=True):
        assert result.is_error and words in result.content[0].text, (name, arguments, result.content)
        assert "pydantic" not in result.content[0].text and "'from'" not in result.content[0].text


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("embargo://entity/atlantis", "no entity has the id 'atlantis'"),
        ("embargo://article/0123456789abcdef", "no article has the id '0123456789abcdef'"),
        ("embargo://docs/weather", "embargo://docs/weather"),
    ],
)
def test_a_resource_that_is_not_there_is_no_fault_of_the_service(address: str, uri: str, words: str) -> None:
    async def ask(session: Client) -> None:
        with pytest.raises(MCPError) as told:
            await session.read_resource(uri)
        assert (told.value.error.code, words in told.value.error.message) == (INVALID_PARAMS, True)

    asked(Client(address), ask)


def test_answers_are_small(address: str) -> None:
    async def ask(session: Client) -> list[Any]:
        cypher = {"query": "MATCH (c:Claim) RETURN c.id AS id, c.quotes AS quotes", "limit": 5}
        return [
            await session.call_tool("find_claims", {"limit": 3}),
            await session.call_tool("ask_cypher", cypher),
            await session.call_tool("tell_story", {"a": "Turkey", "steps": 2}),
            await session.call_tool("ask_cypher", {"query": "MATCH (n) RETURN n ORDER BY n.id", "limit": 100}),
        ]

    claims, cypher, story, many = asked(Client(address), ask)
    for found in (claims, cypher, many):
        assert json.loads(found.content[0].text) == found.structured_content
        assert len(found.content[0].text) <= MOST_CHARACTERS
    assert all(found.structured_content["truncated"] for found in (claims, cypher))
    assert (len(rows(claims)), len(rows(cypher))) == (3, 5)
    text = story.content[0].text
    assert "cut at the limit" in text and text.count("\n- **") == 2
    assert text.count("[^2]: ") <= 1 and "[^3]: " not in text.replace("[^1]", "")


@pytest.mark.parametrize("narrowed", [{}, {"entity": "Turkey"}])
def test_a_truncated_answer_goes_on(address: str, narrowed: dict[str, str]) -> None:
    """Every claim and every row once, however small the answers are."""

    async def ask(session: Client) -> tuple[list[list[str]], list[list[str]]]:
        claims: list[str] = []
        rest: dict[str, str] = {}
        while True:
            found = await session.call_tool("find_claims", narrowed | rest | {"limit": 3})
            claims += [row["id"] for row in rows(found)]
            if not found.structured_content["truncated"]:
                break
            rest = {"after": claims[-1]}
        at_once = await session.call_tool("find_claims", narrowed | {"limit": 100})
        assert not at_once.structured_content["truncated"]

        deals: list[str] = []
        while True:
            asked = {"name": "transfers", "parameters": {"offset": len(deals)}, "limit": 2}
            found = await session.call_tool("run_query", asked)
            deals += [row["episode"] for row in rows(found)]
            if not found.structured_content["truncated"]:
                break
        all_deals = await session.call_tool("run_query", {"name": "transfers", "limit": 100})
        return [claims, [row["id"] for row in rows(at_once)]], [deals, [row["episode"] for row in rows(all_deals)]]

    for paged, whole in asked(Client(address), ask):
        assert paged == whole
        assert len(set(paged)) > 3


def test_the_page_names_every_tool() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "mcp.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)`", page, re.M)) == TOOLS
    assert all(json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.S))


def test_an_answer_holds_only_so_much() -> None:
    found = answer({"text": "x" * 3000, "none": None} for _ in range(100))
    assert found.truncated and MOST_CHARACTERS - 3000 < len(found.model_dump_json()) <= MOST_CHARACTERS
    assert set(found.items[0]) == {"text"} and found.items[0]["text"].endswith("[cut]")


@pytest.fixture(scope="module")
def guarded(world: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A service that others than this machine may reach, and its keys by scope."""
    file: Path = tmp_path_factory.mktemp("keys") / "keys.json"
    ring = KeyRing(file)
    keys = {scope: ring.make(scope, [scope])[1] for scope in ("read", "cypher")}
    with served(ApiSettings(store=world, host="0.0.0.0", keys=file)) as url:
        yield url, keys


@pytest.mark.parametrize(("scope", "may"), [(None, False), ("read", False), ("cypher", True)])
def test_cypher_needs_a_key_where_others_can_ask(
    guarded: tuple[str, dict[str, str]], scope: str | None, may: bool
) -> None:
    url, keys = guarded
    headers = {"X-API-Key": keys[scope]} if scope else {}

    @asynccontextmanager
    async def transport() -> AsyncIterator[Any]:
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            streamable_http_client(url, http_client=http) as streams,
        ):
            yield streams

    async def ask(session: Client) -> tuple[Any, Any]:
        return (
            await session.call_tool("ask_cypher", {"query": "RETURN 1 AS one"}),
            await session.call_tool("search_entities", {"text": "Turkey"}),
        )

    opened: AbstractAsyncContextManager[Any] = transport()
    cypher, search = asked(Client(opened), ask)
    assert rows(search)
    if may:
        assert rows(cypher) == [{"one": 1}]
    else:
        assert cypher.is_error and "only with a key of the scope 'cypher'" in cypher.content[0].text


def test_a_page_of_another_site_gets_nothing(address: str) -> None:
    """A name that was made to lead here, or another site's page, is refused before any tool."""
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream"}
    refusals: list[tuple[int, dict[str, str], dict[str, Any]]] = [
        (421, {"Host": "evil.example"}, {"json": body}),
        (403, {"Origin": "https://evil.example"}, {"json": body}),
        (400, {"Content-Type": "text/plain"}, {"content": b"{}"}),
        (413, {"Content-Type": "application/json"}, {"content": b" " * (LARGEST + 1)}),
    ]
    with httpx2.Client() as http:
        for status, more, sent in refusals:
            told = http.post(address, headers=headers | more, **sent)
            assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
            assert told.json()["detail"]
        assert http.get(address, headers=headers).status_code == 405  # no stream stays open for nothing
