"""Properties of entities, by which tables are filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.reconcile.candidates import Word, plain
from api.reconcile.manifest import Named, types
from graph.model import family
from graph.store import Store
from graph.vocabulary import ACTOR_LABELS, LABELS, Label
from queries.names import names_of

MOST_IDS, MOST_VALUES = 1000, 200
IN_FORCE = "{status: 'actual'}"
VALUES = "UNWIND $ids AS id MATCH (n:{family} {{id: id}}) RETURN id, n.{name} AS value"
ENDS = """
UNWIND $ids AS id MATCH (n:{family} {{id: id}}){path}(m)
WITH DISTINCT id, m.id AS value, coalesce(m.name, m.id) AS name ORDER BY value
RETURN id, collect(value)[0..$most] AS ids, collect(name)[0..$most] AS names
"""
OFFICES = """
UNWIND $ids AS id MATCH (n:Actor {id: id})-[r:HELD_OFFICE]->(m)
WITH id, r, m ORDER BY coalesce(r.since, ''), r.title RETURN id, r.title + ', ' + m.name AS value
"""


@dataclass(frozen=True, slots=True)
class Property:
    """A property that can be asked for."""

    id: str
    name: str
    of: tuple[Label, ...]
    """What can have it."""
    how: str
    """The node's own property, or a path of relationships to the nodes that are its values."""
    to: Literal["Actor", "Country", "Weapon", "Instrument"] | None = None
    """What its values are, where they are entities of one type."""


PROPERTIES: dict[str, Property] = {
    prop.id: prop
    for prop in (
        Property("aliases", "other names", LABELS, "aliases"),
        Property("iso2", "ISO 3166-1 alpha-2 code", ("Country",), "iso2"),
        Property("kind", "kind", ("Weapon", "Instrument"), "kind"),
        Property("category", "category", ("Weapon",), "category"),
        Property("nato_name", "NATO reporting name", ("Weapon",), "nato_name"),
        Property("office", "offices held", ("Person",), "HELD_OFFICE"),
        Property("state", "state", tuple(label for label in LABELS if label not in ("Country", "Instrument")),
                 "-[:BASED_IN|HELD_OFFICE|ORIGIN]->", "Country"),
        Property("class", "class", ("Weapon",), "-[:VARIANT_OF*0..3]->()-[:OF_CLASS]->", "Weapon"),
        Property("variant_of", "variant of", ("Weapon",), "-[:VARIANT_OF]->", "Weapon"),
        Property("maker", "maker", ("Weapon",), "-[:MADE_BY]->", "Actor"),
        Property("sanctioned_by", "sanctioned by (in force)", ACTOR_LABELS, f"<-[:SANCTIONS {IN_FORCE}]-", "Actor"),
        Property("armed_by", "armed by", ACTOR_LABELS, "<-[:ARMS]-", "Actor"),
        Property("excluded_from", "excluded from (in force)", ACTOR_LABELS, f"-[:EXCLUDED_FROM {IN_FORCE}]->"),
        Property("sanctions", "sanctions (in force)", ACTOR_LABELS, f"-[:SANCTIONS {IN_FORCE}]->", "Actor"),
        Property("arms", "arms", ACTOR_LABELS, "-[:ARMS]->", "Actor"),
        Property("purchases", "purchases", ACTOR_LABELS, "-[:PURCHASES]->", "Weapon"),
        Property("receives", "receives", ACTOR_LABELS, "-[:RECEIVES]->", "Weapon"),
        Property("supplies", "supplies", ACTOR_LABELS, "-[:SUPPLIES]->", "Weapon"),
        Property("signs", "signs", ACTOR_LABELS, "-[:SIGNS]->", "Instrument"),
        Property("purchased_by", "purchased by", ("Weapon",), "<-[:PURCHASES]-", "Actor"),
        Property("supplied_by", "supplied by", ("Weapon",), "<-[:SUPPLIES]-", "Actor"),
    )
}  # fmt: skip
"""By id. What is said of actors and weapons beyond the catalogue are plain edges, none alleged: what was bought,
supplied or signed at any time, but sanctions and exclusions only while they last as far as is known. Who adds a column
*sanctioned by* means today, and of a round that was lifted or suspended a cell could not say so."""


