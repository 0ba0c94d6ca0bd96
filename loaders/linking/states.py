"""Organs, groups and bands of a state: Turkish officials, the parliament of Iran, Syrian rebels."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from graph.claims import Entity
from graph.vocabulary import ACTOR_LABELS
from loaders.document import slugify
from loaders.linking.gazetteer import band_name
from loaders.linking.links import Link, ParsedSentence
from loaders.linking.names import Names, former
from loaders.linking.nouns import load_nouns
from loaders.text.syntax import coordinated, modifiers, phrase, prepositional

OWNING = frozenset({"of", "in", "from", "to", "with", "by"})
Resolve = Callable[[ParsedSentence, Token, bool, frozenset[str], int], list[Link]]
"""The actors of the phrase of a head: sentence, head, whether a target, ids that are not meant, depth."""


class States:
    """Finds for whom organs act, and whose unnamed groups and bands are.

    Args:
        names: the article's names.
        resolve: reads the phrase of an owner that is no name itself (its government).
    """

    def __init__(self, names: Names, resolve: Resolve) -> None:
        self._names, self._resolve, self._nouns = names, resolve, load_nouns()

    def of(self, sentence: ParsedSentence, head: Token, target: bool, banned: frozenset[str], depth: int) -> list[Link]:
        """The states of an organ, a group or a band: Turkish officials, the parliament of Iran, its president."""
        lemma = head.lemma_.lower()
        if lemma in self._nouns.band and _are_weapons(sentence, head):
            return []
        owners = [*modifiers(head), *(c for c in head.children if c.dep_ in ("nmod:poss", "nmod:desc", "flat"))]
        owners += [c for p, c in prepositional(head) if p in ("of", "in", "from")]
        owners += [c for tie in _ties(head) for p, c in prepositional(tie) if p in OWNING]
        for owner in owners:
            states: list[Link] = []
            match = sentence.match_at(owner)
            if match is not None:
                for reading in match.readings:
                    if (
                        reading.entry.label in ACTOR_LABELS
                        and reading.entry.label != "Person"
                        and self._names.usable(sentence, owner, reading)
                    ):
                        if owner.dep_ == "compound" and lemma in self._nouns.band and reading.role == "organ":
                            continue
                        if lemma in self._nouns.fellow and reading.entry.label == "Organization":
                            continue  # a NATO ally is not NATO
                        states = [self._names.link(sentence, match, reading)]
                        if target and owner.dep_.split(":")[0] in ("nmod", "obl"):
                            states += [s for c in coordinated(owner)[1:] for s in self._names.under(sentence, c)]
                        if owner.dep_ == "amod" and head.tag_ == "NNS":
                            states += self._adjectives_beside(sentence, owner)
                        break
                    if (
                        reading.entry.label == "Person"
                        and (
                            (owner.dep_ == "nmod" and not target)
                            or (owner.dep_ == "nmod:poss" and lemma in self._nouns.country_description)
                            or (owner.dep_ == "nmod:poss" and lemma in self._nouns.entourage and head.tag_ == "NNS")
                        )
                        and self._names.usable(sentence, owner, reading)
                    ):
                        acting = self._names.acting(self._names.link(sentence, match, reading))
                        states = [] if acting.entity.label == "Person" or former(head) else [acting]
                        if states:
                            return states
            elif owner.dep_ in ("nmod:poss", "nmod", "obl"):
                for part in coordinated(owner):
                    states += self._resolve(sentence, part, False, banned, depth + 1)
            if target and head.tag_ == "NN":
                states = [state for state in states if state.entity.label != "Organization"]  # a court's prosecutor
            if states:
                return [self._as_member(sentence, head, state, lemma, target) for state in states]
        return []

    def _adjectives_beside(self, sentence: ParsedSentence, adjective: Token) -> list[Link]:
        """The countries of those coordinated with an adjective: the Ethiopian and *Eritrean* governments."""
        matches = [sentence.match_at(part) for part in coordinated(adjective)[1:] if part.tag_ == "JJ"]
        return [
            self._names.link(sentence, match, match.readings[0])
            for match in matches
            if match is not None and match.readings[0].entry.label == "Country"
        ]

    def _as_member(self, sentence: ParsedSentence, head: Token, state: Link, lemma: str, target: bool) -> Link:
        low, high = phrase(head)
        start, end = sentence.span(low, high)
        words = sentence.words(low, high)
        if lemma in self._nouns.band and state.entity.label == "Country":
            name = f"{_people(sentence, head) or self._adjective(state)} {band_name(lemma)}"
            return Link(Entity(id=slugify(name), name=name, label="ArmedGroup"), words, start, end)
        if state.entity.label == "ArmedGroup":
            return state
        if target and lemma in self._nouns.group:
            owner = next((c for c in head.children if c.dep_ == "nmod:poss"), None)
            own_words = (
                sentence.words(owner.right_edge.i + 1, high) if owner is not None and owner.i < head.i else words
            )
            return replace(
                state, text=words, start=start, end=end, detail=re.sub(r"^(the|a|an) ", "", own_words), agent=None
            )
        organ = Link(Entity(id=slugify(words)[:80] or "organ", name=words, label="Organization"), words, start, end)
        return replace(state, agent=state.agent or organ)

    def _adjective(self, state: Link) -> str:
        entry = self._names.catalogue.entries.get(state.entity.id)
        return entry.adjectives[0] if entry and entry.adjectives else state.entity.name


def _people(sentence: ParsedSentence, head: Token) -> str | None:
    """The people of a band, where it is none of the catalogue's states: *Kurdish* militants in Turkey."""
    own = (m for m in modifiers(head) if m.tag_ == "JJ" and m.text[:1].isupper() and sentence.match_at(m) is None)
    return next((word.text for word in own if word.i != head.sent.start), None)


def _are_weapons(sentence: ParsedSentence, head: Token) -> bool:
    """Whether a weapon's name stands before them: F-35 *fighters*."""
    matches = [match for word in modifiers(head) if (match := sentence.match_at(word)) is not None]
    return any(reading.entry.label == "Weapon" for match in matches for reading in match.readings)


def _ties(head: Token) -> list[Token]:
    """Participles that say whose a group is: firms *based* in Iran, officers *linked* to the army."""
    return [c for c in head.children if c.dep_ in ("acl", "amod") and c.lemma_ in load_nouns().tie]
