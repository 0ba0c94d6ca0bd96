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
    return row if _is_plain(row) else record.data()


def _is_plain(value: object) -> bool:
    """Whether lists and maps consist of nothing but texts, numbers, lists and maps."""
    if type(value) is dict:
        value = value.values()
    elif type(value) is not list:
        return False
    for one in value:  # noqa: SIM110 - a generator takes twice as long
        if type(one) not in PLAIN and not _is_plain(one):
            return False
    return True
