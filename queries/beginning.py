"""What stands before a query's own Cypher: where its header says what it looks at, that is already found there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.model import ROLES

PARTS = "|".join(role.type for role in ROLES if any(start == "Episode" for start, _ in role.ends))
"""Types of the relationships from an episode to who or what has a role in it."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands before a query's own Cypher."""

    text: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    """What it takes beside the query's parameters."""
    undated: int = 0
    """Claims left out with `known_on` because nobody knows when they were published."""
