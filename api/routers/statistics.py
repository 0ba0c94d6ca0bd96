"""How much the graph holds."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.csv import CSV, csv_response
from api.deps import StoreDep, WantsCsv
from api.freshness import OfTheGraph
from api.problems import responses
from queries.statistics import statistics_of

router = APIRouter(prefix="/v1/statistics", tags=["statistics"], route_class=OfTheGraph)


class Counts(BaseModel):
    """Counts of the graph as it is now."""

    entities: dict[str, int] = Field(description="Entities by label.", examples=[{"Country": 249, "Weapon": 2900}])
    articles: int = Field(description="Articles.", examples=[86])
    outlets: int = Field(description="Outlets.", examples=[12])
    episodes: int = Field(description="Episodes.", examples=[140])
    claims: int = Field(description="Claims that count.", examples=[320])
    retired_claims: int = Field(description="Claims that no longer count.", examples=[4])
    claims_by_frame: dict[str, int] = Field(description="Those that count, by frame.", examples=[{"transfer": 120}])
    claims_by_phase: dict[str, int] = Field(description="The same by phase.", examples=[{"actual": 200}])
    claims_by_assertion: dict[str, int] = Field(description="The same by assertion.", examples=[{"asserted": 290}])
    facts: dict[str, int] = Field(description="Plain edges by type.", examples=[{"SANCTIONS": 31}])
    first_published: str | None = Field(description="Of the first article with a claim.", examples=["2003-11-10"])
    last_published: str | None = Field(description="Of the last article with a claim.", examples=["2022-11-05"])
    recorded_at: str | None = Field(
        description="When the last change was written.", examples=["2026-11-24T08:00:00+00:00"]
    )


@router.get("", response_model=Counts, summary="How much is there?", responses=CSV | responses(422, 503))
def get_statistics(store: StoreDep, as_csv: WantsCsv) -> Response | Counts:
    """Counted again only after a change. As CSV one line a number."""
    told = asdict(statistics_of(store))
    if not as_csv:
        return Counts(**told)
    rows = []
    for name, value in told.items():
        parts = value if isinstance(value, dict) else {None: value}
        rows += [{"what": name, "of": part, "value": number} for part, number in parts.items()]
    return csv_response(["what", "of", "value"], rows)
