"""The lines of claims and gold files, as far as they are scored, and their reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.vocabulary import PREDICATES, Assertion, Stage

Action = Literal["signs", "ratifies", "withdraws", "suspends", "violates", "complies"]
ActorFrame = Literal["transfer", "sanction", "exclude", "develop", "test", "deploy", "use", "treaty"]


class RecordError(ValueError):
    """A file that cannot be scored; the message names file, line, reason and remedy."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(_Record):
    """A role of a claim."""

    name: str


Role = Named | str | None


class Roles(_Record):
    """The qualifiers that are scored."""

    supplier: Role = None
    recipient: Role = None
    programme: Role = None

    @property
    def supplier_name(self) -> str | None:
        """Who supplies, where it is known."""
        return _name(self.supplier)

    @property
    def recipient_name(self) -> str | None:
        """Who receives, where it is known."""
        return _name(self.recipient)

    @property
    def programme_name(self) -> str | None:
        """From what somebody is excluded, where it is known."""
        return _name(self.programme)


class ClaimRecord(_Record):
    """A claim as `embargo extract` writes it; other systems need give no more than this. A role may be a bare name."""

    article: str
    subject: Role = None
    predicate: str
    object: Role
    stage: Stage | None = None
    assertion: Assertion | None = None
    qualifiers: Roles = Roles()

    @property
    def subject_name(self) -> str | None:
        """None where the sender of a sanction is not named."""
        return _name(self.subject)

    @property
    def object_name(self) -> str | None:
        """None only for an empty object."""
        return _name(self.object)

    @model_validator(mode="after")
    def _check_predicate(self) -> Self:
        if self.predicate not in PREDICATES and self.predicate != "arms":
            raise ValueError(f"predicate '{self.predicate}' is not in the vocabulary: {', '.join(PREDICATES)}")
        return self


class FrameRecord(_Record):
    """An annotated event."""

    frame: ActorFrame
    supplier: str | None = None
    recipient: str | None = None
    weapon: str | None = None
    sender: str | None = None
    target: str | None = None
    programme: str | None = None
    actor: str | None = None
    action: Action | None = None
    instrument: str | None = None
    stage: Stage | None = None
    assertion: Assertion | None = None

    @model_validator(mode="after")
    def _check_action(self) -> Self:
        if self.frame == "treaty" and self.action is None:
            raise ValueError("a treaty frame needs an action")
        return self


class GoldRecord(_Record):
    """What one annotator read in one text."""

    id: str = Field(min_length=1)
    frames: list[FrameRecord]


def _name(role: Role) -> str | None:
    return role.name if isinstance(role, Named) else role


Line = TypeVar("Line", ClaimRecord, GoldRecord)


def read_claims(path: Path) -> list[ClaimRecord]:
    """The claims of a file.

    Raises:
        RecordError: where the file cannot be read or a line is no claim.
    """
    return [claim for _, claim in _lines(path, ClaimRecord)]


def read_gold(path: Path) -> dict[str, GoldRecord]:
    """The records of a gold file by the texts' ids.

    Raises:
        RecordError: where the file cannot be read or is empty, a line is no record, or two are about one text.
    """
    found: dict[str, GoldRecord] = {}
    for number, record in _lines(path, GoldRecord):
        if record.id in found:
            raise RecordError(f"{path}:{number}: the text {record.id} stands here twice; keep one line a text")
        found[record.id] = record
    if not found:
        raise RecordError(f'{path}: no texts in it; a line of gold is {{"id": …, "frames": […]}}')
    return found


def _lines(path: Path, kind: type[Line]) -> Iterator[tuple[int, Line]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}; give a file of JSON Lines") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}: not UTF-8; give a file of JSON Lines") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, kind.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"]))
                what = "claims as 'embargo extract' writes them" if kind is ClaimRecord else "records of id and frames"
                raise RecordError(
                    f"{path}:{number}: {where + ': ' if where else ''}{first['msg']}; expected {what}"
                ) from error
