"""Articles in and out: posted ones become jobs."""

from __future__ import annotations

import json
import logging
from typing import Annotated

from annotated_types import Len
from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool

from api.deps import MayWrite, StoreDep
from api.jobs import Incoming, Job, KeyReusedError, NothingSentError, read
from api.loading import Loading
from api.parameters import Strict
from api.problems import ProblemError, responses
from api.routers.articles import ArticleId
from api.settings import ApiSettings
from api.submissions import Submission
from graph.writer import UnknownArticleError, Writer

router = APIRouter(prefix="/v1", tags=["articles"], route_class=Strict)
NDJSON = "application/x-ndjson"
BODY_TYPES = ("application/json", NDJSON)
MOST = 10_000
MANY: TypeAdapter[list[Submission]] = TypeAdapter(Annotated[list[Submission], Len(1, MOST)])
ONE = {"$ref": "#/components/schemas/Submission"}
BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {"anyOf": [ONE, {"type": "array", "items": ONE, "minItems": 1, "maxItems": MOST}]}
        },
        NDJSON: {"schema": {"type": "string"}, "example": '{"text": "Turkey bought S-400 systems."}\n'},
    },
}
log = logging.getLogger(__name__)


class Forgotten(BaseModel):
    """What removing an article did."""

    id: str = Field(description="Id of the article.", examples=["6f96311dd925b9a7"])
    claims_retired: int = Field(description="Claims that count no longer.", examples=[3])


@router.post(
    "/articles",
    status_code=202,
    dependencies=[MayWrite],
    summary="Load articles, one or many",
    responses=responses(401, 403, 413, 415, 422, 503),
    openapi_extra={"requestBody": BODY},
)
async def post_articles(
    request: Request,
    response: Response,
    idempotency_key: Annotated[
        str | None,
        Header(
            pattern="^[!-~]{1,200}$", examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
            description="Of your choice, for a request that may be repeated: the same key and body are one job.",
        ),
    ] = None,
) -> Job:  # fmt: skip
    """One article, a list of them, or a stream with one a line (NDJSON). The answer is a job, which is on disk when it
    comes: it goes on whatever becomes of the service, and `/v1/jobs/{id}` tells how far it is. A list is refused as a
    whole where an article does not fit its description; of a stream such lines are left out, and the job tells them.
    Loading an article again changes nothing; one with a known URL and a later date is its new version."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in BODY_TYPES:
        raise ProblemError(415, f"send articles as {' or '.join(BODY_TYPES)}")
    settings: ApiSettings = request.app.state.settings
    try:
        incoming = Incoming(settings.job_folder)
        try:
            if kind == NDJSON:
                async for piece in request.stream():
                    incoming.write(piece)
            else:
                incoming.write(await run_in_threadpool(_lines, await request.body()))
            key = f"{request.state.caller.key.id} {idempotency_key}" if idempotency_key else None
            id = await run_in_threadpool(incoming.accept, key)
        except BaseException:
            incoming.drop()
            raise
    except (KeyReusedError, NothingSentError) as error:
        raise ProblemError(422, str(error)) from None
    except OSError as error:
        log.error("a job cannot be kept: %s", error)
        raise ProblemError(503, "the service cannot keep the job; try again later", {"Retry-After": "60"}) from None
    loading: Loading = request.app.state.loading
    loading.wake()
    response.headers["Location"] = f"/v1/jobs/{id}"
    job = await run_in_threadpool(read, settings.job_folder, id)
    if job is None:
        raise ProblemError(503, "the job is gone; is EMBARGO_JOBS a folder that only this service uses?")
    return job


def _lines(body: bytes) -> bytes:
    """Articles sent as JSON, checked, one a line."""
    try:
        sent = json.loads(body)
        articles = MANY.validate_python(sent) if isinstance(sent, list) else [Submission.model_validate(sent)]
    except ValidationError as error:
        raise RequestValidationError([{**item, "loc": ("body", *item["loc"])} for item in error.errors()]) from None
    except RecursionError:
        raise RequestValidationError([{"loc": ("body",), "msg": "this is nested too deep for an article"}]) from None
    except ValueError as error:
        raise RequestValidationError([{"loc": ("body",), "msg": f"this is no JSON: {error}"}]) from None
    return b"".join(article.model_dump_json(exclude_none=True).encode() + b"\n" for article in articles)


@router.delete(
    "/articles/{id}",
    dependencies=[MayWrite],
    summary="Remove an article",
    responses=responses(401, 403, 404, 422, 503, 507),
)
def delete_article(
    store: StoreDep,
    id: ArticleId,
    erase: Annotated[
        bool, Query(description="Remove its text and claims from the disk as well, for good.", examples=[True])
    ] = False,
) -> Forgotten:
    """Its claims count no longer, and the graph is what it would be without them; they do not come back when it is
    loaded again. Repeating it changes nothing."""
    try:
        counts = Writer(store).forget(id, erase=erase)
    except UnknownArticleError:
        raise ProblemError(404, f"no article has the id '{id}'") from None
    return Forgotten(id=id, claims_retired=counts.claims_retired)


@router.get("/jobs/{id}", dependencies=[MayWrite], summary="How far a job is", responses=responses(401, 403, 404, 422))
def one_job(
    request: Request,
    id: Annotated[
        str, Path(pattern="^[0-9a-f]{24}$", description="Id of the job.", examples=["8a2c3e0f11d94b57a0c1d2e3"])
    ],
) -> Job:
    """State, progress, counts and rejects. A job is kept for a week after it is done."""
    job = read(request.app.state.settings.job_folder, id)
    if job is None:
        raise ProblemError(404, f"no job has the id '{id}'")
    return job
