"""Finds claims by filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from api.csv import cell
from api.deps import Form, Given
from api.problems import ProblemError
from graph.claims import Claim
from graph.known import as_of
from graph.store import Store
from graph.vocabulary import (
    LABELS,
    PREDICATES,
    Assertion,
    Basis,
    Frame,
    Label,
    Mode,
    Phase,
    Scope,
    Stage,
)
from queries.facts import Order
from queries.header import Parameter, ParameterType
from queries.held import CAN_HAVE_HELD, can_have_held
from queries.names import ACTORS, names_of, resolve
from queries.parameters import check

NAMES: dict[str, tuple[Label, ...]] = {
    "subject": ACTORS, "object": LABELS, "entity": LABELS, "supplier": ACTORS, "recipient": ACTORS,
    "weapon": ("Weapon",), "target": (*ACTORS, "Weapon"), "instrument": ("Instrument",),
    "programme": (*ACTORS, "Instrument"), "agent": ACTORS, "stopped_by": (*ACTORS, "Instrument"), "speaker": ACTORS,
}  # fmt: skip
DATES: dict[str, ParameterType] = {
    "from": "period_start", "to": "period_end", "at": "day", "known_on": "day",
    "published_from": "period_start", "published_to": "period_end",
}  # fmt: skip
DAY = "substring(c.published, 0, 10)"
FIRST = (
    f"CASE WHEN c.date_from IS NULL AND c.date_to IS NULL AND c.basis = 'publication' THEN {DAY} ELSE c.date_from END"
)
ANY_ROLE = "SUBJECT|OBJECT|SUPPLIER|RECIPIENT|WEAPON|TARGET|UNDER|PROGRAMME|AGENT|STOPPED_BY"
ROLES = {
    "subject": "SUBJECT", "object": "OBJECT", "supplier": "SUPPLIER", "recipient": "RECIPIENT", "weapon": "WEAPON",
    "target": "TARGET", "instrument": "UNDER|OBJECT|PROGRAMME", "programme": "PROGRAMME", "agent": "AGENT",
    "stopped_by": "STOPPED_BY", "entity": ANY_ROLE,
}  # fmt: skip
"""Types of the relationships that a filter by a role follows. An actor that is an OBJECT is a target as well."""
PATTERNS = {
    "article": "MATCH (:Article {id: $article})-[:REPORTS]->(c)",
    "outlet": "MATCH (:Outlet {id: $outlet})<-[:PUBLISHED_BY]-(:Article)-[:REPORTS]->(c)",
    "episode": "MATCH (:Episode {id: $episode})<-[:ABOUT]-(c)",
}
EQUAL = (
    "frame", "predicate", "phase", "stage", "assertion", "basis", "scope", "mode", "batch", "round", "partial",
    "currency", "place", "topic", "extractor",
)  # fmt: skip
CONDITIONS = {
    "speaker": "EXISTS { (c)-[:SPEAKER|SPEAKS_FOR]->(:Actor {id: $speaker}) }",
    "from": f"coalesce(c.date_to, {DAY}, '9999') >= $from",
    "to": f"coalesce({FIRST}, '') <= $to",
    "known_on": f"{DAY} <= $known_on",
    "published_from": f"{DAY} >= $published_from",
    "published_to": f"{DAY} <= $published_to",
    "min_confidence": "c.confidence >= $min_confidence",
    "min_quantity": "coalesce(c.quantity_max, c.quantity_min) >= $min_quantity",
    "min_value": "c.value >= $min_value",
    "measure": "all(one IN split($measure, ', ') WHERE one IN split(c.measure, ', '))",
} | {name: f"c.{name} = ${name}" for name in EQUAL}
HELD = f"MATCH (c)-[:ABOUT]->(e:Episode) WHERE {CAN_HAVE_HELD}"
Sort = Literal["published", "event", "recorded", "confidence", "quantity", "value"]
SORTS: dict[Sort, str] = {
    "published": "coalesce(c.published, '')",
    "event": f"coalesce({FIRST}, c.date_to, '')",
    "recorded": "coalesce(c.recorded_at, '')",
    "confidence": "coalesce(c.confidence, -1.0)",
    "quantity": "coalesce(c.quantity_max, c.quantity_min, -1.0)",
    "value": "coalesce(c.value, -1.0)",
}
"""What claims are sorted by; what has none comes before all others."""
NUMBERS: tuple[Sort, ...] = ("confidence", "quantity", "value")


def _name(what: str, example: str) -> Any:
    """A filter by an entity's id or any of its names."""
    return Field(None, max_length=200, description=what, examples=[example])


