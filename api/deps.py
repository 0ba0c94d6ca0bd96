"""What routes ask for: the store, the form of the answer, the right to write.

None of it waits, so all of it is done where requests come in: a thread for each would cost more than the work.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from pydantic import StringConstraints
from starlette.concurrency import run_in_threadpool

from api.access import Caller, require
from api.graph import Graph
from graph.store import Store

KEY = Security(APIKeyHeader(name="X-API-Key", auto_error=False, description="A key that `embargo keys make` made."))
Form = Literal["json", "csv", "jsonld"]
Given = Annotated[str, StringConstraints(min_length=1)]
"""What a filter asks for, which is refused where it is empty."""
MEDIA_TYPES: dict[Form, str] = {"csv": "text/csv", "jsonld": "application/ld+json"}
NDJSON = "application/x-ndjson"
BEARER = Security(HTTPBearer(auto_error=False, description="The same key in the header Authorization."))
"""For the description only: `api.access` reads both headers."""


async def _store(request: Request) -> Store:
    graph: Graph = request.app.state.graph
    return graph.store() if graph.state == "ready" else await run_in_threadpool(graph.store)


async def _wants_csv(
    request: Request,
    format: Annotated[
        Literal["json", "csv"] | None,
        Query(description="Form of the answer, before the header Accept.", examples=["csv"]),
    ] = None,
) -> bool:
    return _chosen(request, format, "csv") == "csv"


async def _form(
    request: Request,
    format: Annotated[
        Form | None, Query(description="Form of the answer, before the header Accept.", examples=["jsonld"])
    ] = None,
) -> Form:
    return _chosen(request, format, "jsonld", "csv")


async def _is_linked(
    request: Request,
    format: Annotated[
        Literal["json", "jsonld"] | None,
        Query(description="Form of the answer, before the header Accept.", examples=["jsonld"]),
    ] = None,
) -> bool:
    return _chosen(request, format, "jsonld") == "jsonld"


def _chosen(request: Request, format: Form | None, *offered: Form) -> Form:
    """The form asked for by name, else the first of those offered that the request prefers to JSON."""
    if format is not None:
        return format
    return next((form for form in offered if prefers(request, MEDIA_TYPES[form])), "json")


def wants_lines(request: Request) -> bool:
    """Whether a request would have one object a line: by `format`, else by the header Accept."""
    format = request.query_params.get("format")
    return format == "ndjson" if format else prefers(request, NDJSON)


def prefers(request: Request, media_type: str) -> bool:
    """Whether a request would rather have this media type than JSON."""
    accepted = weights(request.headers.get("accept", ""))
    return accepted.get(media_type, 0) > max(accepted.get("application/json", 0), accepted.get("*/*", 0))


def weights(header: str) -> dict[str, float]:
    """What a header such as Accept names, in small letters, with the weights."""
    found: dict[str, float] = {}
    for part in header.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            found[kind] = float(weight)
        except ValueError:
            found[kind] = 0.0
    return found


async def _may_write(request: Request, header: Annotated[object, KEY], bearer: Annotated[object, BEARER]) -> None:
    require(request, "write")


async def _may_ask_cypher(request: Request, header: Annotated[object, KEY], bearer: Annotated[object, BEARER]) -> None:
    """Who asks from this machine needs no key, if the service listens to nobody else."""
    caller: Caller = request.state.caller
    if not caller.may_ask_cypher():
        require(request, "cypher")


async def _may_read_metrics(
    request: Request, header: Annotated[object, KEY], bearer: Annotated[object, BEARER]
) -> None:
    """Who asks from this machine needs no key, if the service listens to nobody else."""
    caller: Caller = request.state.caller
    if not caller.from_here():
        require(request, "read")


StoreDep = Annotated[Store, Depends(_store)]
WantsCsv = Annotated[bool, Depends(_wants_csv)]
WantedForm = Annotated[Form, Depends(_form)]
WantsLinkedData = Annotated[bool, Depends(_is_linked)]
MayWrite = Depends(_may_write)
MayAskCypher = Depends(_may_ask_cypher)
MayReadMetrics = Depends(_may_read_metrics)
