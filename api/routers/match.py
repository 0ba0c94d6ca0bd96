"""From names and partial records to entities."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.deps import StoreDep
from api.entities import EntityHit, shown
from api.problems import responses
from api.waiting import Matching
from graph.vocabulary import Label
from queries.matching import Candidate, Record, lookup_of, match
from queries.traits import TRAITS, Trait

router = APIRouter(prefix="/v1/match", tags=["entities"], route_class=Matching)
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
MOST = 200


class MatchRecord(BaseModel):
    """What you know of an entity. Only the name is needed."""

    model_config = ConfigDict(extra="forbid")

    name: Words = Field(description="Any name, in any script, also with typing errors.", examples=["S-400 Triumf"])
    label: Literal["Actor", Label] | None = Field(None, description="What it is.", examples=["Weapon"])
    kind: Words | None = Field(None, description="Kind of a weapon or instrument.", examples=["model"])
    class_: Words | None = Field(
        None, alias="class", description="Class of a weapon, by id or any name.", examples=["air defence system"]
    )
    state: Words | None = Field(
        None, description="State that it is, belongs to or comes from, by id or any name.", examples=["Russia"]
    )

    def record(self) -> Record:
        """The record as it is matched."""
        given = self.model_dump(by_alias=True, exclude_none=True)
        return Record(self.name, {trait: (given[trait],) for trait in TRAITS if trait in given})


class MatchRequest(BaseModel):
    """Records to match."""

    model_config = ConfigDict(extra="forbid")

    queries: list[MatchRecord] = Field(
        min_length=1, max_length=MOST, description="The records, at most 200.", examples=[[{"name": "S-400 Triumf"}]]
    )
    limit: int = Field(5, ge=1, le=50, description="At most this many candidates for each.", examples=[5])


class MatchCandidate(EntityHit):
    """An entity that a record can mean."""

    agrees: dict[Trait, bool | None] = Field(
        description="For each trait that the record tells, whether the entity has it; null where it is not known.",
        examples=[{"label": True, "state": None}],
    )
    match: bool = Field(
        description="Whether it is surely the one meant: the name fits but for its form, and no other is near.",
        examples=[True],
    )


class MatchAnswer(BaseModel):
    """Candidates for one record."""

    candidates: list[MatchCandidate] = Field(description="The best first; empty where nothing is called so.")


class MatchAnswers(BaseModel):
    """Candidates for each record, in the order of the records."""

    items: list[MatchAnswer] = Field(description="One answer a record.")


@router.post("", summary="Which entities do these names and records mean?", responses=responses(413, 415, 422, 503))
def match_records(wanted: MatchRequest, store: StoreDep) -> MatchAnswers:
    """Searches as `/v1/entities?q=` does. A trait that an entity is known not to have costs 30 points; among equals
    those that agree come first."""
    known = lookup_of(store)
    answers = [match(known, record.record(), wanted.limit) for record in wanted.queries]
    return MatchAnswers(items=[MatchAnswer(candidates=list(map(_shown, candidates))) for candidates in answers])


def _shown(candidate: Candidate) -> MatchCandidate:
    hit = shown(candidate.hit).model_dump() | {"score": candidate.score}
    return MatchCandidate(**hit, agrees=dict(candidate.agrees), match=candidate.match)
