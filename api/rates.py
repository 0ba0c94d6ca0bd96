"""How much a caller may ask for: a bucket of units for each key and each address, refilled as time goes by."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import Caller
from api.deps import wants_lines
from api.middleware import HttpLayer, at_start
from api.problems import problem

POLICY = "requests"
WINDOW = 60
"""Seconds in which an empty bucket is full again."""
ROUNDING = 1e-6
"""Units that sums of seconds may lack: who waited as long as told is let in."""
MOST_CALLERS = 50_000
"""Buckets kept; beyond, those not used for longest are forgotten."""
EXPORT = 50
COSTS = {
    "/healthz": 0, "/readyz": 0, "/metrics": 0,
    "POST /v1/articles": 20, "/v1/extract": 20, "/v1/export": EXPORT,
    "/v1/cypher": 10, "/sparql": 5, "/id/": 5, "/.well-known/void": 5, "/v1/queries/": 5, "/v1/story": 5,
    "/v1/facts": 5, "/v1/changes": 5, "/v1/match": 5, "/v1/reconcile": 5, "/mcp": 5,
}  # fmt: skip
"""Units of what begins so; all else costs one."""
EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"
"""Of draft-ietf-httpapi-ratelimit-headers-11, as are the headers."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of asking a bucket for units."""

    granted: bool
    left: int
    """Units that are still there."""
    full: int
    """Seconds until the bucket is full."""
    wait: int
    """Seconds until what was asked for is there."""


class Buckets:
    """A bucket of units for every caller."""

    def __init__(self, size: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Every bucket is full, and holds `size` units."""
        self._size, self._clock = size, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str, units: int) -> Taken:
        """Takes units out of a caller's bucket, if that many are there; a request may always empty a full one."""
        now, rate = self._clock(), self._size / WINDOW
        left, seen = self._buckets.pop(caller, (float(self._size), now))
        left = min(self._size, left + max(0.0, now - seen) * rate)
        units = min(units, self._size)
        granted = units <= left + ROUNDING
        if granted:
            left = max(0.0, left - units)
        self._buckets[caller] = (left, now)
        if len(self._buckets) > MOST_CALLERS:
            self._buckets.popitem(last=False)
        wait = 0 if granted else math.ceil((units - left) / rate)
        return Taken(granted, int(left), math.ceil((self._size - left) / rate), wait)


class RateLimits(HttpLayer):
    """Takes each request's cost from its caller's bucket."""

    def __init__(self, app: ASGIApp, units: int) -> None:
        """Wraps an app; `units` may be used a minute."""
        super().__init__(app)
        self.units, self.buckets = units, Buckets(units)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 429 in the app's place where the bucket is empty."""
        units = _cost(scope)
        if not units:
            await self.app(scope, receive, send)
            return
        taken = self.buckets.take(_name(scope), units)
        told = {
            "RateLimit-Policy": f'"{POLICY}";q={self.units};w={WINDOW}',
            "RateLimit": f'"{POLICY}";r={taken.left};t={taken.full}',
        }
        if not taken.granted:
            detail = (
                f"this costs {units} units, and {taken.left} of {self.units} a minute are left; wait {taken.wait} s"
            )
            more = {"type": EXCEEDED, "violated-policies": [POLICY]}
            headers = told | {"Retry-After": str(taken.wait)}
            await problem(429, detail, scope["path"], headers, **more)(scope, receive, send)
            return
        await self.app(scope, receive, at_start(send, lambda start: MutableHeaders(scope=start).update(told)))


def _cost(scope: Scope) -> int:
    path = scope["path"]
    if path == "/v1/changes" and wants_lines(Request(scope)):
        return EXPORT
    request = f"{scope['method']} {path}"
    return next((cost for begin, cost in COSTS.items() if (request if " " in begin else path).startswith(begin)), 1)


def _name(scope: Scope) -> str:
    """Whose bucket it is: the key's, else the address's; of IPv6 a network of 64 bits is one subscriber."""
    caller: Caller = scope["state"]["caller"]
    if caller.key:
        return f"key {caller.key.id}"
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(int(address) >> 64)
    return str(address)
