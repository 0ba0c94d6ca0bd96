"""The word lists of `status.yaml`, `slots.yaml` and `amounts.yaml`, read and checked once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.vocabulary import Assertion, Stage
from graph.yaml_text import from_yaml
from loaders.extraction.rules import FOLDER, RuleError

Words = TypeVar("Words", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Status:
    """The word lists of `status.yaml`."""

    stages: dict[str, Stage]
    phrasal: dict[str, dict[str, Stage]]
    """Stages of verbs with a particle."""
    not_yet: frozenset[str]
    assertions: dict[str, Assertion]
    rejecting: frozenset[str]
    """Verbs that deny what is claimed, where that is their object: rejected *claims* of sales."""
    bystander: frozenset[str]
    """Verbs whose subject takes no part in the event below them."""
    ability: frozenset[str]
    """Nouns for what could be done: the *ability* to launch missiles."""
    outlawed: frozenset[str]
    """Verbs whose object is what nobody shall do: eliminating the use of chemical weapons."""
    hypothetical: frozenset[str]
    """Verbs that keep what is below them from happening, with `from` or `against`; it is no event."""
    look_through: frozenset[str]
    """Nouns between a noun and its verb that change nothing: imposed a *round* of sanctions."""
    reporting: frozenset[str]
    media: frozenset[str]
    modal: dict[str, Stage]
    negation: frozenset[str]
    new: frozenset[str]
    hedges: frozenset[str]
    conditions: frozenset[str]
    background: frozenset[str]
    afterwards: frozenset[str]
    """Prepositions by which something came after what they lead to: protests *after* the test."""
    punishing: frozenset[str]
    sparing: frozenset[str]
    unproven: frozenset[str]
    talking: frozenset[str]
    """Words of talk about an event: whoever will, or agrees to, *discuss* it has not decided on it."""
    in_force: frozenset[str]
    """Verbs of which the object is in force, whatever is said of them."""
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
    """Words of a stage that tell none as adjectives: a *clear* violation."""
    by_terms: frozenset[str]
    """Prepositions of the contract that binds somebody to do something."""
    contracts: frozenset[str]
    """Nouns that stand for what is agreed: will deliver them under the *deal*."""
    obliging: frozenset[str]
    """What a contract does to who has to deliver: *will see* it deliver 18 jets."""
    ordering: frozenset[str]
    """Verbs by whose participle weapons are agreed on: will get jets *ordered* in 2008."""
    buying: frozenset[str]
    """Nouns for what stands as agreed where somebody will not end it: no plans to cancel the *purchase*."""
    pacts: frozenset[str]
    """Nouns that only complete a treaty's name: the nuclear *agreement*."""
    lessening: frozenset[str]
    lessened: frozenset[str]
    resenting: frozenset[str]
    taking_part: frozenset[str]
    untrue: frozenset[str]
    calling: frozenset[str]
    pleas: frozenset[str]
    """What somebody asks for, so that who denies it refuses."""
    causes: frozenset[str]
    findings: frozenset[str]
    own_office: frozenset[str]
    """Offices that speak for one that takes part, where no state is told."""
    documents: frozenset[str]
    """What speaks for who issued it."""
    state_media: frozenset[str]
    own_subject: frozenset[str]
    telling: frozenset[str]
    operands: dict[str, list[str]]
    """Verb -> the prepositions that lead to what it acts on: calls *for* sanctions."""


class SlotWords(BaseModel):
    """`slots.yaml`: the words by which slots are found; there it stands what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    targeting: frozenset[str]
    falling: dict[str, tuple[str, ...]]
    suffering: frozenset[str]
    breaking: frozenset[str]
    answering: frozenset[str]
    resenting: frozenset[str]
    under_threat: frozenset[str]
    describing: frozenset[str]
    not_senders: frozenset[str]
    motions: frozenset[str]
    places: frozenset[str]
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
    reasons: frozenset[str]
    statutes: frozenset[str]
    persons: frozenset[str]


class AmountWords(BaseModel):
    """`amounts.yaml`: the words of numbers, money, batches and rounds; there it stands what each list is for."""

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


@cache
def load_status() -> Status:
    """The status words of the project.

    Raises:
        RuleError: where a word is listed under two stages.
    """
    data = from_yaml((FOLDER / "status.yaml").read_text(encoding="utf-8"))
    stages: dict[str, Stage] = {}
    for stage, words in data["stage"].items():
        for word in words:
            if word in stages:
                raise RuleError(f"status.yaml: '{word}' is listed under {stages[word]} and {stage}; keep one")
            stages[word] = stage
    data["assertion"] = {word: kind for kind, words in data["assertion"].items() for word in words}
    lists = {key: frozenset(words) for key, words in data.items() if isinstance(words, list)}
    del data["stage"]
    return Status(stages=stages, assertions=data.pop("assertion"), **{**data, **lists})


def _checked(model: type[Words], name: str) -> Words:
    """The words of a file.

    Raises:
        RuleError: where it does not fit the schema.
    """
    try:
        return model.model_validate(from_yaml((FOLDER / name).read_text(encoding="utf-8")))
    except ValidationError as error:
        raise RuleError(f"{name}: {error}") from error


SLOT_WORDS = _checked(SlotWords, "slots.yaml")
AMOUNT_WORDS = _checked(AmountWords, "amounts.yaml")
