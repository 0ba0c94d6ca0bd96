"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

import asyncio
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.deps import StoreDep
from api.problems import responses

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The state of the service."""

    status: Literal["ok"] = Field("ok", description="Always `ok`; anything else is a problem.", examples=["ok"])


@router.get("/healthz", summary="Does the service live?")
async def healthz() -> Health:
    """Answers as long as the process does; the store does not matter."""
    return Health()


@router.get("/readyz", summary="Can the service answer?", responses=responses(503))
async def readyz(store: StoreDep) -> Health:
    """Answers once the store can be read. Until then `state` of the problem tells whether it is down, or being brought
    to the form that this version of Embargo writes."""
    await asyncio.to_thread(store.read, "RETURN 1 AS one")  # not among the threads of routes, which may all be busy
    return Health()
