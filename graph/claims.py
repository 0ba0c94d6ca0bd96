"""A claim: one statement of one article. This is the interchange format as well as the model in memory."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from graph.articles import digest
from graph.vocabulary import PHASE_OF, PREDICATES, Assertion, Basis, Frame, Label, Mode, Phase, Scope, Stage

IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Ordinal = Annotated[int, Field(ge=1)] | Literal["further"]
Round = Annotated[int, Field(ge=1)] | Literal["new", "further"]


class _Compact(BaseModel):
    """A part of a claim whose unset fields are left out of its JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @model_serializer(mode="wrap")
    def _drop_unset(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}


class Entity(_Compact):
    """A node that a claim refers to."""

    id: str
    name: str
    label: Label


class Mention(Entity):
    """A role of a claim: the node, and the words that it was read from (code points of the article's text)."""

    text: str | None = None
    start: int | None = None
    end: int | None = None
    office: str | None = None
    """The office held on the article's date, where the role is a person's."""
    speaks_for: Entity | None = None
    """The state or body that a speaker speaks for."""
    of_class: Entity | None = None
    """The class that the words give to a weapon; it counts where the catalogue does not know the weapon."""

    @model_validator(mode="after")
    def _check_class(self) -> Self:
        if self.of_class is not None and {self.label, self.of_class.label} != {"Weapon"}:
            raise ValueError("of_class is the class of a weapon, and a Weapon itself")
        return self


class Quote(_Compact):
    """Evidence: `text[start:end] == quote`, in code points, `end` excluded."""

    start: int = Field(ge=0)
    end: int
    quote: str


class Qualifiers(_Compact):
    """The roles beside subject and object, and the details of a claim."""

    supplier: Mention | None = None
    recipient: Mention | None = None
    weapon: Mention | None = None
    target: Mention | None = None
    instrument: Mention | None = None
    programme: Mention | None = None
    agent: Mention | None = None
    stopped_by: Mention | None = None
    measure: str | None = None
    scope: Scope | None = None
    target_detail: str | None = None
    quantity_min: float | None = None
    quantity_max: float | None = None
    unit: str | None = None
    quantity_text: str | None = None
    value: float | None = None
    currency: str | None = Field(None, pattern=r"^[A-Z]{3}$")
    """ISO 4217."""
    value_scope: Literal["item", "package", "ceiling"] | None = None
    batch: Ordinal | None = None
    round: Round | None = None
    partial: bool | None = None
    reason: str | None = None
    mode: Mode | None = None
    place: str | None = None
    topic: str | None = None
    role: str | None = None
    since: str | None = None
    until: str | None = None
    notified: str | None = None
    effective: str | None = None
    because_of: list[str] = []
    """Ids of the claims that the article gives as the reason."""


QUALIFIER_ROLES = (
    "supplier",
    "recipient",
    "weapon",
    "target",
    "instrument",
    "programme",
    "agent",
    "stopped_by",
)


class Claim(BaseModel):
    """One statement of one article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[0-9a-f]{20}$")
    article: str
    """The input's own id of the article (`Article.source_id`)."""
    article_id: str = Field(pattern=r"^[0-9a-f]{16}$")
    subject: Mention | None
    """None only where the sender of a sanction or exclusion is not named."""
    frame: Frame
    predicate: str
    object: Mention
    qualifiers: Qualifiers = Qualifiers()
    stage: Stage
    phase: Phase
    assertion: Assertion
    speaker: Mention | None = None
    event_date: str | None = None
    """EDTF, such as `2021-09-29`, `2019`, `2019-07-12/2019-07-25`."""
    date_from: IsoDate | None = None
    date_to: IsoDate | None = None
    basis: Basis | None = None
    published: str | None = None
    evidence: list[Quote] = Field(min_length=1)
    confidence: float = Field(ge=0, le=1)
    extractor: str
    extractor_version: str

    @model_validator(mode="after")
    def _check(self) -> Self:
        predicate = PREDICATES.get(self.predicate)
        if predicate is None:
            raise ValueError(f"unknown predicate '{self.predicate}'; known: {', '.join(PREDICATES)}")
        if predicate.frame != self.frame:
            raise ValueError(f"'{self.predicate}' belongs to frame '{predicate.frame}', not '{self.frame}'")
        if PHASE_OF[self.stage] != self.phase:
            raise ValueError(f"stage '{self.stage}' belongs to phase '{PHASE_OF[self.stage]}', not '{self.phase}'")
        if self.subject is None and self.frame not in ("sanction", "exclude"):
            raise ValueError(f"a '{self.frame}' claim needs a subject")
        if self.subject is not None and self.subject.label in ("Weapon", "Instrument"):
            raise ValueError("a subject is an actor")
        actor = self.object.label not in ("Weapon", "Instrument")
        if predicate.object != ("Actor" if actor else self.object.label):
            raise ValueError(f"the object of '{self.predicate}' is a {predicate.object}, not a {self.object.label}")
        if self.id != claim_id(self):
            raise ValueError(f"id should be {claim_id(self)}: the id is a hash of the claim's own content")
        return self

    def roles(self) -> dict[str, Mention]:
        """Every role of the frame that is known, by its name in the frame (sender, supplier, weapon, target …)."""
        predicate = PREDICATES[self.predicate]
        known = {role: getattr(self.qualifiers, role) for role in QUALIFIER_ROLES}
        known |= {predicate.subject_role: self.subject, predicate.object_role: self.object}
        return {role: mention for role, mention in known.items() if mention is not None}


def claim_id(claim: Claim) -> str:
    """20 hex digits over what the claim says: article, frame, predicate, role ids, stage, assertion, speaker,
    event date, batch, round and the words quoted (not where they stand)."""
    q = claim.qualifiers
    roles = sorted((role, getattr(q, role).id) for role in QUALIFIER_ROLES if getattr(q, role) is not None)
    return digest(
        20,
        claim.article_id,
        claim.frame,
        claim.predicate,
        claim.subject.id if claim.subject else None,
        claim.object.id,
        *(f"{role}={node}" for role, node in roles),
        claim.stage,
        claim.assertion,
        claim.speaker.id if claim.speaker else None,
        claim.event_date,
        str(q.batch) if q.batch else None,
        str(q.round) if q.round else None,
        *(quote.quote for quote in claim.evidence),
    )


def make_claim(**fields: Any) -> Claim:
    """A claim from its content alone: `frame`, `phase` and `id` are derived.

    Raises:
        pydantic.ValidationError: where the content contradicts the ontology.
    """
    predicate = PREDICATES[fields["predicate"]]
    draft = Claim.model_construct(
        **{
            "qualifiers": Qualifiers(),
            "speaker": None,
            "event_date": None,
            **fields,
            "frame": predicate.frame,
            "phase": PHASE_OF[fields["stage"]],
        }
    )
    return Claim(**{**fields, "frame": draft.frame, "phase": draft.phase, "id": claim_id(draft)})