class Wanted(BaseModel):
    """A property that is asked for."""

    id: Word = Field(description="Its id.", examples=["sanctioned_by"])
    settings: dict[str, Any] | None = Field(None, description="There are none.", examples=[{}])


class ExtendQuery(BaseModel):
    """What is asked of which entities."""

    model_config = ConfigDict(extra="ignore")

    ids: list[Word] = Field(max_length=MOST_IDS, description="Ids of entities.", examples=[["TUR"]])
    properties: list[Wanted] = Field(max_length=len(PROPERTIES), description="The properties.")


class Cell(BaseModel):
    """One value: an entity, or a text."""

    id: str | None = Field(None, description="Id of the entity.", examples=["USA"])
    name: str | None = Field(None, description="Its name.", examples=["United States"])
    str_: str | None = Field(None, alias="str", serialization_alias="str", description="The text.", examples=["TR"])


class TableColumn(BaseModel):
    """A property as it was told."""

    id: str = Field(description="Its id.", examples=["sanctioned_by"])
    name: str = Field(description="Its name.", examples=["sanctioned by (in force)"])
    type: Named | None = Field(None, description="What its values are, where they are entities.")


class Extension(BaseModel):
    """Properties of entities."""

    meta: list[TableColumn] = Field(description="The properties, in the order asked for.")
    rows: dict[str, dict[str, list[Cell]]] = Field(
        description="By entity and property the values, at most 200; empty where there are none or nothing is known.",
        examples=[{"TUR": {"sanctioned_by": [{"id": "USA", "name": "United States"}]}}],
    )


class Proposal(BaseModel):
    """The properties of a type."""

    type: str = Field(description="The type.", examples=["Weapon"])
    properties: list[Named] = Field(description="Its properties.")
    limit: int | None = Field(None, description="As asked for.", examples=[10])


def proposed(type: str) -> list[Named]:
    """The properties that entities of this type can have; of an unknown type all."""
    labels = set(ACTOR_LABELS) if type == "Actor" else {type} & set(LABELS) or set(LABELS)
    return [Named(id=prop.id, name=prop.name) for prop in PROPERTIES.values() if labels & set(prop.of)]


def extend(store: Store, query: ExtendQuery) -> Extension:
    """The values of the properties.

    Raises:
        KeyError: there is no such property.
    """
    wanted = [PROPERTIES[item.id] for item in query.properties]
    entities, grouped = names_of(store).entities, defaultdict(list)
    for node in dict.fromkeys(query.ids):
        if node in entities:
            grouped[family(entities[node].label)].append(node)
    rows: dict[str, dict[str, list[Cell]]] = {node: {prop.id: [] for prop in wanted} for node in query.ids}
    for prop in wanted:
        for key in {family(label) for label in prop.of} & grouped.keys():
            for node, cell in _cells(store, prop, key, grouped[key]):
                rows[node][prop.id].append(cell)
    known = types()
    meta = [TableColumn(id=p.id, name=p.name, type=plain(known[p.to]) if p.to else None) for p in wanted]
    return Extension(meta=meta, rows=rows)


def _cells(store: Store, prop: Property, key: str, nodes: list[str]) -> Iterable[tuple[str, Cell]]:
    if prop.how == "HELD_OFFICE":
        for row in store.read(OFFICES, ids=nodes):
            yield row["id"], Cell(str=row["value"])
    elif prop.how.isidentifier():
        for row in store.read(VALUES.format(family=key, name=prop.how), ids=nodes):
            values = row["value"] if isinstance(row["value"], list) else [row["value"]]
            yield from ((row["id"], Cell(str=str(value))) for value in values[:MOST_VALUES] if value is not None)
    else:
        for row in store.read(ENDS.format(family=key, path=prop.how), ids=nodes, most=MOST_VALUES):
            for node, name in zip(row["ids"], row["names"], strict=True):
                yield row["id"], Cell(id=node, name=name)