class ClaimFilter(BaseModel):
    """Which claims; every filter may be left out. Entities go by id or any name."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    subject: str | None = _name("Who, as worded.", "Turkey")
    predicate: Literal[tuple(PREDICATES)] | None = Field(  # type: ignore[valid-type]  # the vocabulary's words are known at run time
        None, description="The verb.", examples=["purchases"]
    )
    object: str | None = _name("Whom or what, as worded.", "S-400")
    entity: str | None = _name("In any role: supplier, weapon, target …", "Russia")
    supplier: str | None = _name("Who supplies the weapon.", "Russia")
    recipient: str | None = _name("Who gets it.", "Turkey")
    weapon: str | None = _name("The weapon that it is about, in any frame.", "S-400")
    target: str | None = _name("Whom it hits or is aimed at; of sanctions the same as `object`.", "Turkey")
    instrument: str | None = _name("Under which statute, treaty …", "CAATSA")
    programme: str | None = _name("Programme or body that somebody is excluded from.", "F-35 programme")
    agent: str | None = _name("Organ or person acting for the subject.", "Erdoğan")
    stopped_by: str | None = _name("Who or what stopped it.", "United States")
    frame: Frame | None = Field(None, description="Kind of event.", examples=["transfer"])
    phase: Phase | None = Field(None, description="proposed, committed, actual or stopped.", examples=["actual"])
    stage: Stage | None = Field(None, description="Stage told.", examples=["completed"])
    assertion: Assertion | None = Field(None, description="Stated as fact, or not.", examples=["asserted"])
    speaker: str | None = _name("Who says so; a state stands for all who speak for it.", "Erdoğan")
    basis: Basis | None = Field(None, description="How the event is dated.", examples=["stated"])
    scope: Scope | None = Field(None, description="How far a sanction goes.", examples=["state"])
    measure: Given | None = Field(
        None, max_length=200, description="Kind of sanction, also beside others; of several, joined by `, `, all.",
        examples=["arms embargo"],
    )  # fmt: skip
    mode: Mode | None = Field(None, description="How weapons change hands.", examples=["sale"])
    batch: str | None = Field(
        None, pattern="^([1-9][0-9]{0,8}|further)$", description="Of which batch: 1, 2 … or `further`.", examples=["1"]
    )
    round: str | None = Field(
        None, pattern="^([1-9][0-9]{0,8}|new|further)$", description="Of which round: 1, 2 … or `new`, `further`.",
        examples=["new"],
    )  # fmt: skip
    partial: bool | None = Field(None, description="Where only a part is meant.", examples=[True])
    currency: str | None = Field(
        None, pattern="^[A-Z]{3}$", description="ISO 4217 code of the amount.", examples=["USD"]
    )
    place: str | None = Field(None, max_length=200, description="Place of the event, as worded.", examples=["Ankara"])
    topic: str | None = Field(None, max_length=200, description="What a stance is about.", examples=["the S-400"])
    min_quantity: float | None = Field(
        None, ge=0, le=1e15, allow_inf_nan=False, description="The quantity can be as many or more.", examples=[2]
    )
    min_value: float | None = Field(
        None, ge=0, le=1e18, allow_inf_nan=False, description="An amount of money of at least this, in any currency.",
        examples=[1e9],
    )  # fmt: skip
    min_confidence: float | None = Field(
        None, ge=0, le=1, allow_inf_nan=False, description="The extractor's own estimate is at least this.",
        examples=[0.5],
    )  # fmt: skip
    from_: Given | None = Field(
        None, alias="from", description="Event possible on or after this day, month or year.", examples=["2019"]
    )
    to: Given | None = Field(
        None, description="Event possible on or before this day, month or year.", examples=["2021-12-31"]
    )
    at: Given | None = Field(
        None, description="About what can have been in force, or carried out, on this day.", examples=["2019-07-20"]
    )
    known_on: Given | None = Field(
        None, description="Only from articles published by this day; with `at`, what one could know then of it.",
        examples=["2019-07-11"],
    )  # fmt: skip
    published_from: Given | None = Field(
        None, description="Published on or after this day, month or year.", examples=["2019"]
    )
    published_to: Given | None = Field(
        None, description="Published on or before this day, month or year.", examples=["2021-12-31"]
    )
    outlet: Given | None = Field(
        None, max_length=200, description="Id of the outlet.", examples=["sample-wire.example"]
    )
    article: Given | None = Field(
        None,
        description="Id of the article, its URL, or the input's own id.",
        examples=["2021-09-27-erdogan-second-batch-of-s-400"],
    )
    episode: Given | None = Field(
        None, max_length=400, description="Id of the episode that it belongs to.",
        examples=["sanction/USA/presidency-of-defense-industries/2020-12-14/caatsa"],
    )  # fmt: skip
    extractor: str | None = Field(None, max_length=200, description="What read it.", examples=["rules"])
    retired: bool = Field(False, description="Also claims that no longer count.", examples=[True])
    sort: Sort = Field(
        "published", description="In the order of this; what has no such value counts as lower than all others.",
        examples=["event"],
    )  # fmt: skip
    order: Order = Field("desc", description="Whether what you sort by rises or falls.", examples=["asc"])
    limit: int = Field(50, ge=1, le=1000, description="At most this many.", examples=[50])
    cursor: str | None = Field(
        None, max_length=1000, description="`next_cursor` of the page before, with the same other parameters.",
        examples=["WyI0ZjdhIiwgWyIyMDIxLTA5LTI2IiwgIjAxMjMiXV0"],
    )  # fmt: skip
    format: Form | None = Field(None, description="Form of the answer, before the header Accept.", examples=["csv"])

    @property
    def position(self) -> tuple[type, type]:
        """Types of the value sorted by and of the id, of which a cursor is made."""
        return (float if self.sort in NUMBERS else str, str)


FilterQuery = Annotated[ClaimFilter, Query()]


def find_ids(store: Store, wanted: ClaimFilter, after: list[Any] | None, count: int) -> list[list[Any]]:
    """What claims are sorted by and their ids, in the order asked for.

    Args:
        store: the graph.
        wanted: the filters and the order.
        after: value sorted by and id of the claim to go on after.
        count: at most this many.

    Raises:
        queries.parameters.ParameterError: a date, article, outlet or episode that does not exist.
        LookupError: a name that no node has, or several.
        ProblemError: `at` and `known_on` without anything that narrows the search.
    """
    given = {k: v for k, v in wanted.model_dump(by_alias=True).items() if v is not None}
    values: dict[str, Any] = {name: given[name] for name in (*ROLES, *PATTERNS, *CONDITIONS, "at") if name in given}
    for name, labels in NAMES.items():
        if name in values:
            values[name] = resolve(store, values[name], labels, name)
    kinds = DATES | {"article": "article", "outlet": "outlet", "episode": "episode"}
    declared = [Parameter(name=n, type=kind, doc="-", example="-") for n, kind in kinds.items() if n in values]
    values |= check(store, declared, {parameter.name: values[parameter.name] for parameter in declared})
    patterns = [_role_pattern(store, name, values[name]) for name in ROLES if name in values]
    patterns += [text for name, text in PATTERNS.items() if name in values]
    conditions = [text for name, text in CONDITIONS.items() if name in values]
    if not wanted.retired:
        conditions.append("c.retired_at IS NULL")
    if "at" in values and "known_on" in values:
        if not patterns:
            raise ProblemError(422, "with 'at' and 'known_on' give a role, 'entity', 'article', 'outlet' or 'episode'")
        values["held"] = _held(store, _found(patterns, conditions), values)
        conditions.append("c.id IN $held")
    elif "at" in values:
        patterns.append(HELD)
    if after:
        values["last"], values["id"] = after
    rows: list[dict[str, Any]] = []
    for part, value in _parts(wanted, narrowed=bool(patterns)):
        if len(rows) < count:
            found = _found(patterns, [*conditions, *part, *([_beyond(value, wanted.order)] if after else [])])
            ordered = f"ORDER BY value {wanted.order.upper()}, id LIMIT $count"
            rows += store.read(
                f"{found} RETURN c.id AS id, {value} AS value {ordered}", **values, count=count - len(rows)
            )
    return [[wanted.position[0](row["value"]), row["id"]] for row in rows]


def _parts(wanted: ClaimFilter, *, narrowed: bool) -> list[tuple[list[str], str]]:
    """Conditions of the parts in which all claims are read, in the order asked for, and what each is sorted by.

    Of all claims those with a day of publication come by its index, which knows none of the others.
    """
    if wanted.sort != "published" or narrowed:
        return [([], SORTS[wanted.sort])]
    dated, undated = (["c.published IS NOT NULL"], "c.published"), (["c.published IS NULL"], "''")
    return [undated, dated] if wanted.order == "asc" else [dated, undated]


def _beyond(value: str, order: Order) -> str:
    sign = ">" if order == "asc" else "<"
    return f"{value} {sign}= $last AND ({value} {sign} $last OR c.id > $id)"


def _found(patterns: list[str], conditions: list[str]) -> str:
    """Cypher with one row for every claim `c` that fits."""
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    if not patterns:
        return f"MATCH (c:Claim) {where}"
    first, *others = patterns
    return " ".join([first.replace("(c)", "(c:Claim)"), *others, "WITH DISTINCT c", where])


def _role_pattern(store: Store, name: str, value: str) -> str:
    family = names_of(store).family_of(value)
    types = "TARGET|OBJECT" if name == "target" and family == "Actor" else ROLES[name]
    return f"MATCH (:{family} {{id: ${name}}})<-[:{types}]-(c)"


def _held(store: Store, found: str, values: Mapping[str, Any]) -> list[str]:
    """The claims of what, as one could know it on `known_on`, can have held on `at`."""
    threads = [row["thread"] for row in store.read(f"{found} RETURN DISTINCT c.thread AS thread", **values)]
    episodes = as_of(store, threads, known_on=values["known_on"]).episodes
    return sorted({id for episode in episodes if can_have_held(episode, values["at"]) for id in episode.claims})


CSV_COLUMNS = [
    "id", "article", "article_id", "subject", "frame", "predicate", "object", "supplier", "recipient", "weapon",
    "target", "instrument", "programme", "agent", "stopped_by", "stage", "phase", "assertion", "speaker", "event_date",
    "date_from", "date_to", "basis", "published", "quantity_min", "quantity_max", "unit", "value", "currency",
    "measure", "scope", "batch", "round", "partial", "quote", "start", "end", "confidence", "extractor",
    "extractor_version",
]  # fmt: skip


def csv_row(claim: Claim) -> dict[str, Any]:
    """A claim as one line: roles as ids, the first quote."""
    flat = claim.model_dump(exclude={"qualifiers", "evidence"}) | claim.qualifiers.model_dump()
    flat |= claim.evidence[0].model_dump()
    return {key: cell(value["id"] if isinstance(value, dict) else value) for key, value in flat.items()}
