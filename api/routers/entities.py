"""Actors, weapons and instruments, and what is known between them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from api.csv import CSV, csv_response
from api.deps import StoreDep, WantsCsv
from api.entities import CSV_COLUMNS, EntityPage, EntitySummary, count, csv_row, find
from api.paging import Cursor, Limit, Page, decode, encode, page_headers
from api.problems import ProblemError, responses
from graph.model import FACTS, REFERENCE, label_of
from graph.store import Store
from graph.vocabulary import ACTOR_LABELS, Label
from queries.names import AmbiguousNameError, UnknownNameError, names_of, resolve
from queries.traits import Trait

router = APIRouter(prefix="/entities", tags=["entities"])
EntityId = Annotated[str, Path(max_length=200, description="Id of an actor, weapon or instrument.", examples=["TUR"])]
REFERENCE_TYPES = "|".join(relationship.type for relationship in REFERENCE)
EDGE_TYPES = tuple(fact.type for fact in FACTS)
SPELL = tuple(dict.fromkeys(item.name for fact in FACTS for item in fact.properties if item.name != "episode"))

NODE = """
MATCH (n:{family} {{id: $id}})
RETURN properties(n) AS properties, labels(n) AS labels
"""
REFERENCE_LINKS = """
MATCH (n:{family} {{id: $id}})-[r:{types}]->(m)
RETURN type(r) AS type, m.id AS id, m.name AS name, labels(m) AS labels,
       r.title AS title, r.since AS since, coalesce(r.until, r.date) AS until
ORDER BY type, coalesce(since, ''), id
"""
FACT_COUNTS = """
MATCH (n:{family} {{id: $id}})-[r:{types}]-()
RETURN type(r) AS type, count(DISTINCT r) AS edges ORDER BY type
"""
NEIGHBOURS = """
MATCH (n:{family} {{id: $id}})-[r:{types}]-(m)
WHERE ($direction = 'both' OR ($direction = 'out' AND startNode(r) = n) OR ($direction = 'in' AND endNode(r) = n))
  AND ($at IS NULL OR ((r.since_from IS NULL OR r.since_from <= $at) AND (r.until IS NULL OR r.until > $at)))
