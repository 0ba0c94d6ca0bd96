"""Reconciliation queries and their candidates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator

from api.reconcile.manifest import BATCH, Named, Type, types
from graph.store import Store
from queries.matching import Candidate, Lookup, Record, lookup_of, match, values_of
from queries.traits import TRAITS, Trait

MOST = 50
UNNAMED = 50.0
"""Score of a candidate that has every property, where the query has no name."""
LONGEST = 200
"""Characters of a name. A cell that holds more is none, and does not keep the others of its batch from theirs."""
Word = Annotated[str, StringConstraints(max_length=LONGEST)]


class Reference(BaseModel):
    """An entity as the value of a property."""

    id: Word = Field(description="Its id.", examples=["RUS"])


class Condition(BaseModel):
    """A property and the values that it may have."""

    pid: Word = Field(
        description="Id of the property: kind, class or state; others are not compared.", examples=["state"]
    )
    v: Word | bool | float | Reference | list[Word | bool | float | Reference] = Field(
        description="One value or several; an entity by its id or any name.", examples=["Russia"]
    )

    def texts(self) -> Iterator[str]:
        """The values as texts."""
        for value in self.v if isinstance(self.v, list) else [self.v]:
            yield value.id if isinstance(value, Reference) else str(value)


class Query(BaseModel):
    """A query for an entity: a name, or properties."""

    model_config = ConfigDict(extra="forbid")

    query: str | None = Field(
        None,
        description="The name; one of more than 200 characters finds nothing, a blank one is none.",
        examples=["S-400 Triumf"],
    )
    type: Word | list[Word] | None = Field(
        None, examples=["Weapon"],
        description="One type or several, a blank one is none; where only others than ours are named, nothing fits.",
    )  # fmt: skip
    limit: float | None = Field(None, gt=0, description="At most this many candidates, up to 50.", examples=[3])
    properties: list[Condition] = Field([], max_length=20, description="What else is known.")
    type_strict: Literal["any", "should", "all"] | None = Field(
        None, description="Taken, and of no effect.", examples=["any"]
    )

    @model_validator(mode="after")
    def _asks(self) -> Query:
        if self.query is None and not self.properties:
            raise ValueError("needs 'query' or 'properties'")
        return self

    def is_foreign(self) -> bool:
        """Whether it names types, and none of ours."""
        return bool(self._types()) and not types().keys() & self._types()

    def traits(self) -> dict[Trait, tuple[str, ...]]:
        """What the entity should be."""
        wanted = {"label": tuple(name for name in self._types() if name in types())}
        for condition in self.properties:
            wanted[condition.pid] = (*wanted.get(condition.pid, ()), *condition.texts())
        return {trait: wanted[trait] for trait in TRAITS if wanted.get(trait)}

    def _types(self) -> list[str]:
        given = [self.type] if isinstance(self.type, str) else self.type or []
        return [name for name in given if name.strip()]


class Batch(RootModel[dict[str, Query]]):
    """Queries by a key of the caller's own."""

    root: dict[str, Query] = Field(max_length=BATCH)


class Feature(BaseModel):
    """One thing that makes the score."""

    id: str = Field(description="`name`, or a trait that the query tells.", examples=["name"])
    value: float | bool = Field(description="Score of the name, or whether the trait is right.", examples=[98.0])


class Found(Named):
    """A candidate."""

    type: list[Named] = Field(description="What it is.")
    score: float = Field(description="0 to 100.", examples=[98.0])
    features: list[Feature] = Field(description="What makes the score.")
    match: bool = Field(description="Whether it is surely the one meant.", examples=[True])


class Result(BaseModel):
    """The candidates of one query."""

    result: list[Found] = Field(description="The best first.")


class Results(RootModel[dict[str, Result]]):
    """The candidates of every query, by its key."""


def reconcile(store: Store, batch: Batch) -> Results:
    """The candidates of every query."""
    known = lookup_of(store)
    return Results({key: Result(result=list(_candidates(known, query))) for key, query in batch.root.items()})


def _candidates(known: Lookup, query: Query) -> Iterator[Found]:
    if query.is_foreign():
        return
    limit = min(int(query.limit or 5) or 1, MOST)
    wanted = query.traits()
    name = (query.query or "").strip()
    if not name:
        allowed = known.traits.having({trait: values_of(known, trait, texts) for trait, texts in wanted.items()})
        for node in sorted(allowed)[:limit] if wanted else ():
            yield _found(known, node, UNNAMED, [], match=False)
        return
    if len(name) > LONGEST:
        return
    for candidate in match(known, Record(name, wanted), limit):
        yield _found(known, candidate.hit.entity.id, candidate.score, _features(candidate), match=candidate.match)


def _features(candidate: Candidate) -> list[Feature]:
    told = [Feature(id=trait, value=value) for trait, value in candidate.agrees.items() if value is not None]
    return [Feature(id="name", value=candidate.hit.score), *told]


def _found(known: Lookup, node: str, score: float, features: list[Feature], *, match: bool) -> Found:
    return Found(
        id=node, name=known.entities[node].name, description=describe(known, node), type=types_of(known, node),
        score=score, features=features, match=match,
    )  # fmt: skip


def types_of(known: Lookup, node: str) -> list[Named]:
    """What an entity is."""
    return [plain(types()[known.entities[node].label])]


def plain(type: Type) -> Named:
    """A type as candidates carry it."""
    return Named(id=type.id, name=type.name)


def describe(known: Lookup, node: str) -> str:
    """An entity in a few words, to tell namesakes apart: label, kind, classes, states, other names."""
    entities, traits = known.entities, known.traits
    entity = entities[node]
    told = [entity.label, *sorted(traits.of(node, "kind"))]
    for trait in cast(tuple[Trait, ...], ("class", "state")):
        told += sorted(entities[value].name for value in traits.of(node, trait) - {node} if value in entities)
    return "; ".join([", ".join(told), *entity.aliases[:3]])
