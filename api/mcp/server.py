"""The MCP server: the tools, and entities, articles and pages of documentation as resources."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from inspect import getdoc
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import ValidationError
from starlette.routing import Route

from api import wrong
from api.access import is_loopback
from api.mcp.answers import LONGEST_ARTICLE, NOTE, Answer
from api.mcp.refusals import LARGEST, Refusals
from api.mcp.tools import Tools
from api.problems import ProblemError
from api.routers.articles import read_article
from api.routers.entities import one_entity
from api.slots import Slots
from graph.docs import page as model_page
from graph.store import Store
from queries.docs import page as queries_page

PATH = "/mcp"
INSTRUCTIONS = f"""\
A knowledge graph of states, companies, armed groups, weapons and sanctions, read out of news articles. It keeps what
was said (claims) apart from what happened (episodes) and what is established (facts): a threat, plan, rumour or denial
is no fact. Mind `stage`, `assertion`, `certainty` and `support` (independent sources). What is left out is unknown,
never no. Begin with search_entities, tell_story or list_queries, and give quotes and addresses with what you conclude.
{NOTE}"""
MOST_WRONG = 5
"""Wrong arguments that one answer tells of."""
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def mcp_server(store: Callable[[], Store], seconds: float, slots: Slots, stories: Slots) -> MCPServer[Any]:
    """The server over a graph.

    Args:
        store: gives the open graph.
        seconds: how long a query of a caller's own, or a story, may take.
        slots: where such queries run.
        stories: where stories are told.
    """
    tools = Tools(store, seconds, slots, stories)
    offered = (
        tools.search_entities, tools.get_entity, tools.find_claims, tools.tell_story, tools.find_paths,
        tools.list_queries, tools.run_query, tools.describe_graph, tools.ask_cypher,
    )  # fmt: skip
    server = MCPServer[Any](
        "embargo", title="Embargo", version=version("embargo"), instructions=INSTRUCTIONS, log_level="WARNING",
        tools=[_tool(work) for work in offered],
    )  # fmt: skip

    @server.resource("embargo://docs/graph", title="The model of the graph", mime_type="text/markdown")
    def graph_page() -> str:
        return model_page()

    @server.resource("embargo://docs/queries", title="The named queries", mime_type="text/markdown")
    def named_queries() -> str:
        return queries_page()

    @server.resource("embargo://entity/{+id}", title="An actor, weapon or instrument", mime_type="application/json")
    def entity(id: str) -> dict[str, Any]:
        try:
            return {"note": NOTE} | one_entity(store(), id).model_dump()
        except ProblemError as error:
            raise ResourceNotFoundError(error.detail) from error

    @server.resource("embargo://article/{id}", title="An article with its text", mime_type="application/json")
    def article(id: str) -> dict[str, Any]:
        try:
            found = read_article(store(), id)
        except ProblemError as error:
            raise ResourceNotFoundError(error.detail) from error
        text = found.text[:LONGEST_ARTICLE]
        return {
            "note": NOTE,
            "truncated": len(found.text) > len(text),
            "quoted": found.model_dump(include={"title", "outlet", "published", "url"}) | {"text": text},
        }

    return server


class _Tool(Tool):
    """A tool that says in plain words which of its arguments are wrong, in place of pydantic's report."""

    async def run(self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False) -> Any:
        """Runs it.

        Raises:
            ToolError: the arguments do not fit, or the tool says what is wrong.
        """
        try:
            return await super().run(arguments, context, convert_result)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError("; ".join(wrong.told(one) for one in error.__cause__.errors()[:MOST_WRONG])) from error
            raise


def _tool(work: Callable[..., Any]) -> Tool:
    """A tool that refuses arguments it does not have: passed over, they would widen the answer unseen."""
    title = work.__name__.replace("_", " ").capitalize()
    tool = _Tool.from_function(_compact(work), title=title, description=getdoc(work), annotations=READS)
    arguments = tool.fn_metadata.arg_model
    arguments.model_config["extra"] = "forbid"
    arguments.model_rebuild(force=True)
    tool.parameters = arguments.model_json_schema()
    return tool


def _compact(work: Callable[..., Any]) -> Callable[..., Any]:
    """Writes rows without the blanks and line breaks that the SDK would indent them with."""

    @wraps(work)
    def tell(*args: Any, **kwargs: Any) -> Any:
        told = work(*args, **kwargs)
        if not isinstance(told, Answer):
            return told
        text = told.model_dump_json()
        return CallToolResult(content=[TextContent(text=text)], structured_content=told.model_dump(mode="json"))

    return tell


def http_route(server: MCPServer[Any], host: str) -> Route:
    """The address of the server over streamable HTTP: one request at a time, without sessions and streams that stay
    open, so that any worker may answer. Who listens to this machine alone is asked under its name alone."""
    names = ["127.0.0.1:*", "localhost:*", "[::1]:*"]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=is_loopback(host), allowed_hosts=names,
        allowed_origins=[f"http://{name}" for name in names],
    )  # fmt: skip
    server.streamable_http_app(
        stateless_http=True, json_response=True, transport_security=security, max_request_body_size=LARGEST
    )
    return Route(PATH, Refusals(StreamableHTTPASGIApp(server.session_manager)), methods=["POST"])