WITH DISTINCT r, m, CASE WHEN startNode(r) = n THEN 'out' ELSE 'in' END AS direction
RETURN direction, type(r) AS type, properties(r) AS spell, m.id AS id, m.name AS name, labels(m) AS labels
ORDER BY type, direction, id, r.episode SKIP $offset LIMIT $limit
"""


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


class Neighbour(BaseModel):
    """One plain edge: a fact that an episode establishes (or, of type ALLEGED, does not)."""

    type: str = Field(description="Type of the edge.", examples=["SANCTIONS"])
    direction: Literal["out", "in"] = Field(description="`out`: it begins at the entity asked for.", examples=["in"])
    id: str = Field(description="Id at the other end.", examples=["USA"])
    name: str | None = Field(description="Name at the other end.", examples=["United States"])
    label: Label = Field(description="What that is.", examples=["Country"])
    episode: str = Field(description="Episode that establishes it.", examples=["sanction/USA/TUR/2019-03-05/caatsa"])
    spell: dict[str, Any] = Field(
        description="Status, since, until, instrument, support and the like, as far as known.",
        examples=[{"status": "actual", "since": "2020-12-14", "instrument": "caatsa", "support": 2}],
    )


@router.get("", response_model=EntityPage, summary="Entities, all or by name", responses=CSV | responses(422, 503))
def list_entities(
    request: Request,
    store: StoreDep,
    as_csv: WantsCsv,
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            description="Any name, a part of one, or one with typing errors, in any script.",
            examples=["S-400 Triumf"],
        ),
    ] = None,
    label: Annotated[Literal["Actor"] | Label | None, Query(description="Only these.", examples=["Weapon"])] = None,
    kind: Annotated[
        str | None,
        Query(
            max_length=50,
            description="Only weapons (model, family, class) or instruments (statute, treaty …) of this kind.",
            examples=["model"],
        ),
    ] = None,
    class_: Annotated[
        str | None,
        Query(
            alias="class",
            max_length=200,
            description="Only weapons of this class or one below it.",
            examples=["air defence system"],
        ),
    ] = None,
    state: Annotated[
        str | None,
        Query(
            max_length=200,
            description="Only actors based there or who held an office of it, weapons developed there, and itself.",
            examples=["Russia"],
        ),
    ] = None,
    facets: Annotated[
        list[Trait],
        Query(max_length=4, description="Count all that is found, not only this page, by these.", examples=["class"]),
    ] = [],  # noqa: B006
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
        wanted["class"] = (resolve(store, class_, ("Weapon",)),)
    if state:
        wanted["state"] = (resolve(store, state, ("Country",)),)
    found = find(store, q, wanted)
    position = decode(request, cursor, (int,))
    start = max(int(position[0]), 0) if position else 0
    items = found[start : start + limit]
    following = encode(request, [start + limit]) if start + limit < len(found) else None
    if as_csv:
        return csv_response(CSV_COLUMNS, map(csv_row, items), page_headers(request, following))
    counts = count(store, [item.id for item in found], facets) if facets else None
    return EntityPage(items=items, next_cursor=following, facets=counts)


@router.get(
    "/{id:path}/neighbours",
    response_model=Page[Neighbour],
    summary="What is known between an entity and others",
    responses=CSV | responses(404, 422, 503),
)
def neighbours(
    request: Request,
    store: StoreDep,
    as_csv: WantsCsv,
    id: EntityId,
    edge: Annotated[
        str | None, Query(pattern=f"^({'|'.join(EDGE_TYPES)})$", description="Only this type.", examples=["SANCTIONS"])
    ] = None,
    direction: Annotated[
        Literal["out", "in", "both"], Query(description="`out`: edges that begin at the entity.", examples=["out"])
    ] = "both",
    at: Annotated[
        str | None,
        Query(
            pattern=r"^\d{4}-\d{2}-\d{2}$", description="Only what can have held on this day.", examples=["2019-06-30"]
        ),
    ] = None,
    alleged: Annotated[bool, Query(description="Also what is only alleged.", examples=[True])] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response | Page[Neighbour]:
    """One item an edge, so several rounds of sanctions are several items."""
    family = _family(store, id)
    types = [edge] if edge else [kind for kind in EDGE_TYPES if alleged or kind != "ALLEGED"]
    position = decode(request, cursor, (int,))
    offset = min(max(int(position[0]), 0), 2**31) if position else 0
    rows = store.read(
        NEIGHBOURS.format(family=family, types="|".join(types)),
        id=id,
        direction=direction,
        at=at,
        offset=offset,
        limit=limit + 1,
    )
    items = [
        Neighbour(
            type=row["type"], direction=row["direction"], id=row["id"], name=row["name"],
            label=label_of(row["labels"]), episode=row["spell"]["episode"],
            spell={key: row["spell"][key] for key in SPELL if row["spell"].get(key) is not None},
        )
        for row in rows[:limit]
    ]  # fmt: skip
    following = encode(request, [offset + limit]) if len(rows) > limit else None
    if as_csv:
        flat = [item.model_dump(exclude={"spell"}) | item.spell for item in items]
        columns = ["type", "direction", "id", "name", "label", "episode", *SPELL]
        return csv_response(columns, flat, page_headers(request, following))
    return Page(items=items, next_cursor=following)


@router.get("/{id:path}", summary="One entity", responses=responses(404, 422, 503))
def one_entity(store: StoreDep, id: EntityId) -> EntityDetail:
    """Its names, what the catalogue knows of it, and how many facts there are."""
    family = _family(store, id)
    node = store.read(NODE.format(family=family), id=id)[0]
    properties = node["properties"]
    known = {"id", "name", "aliases"}
    links = [
        ReferenceLink(**{key: row[key] for key in ReferenceLink.model_fields if key != "label"},
                      label=label_of(row["labels"]))
        for row in store.read(REFERENCE_LINKS.format(family=family, types=REFERENCE_TYPES), id=id)
    ]  # fmt: skip
    counts = FACT_COUNTS.format(family=family, types="|".join(EDGE_TYPES))
    return EntityDetail(
        id=id,
        name=properties.get("name") or id,
        label=label_of(node["labels"]),
        aliases=properties.get("aliases") or [],
        properties={key: value for key, value in sorted(properties.items()) if key not in known},
        reference=links,
        facts={row["type"]: row["edges"] for row in store.read(counts, id=id)},
    )


def _family(store: Store, id: str) -> str:
    """The label under which the entity is indexed.

    Raises:
        ProblemError: no entity has this id; names that fit it are told.
    """
    names = names_of(store)
    if id in names.entities:
        return names.family_of(id)
    try:
        hint = f"'{names.resolve(id)}' is called so"
    except UnknownNameError as error:
        hint = str(error).partition("; ")[2]
    except AmbiguousNameError as error:
        hint = str(error)
    raise ProblemError(404, f"no entity has the id '{id}'; {hint}")
