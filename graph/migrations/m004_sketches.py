"""Articles have sketches, by which copies are found."""

from __future__ import annotations

from functools import partial

from graph.model import constraints, indexes
from graph.origins import write_sketches
from graph.sketch import sketch_of
from graph.store import Store

TEXTS = """
MATCH (a:Article) WHERE a.id > $after AND a.text IS NOT NULL
RETURN a.id AS id, a.text AS text, a.published AS published ORDER BY id LIMIT 500
"""
SET_SKETCHES = "UNWIND $rows AS row MATCH (a:Article {id: row.id}) SET a.sketch = row.sketch"


def apply(store: Store) -> None:
    """Sketches every text; the next writer compares them."""
    for statement in constraints("Sketch") + indexes("Sketch"):
        store.execute(statement)
    after = ""
    while rows := store.read(TEXTS, after=after):
        after = rows[-1]["id"]
        found = [(row, sketch) for row in rows if (sketch := sketch_of(row["text"])) is not None]
        packed = [{"id": row["id"], "sketch": sketch.pack()} for row, sketch in found]
        if packed:
            store.execute(SET_SKETCHES, rows=packed)
            sketches = [(row["id"], row["published"], sketch) for row, sketch in found]
            store.write(partial(write_sketches, sketches=sketches))
