"""Actors, weapons and instruments, and what is known between them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.csv import csv_response
from api.deps import Given, StoreDep, WantedForm, WantsLinkedData
from api.entities import CSV_COLUMNS, EntityId, EntityPage, EntitySummary, count, csv_row, find, must_exist
from api.freshness import OfTheGraph
from api.jsonld import FORMS, OR_LINKED, entities_as_jsonld
from api.paging import Cursor, Limit, Position, decode, encode, page_headers
from api.problems import responses
from graph.model import FACTS, REFERENCE, label_of
from graph.store import Store
from graph.vocabulary import ACTOR_LABELS, InstrumentKind, Label, WeaponKind
from queries.matching import lookup_of
from queries.names import names_of, resolve
from queries.traits import Trait

router = APIRouter(prefix="/v1/entities", tags=["entities"], route_class=OfTheGraph)
REFERENCE_TYPES = "|".join(relationship.type for relationship in REFERENCE)
EDGE_TYPES = tuple(fact.type for fact in FACTS)

ONE = """
MATCH (n:{family} {{id: $id}})
OPTIONAL MATCH (n)-[r:{reference}]->(m)
WITH n, collect({{type: type(r), id: m.id, name: m.name, labels: labels(m), title: r.title, since: r.since,
                 until: coalesce(r.until, r.date)}}) AS links
OPTIONAL MATCH (n)-[f:{facts}]-()
WITH n, links, type(f) AS type, count(DISTINCT f) AS edges
RETURN properties(n) AS properties, labels(n) AS labels, links, collect({{type: type, edges: edges}}) AS facts
"""
"""In one query: each asked for by itself costs as much as all of them."""


class ReferenceLink(BaseModel):
    """A fact of the catalogue, not of articles."""

    type: str = Field(description="BASED_IN, MADE_BY, OF_CLASS …", examples=["OF_CLASS"])
    id: str = Field(description="Id at the other end.", examples=["class/fighter-aircraft"])
    name: str | None = Field(description="Name at the other end.", examples=["fighter aircraft"])
    label: Label = Field(description="What that is.", examples=["Weapon"])
    title: str | None = Field(description="The office, of HELD_OFFICE.", examples=["president"])
    since: str | None = Field(description="First day.", examples=["2014-08-28"])
    until: str | None = Field(description="Last day, or the day of succession.", examples=["2023-06-03"])


class EntityDetail(EntitySummary):
    """An entity with all that the catalogue knows, and how much the articles tell."""

    properties: dict[str, Any] = Field(
        description="Kind, designation, category, NATO name, ISO code … as far as known.",
        examples=[{"iso2": "TR", "source": "catalogue"}],
    )
    reference: list[ReferenceLink] = Field(description="Facts of the catalogue.")
    facts: dict[str, int] = Field(description="Number of plain edges by type.", examples=[{"SANCTIONS": 3}])


@router.get("", response_model=EntityPage, summary="Entities, all or by name", responses=FORMS | responses(422, 503))
def list_entities(
    request: Request,
    store: StoreDep,
    form: WantedForm,
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            description="Any name, a part of one, or one with typing errors, in any script.",
            examples=["S-400 Triumf"],
        ),
    ] = None,
    label: Annotated[Literal["Actor", Label] | None, Query(description="Only these.", examples=["Weapon"])] = None,
    kind: Annotated[
        WeaponKind | InstrumentKind | None,
        Query(description="Only weapons or instruments of this kind.", examples=["model"]),
    ] = None,
    class_: Annotated[
        Given | None,
        Query(
            alias="class",
            max_length=200,
            description="Only weapons of this class or one below it.",
            examples=["air defence system"],
        ),
    ] = None,
    state: Annotated[
        Given | None,
        Query(
            max_length=200,
            description="Only actors based there or who held an office of it, weapons developed there, and itself.",
            examples=["Russia"],
        ),
    ] = None,
    facets: Annotated[
        list[Trait],
        Query(max_length=4, description="Count all that is found, not only this page, by these.", examples=[["class"]]),
    ] = [],  # noqa: B006 - FastAPI copies it
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response | EntityPage:
    """With `q` the best first, with a score and the name that fits; else all go by id."""
    wanted: dict[Trait, tuple[str, ...]] = {}
    if label:
        wanted["label"] = ACTOR_LABELS if label == "Actor" else (label,)
    if kind:
        wanted["kind"] = (kind,)
    if class_:
        wanted["class"] = (resolve(store, class_, ("Weapon",), "class"),)
    if state:
        wanted["state"] = (resolve(store, state, ("Country",), "state"),)
    known = lookup_of(store)
    found = find(known, q, wanted)
    position = decode(request, cursor, (int, str))
    start = _place(position, [item.id for item in found]) if position else 0
    items = found[start : start + limit]
    following = encode(request, [start + limit, items[-1].id]) if start + limit < len(found) else None
    if form == "jsonld":
        ids = [item.id for item in items]
        return entities_as_jsonld(request, store, known.entities, ids, page_headers(request, following))
    if form == "csv":
        return csv_response(CSV_COLUMNS, map(csv_row, items), page_headers(request, following))
    counts = count(known, [item.id for item in found], facets) if facets else None
    return EntityPage(items=items, next_cursor=following, facets=counts)


def _place(position: Position, ids: list[str]) -> int:
    """Where a page begins: behind the last entity of the page before, wherever it stands by now."""
    place, last = int(position[0]), position[1]
    return ids.index(str(last)) + 1 if last in ids else max(place, 0)


@router.get(
    "/{id:path}",
    response_model=EntityDetail,
    summary="One entity",
    responses=OR_LINKED | responses(301, 404, 422, 503),
)
def get_entity(request: Request, store: StoreDep, as_jsonld: WantsLinkedData, id: EntityId) -> Response | EntityDetail:
    """Its names, what the catalogue knows of it, and how many facts there are."""
    must_exist(store, id, f"?{request.url.query}".rstrip("?"))
    if not as_jsonld:
        return one_entity(store, id)
    return entities_as_jsonld(request, store, names_of(store).entities, [id])


def one_entity(store: Store, id: str) -> EntityDetail:
    """Names, what the catalogue knows, and how many facts there are.

    Raises:
        ProblemError: no entity has this id.
    """
    cypher = ONE.format(family=must_exist(store, id), reference=REFERENCE_TYPES, facts="|".join(EDGE_TYPES))
    [node] = store.read(cypher, id=id)
    properties = node["properties"]
    known = {"id", "name", "aliases"}
    # An entity without any has one of nulls.
    links = [ReferenceLink(**row, label=label_of(row["labels"])) for row in node["links"] if row["type"]]
    facts = {row["type"]: row["edges"] for row in node["facts"] if row["type"]}
    return EntityDetail(
        id=id,
        name=properties.get("name") or id,
        label=label_of(node["labels"]),
        aliases=properties.get("aliases") or [],
        properties={key: value for key, value in sorted(properties.items()) if key not in known},
        reference=sorted(links, key=lambda link: (link.type, link.since or "", link.id)),
        facts=dict(sorted(facts.items())),
    )
