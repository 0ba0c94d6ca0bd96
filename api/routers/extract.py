"""Reads an article without storing it."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.extraction import extract
from api.parameters import Strict
from api.problems import responses
from api.submissions import Submission
from graph.claims import Claim

router = APIRouter(prefix="/v1/extract", tags=["articles"], route_class=Strict)


class Extraction(BaseModel):
    """What an article yields."""

    claims: list[Claim] = Field(description="Its claims in the order of the text.")


@router.post("", summary="Read an article without storing it", responses=responses(413, 422))
def extract_claims(submission: Submission) -> Extraction:
    """The claims that storing it would bring. The store does not matter."""
    return Extraction(claims=extract(submission.document()))
