"""Pages of a list: `limit` and an opaque `cursor`."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Generic, TypeVar

from fastapi import Query, Request
from pydantic import BaseModel, Field

from api.problems import ProblemError
from graph.articles import digest

Item = TypeVar("Item")
Limit = Annotated[int, Query(ge=1, le=1000, description="At most this many.", examples=[50])]
Cursor = Annotated[
    str | None,
    Query(
        max_length=1000,
        description="`next_cursor` of the page before, with the same other parameters.",
        examples=["WyI0ZjdhIiwgWyJUVVIiXV0"],
    ),
]
Position = list[str | int]
NOT_FILTERS = ("cursor", "limit", "format")


class Page(BaseModel, Generic[Item]):
    """Some of a list, and where it goes on."""

    items: list[Item] = Field(description="This page.")
    next_cursor: str | None = Field(
        description="Give it as `cursor` for the next page; null on the last.", examples=["WyI0ZjdhIiwgWyJUVVIiXV0"]
    )


def _fingerprint(request: Request) -> str:
    filters = sorted((key, value) for key, value in request.query_params.multi_items() if key not in NOT_FILTERS)
    return digest(8, request.url.path, *(part for pair in filters for part in pair))


def encode(request: Request, position: Position) -> str:
    """A cursor that goes on after this position of the request's list."""
    return base64.urlsafe_b64encode(json.dumps([_fingerprint(request), position]).encode()).decode().rstrip("=")


def page_headers(request: Request, next_cursor: str | None) -> dict[str, str]:
    """The header Link to the next page; answers without a body for it, such as CSV, need it."""
    if next_cursor is None:
        return {}
    return {"Link": f'<{request.url.include_query_params(cursor=next_cursor)}>; rel="next"'}


def decode(request: Request, cursor: str | None, kinds: tuple[type, ...]) -> Position | None:
    """The position that a cursor stands for; None without a cursor.

    Args:
        request: the request that it came with.
        cursor: as a client sent it.
        kinds: types of the position's parts.

    Raises:
        ProblemError: it is none of ours, or belongs to a list with other parameters.
    """
    if cursor is None:
        return None
    try:
        fingerprint, position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        whole = isinstance(position, list) and tuple(map(type, position)) == kinds
    except (ValueError, TypeError, binascii.Error, RecursionError):
        whole = False
    if not whole or fingerprint != _fingerprint(request):
        raise ProblemError(422, "this cursor is not of this list; start without one, with the same parameters")
    return list(position)
