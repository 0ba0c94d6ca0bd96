"""What has changed since: a feed to mirror the graph from."""

from __future__ import annotations

from typing import Annotated, Any, BinaryIO, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from api.deps import NDJSON, Given, StoreDep, wants_lines
from api.heads import wants_head
from api.parameters import Strict
from api.problems import ProblemError, responses
from api.streaming import streamed
from graph import feed, log
from graph.json_lines import json_line
from graph.store import Store

router = APIRouter(prefix="/v1/changes", tags=["exports"], route_class=Strict)
EXAMPLE = "3f0c9a51d2e7.41.0"
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {NDJSON: {"schema": {"type": "string"}, "example": '{"change": "new", "type": "claim", …}\n'}}}
}
Place = Annotated[Given | None, Query(max_length=40, examples=[EXAMPLE])]


class Change(BaseModel):
    """One change of an article or a claim."""

    change: log.Kind = Field(
        description="`retired`: it counts no longer, or was read only when something newer was known.", examples=["new"]
    )
    type: log.What = Field(description="What changed.", examples=["claim"])
    id: str = Field(description="Its id.", examples=["5b160bb2a3b997ef78d9"])
    record: dict[str, Any] | None = Field(
        description="It as it is now: a line of the export `jsonl`. Null where it was erased.",
        examples=[{"type": "claim", "schema": 1, "id": "5b160bb2a3b997ef78d9"}],
    )


class Changes(BaseModel):
    """Some changes, in the order in which they became visible."""

    items: list[Change] = Field(description="This page.")
    next: str = Field(description="Give it as `since` for what comes after, now or next year.", examples=[EXAMPLE])
    more: bool = Field(description="Whether there is more already.", examples=[False])


@router.get(
    "",
    response_model=Changes,
    summary="What has changed since",
    responses=STREAM | responses(422, 503),
)
def list_changes(
    request: Request,
    store: StoreDep,
    since: Annotated[
        Place, Query(description="`next` of an answer, or `version` of an export; else all there is.")
    ] = None,
    until: Annotated[Place, Query(description="A later place, to tell two versions apart; by default now.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="At most this many in a page.", examples=[500])] = 500,
    format: Annotated[
        Literal["json", "ndjson"] | None,
        Query(description="`ndjson` streams all of them, one a line; before the header Accept.", examples=["ndjson"]),
    ] = None,
) -> Response | Changes:
    """Articles before their claims, each change once. Load the records in this order, and what you have is the graph.
    As NDJSON the place after the last is in the header `X-Next`; few such streams and exports are sent at once."""
    try:
        start = log.parse(since) if since else log.START
        end = log.parse(until) if until else log.end(store)
        if wants_lines(request):
            log.read(store, start, end, 1)
            pieces = iter((b"",)) if wants_head(request) else streamed(lambda out: _write(store, start, end, out))
            return StreamingResponse(pieces, media_type=NDJSON, headers={"X-Next": str(end)})
        items, place = feed.page(store, start, end, limit)
    except log.CursorError as error:
        raise ProblemError(422, str(error)) from None
    return Changes(items=[Change(**item.told()) for item in items], next=str(place), more=place[1:] < end[1:])


def _write(store: Store, start: log.Position, end: log.Position, out: BinaryIO) -> None:
    for item in feed.stream(store, start, end):
        out.write(json_line(item.told()))
