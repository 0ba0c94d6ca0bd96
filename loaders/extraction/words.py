"""The word lists of `status.yaml`, `slots.yaml` and `amounts.yaml`, read and checked once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.vocabulary import Assertion, Stage
from graph.yaml_text import from_yaml
from loaders.extraction.rules import FOLDER, RuleError

Words = TypeVar("Words", bound=BaseModel)


class Status(BaseModel):
    """`status.yaml`: the words of stages and of who says so; there it stands what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stages: dict[str, Stage]
    phrasal: dict[str, dict[str, Stage]]
    wishing: frozenset[str]
    halting: frozenset[str]
    closing: frozenset[str]
    bargained: frozenset[str]
    working: frozenset[str]
    comprising: frozenset[str]
    extending: frozenset[str]
    councils: frozenset[str]
    voting: frozenset[str]
    not_yet: frozenset[str]
    assertions: dict[str, Assertion]
    rejecting: frozenset[str]
    bystander: frozenset[str]
    ability: frozenset[str]
    outlawed: frozenset[str]
    hypothetical: frozenset[str]
    look_through: frozenset[str]
    reporting: frozenset[str]
    media: frozenset[str]
    modal: dict[str, Stage]
    negation: frozenset[str]
    new: frozenset[str]
    hedges: frozenset[str]
    conditions: frozenset[str]
    background: frozenset[str]
    until_now: frozenset[str]
    afterwards: frozenset[str]
    punishing: frozenset[str]
    sparing: frozenset[str]
    unproven: frozenset[str]
    talking: frozenset[str]
    in_force: frozenset[str]
    deeds: frozenset[str]
    failing: frozenset[str]
    sharing: frozenset[str]
    to_come: frozenset[str]
    laws: frozenset[str]
    enacting: frozenset[str]
    holding: frozenset[str]
    prolonging: frozenset[str]
    keeping: frozenset[str]
    restoring: frozenset[str]
    plain: frozenset[str]
    by_terms: frozenset[str]
    contracts: frozenset[str]
    obliging: frozenset[str]
    ordering: frozenset[str]
    buying: frozenset[str]
    licensing: frozenset[str]
    trade: frozenset[str]
    pacts: frozenset[str]
    lessening: frozenset[str]
    lessened: frozenset[str]
    resenting: frozenset[str]
    taking_part: frozenset[str]
    untrue: frozenset[str]
    calling: frozenset[str]
    fitted: frozenset[str]
    journalists: frozenset[str]
    holds: frozenset[str]
    confirming: frozenset[str]
    pleas: frozenset[str]
    causes: frozenset[str]
    findings: frozenset[str]
    own_office: frozenset[str]
    unnamed: re.Pattern[str]
    documents: frozenset[str]
    state_media: frozenset[str]
    own_subject: frozenset[str]
    telling: frozenset[str]
    operands: dict[str, list[str]]


class SlotWords(BaseModel):
    """`slots.yaml`: the words by which slots are found; there it stands what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    targeting: frozenset[str]
    falling: dict[str, tuple[str, ...]]
    suffering: frozenset[str]
    breaking: frozenset[str]
    breaches: frozenset[str]
    answering: frozenset[str]
    resenting: frozenset[str]
    under_threat: frozenset[str]
    describing: frozenset[str]
    not_senders: frozenset[str]
    motions: frozenset[str]
    limits: frozenset[str]
    declaring: frozenset[str]
    accusing: frozenset[str]
    preparing: frozenset[str]
    striking: frozenset[str]
    giving: frozenset[str]
    membership: frozenset[str]
    nested: frozenset[str]
    carrying: dict[str, tuple[str, ...]]
    contracted: frozenset[str]
    bound: frozenset[str]
    by_deal: frozenset[str]
    shares: frozenset[str]
    bans: frozenset[str]
    sending: frozenset[str]
    ascribing: frozenset[str]
    owning_up: frozenset[str]
    responses: frozenset[str]
    speaking: frozenset[str]
    harming: frozenset[str]
    attacks: frozenset[str]
    aiming: frozenset[str]
    open_space: frozenset[str]
    grounds: frozenset[str]
    forces: re.Pattern[str]
    filling: frozenset[str]
    listing: frozenset[str]
    list_end: frozenset[str]
    treaties: frozenset[str]
    excluding: frozenset[str]
    sales: frozenset[str]
    reasons: frozenset[str]
    beforehand: frozenset[str]
    elsewhen: frozenset[str]
    statutes: frozenset[str]
    periods: frozenset[str]
    persons: frozenset[str]


class AmountWords(BaseModel):
    """`amounts.yaml`: the words of numbers, money, batches and months; there it stands what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    units: tuple[str, ...]
    teens: tuple[str, ...]
    tens: tuple[str, ...]
    ordinals: tuple[str, ...]
    multiples: dict[str, int]
    at_most: frozenset[str]
    at_least: frozenset[str]
    designations: tuple[str, ...]
    scales: dict[str, float]
    scale_letters: dict[str, float]
    signs: dict[str, str]
    currencies: dict[str, str]
    further: frozenset[str]
    fresh: frozenset[str]
    formations: frozenset[str]
    batches: frozenset[str]
    rounds: frozenset[str]
    whole: frozenset[str]
    beginning: frozenset[str]
    easing: frozenset[str]
    some: frozenset[str]
    parts: frozenset[str]
    seasons: dict[str, tuple[int, int]]
    thirds: dict[str, tuple[int, int]]
    spans: dict[str, tuple[int, int]]


@cache
def load_status() -> Status:
    """The words of `status.yaml`.

    Raises:
        RuleError: where the file does not fit the schema, or lists a word under two stages.
    """
    data = _read("status.yaml")
    stages: dict[str, Stage] = {}
    for stage, words in data.pop("stage").items():
        for word in words:
            if word in stages:
                raise RuleError(f"status.yaml: '{word}' is listed under {stages[word]} and {stage}; keep one")
            stages[word] = stage
    assertions = {word: kind for kind, words in data.pop("assertion").items() for word in words}
    return _checked(Status, "status.yaml", {**data, "stages": stages, "assertions": assertions})


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = from_yaml((FOLDER / name).read_text(encoding="utf-8"))
    return content


def _checked(model: type[Words], name: str, content: dict[str, Any]) -> Words:
    """The words of a file.

    Raises:
        RuleError: where they do not fit the schema.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise RuleError(f"{name}: {error}") from error


SLOT_WORDS = _checked(SlotWords, "slots.yaml", _read("slots.yaml"))
AMOUNT_WORDS = _checked(AmountWords, "amounts.yaml", _read("amounts.yaml"))
