"""The reconciliation service for OpenRefine and others."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from api.deps import StoreDep
from api.graph import Graph
from api.limits import check_members
from api.problems import ProblemError, responses
from api.reconcile.candidates import Batch, Results, describe, reconcile, types_of
from api.reconcile.extension import PROPERTIES, ExtendQuery, Extension, Proposal, extend, proposed
from api.reconcile.manifest import Manifest, Named, manifest, types
from api.reconcile.preview import POLICY, preview
from api.settings import ApiSettings
from api.slots import Slots
from api.wrong import told
from queries.matching import lookup_of
from queries.search import latin

router = APIRouter(prefix="/v1/reconcile", tags=["reconciliation"])
Model = TypeVar("Model", bound=BaseModel)
PAGE = 20
FORM = "application/x-www-form-urlencoded"
QUERIES = Query(
    max_length=8000,
    description="Queries by keys of your own, as JSON.",
    examples=['{"q0": {"query": "S-400 Triumf", "type": "Weapon", "limit": 3}}'],
)
EXTEND = Query(
    max_length=8000,
    description="Entities and properties, as JSON.",
    examples=['{"ids": ["TUR"], "properties": [{"id": "sanctioned_by"}]}'],
)
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": {
                        name: {"type": "string", "description": field.description, "examples": field.examples}
                        for name, field in (("queries", QUERIES), ("extend", EXTEND))
                    },
                }
            }
        },
    }
}
Prefix = Annotated[str, Query(max_length=200, description="What was typed.", examples=["turk"])]
Skipped = Annotated[int, Query(ge=0, le=10_000, description="So many suggestions are left out first.", examples=[20])]


class Suggestion(Named):
    """A suggestion."""

    notable: list[Named] | None = Field(None, description="What it is, of entities.")


class Suggestions(BaseModel):
    """What fits the beginning of a word."""

    result: list[Suggestion] = Field(description="At most 20, the best first.")


@router.get(
    "",
    summary="The reconciliation service's manifest, or candidates",
    response_model=Manifest | Results | Extension,
    response_model_exclude_none=True,
    responses=responses(422, 503),
)
async def get_reconcile(
    request: Request,
    queries: Annotated[str | None, QUERIES] = None,
    extend: Annotated[str | None, EXTEND] = None,
) -> Manifest | Results | Extension:
    """Without a parameter what the service is and has, after version 0.2 of the W3C community group's API; with
    `queries` candidates, with `extend` properties."""
    settings: ApiSettings = request.app.state.settings
    if queries is None and extend is None:
        return manifest(str(request.base_url).rstrip("/"), settings.base_iri)
    return await _answer(request, queries, extend)


@router.post(
    "",
    summary="Candidates or properties",
    response_model=Results | Extension,
    response_model_exclude_none=True,
    responses=responses(413, 415, 422, 503),
    openapi_extra=BODY,
)
async def post_reconcile(request: Request) -> Results | Extension:
    """A form with `queries` gets candidates, one with `extend` properties."""
    if request.headers.get("content-type", FORM).partition(";")[0].strip().lower() != FORM:
        raise ProblemError(415, f"send a form ({FORM}) with 'queries' or 'extend'")
    try:
        fields = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise ProblemError(422, f"the form is not in percent-encoded UTF-8 ({error})") from error
    return await _answer(request, fields.get("queries"), fields.get("extend"))


async def _answer(request: Request, queries: str | None, extending: str | None) -> Results | Extension:
    graph: Graph = request.app.state.graph
    if queries is not None:
        batch = _read(Batch, "queries", queries)
        slots: Slots = request.app.state.match_slots
        return await slots.hold(lambda: run_in_threadpool(lambda: reconcile(graph.store(), batch)))
    if extending is None:
        raise ProblemError(422, "there is nothing to do; give 'queries' or 'extend'")
    query = _read(ExtendQuery, "extend", extending)
    for wanted in query.properties:
        if wanted.id not in PROPERTIES:
            raise ProblemError(422, f"there is no property '{wanted.id}'; there are {', '.join(PROPERTIES)}")
    return await run_in_threadpool(lambda: extend(graph.store(), query))


def _read(model: type[Model], name: str, text: str) -> Model:
    check_members(text.encode())
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise ProblemError(422, told({**first, "loc": (name, *first["loc"])})) from error


@router.get("/suggest/entity", response_model_exclude_none=True, summary="Complete the name of an entity",
            responses=responses(422, 503))  # fmt: skip
def suggest_entity(store: StoreDep, prefix: Prefix, cursor: Skipped = 0) -> Suggestions:
    """Searches as `/v1/entities?q=` does; what begins so comes first."""
    known, wanted = lookup_of(store), latin(prefix)
    hits = sorted(known.index.search(prefix), key=lambda hit: not latin(hit.name).startswith(wanted))
    found = [hit.entity for hit in hits[cursor : cursor + PAGE]]
    return Suggestions(
        result=[
            Suggestion(
                id=entity.id, name=entity.name, description=describe(known, entity.id),
                notable=types_of(known, entity.id),
            )
            for entity in found
        ]
    )  # fmt: skip


@router.get("/suggest/type", response_model_exclude_none=True, summary="Complete the name of a type",
            responses=responses(422))  # fmt: skip
def suggest_type(prefix: Prefix, cursor: Skipped = 0) -> Suggestions:
    """Types whose id or name has a word that begins so."""
    return _beginning(list(types().values()), prefix, cursor)


@router.get("/suggest/property", response_model_exclude_none=True, summary="Complete the name of a property",
            responses=responses(422))  # fmt: skip
def suggest_property(prefix: Prefix, cursor: Skipped = 0) -> Suggestions:
    """Properties whose id or name has a word that begins so."""
    return _beginning([Named(id=prop.id, name=prop.name) for prop in PROPERTIES.values()], prefix, cursor)


def _beginning(known: list[Any], prefix: str, cursor: int) -> Suggestions:
    wanted = latin(prefix)
    fits = [
        item for item in known
        if any(latin(word).startswith(wanted) for word in (item.id, item.name, *item.name.split()))
    ]  # fmt: skip
    shown = [Suggestion(id=item.id, name=item.name, description=item.description) for item in fits]
    return Suggestions(result=shown[cursor : cursor + PAGE])


@router.get("/properties", response_model_exclude_none=True, summary="The properties of a type",
            responses=responses(422))  # fmt: skip
def reconcile_properties(
    type: Annotated[
        str, Query(max_length=200, description="Id of a type; of none or another all are told.", examples=["Weapon"])
    ] = "",
    limit: Annotated[int | None, Query(ge=1, description="At most this many.", examples=[10])] = None,
) -> Proposal:
    """What `extend` can be asked of entities of the type."""
    return Proposal(type=type, properties=proposed(type)[:limit], limit=limit)


@router.get(
    "/preview",
    summary="An entity as a small page",
    response_class=Response,
    responses=responses(404, 422, 503)
    | {200: {"content": {"text/html": {"schema": {"type": "string"}, "example": "<!DOCTYPE html>…"}}}},
)
def preview_entity(
    store: StoreDep, id: Annotated[str, Query(max_length=200, description="Id of an entity.", examples=["TUR"])]
) -> Response:
    """For the frame in which OpenRefine shows a candidate. It loads nothing."""
    known = lookup_of(store)
    if id not in known.entities:
        raise ProblemError(404, f"no entity has the id '{id}'")
    page = preview(store, known, id)
    return Response(page, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})
