"""What the service tells Prometheus."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.deps import MayReadMetrics
from api.metrics import exposition
from api.problems import responses

router = APIRouter(tags=["health"])
FORM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": "embargo_rejected_total 3.0\n"}}}
}


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    dependencies=[MayReadMetrics],
    response_class=Response,
    responses=FORM | responses(401),
)
def metrics() -> Response:
    """Requests, queries, extraction and what was loaded, in Prometheus' text format. From elsewhere any key will do."""
    body, media_type = exposition()
    return Response(body, media_type=media_type)
