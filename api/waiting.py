"""Routes that answer a few requests at once; the others wait in line."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi import Request, Response

from api.parameters import Strict
from api.slots import Slots


class InSlots(Strict):
    """A route whose answers are made in slots."""

    slots: ClassVar[str] = "story_slots"
    """Where the app's state has them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        answer = super().get_route_handler()

        async def waiting(request: Request) -> Response:
            slots: Slots = getattr(request.app.state, self.slots)
            await request.body()  # who sends it slowly holds no slot
            return await slots.hold(lambda: answer(request))

        return waiting


class Matching(InSlots):
    """A route that looks names up by the hundred."""

    slots = "match_slots"
