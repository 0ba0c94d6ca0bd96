"""Episodes keep the first day that their claims tell of, so that the first of them are found without their claims."""

from __future__ import annotations

from graph.episodes import earliest
from graph.store import Store
from graph.threads import iso_day, when

TOLD = """
MATCH (e:Episode) WHERE e.id > $after
WITH e ORDER BY e.id LIMIT 1000
MATCH (e)<-[:ABOUT]-(c:Claim)
RETURN e.id AS id, collect([c.date_from, c.date_to, c.basis, c.published]) AS claims ORDER BY id
"""
SET_EARLIEST = "UNWIND $rows AS row MATCH (e:Episode {id: row.id}) SET e.earliest = row.earliest"


def apply(store: Store) -> None:
    """Sets it from the claims of each episode."""
    after = ""
    while rows := store.read(TOLD, after=after):
        after = rows[-1]["id"]
        found = [{"id": row["id"], "earliest": earliest(map(_days, row["claims"]))} for row in rows]
        store.execute(SET_EARLIEST, rows=found)


def _days(claim: list[str | None]) -> tuple[str | None, str | None]:
    date_from, date_to, basis, published = claim
    day = iso_day(published)
    return when(iso_day(date_from), iso_day(date_to), basis, day)[1], day
