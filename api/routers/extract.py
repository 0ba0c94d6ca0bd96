"""Reads an article without storing it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.extraction import Extracting
from api.parameters import Strict
from api.problems import responses
from api.submissions import Submission
from graph.claims import Claim

router = APIRouter(prefix="/v1/extract", tags=["articles"], route_class=Strict)


class Extraction(BaseModel):
    """What an article yields."""

    claims: list[Claim] = Field(description="Its claims in the order of the text.")


@router.post("", summary="Read an article without storing it", responses=responses(413, 415, 422, 503))
async def extract_claims(request: Request, submission: Submission) -> Extraction:
    """The claims that storing it would bring. The store does not matter."""
    extracting: Extracting = request.app.state.extracting
    return Extraction(claims=await extracting.extract(submission.document()))
