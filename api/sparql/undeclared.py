"""Prefixes that a query uses and does not declare: the engine only says what it had expected in their place."""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w:?$_@.-])([A-Za-z][\w-]*):(?=[\w%\\])")


def undeclared(query: str, known: dict[str, str]) -> str:
    """What to add to the message about a query that cannot be parsed; nothing where each prefix is declared.

    Args:
        query: as it was sent.
        known: prefixes of the graph's own terms, with their IRIs.
    """
    bare = _LEFT_OUT.sub(" ", query)
    missing = dict.fromkeys(_USED.findall(bare))
    for name in _DECLARED.findall(bare):
        missing.pop(name, None)
    lines = [f"PREFIX {name}: <{known.get(name, 'its IRI')}>" for name in missing]
    return f"; a prefix is not declared: begin with {' '.join(lines[:5])}" if lines else ""
