"""The stored queries, each at its own address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.csv import CSV, csv_response
from api.deps import StoreDep, WantsCsv
from api.freshness import OfTheGraph
from api.paging import decode, encode, page_headers
from api.parameters import Strict
from api.problems import ProblemError, responses
from queries.header import Column, Parameter
from queries.parameters import LARGEST, ParameterError
from queries.reader import Query, stored_queries
from queries.runner import run, stored_query

router = APIRouter(prefix="/v1/queries", tags=["queries"], route_class=Strict)
SCHEMAS: dict[str, dict[str, Any]] = {
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer", "minimum": 0, "maximum": LARGEST},
    "day": {"type": "string", "format": "date"},
}
TODAY = "date()"
"""Cypher whose answers also depend on the day."""
LIMIT = Parameter(name="limit", type="integer", default=100, example=50, doc="At most this many rows, up to 1000.")


class QueryInfo(BaseModel):
    """A stored query."""

    name: str = Field(description="Its name, and the end of its address.", examples=["transfers"])
    title: str = Field(description="Its title.", examples=["The register of arms transfers"])
    answers: str = Field(
        description="What it answers.", examples=["What did India receive from Russia or France since 2015?"]
    )
    parameters: list[Parameter] = Field(description="What it takes.")
    needs: list[list[str]] = Field(
        description="Groups of parameters, one of which has to be given whole; empty where none has to.",
        examples=[[["episode"], ["claim"], ["subject", "object"]]],
    )
    columns: list[Column] = Field(description="What a row holds.")


class QueryAnswer(BaseModel):
    """Rows of a stored query."""

    query: str = Field(description="Name of the query.", examples=["transfers"])
    parameters: dict[str, Any] = Field(
        description="Parameters as they were understood, names as ids.", examples=[{"recipient": "TUR"}]
    )
    columns: list[str] = Field(description="Columns in order.", examples=[["episode", "supplier", "recipient"]])
    items: list[dict[str, Any]] = Field(
        description="Rows by column.",
        examples=[[{"episode": "transfer/RUS/TUR/s-400/2017-09-12", "supplier": "RUS", "recipient": "TUR"}]],
    )
    undated: int = Field(
        description="Claims left out with `known_on` because nobody knows when they were published.", examples=[0]
    )
    next_cursor: str | None = Field(
        description="Give it as `cursor` for the next page; null on the last.", examples=["WyI0ZjdhIiwgWzUwXV0"]
    )


@router.get("", summary="Which questions are there?")
def list_queries() -> list[QueryInfo]:
    """Every stored query with its parameters and columns."""
    return [QueryInfo(**query.header.model_dump()) for query in stored_queries().values()]


def _answer(query: Query) -> Callable[[Request, StoreDep, WantsCsv], Response | QueryAnswer]:
    name = query.header.name

    def answer(request: Request, store: StoreDep, as_csv: WantsCsv) -> Response | QueryAnswer:
        given: dict[str, str | int | bool | None] = dict(request.query_params)
        if empty := next((name for name, value in given.items() if value == ""), None):
            raise ParameterError(empty, "is empty; give a value, or leave it out")
        given.pop("format", None)
        position = decode(request, request.query_params.get("cursor"), (int,))
        given.pop("cursor", None)
        if "offset" in given:
            raise ProblemError(422, "pages go by 'cursor' here, not by 'offset'")
        size, offset = _limit(str(given.pop("limit", LIMIT.default))), int(position[0]) if position else 0
        result = run(store, name, given | {"limit": size + 1, "offset": offset})
        rows = result.rows[:size]
        cursor = encode(request, [offset + size]) if len(result.rows) > size else None
        if as_csv:
            return csv_response(result.columns, rows, page_headers(request, cursor))
        understood = {key: value for key, value in result.parameters.items() if key not in ("limit", "offset")}
        return QueryAnswer(
            query=name,
            parameters=understood,
            columns=result.columns,
            items=rows,
            undated=result.undated,
            next_cursor=cursor,
        )

    return answer


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:5]) <= 1000:
        raise ProblemError(422, f"limit: '{text}' is no whole number from 1 to 1000")
    return int(text)


def _openapi(parameter: Parameter) -> dict[str, Any]:
    schema = dict(SCHEMAS.get(parameter.type, {"type": "string"}))
    if parameter.values:
        schema["enum"] = parameter.values
    if parameter.most is not None:
        schema["maximum"] = parameter.most
    if parameter.default is not None:
        schema["default"] = parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.doc,
        "schema": schema,
        "example": parameter.example,
    }


CURSOR = Parameter(name="cursor", type="text", example="WyI0ZjdhIiwgWzUwXV0", doc="`next_cursor` of the page before.")
for _query in stored_queries().values():
    router.add_api_route(
        f"/{_query.header.name}",
        _answer(_query),
        route_class_override=Strict if TODAY in _query.text else OfTheGraph,
        response_model=QueryAnswer,
        summary=_query.header.title,
        description=_query.header.answers,
        operation_id=f"query_{_query.header.name}",
        responses=CSV | responses(422, 503),
        openapi_extra={"parameters": [_openapi(p) for p in [*_query.header.parameters, LIMIT, CURSOR]]},
    )


@router.get("/{name}", include_in_schema=False)
def unknown_query(name: str) -> None:
    """Tells which queries there are."""
    stored_query(name)
