"""Copies stay linked when a report of their template comes."""

from __future__ import annotations

from graph.origins import settle
from graph.store import Store

SKETCHES = "MATCH (s:Sketch) RETURN s.id AS id ORDER BY id"


def apply(store: Store) -> None:
    """Finds the copies anew."""
    settle(store, [row["id"] for row in store.read(SKETCHES)])
