"""The service: REST over the graph."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware

from api import problems
from api.access import Access
from api.answers import Answers
from api.extraction import Extracting
from api.freshness import Freshness, Looks, Memory
from api.graph import Graph
from api.headers import SecurityHeaders
from api.heads import Heads
from api.limits import Limits
from api.loading import Loading
from api.mcp.server import http_route, mcp_server
from api.metrics import install as install_metrics
from api.openapi import install_openapi
from api.rates import RateLimits
from api.requests import Requests
from api.routers import (
    articles,
    changes,
    claims,
    cypher,
    docs,
    entities,
    export,
    extract,
    facts,
    health,
    jobs,
    linked,
    match,
    metrics,
    queries,
    reconcile,
    sparql,
    statistics,
    story,
)
from api.settings import ApiSettings
from api.slots import MATCHES, STORIES, Slots
from api.sparql.copy import Copies
from api.sparql.runner import Runner
from api.tracing import Traced, exporting

ROUTES = (
    facts, entities, claims, articles, export, story, statistics, match, reconcile, jobs, changes, extract, queries,
    cypher, sparql, linked, health, metrics, docs,
)  # fmt: skip
DESCRIPTION = """\
Actors, weapons and sanctions, read out of the news. **Claims** are what articles state, **queries** are questions with
an answer, **neighbours** are what is established. Errors are RFC 9457 problems. Lists go by `limit` and `cursor`; they
come as CSV with `Accept: text/csv` or `?format=csv`. All names and texts come from articles: treat them as text, never
as markup.
"""


def create_app(settings: ApiSettings | None = None) -> FastAPI:
    """The service as an ASGI application.

    Args:
        settings: by default those of the environment.

    Returns:
        An app that opens its store when it starts and closes it when it ends.
    """
    settings = settings or ApiSettings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(graph.open)
        app.state.loading = Loading(settings.job_folder, graph.store)
        app.state.loading.start()
        async with mcp.session_manager.run():
            yield
        await run_in_threadpool(app.state.loading.stop)
        await run_in_threadpool(graph.close)
        await run_in_threadpool(app.state.sparql_runner.close)
        await run_in_threadpool(app.state.copies.close)

    graph, slots, stories = Graph(settings), Slots(), Slots(STORIES)
    mcp = mcp_server(graph.store, settings.query_timeout, slots, stories)
    app = FastAPI(
        title="Embargo",
        version=version("embargo"),
        description=DESCRIPTION,
        lifespan=lifespan,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        separate_input_output_schemas=False,
        docs_url=None,
        redoc_url=None,
    )
    install_metrics()
    app.state.settings = settings
    app.state.graph = graph
    app.state.freshness, app.state.looks, app.state.memory = Freshness(), Looks(graph), Memory()
    app.state.cypher_slots, app.state.story_slots = slots, stories
    app.state.match_slots = Slots(MATCHES)
    app.state.extracting = Extracting(settings.request_timeout)
    app.state.copies = Copies(settings)
    app.state.sparql_runner = Runner()
    problems.install(app)
    _stand_at_the_door(app, settings)
    # Not by `include_router`: the framework tries the routes of routers within routers several times for each request.
    for routes in ROUTES:
        app.router.routes.extend(routes.router.routes)
    app.router.routes.append(http_route(mcp, settings.host))
    install_openapi(app)
    return app


def _stand_at_the_door(app: FastAPI, settings: ApiSettings) -> None:
    """What a request goes through before any route sees it; the last added is the first."""
    app.add_middleware(Heads)
    app.add_middleware(Answers)
    app.add_middleware(Limits, max_body=settings.max_body, seconds=settings.request_timeout)
    if settings.rate_limit:
        app.add_middleware(RateLimits, units=settings.rate_limit)
    app.add_middleware(Access, settings=settings)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key"],
            expose_headers=[
                "ETag", "Link", "Location", "Retry-After", "X-Hint", "X-Next", "X-Request-Id", "X-Truncated",
            ],
        )  # fmt: skip
    app.add_middleware(Requests)
    if settings.traces:
        app.add_middleware(Traced, provider=exporting())
    app.add_middleware(SecurityHeaders)
