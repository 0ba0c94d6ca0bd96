"""Who asks, and what they may: keys of headers are looked up once a request, before anything else reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

import structlog
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.keys import Key, KeyFileError, KeyRing
from api.keys import Scope as KeyScope
from api.middleware import HttpLayer
from api.problems import DETAILS, ProblemError, problem
from api.settings import ApiSettings

OPEN = ("/healthz", "/readyz")
"""What needs no key even where reading does."""
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers that tell of a proxy: then whoever asked may be anywhere."""
LONGEST_KEY = 200
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request."""

    key: Key | None
    from_here: Callable[[], bool]
    """Whether only this machine can have sent it; few routes ask."""

    def may(self, scope: KeyScope) -> bool:
        """Whether the caller's key opens what a scope guards."""
        return self.key is not None and self.key.may(scope)

    def may_ask_cypher(self) -> bool:
        """Whether the caller may ask in Cypher: with a key, or from this machine."""
        return self.from_here() or self.may("cypher")


class Access(HttpLayer):
    """Looks the caller's key up and keeps it as `caller` in the request's state; a key that is none ends it here."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        """Wraps an app."""
        super().__init__(app)
        self.settings, self.ring = settings, KeyRing(settings.keys)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 401 in the app's place where the key is wrong, or missing though reading needs one."""
        try:
            caller = self._caller(scope)
        except ProblemError as error:
            await problem(error.status, error.detail, scope["path"], error.headers)(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller
        await self.app(scope, receive, send)

    def _caller(self, scope: Scope) -> Caller:
        headers = Headers(scope=scope)
        given = headers.get("x-api-key", "").strip() or _bearer(headers.get("authorization", ""))
        key = None
        if given:
            try:
                key = self.ring.find(given) if len(given) <= LONGEST_KEY else None
            except KeyFileError as error:
                log.error("the keys cannot be read", reason=str(error))
                raise ProblemError(503, "the service cannot read its keys; its log says more") from error
            if key is None:
                raise _unauthorized(DETAILS[401])
        if key is None and self.settings.private and scope["path"] not in OPEN:
            raise _unauthorized("this service answers only who has a key; send it in the header X-API-Key")
        return Caller(key, lambda: not self.settings.proxies and _from_here(scope, headers, self.settings.host))


def require(connection: HTTPConnection, scope: KeyScope) -> None:
    """Ends a request whose caller's key does not open what a scope guards.

    Raises:
        ProblemError: 401 without a key, 403 where the key lacks the scope.
    """
    caller: Caller = connection.state.caller
    if caller.key is None:
        raise _unauthorized(
            f"this needs a key with the scope '{scope}' in the header X-API-Key; 'embargo keys make NAME --scope "
            f"{scope}' makes one where the service runs"
        )
    if not caller.may(scope):
        raise ProblemError(
            403,
            f"the key {caller.key.id} has no scope '{scope}'; use one that has",
            {"WWW-Authenticate": f'Bearer realm="embargo", error="insufficient_scope", scope="{scope}"'},
        )


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own, reached from nowhere else."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _bearer(header: str) -> str:
    scheme, _, value = header.partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _unauthorized(detail: str) -> ProblemError:
    return ProblemError(401, detail, {"WWW-Authenticate": 'Bearer realm="embargo"'})


def _from_here(scope: Scope, headers: Headers, host: str) -> bool:
    """Whether only this machine can have asked: the service listens on the loopback interface, the request came in
    there by no proxy, and under its name (a page of another site whose name was made to lead here would come under that
    one)."""
    address, _ = scope.get("server") or ("", None)
    try:
        name = HTTPConnection(scope).url.hostname or ""
    except ValueError:
        return False
    return all(map(is_loopback, (host, address, name))) and not any(header in headers for header in FORWARDED)
