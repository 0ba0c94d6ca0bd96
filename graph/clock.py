"""The time as the graph and the service tell it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """ISO 8601, UTC, to the second: `2026-11-25T08:00:09+00:00`."""
    return datetime.now(UTC).isoformat(timespec="seconds")
