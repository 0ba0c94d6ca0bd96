"""Rows of the driver as dictionaries."""

from __future__ import annotations

from typing import Any

from neo4j import Record

PLAIN = frozenset({str, int, float, bool, type(None)})


def row_of(record: Record) -> dict[str, Any]:
    """A row with nodes and relationships as dictionaries, as `Record.data` gives it.

    That copies every value, and asks of each whether it is of one class or another; most rows hold nothing that it
    would change.
    """
    row = dict(zip(record.keys(), record.values(), strict=True))
    return row if all(map(_is_plain, row.values())) else record.data()


def _is_plain(value: object) -> bool:
    """Whether it consists of nothing but texts, numbers, lists and maps."""
    kind = type(value)
    if kind in PLAIN:
        return True
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    return isinstance(value, list) and all(map(_is_plain, value))
