"""What stands before a query's own Cypher: where its header says what it looks at, that is already found there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands before a query's own Cypher."""

    text: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    """What it takes beside the query's parameters."""
    undated: int = 0
    """Claims left out with `known_on` because nobody knows when they were published."""
