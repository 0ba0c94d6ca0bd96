"""What a route does not take is refused: parameters that it does not know, or gets twice, for passing over one answers
wrongly; and bodies that are not marked as JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, get_origin

from fastapi import Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.params import ParamTypes
from fastapi.routing import APIRoute

from api.limits import check_members
from api.problems import DETAILS, ProblemError

JSON = re.compile(r"application/([\w.+-]+\+)?json")


class Strict(APIRoute):
    """A route that takes each of its parameters once, but for lists, and no others, and a body as JSON alone.

    One that describes parameters beside those of its function looks itself for what it does not know.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        answer = super().get_route_handler()
        declared = {
            field.alias: field.field_info
            for field in get_flat_params(self.dependant)
            if getattr(field.field_info, "in_", ParamTypes.query) is ParamTypes.query
        }
        lists = {name for name, field in declared.items() if get_origin(field.annotation) is list}
        looks_itself = "parameters" in (self.openapi_extra or {})
        unknown = f"is no parameter here; there are {', '.join(sorted(declared)) or 'none'}"

        async def checked(request: Request) -> Response:
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if self.body_field is not None and not JSON.fullmatch(kind):
                raise ProblemError(415, DETAILS[415])
            if self.body_field is not None:
                check_members(await request.body())
            wrong = []
            for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
                if name not in declared and not looks_itself:
                    wrong.append({"loc": ("query", name), "msg": unknown})
                elif times > 1 and name not in lists:
                    wrong.append({"loc": ("query", name), "msg": f"is given {times} times; give it once"})
            if wrong:
                raise RequestValidationError(wrong)
            return await answer(request)

        return checked
