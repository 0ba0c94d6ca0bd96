"""Every error as an RFC 9457 problem."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Literal

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from neo4j.exceptions import DriverError, TransientError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from api.wrong import place, words
from graph.errors import QueryTimeoutError, StoreError, StoreFailedError, StoreFullError
from queries.names import AmbiguousNameError, NotOneError, UnknownNameError
from queries.parameters import ParameterError
from queries.runner import UnknownQueryError

MEDIA_TYPE = "application/problem+json"
MIGRATING = "the graph is being brought to this version's form; try again in a moment"
FAILED = "the graph store failed, and nothing of this was stored; its log says why, perhaps its disk is full"
UNREADABLE = "There was an error parsing the body"
"""What FastAPI says of a body that is neither JSON nor wrong JSON."""
log = structlog.stdlib.get_logger(__name__)


class FieldError(BaseModel):
    """One thing wrong with the request."""

    field: str = Field(description="Where: `query.limit`, `body.date` …", examples=["query.limit"])
    detail: str = Field(description="What is wrong with it.", examples=["Input should be less than or equal to 1000"])


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    model_config = ConfigDict(extra="allow")

    type: str = Field("about:blank", description="The kind of problem.", examples=["about:blank"])
    title: str = Field(description="The kind of problem in words.", examples=["Not Found"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(
        description="What went wrong this time, and what to do about it.",
        examples=["no claim has the id '00000000000000000000'"],
    )
    instance: str | None = Field(None, description="Path of the request.", examples=["/v1/claims/00000000000000000000"])
    errors: list[FieldError] | None = Field(
        None,
        description="Every field that is wrong, where the request does not fit the description.",
        examples=[[{"field": "query.limit", "detail": "Input should be less than or equal to 1000"}]],
    )
    candidates: list[str] | None = Field(
        None, description="Ids that an ambiguous name can stand for.", examples=[["GEO", "georgia-usa"]]
    )
    suggestions: list[str] | None = Field(
        None, description="Names close to one that is not known.", examples=[["Türkiye", "Turkmenistan"]]
    )
    state: Literal["down", "migrating"] | None = Field(
        None, description="What keeps the graph store from answering.", examples=["down"]
    )


MOST_ERRORS = 100
"""Wrong fields that an answer lists; a body of a few megabytes may have a million."""


class ProblemError(Exception):
    """Raised anywhere in a request to answer with a problem."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def problem(
    status: int, detail: str, instance: str, headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    """The response for a problem; members that are None are left out."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, instance=instance, **more)
    return JSONResponse(body.model_dump(exclude_none=True), status, headers, MEDIA_TYPE)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the problems that a route answers with, beside those that every route has."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example(status)}},
        }
        for status in statuses
    }


DETAILS = {
    301: "the entity 'almaz-antei' is now 'almaz-antey'; ask for that",
    400: "the query is not SPARQL: error at 1:8: expected WHERE",
    401: "the API key is unknown or revoked; send one that 'embargo keys list' shows",
    403: "the key 0123456789ab has no scope 'write'; use one that has",
    404: "no claim has the id '00000000000000000000'",
    406: "rows and booleans come as application/sparql-results+json; name one of them in Accept",
    413: "the request has more than 10485760 bytes; send less",
    415: "send it as application/json",
    422: "the request does not fit its description; see errors",
    429: "this costs 20 units, and 7 of 6000 a minute are left; wait 1 s",
    501: "pictures need matplotlib; install it, or Embargo with its extra 'picture'",
    503: "the graph store cannot be reached; try again in a moment",
    507: "the disk of the graph store is full; nothing of this was stored: free space there, and ask again",
}


def example(status: int) -> dict[str, Any]:
    """A problem such as a client may meet."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": DETAILS[status],
        "instance": "/v1/claims",
    }


def _methods_at(app: FastAPI, path: str) -> list[str]:
    """The methods that the description has for an address; a router knows only those of the first route there."""
    found: set[str] = set()
    for template, methods in app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\\{.+?\\}", "[^/]+", re.escape(template)), path):
            found |= {method.upper() for method in methods}
    return sorted(found)


def _errors(error: ParameterError | NotOneError) -> list[FieldError] | None:
    """The parameter that is wrong, where it is known."""
    return [FieldError(field=f"query.{error.parameter}", detail=str(error))] if error.parameter else None


def _allow(methods: list[str]) -> str:
    """The header Allow; HEAD is wherever there is GET (`api.heads`)."""
    return ", ".join(sorted({*methods, *(["HEAD"] if "GET" in methods else [])}))


def install(app: FastAPI) -> None:
    """Makes the app answer every error with a problem."""

    @app.exception_handler(ProblemError)
    def _problem(request: Request, error: ProblemError) -> Response:
        return problem(error.status, error.detail, request.url.path, error.headers)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers) if error.headers else None
        detail = error.detail
        if error.status_code == 404:
            detail = "there is nothing at this address; /docs lists what there is"
        if error.detail == UNREADABLE:
            detail = "the body cannot be read: it is no UTF-8, nested too deep, or has a number that is too long"
        if error.status_code == 405:
            detail = "this method is not possible here; see the header Allow"
            told = (headers or {}).get("Allow", "").split(", ")
            headers = {"Allow": _allow(_methods_at(app, request.url.path) or told)}
        return problem(error.status_code, detail, request.url.path, headers)

    @app.exception_handler(RequestValidationError)
    def _validation(request: Request, error: RequestValidationError) -> Response:
        errors = [{"field": place(item), "detail": words(item)} for item in error.errors()[:MOST_ERRORS]]
        return problem(422, DETAILS[422], request.url.path, errors=jsonable_encoder(errors))

    @app.exception_handler(ParameterError)
    def _parameter(request: Request, error: ParameterError) -> Response:
        return problem(422, str(error), request.url.path, errors=_errors(error))

    @app.exception_handler(UnknownNameError)
    def _unknown_name(request: Request, error: UnknownNameError) -> Response:
        return problem(422, str(error), request.url.path, suggestions=error.suggestions, errors=_errors(error))

    @app.exception_handler(AmbiguousNameError)
    def _ambiguous(request: Request, error: AmbiguousNameError) -> Response:
        return problem(422, str(error), request.url.path, candidates=error.candidates, errors=_errors(error))

    @app.exception_handler(UnknownQueryError)
    def _unknown_query(request: Request, error: UnknownQueryError) -> Response:
        return problem(404, str(error), request.url.path)

    @app.exception_handler(QueryTimeoutError)
    def _timeout(request: Request, error: QueryTimeoutError) -> Response:
        return problem(503, str(error), request.url.path, {"Retry-After": "30"})

    @app.exception_handler(StoreFullError)
    def _store_full(request: Request, error: StoreFullError) -> Response:
        log.error("the disk is full", reason=str(error))
        return problem(507, DETAILS[507], request.url.path, {"Retry-After": "60"})

    @app.exception_handler(StoreFailedError)
    def _store_failed(request: Request, error: StoreFailedError) -> Response:
        log.error("the store failed", reason=str(error))
        return problem(503, FAILED, request.url.path, {"Retry-After": "60"})

    @app.exception_handler(StoreError)
    @app.exception_handler(TransientError)
    @app.exception_handler(DriverError)
    def _store_down(request: Request, error: Exception) -> Response:
        log.warning("the store cannot be used", reason=str(error))
        state = "migrating" if request.app.state.graph.state == "migrating" else "down"
        detail = MIGRATING if state == "migrating" else DETAILS[503]
        return problem(503, detail, request.url.path, {"Retry-After": "5"}, state=state)
