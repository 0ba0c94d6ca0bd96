"""Short spellings for statements in tables of cases."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from graph.edges import edges
from graph.episodes import fold
from graph.threads import Ref, Statement, when
from graph.vocabulary import PHASE_OF, Stage

PREDICATES = {
    "transfer": "purchases", "sanction": "sanctions", "exclude": "excludes", "develop": "develops", "test": "tests",
    "deploy": "deploys", "use": "uses", "meeting": "meets",
}  # fmt: skip


def told(thread: str, stage: Stage, day: str | None, **fields: Any) -> Statement:
    """A statement of a thread; it happened on the day, and was published then, unless the fields say otherwise.

    Args:
        thread: its key.
        stage: its stage.
        day: a day, a range `2020-01-01/2020-12-31`, or None for no date.
        fields: `published`, `basis` (with `publication` the day is that of the report alone), `under` (an instrument's
            id), and any of a statement's own.
    """
    first, _, last = (day or "").partition("/")
    published = fields.pop("published", (last or first) or None)
    basis = fields.pop("basis", None)
    if basis == "publication":
        first = last = ""
    first_day, last_day, expected = when(first or None, (last or first) or None, basis, published)
    roles = {"UNDER": Ref(under, "Instrument")} if (under := fields.pop("under", None)) else {}
    frame, part = thread.split("/")[:2]
    known = {
        "thread": thread,
        "predicate": PREDICATES.get(frame, part),
        "stage": stage,
        "phase": PHASE_OF[stage],
        "assertion": "asserted",
        "origin": "a.example",
        "first": first_day,
        "last": last_day,
        "published": published,
        "background": first_day is None,
        "undated": basis == "publication",
        "expected": expected,
        "roles": roles | fields.pop("roles", {}),
    } | fields
    return Statement(id=hashlib.sha256(repr(sorted(known.items())).encode()).hexdigest()[:20], **known)


def outline(statements: Iterable[Statement]) -> list[tuple[str, str, str | None, str | None]]:
    """Of each episode: its id after the thread, status, since and until."""
    return [(e.id.removeprefix(f"{e.thread}/"), e.status, e.since, e.until) for e in fold(statements)]


def plain(statements: Iterable[Statement]) -> list[str]:
    """The plain edges of the statements' episodes, such as `USA SANCTIONS TUR`."""
    found = [edge for episode in fold(statements) for edge in edges(episode)]
    return [" ".join([e.start.id, e.type, *filter(None, [e.properties.get("predicate")]), e.end.id]) for e in found]
