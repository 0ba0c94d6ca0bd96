"""What the model is asked for: statements in the words of the ontology, as a strict JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from graph.vocabulary import PREDICATES, Assertion, Mode, Scope, Stage

Measure = Literal[
    "arms embargo", "oil embargo", "asset freeze", "travel ban", "trade ban", "export ban", "import ban", "financial",
    "blacklisting",
]  # fmt: skip


def _text(value: object) -> object:
    """Models write an unknown name as an empty string."""
    return (value.strip() or None) if isinstance(value, str) else value


Words = Annotated[str | None, BeforeValidator(_text)]


class Statement(BaseModel):
    """One statement of the article, not verified yet. A field that is left out counts as null."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    predicate: str = Field(json_schema_extra={"enum": list(PREDICATES)})
    subject: Words = None
    object: str
    supplier: Words = None
    recipient: Words = None
    weapon: Words = None
    target: Words = None
    instrument: Words = None
    programme: Words = None
    stopped_by: Words = None
    speaker: Words = None
    stage: Stage
    assertion: Assertion
    when: Words = None
    quantity: Words = None
    value: Words = None
    batch: int | Literal["further"] | None = None
    round: int | Literal["new", "further"] | None = None
    partial: bool | None = None
    mode: Mode | None = None
    measure: Measure | None = None
    scope: Scope | None = None
    target_detail: Words = None
    reason: Words = None
    place: Words = None
    topic: Words = None
    quote: str
    confidence: float


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of an answer; every field is required, as strict servers want it, and unknown ones are null."""
    statement = Statement.model_json_schema()
    for field in statement["properties"].values():
        field.pop("default", None)
        field.pop("title", None)
    statement["required"] = list(statement["properties"])
    statement.pop("title"), statement.pop("description")
    return {
        "type": "object",
        "properties": {"statements": {"type": "array", "items": statement}},
        "required": ["statements"],
        "additionalProperties": False,
    }
