"""The rules as data: `rules/*.yaml`, read and checked once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.vocabulary import PREDICATES, Frame, Mode, Stage
from graph.yaml_text import from_yaml
from loaders.extraction.inflection import noun_forms, verb_forms

FOLDER = Path(__file__).parent
IN_HAND: tuple[Frame, ...] = ("develop", "test", "use", "deploy")
"""Frames of what somebody does with a weapon of his own."""


class RuleError(ValueError):
    """A rule file that cannot be used; the message names file, rule and field."""


class Rule(BaseModel):
    """How one predicate is worded: its verbs and nouns, and where the roles stand around them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    number: int
    """The rule's place in its file, from 1."""
    predicate: str
    verbs: dict[str, list[str]] = {}
    """Lemmas, each with its irregular forms (the regular ones are found by stem)."""
    nouns: list[str] = []
    verb_slots: dict[str, list[str]] = {}
    """Role -> the places, in order of preference, in which it stands around a verb; see `slots.py`."""
    noun_slots: dict[str, list[str]] = {}
    requires: list[str]
    requires_two: list[str] = []
    """At least two of these roles must be known."""
    default_weapon: str | None = None
    stages: dict[str, Stage] = {}
    """Stage of a lemma, where it differs from what tense says."""
    present: Stage | None = None
    """Stage of a verb in the simple present."""
    progressive: Stage = "ongoing"
    """Stage of a verb in the progressive: who *is sanctioning* somebody has done so."""
    noun_stage: Stage = "completed"
    noun_stages: dict[str, Stage] = {}
    new_stage: Stage | None = None
    """Stage of a noun called new, further or additional."""
    modes: dict[str, Mode] = {}
    measures: dict[str, str] = {}
    guards: dict[str, list[str]] = {}
    """A lemma counts only where its article has one of these words."""
    weapon_guard: dict[str, list[str]] = {}
    """A lemma counts only where the weapon's name or words have one of these."""
    object_nouns: list[str] = []
    """The verb counts only with one of these nouns as its object."""
    takers: list[str] = []
    """Verbs whose subject gets what the noun tells: *takes* delivery."""
    subject_nouns: list[str] = []
    """The verb counts only with one of these nouns or pronouns as its subject."""
    continues: bool = False
    """What it tells only lists what an event told before consists of."""
    exporters: list[str] = []
    """States that sell rather than buy, where a deal does not say which of its parties does."""
    noun_modifiers: list[str] = []
    """The noun counts only with one of these words before it."""
    only_words: list[str] = []
    """The rule counts only where its sentence has one of these."""
    unless_words: list[str] = []
    not_particles: dict[str, list[str]] = {}
    """Particles with which a verb means something else: gives *up*."""
    test_only: list[str] = []
    """These lemmas are tests only where nobody is struck."""
    halts: list[str] = []
    """Lemmas by which what is done is only suspended."""
    standing: list[str] = []
    """Verbs of which the present passive tells what lasts: missiles that *are stationed* there."""
    aimed: dict[str, list[str]] = {}
    """With weapons of these words the lemma counts only where somebody is shot at."""
    recalling: list[str] = []
    """Nouns that may point back to an event told before: behind *the attack*."""
    over: dict[str, Stage] = {}
    """What a word over this event says of it, where that differs from `status.yaml`: who *seeks* a bomb develops it."""
    glued: bool = False
    """Its participles may be glued to who acts: US-*sanctioned*."""
    steady: bool = False
    """Its nouns name something standing, which talks, demands and plans about it do not change."""
    platforms_only: bool = False
    treaties_only: bool = False
    firm: bool = False
    """So plain that the learned reader's doubts do not count."""
    named_person: bool = False
    beside_weapons: dict[str, str] = {}
    """Words beside a named weapon that tell another one: *nuclear* and missile tests."""
    modifier_nouns: list[str] = []
    """The nouns that `modifier_weapons` goes for; all where empty."""
    modifier_weapons: dict[str, str] = {}
    """Words before the noun that tell the weapon without naming it: a *nuclear* test."""


@dataclass(slots=True)
class RuleSet:
    """All rules, by the lemma that sets them off."""

    verbs: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    lists: list[Rule] = field(default_factory=list)
    """Those that go for lines of a list, whatever stands in them."""
    measures: list[tuple[str, re.Pattern[str]]] = field(default_factory=list)
    triggers: re.Pattern[str] = re.compile("")
    """Finds a word that may set a rule off; sentences without one need no parse."""
    unarmed: re.Pattern[str] = re.compile("")
    """Finds a word that may set a rule off in an article that tells of no weapon."""
    arming: re.Pattern[str] = re.compile("")
    """Finds a word by which an article may tell of a weapon that it does not name: a *nuclear* test."""
    naming: re.Pattern[str] = re.compile("")
    """Finds those of them whose roles may be filled by names that nobody knows: who is sanctioned."""

    def triggers_for(self, text: str, *, armed: bool) -> re.Pattern[str]:
        """Finds the words of an article that may set a rule off.

        Args:
            text: the article.
            armed: whether it names a weapon; without any, rules that need one are set off by nothing.
        """
        return self.triggers if armed or self.arming.search(text) else self.unarmed


@cache
def load_rules() -> RuleSet:
    """The rules of the project.

    Raises:
        RuleError: where a file does not fit the schema.
    """
    rules, naming = RuleSet(), list[str]()
    read: list[Rule] = []
    for path in sorted((FOLDER / "rules").glob("*.yaml")):
        data: dict[str, Any] = from_yaml(path.read_text(encoding="utf-8"))
        for number, raw in enumerate(data["rules"], 1):
            try:
                rule = Rule.model_validate({**raw, "file": path.name, "number": number})
            except ValidationError as error:
                raise RuleError(f"{path.name}: rule {number}: {error}") from error
            if rule.predicate not in PREDICATES:
                raise RuleError(f"{path.name}: rule {number}: predicate: '{rule.predicate}' is not in the vocabulary")
            if rule.continues and rule.noun_slots:
                rules.lists.append(rule)
            for lemma in rule.verbs:
                rules.verbs[lemma].append(rule)
            for lemma in rule.nouns:
                rules.nouns[lemma].append(rule)
            read.append(rule)
        naming += data.get("naming", [])
        for name, pattern in data.get("measure_words", {}).items():
            rules.measures.append((name, re.compile(pattern, re.IGNORECASE)))
    rules.triggers = _triggers(read)
    rules.unarmed = _triggers(rule for rule in read if "weapon" not in rule.requires)
    rules.arming = _beginning_with(sorted({word for r in read for word in (*r.modifier_weapons, *r.beside_weapons)}))
    rules.naming = _beginning_with(naming)
    return rules


def _triggers(rules: Iterable[Rule]) -> re.Pattern[str]:
    """Finds a word that may set off one of these rules."""
    forms, beginnings = set[str](), set[str]()
    for rule in rules:
        if rule.only_words:
            beginnings.update(rule.only_words)
            continue
        for lemma, irregular in rule.verbs.items():
            forms.update((lemma, *irregular, *verb_forms(lemma)))
        for lemma in rule.nouns:
            forms.update((lemma, *noun_forms(lemma)))
    words = [*(rf"{re.escape(form)}\b" for form in forms), *map(re.escape, beginnings)]
    return _beginning_with(sorted(words, key=lambda word: (-len(word), word)))


def _beginning_with(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.I)
