"""What pydantic finds wrong with what was sent, in words for who sent it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORDS = {
    "extra_forbidden": "is no field here; leave it out, or correct its name",
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), "should be an object"),
}
"""In the place of pydantic's own words, which speak of Python."""


def place(error: Mapping[str, Any]) -> str:
    """Where it is wrong: `query.limit`, `body.date` …; empty for the whole."""
    return ".".join(str(part) for part in error["loc"])


def words(error: Mapping[str, Any]) -> str:
    """What is wrong there."""
    return WORDS.get(error.get("type", ""), str(error["msg"]).removeprefix("Value error, "))


def told(error: Mapping[str, Any]) -> str:
    """Both in one line."""
    where = place(error)
    return f"{where}: {words(error)}" if where else words(error)
