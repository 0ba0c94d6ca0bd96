"""Finds claims by filters."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from api.csv import cell
from api.deps import Form
from graph.claims import Claim
from graph.store import Store
from graph.vocabulary import LABELS, PREDICATES, Assertion, Frame, Phase, Stage
from queries.header import Parameter, ParameterType
from queries.names import ACTORS, names_of, resolve
from queries.parameters import check

NAMES = {"subject": ACTORS, "object": LABELS, "instrument": ("Instrument",), "speaker": ACTORS, "entity": LABELS}
DATES: dict[str, ParameterType] = {"from": "period_start", "to": "period_end", "known_on": "day"}
DAY = "substring(c.published, 0, 10)"
FIRST = (
    f"CASE WHEN c.date_from IS NULL AND c.date_to IS NULL AND c.basis = 'publication' THEN {DAY} ELSE c.date_from END"
)
ANY_ROLE = "SUBJECT|OBJECT|SUPPLIER|RECIPIENT|WEAPON|TARGET|UNDER|PROGRAMME|AGENT|STOPPED_BY"
PATTERNS = {
    "subject": "MATCH (:Actor {id: $subject})<-[:SUBJECT]-(c)",
    "object": "MATCH (:FAMILY {id: $object})<-[:OBJECT]-(c)",
    "instrument": "MATCH (:Instrument {id: $instrument})<-[:UNDER|OBJECT|PROGRAMME]-(c)",
    "entity": f"MATCH (:FAMILY {{id: $entity}})<-[:{ANY_ROLE}]-(c)",
    "article": "MATCH (:Article {id: $article})-[:REPORTS]->(c)",
    "outlet": "MATCH (:Outlet {id: $outlet})<-[:PUBLISHED_BY]-(:Article)-[:REPORTS]->(c)",
}
CONDITIONS = {
    "speaker": "EXISTS { (c)-[:SPEAKER|SPEAKS_FOR]->(:Actor {id: $speaker}) }",
    "from": f"coalesce(c.date_to, {DAY}, '9999') >= $from",
    "to": f"coalesce({FIRST}, '') <= $to",
    "known_on": f"{DAY} <= $known_on",
} | {name: f"c.{name} = ${name}" for name in ("frame", "predicate", "phase", "stage", "assertion")}


class ClaimFilter(BaseModel):
    """Which claims; every filter may be left out. Entities go by id or any name."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    subject: str | None = Field(None, description="Who, as worded.", examples=["Turkey"])
    predicate: Literal[tuple(PREDICATES)] | None = Field(  # type: ignore[valid-type]
        None, description="The verb.", examples=["purchases"]
    )
    object: str | None = Field(None, description="Whom or what, as worded.", examples=["S-400"])
    entity: str | None = Field(None, description="In any role: supplier, weapon, target …", examples=["Russia"])
    frame: Frame | None = Field(None, description="Kind of event.", examples=["transfer"])
    instrument: str | None = Field(None, description="Under which statute, treaty …", examples=["CAATSA"])
    phase: Phase | None = Field(None, description="proposed, committed, actual or stopped.", examples=["actual"])
    stage: Stage | None = Field(None, description="Stage told.", examples=["completed"])
    assertion: Assertion | None = Field(None, description="Stated as fact, or not.", examples=["asserted"])
    speaker: str | None = Field(
        None, description="Who says so; a state stands for all who speak for it.", examples=["Erdoğan"]
    )
    from_: str | None = Field(
        None, alias="from", description="Event possible on or after this day, month or year.", examples=["2019"]
    )
    to: str | None = Field(
        None, description="Event possible on or before this day, month or year.", examples=["2021-12-31"]
    )
    outlet: str | None = Field(None, description="Id of the outlet.", examples=["sample-wire.example"])
    known_on: str | None = Field(None, description="Only from articles published by this day.", examples=["2019-07-11"])
    article: str | None = Field(
        None, description="Id of the article, its URL, or the input's own id.", examples=["000_42e2df97611246d8"]
    )
    retired: bool = Field(False, description="Also claims that no longer count.", examples=[True])
    limit: int = Field(50, ge=1, le=1000, description="At most this many.", examples=[50])
    cursor: str | None = Field(
        None, max_length=1000, description="`next_cursor` of the page before, with the same other parameters.",
        examples=["WyI0ZjdhIiwgWyIyMDIxLTA5LTI2IiwgIjAxMjMiXV0"],
    )  # fmt: skip
    format: Form | None = Field(None, description="Form of the answer, before the header Accept.", examples=["csv"])


FilterQuery = Annotated[ClaimFilter, Query()]


def find_ids(store: Store, wanted: ClaimFilter, after: list[Any] | None, count: int) -> list[list[str]]:
    """Publication date and id of claims, the newest first.

    Args:
        store: the graph.
        wanted: the filters.
        after: publication date and id of the claim to go on after.
        count: at most this many.

    Raises:
        queries.parameters.ParameterError: a date or article that does not exist.
        LookupError: a name that no node has, or several.
    """
    given = {k: v for k, v in wanted.model_dump(by_alias=True).items() if v is not None}
    values: dict[str, Any] = {name: given[name] for name in (*PATTERNS, *CONDITIONS) if name in given}
    for name, labels in NAMES.items():
        if name in values:
            values[name] = resolve(store, values[name], labels)
    kinds = DATES | {"article": "article"}
    declared = [Parameter(name=n, type=kind, doc="-", example="-") for n, kind in kinds.items() if n in values]
    values |= check(store, declared, {parameter.name: values[parameter.name] for parameter in declared})
    conditions = [text for name, text in CONDITIONS.items() if name in values]
    if not wanted.retired:
        conditions.append("c.retired_at IS NULL")
    if after:
        values["day"], values["id"] = after
        conditions.append("(coalesce(c.published, '') < $day OR (coalesce(c.published, '') = $day AND c.id > $id))")
    patterns = [_pattern(store, name, values[name]) for name in PATTERNS if name in values] or ["MATCH (c:Claim)"]
    patterns[0] = patterns[0].replace("(c)", "(c:Claim)")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = store.read(
        f"{' '.join(patterns)} WITH DISTINCT c {where} "
        "RETURN c.id AS id, coalesce(c.published, '') AS published ORDER BY published DESC, id LIMIT $count",
        **values, count=count,
    )  # fmt: skip
    return [[row["published"], row["id"]] for row in rows]


def _pattern(store: Store, name: str, value: str) -> str:
    if name in ("object", "entity"):
        return PATTERNS[name].replace("FAMILY", names_of(store).family_of(value))
    return PATTERNS[name]


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
