"""Facts: what episodes establish, and an entity's neighbours by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.csv import csv_response
from api.deps import StoreDep, WantedForm
from api.entities import EntityId, must_exist
from api.facts import SPELL, End, SpellFilter, end, page_of, spell
from api.freshness import OfTheGraph
from api.jsonld import FORMS, facts_as_jsonld
from api.paging import Page, page_headers
from api.problems import ProblemError, responses
from graph.spokes import Direction
from queries.facts import Row
from queries.names import Named, names_of

router = APIRouter(prefix="/v1", route_class=OfTheGraph)
EPISODE = Field(description="Episode that establishes it.", examples=["sanction/USA/TUR/2019-03-05/caatsa"])
TYPE = Field(description="Type of the edge.", examples=["SANCTIONS"])
DETAILS = Field(
    description="Status, since, until, instrument, support and the like, as far as known.",
    examples=[{"status": "actual", "since": "2020-12-14", "instrument": "caatsa", "support": 2}],
)
UNDATED = Field(
    0, description="Claims left out with `known_on` because nobody knows when they were published.", examples=[0]
)


class Neighbour(End):
    """One fact from where an entity stands: the entity at its other end (or, of type ALLEGED, no fact)."""

    type: str = TYPE
    direction: Direction = Field(description="`out`: it begins at the entity asked for.", examples=["in"])
    episode: str = EPISODE
    spell: dict[str, Any] = DETAILS


class Fact(BaseModel):
    """A plain edge: what an episode establishes (or, of type ALLEGED, does not)."""

    type: str = TYPE
    subject: End = Field(description="Where it begins.")
    object: End = Field(description="Where it ends.")
    episode: str = EPISODE
    spell: dict[str, Any] = DETAILS


class NeighbourPage(Page[Neighbour]):
    """Some neighbours."""

    undated: int = UNDATED


class FactPage(Page[Fact]):
    """Some facts."""

    undated: int = UNDATED


class NeighbourFilter(SpellFilter):
    """Which facts of an entity."""

    direction: Direction | None = Field(
        None, description="`out`: edges that begin at the entity; without it both.", examples=["out"]
    )
    other: str | None = Field(None, max_length=200, description="With this at the other end.", examples=["USA"])


class FactFilter(SpellFilter):
    """Which facts."""

    subject: str | None = Field(None, max_length=200, description="Where they begin.", examples=["United States"])
    object: str | None = Field(None, max_length=200, description="Where they end.", examples=["Turkey"])
    entity: str | None = Field(None, max_length=200, description="At one of their ends.", examples=["Russia"])


@router.get(
    "/entities/{id:path}/neighbours",
    tags=["entities"],
    response_model=NeighbourPage,
    summary="What is known between an entity and others",
    responses=FORMS | responses(301, 404, 422, 503),
)
def neighbours(
    request: Request, store: StoreDep, form: WantedForm, id: EntityId, asked: Annotated[NeighbourFilter, Query()]
) -> Response | NeighbourPage:
    """One item an edge, so several rounds of sanctions are several items. A page of a hub takes as long as one of a
    leaf, unless it is sorted or few of the edges fit the filters."""
    must_exist(store, id, f"/neighbours?{request.url.query}".rstrip("?"))
    given, wanted = asked.wanted(store)
    page, following, undated = page_of(
        request, store, asked, replace(wanted, entity=id, direction=asked.direction), given
    )
    entities = names_of(store).entities
    if form == "jsonld":
        return facts_as_jsonld(request, entities, page, page_headers(request, following))
    if form == "csv":
        columns = ["type", "direction", "id", "name", "label", "episode", *SPELL]
        rows = [row | end(entities, row["other"]).model_dump() for row in page]
        return csv_response(columns, rows, page_headers(request, following))
    items = [
        Neighbour(
            **end(entities, row["other"]).model_dump(), type=row["type"], direction=row["direction"],
            episode=row["episode"], spell=spell(row),
        )
        for row in page
    ]  # fmt: skip
    return NeighbourPage(items=items, next_cursor=following, undated=undated)


@router.get(
    "/facts",
    tags=["facts"],
    response_model=FactPage,
    summary="Facts, by any of their parts",
    responses=FORMS | responses(422, 503),
)
def list_facts(
    request: Request, store: StoreDep, form: WantedForm, asked: Annotated[FactFilter, Query()]
) -> Response | FactPage:
    """What episodes establish: plain edges of the graph, one an episode. With `known_on` give one of their ends."""
    given, wanted = asked.wanted(store)
    subject, target, entity = (given.get(name) for name in ("subject", "object", "entity"))
    if entity and (subject or target):
        raise ProblemError(422, "'entity' is either end; give 'subject' and 'object', or 'entity' alone")
    if subject or target:
        wanted = replace(wanted, entity=subject or target, direction="out" if subject else "in")
        if subject and target:
            wanted = replace(wanted, equal={**wanted.equal, "other": target})
    else:
        wanted = replace(wanted, entity=entity)
    if asked.known_on and wanted.entity is None:
        raise ProblemError(422, "with 'known_on' give 'subject', 'object' or 'entity'")
    page, following, undated = page_of(request, store, asked, wanted, given)
    entities = names_of(store).entities
    items = [_fact(entities, row) for row in page]
    if form == "jsonld":
        return facts_as_jsonld(request, entities, page, page_headers(request, following))
    if form == "csv":
        columns = ["type", "subject", "object", "episode", *SPELL]
        flat = [
            item.spell
            | {"type": item.type, "subject": item.subject.id, "object": item.object.id, "episode": item.episode}
            for item in items
        ]
        return csv_response(columns, flat, page_headers(request, following))
    return FactPage(items=items, next_cursor=following, undated=undated)


def _fact(entities: Mapping[str, Named], row: Row) -> Fact:
    ends = (row["entity"], row["other"]) if row["direction"] == "out" else (row["other"], row["entity"])
    subject, target = (end(entities, node) for node in ends)
    return Fact(type=row["type"], subject=subject, object=target, episode=row["episode"], spell=spell(row))
