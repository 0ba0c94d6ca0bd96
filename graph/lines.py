"""The lines of `export jsonl`: the interchange and backup format, described in docs/jsonl.md."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from graph.articles import Article, article_id, text_sha256
from graph.claims import Claim, claim_id
from graph.vocabulary import PHASE_OF, PREDICATES

SCHEMA = 1
"""Version of the lines; it grows when a reader of the old ones could no longer read them."""
SCHEMA_ID = "https://embargo.example/schema/claims.schema.json"
DERIVED = {"ArticleLine": ("id", "sha256"), "ClaimLine": ("id", "frame", "phase", "article_id")}
"""What other tools may leave out, since it follows from the rest."""


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    version: Literal[1] = Field(SCHEMA, alias="schema")


class MetaLine(_Line):
    """First line of an export: what follows."""

    type: Literal["meta"] = "meta"
    articles: int = Field(ge=0)
    claims: int = Field(ge=0)
    """Retired ones included."""


class ArticleLine(Article, _Line):
    """An article in the version that counts, and who has read it."""

    type: Literal["article"] = "article"
    origin: str | None = None
    """The credited agency."""
    extractors: dict[str, str] = {}
    """Newest version of each extractor that has read it."""
    forgotten: bool = False
    erased: bool = False
    """The text and title were removed for good; `sha256` is still the one of the text."""

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, value: Any) -> Any:
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            return value
        text, known = value["text"], {name: value.get(name) for name in ("url", "outlet", "published", "title")}
        if not all(part is None or isinstance(part, str) for part in known.values()):
            return value
        return {"id": article_id(**known, text=text), "sha256": text_sha256(text)} | value

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.erased and self.sha256 != text_sha256(self.text):
            raise ValueError("sha256 is not the one of the text; leave it out, or correct it")
        return self

    def article(self) -> Article:
        """The article alone."""
        return Article(**{name: getattr(self, name) for name in Article.model_fields})


class ClaimLine(Claim, _Line):
    """A claim, and whether it still counts."""

    type: Literal["claim"] = "claim"
    article_id: str = Field("", pattern=r"^([0-9a-f]{16})?$")
    """`Article.id`; without it `article` tells which one."""
    article_version: tuple[str, str, str, str] | None = None
    """Version of the article that it was read from (date, sha256, source id, source), if it is no longer that of the
    article's line."""
    recorded_at: str | None = None
    retired_at: str | None = None
    retired_why: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, value: Any) -> Any:
        """Adds what follows from the rest; where the rest is wrong its own check says so better."""
        if not isinstance(value, dict):
            return value
        predicate, stage = PREDICATES.get(str(value.get("predicate"))), value.get("stage")
        follows: dict[str, Any] = {"frame": predicate.frame} if predicate else {}
        follows |= {"phase": PHASE_OF[stage]} if stage in PHASE_OF else {}
        return follows | value

    def claim(self) -> Claim:
        """The claim alone."""
        return Claim.model_validate({name: getattr(self, name) for name in Claim.model_fields})
