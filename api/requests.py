"""Every request with its id, its line in the log and its figures; what fails in it unforeseen becomes a problem."""

from __future__ import annotations

import re
import time
from random import getrandbits

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from api.metrics import IN_PROGRESS, REQUEST_SECONDS, REQUESTS
from api.middleware import HttpLayer, at_start
from api.problems import problem
from graph.remembered import looking_once

REQUEST_ID = "X-Request-Id"
ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
PROBES = ("/healthz", "/readyz", "/metrics")
"""Asked so often that they show in the log of level debug only."""
GONE = 499
"""Status in log and figures of a request whose client went away before it was whole."""
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
log = structlog.stdlib.get_logger("embargo.requests")


def route_of(scope: Scope) -> str:
    """The pattern of the address that answered, such as `/v1/claims/{id}`; `none` where there is none."""
    return str(getattr(scope.get("route"), "path_format", "none"))


class Requests(HttpLayer):
    """Notes what is asked and how it is answered."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with the request's id: the one in its header X-Request-Id where that is harmless, else a new one."""
        given = Headers(scope=scope).get(REQUEST_ID, "")
        id = given if ACCEPTED_ID.fullmatch(given) else f"{getrandbits(128):032x}"
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=id)
        status, begun = 0, time.perf_counter()

        def note(start: Message) -> None:
            nonlocal status
            status = start["status"]
            MutableHeaders(scope=start)[REQUEST_ID] = id

        noting = at_start(send, note)
        IN_PROGRESS.inc()
        try:
            with looking_once():
                await self.app(scope, receive, noting)
        except ClientDisconnect:
            status = GONE
        except Exception:
            log.exception("failed", method=scope["method"], path=scope["path"])
            if status:
                raise
            detail = f"something went wrong in the service; its log says more of request {id}"
            await problem(500, detail, scope["path"])(scope, receive, noting)
        finally:
            IN_PROGRESS.dec()
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        method = scope["method"] if scope["method"] in METHODS else "other"
        REQUESTS.labels(method, route, status).inc()
        REQUEST_SECONDS.labels(route).observe(seconds)
        caller = scope.get("state", {}).get("caller")
        noted = {
            "method": scope["method"], "path": scope["path"], "status": status, "seconds": round(seconds, 4),
            "client": (scope.get("client") or ("", 0))[0], "key": caller.key.id if caller and caller.key else None,
        }  # fmt: skip
        if scope["path"] in PROBES:
            log.debug("request", **noted)
        else:
            log.info("request", **noted)
