"""Entities as the service shows them, found by name and by what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path
from pydantic import BaseModel, Field

from api.paging import Page
from api.problems import ProblemError
from graph.store import Store
from graph.vocabulary import Label
from queries.matching import Lookup
from queries.names import AmbiguousNameError, Named, UnknownNameError, names_of
from queries.search import Hit, How
from queries.traits import Trait

EntityId = Annotated[str, Path(max_length=200, description="Id of an actor, weapon or instrument.", examples=["TUR"])]
MOST_VALUES = 200


class EntitySummary(BaseModel):
    """An actor, weapon or instrument with its names."""

    id: str = Field(description="ISO 3166-1 alpha-3 code of a country, else a slug.", examples=["TUR"])
    name: str = Field(description="Name shown to people.", examples=["Turkey"])
    label: Label = Field(description="What it is.", examples=["Country"])
    aliases: list[str] = Field(description="Other names.", examples=[["Türkiye", "Ankara"]])


class NameMatch(BaseModel):
    """Why an entity was found."""

    name: str = Field(description="Which of its names fits.", examples=["SA-21 Growler"])
    how: How = Field(
        description="`exact`: its name or id; `alias`: another name; `normalised`: one of them but for case, accents, "
        "script, blanks and punctuation; `translation`: what a state is called in another language; `part`: a part of "
        "one, or one within longer words; `fuzzy`: typing errors.",
        examples=["alias"],
    )


class EntityHit(EntitySummary):
    """An entity that was found, and why."""

    score: float | None = Field(description="0 to 100; null where no name was searched for.", examples=[98.0])
    matched: NameMatch | None = Field(description="Why; null where no name was searched for.")


class FacetValue(BaseModel):
    """How many have one value."""

    value: str = Field(description="The value, as the filter takes it.", examples=["class/air-defence-system"])
    name: str = Field(description="In words.", examples=["air defence system"])
    count: int = Field(description="So many of those found have it.", examples=[42])


class EntityPage(Page[EntityHit]):
    """Some of the entities found, and counts of all of them."""

    facets: dict[Trait, list[FacetValue]] | None = Field(
        description="The most frequent values first, at most 200; null where none were asked for.",
        examples=[{"class": [{"value": "class/air-defence-system", "name": "air defence system", "count": 42}]}],
    )


CSV_COLUMNS = ["id", "name", "label", "aliases", "score", "matched", "how"]


def find(known: Lookup, text: str | None, wanted: Mapping[Trait, Iterable[str]]) -> list[EntityHit]:
    """Entities with the wanted traits: with a text those that it can name, the best first, else all by id."""
    allowed = known.traits.having(wanted) if wanted else known.entities.keys()
    if text is None:
        return [EntityHit(**_named(known.entities[node]), score=None, matched=None) for node in sorted(allowed)]
    return [shown(hit) for hit in known.index.search(text, allowed)]


def shown(hit: Hit) -> EntityHit:
    """A hit as the service shows it."""
    return EntityHit(**_named(hit.entity), score=hit.score, matched=NameMatch(name=hit.name, how=hit.how))


def _named(entity: Named) -> dict[str, Any]:
    return {"id": entity.id, "name": entity.name, "label": entity.label, "aliases": list(entity.aliases)}


def count(known: Lookup, nodes: list[str], facets: Iterable[Trait]) -> dict[Trait, list[FacetValue]]:
    """How many of the entities have which values of some traits."""
    entities = known.entities
    return {
        trait: [
            FacetValue(value=value, name=entities[value].name if value in entities else value, count=number)
            for value, number in known.traits.counts(nodes, trait)[:MOST_VALUES]
        ]
        for trait in facets
    }


def csv_row(hit: EntityHit) -> dict[str, Any]:
    """An entity as one line."""
    matched = hit.matched.model_dump() if hit.matched else {"name": None, "how": None}
    return hit.model_dump() | {"aliases": "; ".join(hit.aliases), "matched": matched["name"], "how": matched["how"]}


def must_exist(store: Store, id: str, rest: str = "") -> str:
    """The label under which the entity is indexed.

    Args:
        store: the graph.
        id: the id asked for.
        rest: what follows it in the address.

    Raises:
        ProblemError: no entity has this id, and names that fit it are told; or it is a former one, which redirects.
    """
    names = names_of(store)
    if id in names.redirects:
        new = names.redirects[id]
        place = f"/v1/entities/{quote(new)}{rest}"
        raise ProblemError(301, f"the entity '{id}' is now '{new}'; ask for that", {"Location": place})
    if id in names.entities:
        return names.family_of(id)
    try:
        hint = f"'{names.resolve(id)}' is called so"
    except UnknownNameError as error:
        hint = str(error).partition("; ")[2]
    except AmbiguousNameError as error:
        hint = str(error)
    raise ProblemError(404, f"no entity has the id '{id}'; {hint}")
