"""JSON Lines that stay one line for every reader, also for those that end lines wherever Unicode does."""

from __future__ import annotations

import json
from typing import Any, NoReturn

BREAKS = ("\x85", "\u2028", "\u2029")
"""Characters that end a line for some, and that JSON may hold as they are."""


def one_line(text: str) -> str:
    """JSON without line breaks, with those of Unicode escaped: they can only stand within its strings."""
    for character in BREAKS:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def json_line(value: object) -> bytes:
    """A value as a line of a file of JSON Lines, in UTF-8."""
    return one_line(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode() + b"\n"


def read_json(text: str | bytes) -> Any:
    """What a text of JSON tells.

    Raises:
        ValueError: it is not JSON, as `NaN` and `Infinity` are not, which Python reads.
        RecursionError: it is nested too deeply.
    """
    return json.loads(text, parse_constant=_refuse)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
