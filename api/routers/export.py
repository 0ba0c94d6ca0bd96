"""The whole graph in the formats of others, and what it holds."""

from __future__ import annotations

from email.utils import formatdate
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from api.answers import is_known
from api.deps import StoreDep
from api.freshness import OfTheGraph
from api.heads import wants_head
from api.problems import responses
from api.streaming import streamed
from graph.articles import digest
from graph.exports import FORMATS
from graph.exports import export as write
from graph.exports.dataset import describe, state

router = APIRouter(prefix="/v1/export", tags=["exports"], route_class=OfTheGraph)


def _schema(media_type: str) -> dict[str, str]:
    return {"type": "object"} if media_type.endswith("+json") else {"type": "string", "format": "binary"}


ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {f.media_type: {"schema": _schema(f.media_type)} for f in FORMATS.values()}},
    304: {"description": "It is still the one with this ETag, or has not changed since."},
}


class ExportFormat(BaseModel):
    """A form in which the graph can be had."""

    name: str = Field(description="Its name, the last part of the address.", examples=["csv"])
    media_type: str = Field(description="Its media type.", examples=["application/zip"])
    description: str = Field(description="What it is.", examples=[FORMATS["csv"].doc])


class Dataset(BaseModel):
    """The graph as a data set."""

    name: str = Field(description="Its name.", examples=["embargo"])
    title: str = Field(description="What it is.", examples=["Embargo: a knowledge graph of actors, weapons …"])
    version: str = Field(
        description="Give it as `since` to `/v1/changes` for what comes later.", examples=["3f0c9a51d2e7.41.0"]
    )
    fingerprint: str = Field(description="While it is the same, so are all exports.", examples=["8a2c3e0f11d94b57"])
    modified: str | None = Field(
        description="When articles or claims changed last.", examples=["2026-11-25T08:00:00+00:00"]
    )
    software: str = Field(description="What wrote it.", examples=["embargo 0.1.0"])
    licence: str | None = Field(
        description="Licence under which it is given away; null where none was named.", examples=["CC-BY-4.0"]
    )
    counts: dict[str, int] = Field(description="How many there are of each kind.", examples=[{"claims": 384}])
    formats: list[ExportFormat] = Field(description="The forms in which it can be had.")


@router.get("", summary="The graph as a data set", responses=responses(503))
def dataset(request: Request, store: StoreDep) -> Dataset:
    """Version, counts, licence and formats."""
    formats = [ExportFormat(name=f.name, media_type=f.media_type, description=f.doc) for f in FORMATS.values()]
    return Dataset(**describe(store, request.app.state.settings), formats=formats)


@router.get(
    "/{format}",
    summary="The whole graph in one format",
    response_class=StreamingResponse,
    responses=ANSWERS | responses(422, 503),
)
def export(
    request: Request,
    store: StoreDep,
    format: Annotated[
        Literal[tuple(FORMATS)],  # type: ignore[valid-type]  # the formats' names are known at run time
        Path(description="Its name.", examples=["csv"]),
    ],
) -> Response:
    """Streamed while it is written. Where the graph is written to meanwhile, the answer breaks off before its end.
    The header `X-Version` is the place from which `/v1/changes` goes on."""
    settings = request.app.state.settings
    told = state(store, settings)
    chosen = FORMATS[format]
    headers = {
        "ETag": f'W/"{digest(16, told["fingerprint"], format)}"',
        "X-Version": told["version"],
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="embargo.{chosen.suffix}"',
    }
    modified = request.state.modified
    if modified is not None:
        headers["Last-Modified"] = formatdate(modified, usegmt=True)
    if is_known(request.headers, headers["ETag"], modified):
        return Response(status_code=304, headers=headers)
    pieces = iter((b"",)) if wants_head(request) else streamed(lambda out: write(store, format, out, settings))
    return StreamingResponse(pieces, media_type=chosen.media_type, headers=headers)
