"""Facts as the service shows and filters them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from api.deps import Form, Given
from api.paging import decode, encode
from graph.model import FACTS
from graph.store import Store
from graph.vocabulary import LABELS, Label, Scope
from queries.facts import EQUAL, NUMBERS, Order, Row, Sort, Wanted, facts, known_facts, position
from queries.header import Parameter, ParameterType
from queries.names import ACTORS, Named, resolve
from queries.parameters import check

TYPES = tuple(fact.type for fact in FACTS)
SPELL = tuple(dict.fromkeys(item.name for fact in FACTS for item in fact.properties if item.name != "episode"))
NAMED: dict[str, tuple[Label, ...]] = {
    "subject": ACTORS, "object": LABELS, "entity": LABELS, "other": LABELS, "instrument": ("Instrument",),
    "supplier": ACTORS, "recipient": ACTORS, "by": ACTORS, "weapon": ("Weapon",),
}  # fmt: skip
DATES: dict[str, ParameterType] = {
    "at": "day", "from": "period_start", "to": "period_end", "known_on": "day",
    "reported_from": "period_start", "reported_to": "period_end",
}  # fmt: skip
Status = Literal["claimed", "proposed", "committed", "actual", "suspended", "dropped", "cancelled", "ended"]


class SpellFilter(BaseModel):
    """Which facts; every filter may be left out. Entities go by id or any name."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    predicate: str | None = Field(
        None,
        pattern=f"^(?i:{'|'.join(TYPES)})$",
        description=f"Only this type of edge: {', '.join(TYPES)}; in small letters as well.",
        examples=["sanctions"],
    )
    status: Status | None = Field(None, description="Where its episode stands.", examples=["actual"])
    scope: Scope | None = Field(None, description="How far it goes.", examples=["state"])
    instrument: str | None = Field(None, max_length=200, description="Under which statute …", examples=["CAATSA"])
    supplier: str | None = Field(None, max_length=200, description="From whom, or who supplies.", examples=["Russia"])
    recipient: str | None = Field(
        None, max_length=200, description="To whom, or who buys or receives.", examples=["Turkey"]
    )
    weapon: str | None = Field(
        None,
        max_length=200,
        description="With what, or what is bought, supplied, used …; this one, not those of its class.",
        examples=["S-400"],
    )
    by: str | None = Field(
        None, max_length=200, description="Who does it, of EXCLUDED_FROM; who says so, of ALLEGED.",
        examples=["United States"],
    )  # fmt: skip
    episode: Given | None = Field(
        None,
        max_length=400,
        description="Established by this episode.",
        examples=["sanction/USA/presidency-of-defense-industries/2020-12-14/caatsa"],
    )
    min_support: int = Field(0, ge=0, le=1_000_000, description="Told by at least so many origins.", examples=[2])
    max_denials: int | None = Field(
        None, ge=0, le=1_000_000, description="Denied in the reports of at most so many origins.", examples=[0]
    )
    reported_from: Given | None = Field(
        None, description="Last told on or after this day, month or year.", examples=["2019"]
    )
    reported_to: Given | None = Field(
        None, description="First told on or before this day, month or year.", examples=["2021-12-31"]
    )
    at: Given | None = Field(None, description="Can have held on this day.", examples=["2019-06-30"])
    from_: Given | None = Field(
        None, alias="from", description="Can have held on or after this day, month or year.", examples=["2019"]
    )
    to: Given | None = Field(None, description="Can have held on or before this day, month or year.", examples=["2021"])
    known_on: Given | None = Field(
        None, description="As one could know it on this day: folded anew from what was published by then.",
        examples=["2019-07-11"],
    )  # fmt: skip
    alleged: bool = Field(False, description="Also what is only alleged.", examples=[True])
    sort: Sort | None = Field(
        None, description="In this order; without it by entity, direction, predicate, other end and episode.",
        examples=["since"],
    )  # fmt: skip
    order: Order = Field("asc", description="Whether what you sort by rises or falls.", examples=["desc"])
    limit: int = Field(50, ge=1, le=1000, description="At most this many.", examples=[50])
    cursor: str | None = Field(
        None, max_length=1000, description="`next_cursor` of the page before, with the same other parameters.",
        examples=["WyI0ZjdhIiwgWyJUVVIiXV0"],
    )  # fmt: skip
    format: Form | None = Field(None, description="Form of the answer, before the header Accept.", examples=["jsonld"])

    def wanted(self, store: Store) -> tuple[dict[str, Any], Wanted]:
        """What was given, names as ids and dates as days, and the edges wanted by it, whatever their ends.

        Raises:
            queries.parameters.ParameterError: a date that is none, or an episode that does not exist.
            LookupError: a name that no node has, or several.
        """
        given = {k: v for k, v in self.model_dump(by_alias=True).items() if v is not None}
        given |= {name: resolve(store, given[name], labels, name) for name, labels in NAMED.items() if name in given}
        # What was an episode on `known_on` need not be one today.
        kinds = DATES if "known_on" in given else DATES | {"episode": "episode"}
        declared = [Parameter(name=n, type=kind, doc="-", example="-") for n, kind in kinds.items() if n in given]
        given |= check(store, declared, {parameter.name: given[parameter.name] for parameter in declared})
        days = [given[name] for name in ("from", "at") if name in given], [given[n] for n in ("to", "at") if n in given]
        return given, Wanted(
            type=self.predicate.upper() if self.predicate else None,
            alleged=self.alleged,
            equal={name: given[name] for name in EQUAL if name in given and name != "predicate"},
            begin=max(days[0], default=None),
            end=min(days[1], default=None),
            min_support=self.min_support,
            max_denials=self.max_denials,
            reported_from=given.get("reported_from"),
            reported_to=given.get("reported_to"),
        )


class End(BaseModel):
    """An entity at one end of a fact."""

    id: str = Field(description="Its id.", examples=["USA"])
    name: str = Field(description="Its name.", examples=["United States"])
    label: Label = Field(description="What it is.", examples=["Country"])


def end(entities: Mapping[str, Named], node: str) -> End:
    """The entity of this id."""
    entity = entities[node]
    return End(id=node, name=entity.name, label=entity.label)


def spell(row: Row) -> dict[str, Any]:
    """Status, dates, roles and support of a fact, as far as known."""
    return {name: row[name] for name in SPELL if row.get(name) is not None}


def page_of(
    request: Request, store: Store, asked: SpellFilter, wanted: Wanted, given: Mapping[str, Any]
) -> tuple[list[Row], str | None, int]:
    """One page of spokes, the cursor of the next, and how many claims were left out for want of a date.

    Raises:
        ProblemError: the cursor is none of this list.
    """
    kind = int if asked.sort in NUMBERS else str
    found = decode(request, asked.cursor, (kind, str))
    after = (found[0], str(found[1])) if found else None
    undated = 0
    if given.get("known_on"):
        known = known_facts(store, wanted, given["known_on"], asked.sort, asked.order, after, asked.limit + 1)
        rows, undated = known.rows, known.undated
    else:
        rows = facts(store, wanted, asked.sort, asked.order, after, asked.limit + 1)
    page = rows[: asked.limit]
    following = encode(request, list(position(page[-1], asked.sort))) if len(rows) > asked.limit else None
    return page, following, undated
