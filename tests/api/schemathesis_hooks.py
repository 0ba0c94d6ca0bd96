"""What schemathesis has to be told of this service."""

from __future__ import annotations

import json
from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def ndjson(ctx: Any, value: Any) -> bytes:
    """Any value as a stream of one line an item."""
    if isinstance(value, bytes):
        return value
    items = value if isinstance(value, list) else [value]
    return "".join(json.dumps(item) + "\n" for item in items).encode()


@schemathesis.serializer("application/sparql-query")
def sparql(ctx: Any, value: Any) -> bytes:
    """A query as it is."""
    return value if isinstance(value, bytes) else str(value).encode()
