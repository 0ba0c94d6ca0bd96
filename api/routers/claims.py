"""Claims: what articles state."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from api.claims import CSV_COLUMNS, FilterQuery, csv_row, find_ids
from api.csv import csv_response
from api.deps import StoreDep, WantedForm
from api.freshness import OfTheGraph
from api.jsonld import FORMS, claims_as_jsonld
from api.paging import Page, decode, encode, page_headers
from api.problems import ProblemError, responses
from api.routers.articles import ArticleSummary, summary, told_article
from graph.claims import Claim
from graph.reader import ROLES, ROW, claims_by_id, claims_from

router = APIRouter(prefix="/v1/claims", tags=["claims"], route_class=OfTheGraph)
CONTEXT = 200
RECORDED = ("recorded_at", "retired_at", "retired_why")
ONE = f"""
MATCH (c:Claim {{id: $id}})<-[:REPORTS]-(a:Article)
{ROLES}
OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o:Outlet)
OPTIONAL MATCH (c)-[:ABOUT]->(e:Episode)
RETURN {ROW} AS row, properties(a) AS article, o.id AS outlet, collect(e.id) AS episodes
"""


class Passage(BaseModel):
    """A quote with the words around it. Nothing in it is markup, whatever it looks like."""

    before: str = Field(description="Up to 200 code points before the quote.", examples=["… "])
    quote: str = Field(
        description="The words.", examples=["Turkey has signed a contract with Russia for S-400 systems."]
    )
    after: str = Field(description="Up to 200 code points after it.", examples=[" The first parts came in 2019."])


class ClaimDetail(BaseModel):
    """A claim with its evidence and its article."""

    claim: Claim = Field(description="The claim.")
    article: ArticleSummary = Field(description="The article that states it.")
    passages: list[Passage] = Field(description="Its evidence, one a quote, as it stands in the article.")
    episodes: list[str] = Field(
        description="Episodes that it belongs to.", examples=[["transfer/RUS/TUR/s-400/2017-09-12"]]
    )
    recorded_at: str | None = Field(description="When the graph first had it.", examples=["2026-11-24T08:00:00+00:00"])
    retired_at: str | None = Field(
        description="When it stopped to count; null on a live claim.", examples=["2026-11-25T08:00:00+00:00"]
    )
    retired_why: str | None = Field(description="Why it stopped to count.", examples=["newer text"])


@router.get(
    "", response_model=Page[Claim], summary="Claims, by any of their parts", responses=FORMS | responses(422, 503)
)
def list_claims(request: Request, store: StoreDep, form: WantedForm, wanted: FilterQuery) -> Response | Page[Claim]:
    """The newest first, by day of publication, unless another order is asked for."""
    found = find_ids(store, wanted, decode(request, wanted.cursor, wanted.position), wanted.limit + 1)
    page = found[: wanted.limit]
    following = encode(request, list(page[-1])) if len(found) > wanted.limit else None
    claims = claims_by_id(store, (id for _, id in page))
    if form == "jsonld":
        return claims_as_jsonld(request, store, claims, page_headers(request, following))
    if form == "csv":
        return csv_response(CSV_COLUMNS, map(csv_row, claims), page_headers(request, following))
    return Page(items=claims, next_cursor=following)


@router.get("/{id}", summary="One claim with its evidence and article", responses=responses(404, 422, 503))
def one_claim(
    store: StoreDep,
    id: Annotated[
        str, Path(pattern="^[0-9a-f]{20}$", description="Id of the claim.", examples=["5b160bb2a3b997ef78d9"])
    ],
) -> ClaimDetail:
    """Also of a claim that no longer counts."""
    found = store.read(ONE, id=id)
    if not found:
        raise ProblemError(404, f"no claim has the id '{id}'")
    [one] = found
    [claim] = claims_from(store, [one["row"]])
    article = told_article(one["article"], one["outlet"])
    passages = [
        Passage(
            before=article.text[max(0, quote.start - CONTEXT) : quote.start],
            quote=quote.quote,
            after=article.text[quote.end : quote.end + CONTEXT],
        )
        for quote in claim.evidence
    ]
    return ClaimDetail(
        claim=claim, article=summary(article), passages=passages,
        episodes=sorted(one["episodes"]), **{name: one["row"]["claim"].get(name) for name in RECORDED},
    )  # fmt: skip
