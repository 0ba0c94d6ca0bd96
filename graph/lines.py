"""The lines of `export jsonl`: the interchange and backup format, described in docs/jsonl.md."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from graph.articles import Article, article_id, text_sha256
from graph.claims import Claim, Mention, Qualifiers, Quote, claim_id
from graph.sketch import Sketch
from graph.vocabulary import PHASE_OF, PREDICATES

SCHEMA = 1
"""Version of the lines; it grows when a reader of the old ones could no longer read them."""
SCHEMA_ID = "https://embargo.example/schema/claims.schema.json"
DERIVED = {"ArticleLine": ("id", "sha256"), "ClaimLine": ("id", "frame", "phase", "article_id")}
"""What other tools may leave out, since it follows from the rest."""


MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|\+00:00))?")
IN_ID = ("article_id", "frame", "predicate", "subject", "object", "stage", "assertion", "speaker", "event_date")
MENTIONS = ("subject", "object", "speaker")


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    schema_version: Literal[1] = Field(1, alias="schema")


class MetaLine(_Line):
    """First line of an export: what follows."""

    type: Literal["meta"] = "meta"
    articles: int = Field(ge=0)
    claims: int = Field(ge=0)
    """Retired ones included."""


class ArticleLine(Article, _Line):
    """An article in the version that counts, and who has read it."""

    type: Literal["article"] = "article"
    extractors: dict[str, str] = {}
    """Newest version of each extractor that has read it."""
    forgotten: bool = False
    erased: bool = False
    """The text and title were removed for good; `sha256` is still the one of the text, as where a text is not kept."""

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, value: Any) -> Any:
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            return value
        if not value["text"]:
            return value  # it was not kept, so nothing follows from it
        text, known = value["text"], {name: value.get(name) for name in ("url", "outlet", "published", "title")}
        if not all(part is None or isinstance(part, str) for part in known.values()):
            return value
        return {"id": article_id(**known, text=text), "sha256": text_sha256(text)} | value

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_days(self.published, self.modified)
        if self.sketch is not None:
            Sketch.unpack(self.sketch)
        if not self.text:
            return self
        if self.sha256 != text_sha256(self.text):
            raise ValueError("sha256 is not the one of the text; leave it out, or correct it")
        own = article_id(self.url, self.outlet, self.published, self.title, self.text)
        if self.id != own:
            raise ValueError(f"id should be {own}: it is a hash of the URL, or of the article's own content")
        return self

    def article(self) -> Article:
        """The article alone."""
        return Article(**{name: getattr(self, name) for name in Article.model_fields})


class ClaimLine(Claim, _Line):
    """A claim, and whether it still counts."""

    type: Literal["claim"] = "claim"
    article_version: tuple[str, str, str, str] | None = None
    """Date, sha256, source id and source of the article's version that it was read from, where that counts no more."""
    recorded_at: str | None = None
    retired_at: str | None = None
    retired_why: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        predicate, stage = PREDICATES.get(str(value.get("predicate"))), str(value.get("stage"))
        if predicate is None and isinstance(value.get("predicate"), str):
            raise ValueError(f"unknown predicate '{value['predicate'][:40]}'; known: {', '.join(PREDICATES)}")
        follows: dict[str, Any] = {"frame": predicate.frame} if predicate else {}
        follows |= {"phase": phase} if (phase := _phase(stage)) else {}
        complete = follows | value
        return complete if "id" in complete else complete | _own_id(complete)

    @model_validator(mode="after")
    def _check_line(self) -> Self:
        _check_days(self.published, self.date_from, self.date_to)
        return self

    def claim(self) -> Claim:
        """The claim alone."""
        return Claim.model_validate({name: getattr(self, name) for name in Claim.model_fields})


Line = MetaLine | ArticleLine | ClaimLine
LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="type")])


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line, as docs/claims.schema.json holds it."""
    schema = LINE.json_schema(by_alias=True, mode="validation")
    for name, optional in DERIVED.items():
        model = schema["$defs"][name]
        model["required"] = ["type", *(field for field in model["required"] if field not in optional)]
    schema["$defs"]["MetaLine"]["required"] = ["type", "schema", "articles", "claims"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Embargo line",
    } | schema


def _check_days(*values: str | None) -> None:
    for value in values:
        if value is not None:
            if not MOMENT.fullmatch(value):
                raise ValueError(f"'{value}' is neither a day (2021-09-26) nor a time in UTC (2021-09-26T10:00:00Z)")
            datetime.fromisoformat(value)


def _phase(stage: str) -> str | None:
    return next((phase for known, phase in PHASE_OF.items() if known == stage), None)


def _own_id(value: dict[str, Any]) -> dict[str, str]:
    """The id that follows from the content; nothing where the content is wrong, which its own check says better."""
    parts = {name: value[name] for name in IN_ID if name in value}
    try:
        parts |= {name: Mention.model_validate(parts[name]) for name in MENTIONS if parts.get(name) is not None}
        draft = Claim.model_construct(
            **{"speaker": None, "event_date": None, "subject": None}
            | parts
            | {
                "qualifiers": Qualifiers.model_validate(value.get("qualifiers", {})),
                "evidence": [Quote.model_validate(quote) for quote in value["evidence"]],
            }
        )
        return {"id": claim_id(draft)}
    except (ValidationError, AttributeError, KeyError, TypeError):
        return {}


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
