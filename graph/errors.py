"""What can go wrong with a store."""

from __future__ import annotations

WRITING = ("Security.Forbidden", "AccessMode", "ForbiddenDueToTransactionType", "WriteOnReadOnlyAccessDatabase")
"""Parts of the engines' codes for a statement that would write where one may only read."""


def would_write(code: str | None) -> bool:
    """Whether an engine's code says that a statement was refused because it writes."""
    return any(part in (code or "") for part in WRITING)


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do about it."""


class StoreUnavailableError(StoreError):
    """No server answers, or it went away."""


class QueryTimeoutError(StoreError):
    """A query took longer than EMBARGO_QUERY_TIMEOUT allows."""


class GraphChangedError(StoreError):
    """The graph was written to while it was read as a whole."""


class StoreFullError(StoreError):
    """The disk that the store is on is full."""


class StoreFailedError(StoreError):
    """The server could not do what it was asked to, for a reason of its own."""
