"""The story of an episode, of one actor, weapon or instrument, or of a pair."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import Given, StoreDep
from api.freshness import OfTheGraph
from api.problems import ProblemError, responses
from api.sparql.negotiation import accepted
from api.waiting import InSlots
from queries.story import Story, build_story
from queries.story.markdown import markdown
from queries.story.picture import NotInstalledError, PictureError, picture


class _Told(OfTheGraph, InSlots):
    """What was told already needs no slot."""


router = APIRouter(prefix="/v1/story", tags=["queries"], route_class=_Told)
Form = Literal["json", "markdown", "svg", "png"]
FORMS = {"json": "application/json", "markdown": "text/markdown", "svg": "image/svg+xml", "png": "image/png"}
OTHER_FORMS: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {"schema": {"type": "string"}} for media in list(FORMS.values())[1:]}}
}


class StoryQuestion(BaseModel):
    """Whose story. Entities go by id or any name."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    a: str = Field(
        max_length=200,
        description="An actor, weapon or instrument, or the id of an episode.",
        examples=["United States"],
    )
    b: str | None = Field(
        None, max_length=200, description="The other of a pair; with anybody if left out.", examples=["Turkey"]
    )
    from_: Given | None = Field(
        None, alias="from", description="What can have happened on or after this day, month or year.", examples=["2017"]
    )
    to: Given | None = Field(
        None, description="What can have happened on or before this day, month or year.", examples=["2021-12-31"]
    )
    at: Given | None = Field(
        None, description="Only what was in force, or carried out, on this day.", examples=["2019-07-20"]
    )
    known_on: Given | None = Field(
        None, description="Only from articles published by this day.", examples=["2021-09-30"]
    )
    roll_up: bool = Field(
        False,
        description="Also what their companies, bodies and people do and suffer, and a weapon's variants.",
        examples=[True],
    )
    format: Form | None = Field(None, description="Form of the answer, before the header Accept.", examples=["json"])


@router.get(
    "",
    response_model=Story,
    summary="What happened and was said, in order",
    responses=OTHER_FORMS | responses(404, 422, 501, 503),
)
def get_story(request: Request, store: StoreDep, wanted: Annotated[StoryQuestion, Query()]) -> Response | Story:
    """Episodes, their steps with the words that they rest on, what is said to be the cause, and, apart from that, what
    merely came before. As `markdown` to paste into a report; as `svg` or `png` the episodes as bars over time."""
    story = build_story(store, wanted.model_dump(by_alias=True, exclude={"format"}))
    media = FORMS[wanted.format] if wanted.format else accepted(request.headers.get("accept", ""), FORMS.values())
    if media == FORMS["markdown"]:
        return Response(markdown(story), media_type=media)
    if media not in (FORMS["svg"], FORMS["png"]):
        return story
    try:
        return Response(picture(story, "svg" if media == FORMS["svg"] else "png"), media_type=media)
    except NotInstalledError as error:
        raise ProblemError(501, str(error)) from error
    except PictureError as error:
        raise ProblemError(404, str(error)) from error
