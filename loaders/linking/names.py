"""Names of actors: what they stand for, who acts for whom, and names that the catalogue does not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from spacy.tokens import Token

from graph.claims import Entity
from graph.vocabulary import ACTOR_LABELS
from loaders.catalogue import Catalogue, Entry
from loaders.document import slugify
from loaders.linking.gazetteer import Match, Reading, fold
from loaders.linking.links import Link, ParsedSentence, entity_of
from loaders.linking.lists import is_name
from loaders.linking.nouns import load_nouns
from loaders.linking.unknown import label_of
from loaders.text.syntax import modifiers, phrase, preposition

STATE_BODIES = frozenset({"force", "agency"})
"""Kinds of organisations that act for their country: the Revolutionary Guards, Rosoboronexport."""
LATELY = 5
"""Years after which who held an office is no longer known by a surname alone."""
SAME_NAME = 0.74
"""From this likeness on two first names are spellings of one: Serguei and Sergei, not Abdulhamit and Abdullah."""


class Names:
    """Reads the names of one article.

    Args:
        catalogue: names, offices, instruments.
        published: ISO date of the article, or None; offices are those held then.
        matches: the catalogue's names in the whole text, in order.
    """

    def __init__(self, catalogue: Catalogue, published: str | None, matches: list[Match]) -> None:
        self.catalogue = catalogue
        self._published = published
        nouns = load_nouns()
        self._groups = nouns.band | nouns.body_description | nouns.company_description | nouns.group_description
        self._full_names = {
            r.entry.id for m in matches for r in m.readings if r.entry.label == "Person" and r.role == "name"
        }

    def usable(self, sentence: ParsedSentence, token: Token, reading: Reading, target: bool = False) -> bool:
        """Whether the article can mean this: a surname counts after the full name, or while an office is held.

        Names that nobody knows count as whom a measure hits.
        """
        if reading.role == "unknown":
            return target
        other = reading.role == "surname" and (
            _has_other_first_name(sentence, token, reading.entry) or _is_first_name(sentence, token)
        )
        return not other and (self.is_known(reading) or (target and self._was_known(reading)))

    def _was_known(self, reading: Reading) -> bool:
        """Whether the surname is that of who left an office lately, whom measures go on to hit."""
        if self._published is None:
            return False
        before = f"{int(self._published[:4]) - LATELY}{self._published[4:]}"
        ends = [office.until for office in reading.entry.offices if office.until]
        return any(end >= before for end in ends)

    def is_known(self, reading: Reading) -> bool:
        """Whether a surname can be understood: after the full name, or while an office is held; other names can."""
        if reading.role != "surname":
            return True
        held = not self._published or bool(reading.entry.offices_on(self._published))
        return reading.entry.id in self._full_names or held

    def link(self, sentence: ParsedSentence, match: Match, reading: Reading) -> Link:
        """The words of a match as a link to what it is read as; an organ acts for its state."""
        link = sentence.link(reading.entry, match)
        if reading.role == "organ":
            organ = Entity(id=slugify(link.text), name=link.text, label="Organization")
            return replace(link, agent=link.of(organ))
        return link

    def under(self, sentence: ParsedSentence, head: Token, target: bool = False) -> Iterator[Link]:
        """The actors named by a phrase's head, its title or its apposition; of a target the head alone where named."""
        beside = [c for c in head.children if c.dep_ in ("flat", "nmod:desc", "appos") or _titles(c)]
        for token in [head, *(beside if not (target and is_name(sentence, head)) else ())]:
            match = sentence.match_at(token)
            if match is None:
                continue
            for reading in match.readings:
                if reading.entry.label not in ACTOR_LABELS or not self.usable(sentence, token, reading, target):
                    continue
                if reading.role == "adjective" and token.tag_ == "JJ" and token != head:
                    continue
                if reading.ambiguous and not has_evidence(sentence, token, reading):
                    continue
                grouped = head.lemma_.lower() in self._groups
                names_group = reading.entry.label == "Person" or (grouped and reading.entry.label != "Country")
                if token != head and token.dep_ == "compound" and not names_group:
                    continue
                yield self.link(sentence, match, reading)
                break

    def acting(self, link: Link) -> Link:
        """Who holds an office of a state, and what is a force or an agency of one, acts for it; others as they are."""
        entry = self.catalogue.entries.get(link.entity.id)
        if entry is None or link.agent is not None:
            return link
        if entry.kind in STATE_BODIES and entry.country is not None:
            return replace(link.of(entity_of(self.catalogue.entries[entry.country])), agent=link)
        if link.entity.label != "Person" or not entry.offices:
            return link
        offices = entry.offices_on(self._published) if self._published else list(entry.offices)
        for office in offices:
            state = self.catalogue.entries.get(office.of)
            if state is not None:
                if state.kind in STATE_BODIES and state.country is not None:
                    state = self.catalogue.entries[state.country]
                return replace(link.of(entity_of(state)), agent=replace(link, office=office.title), office=None)
        return link

    def acts_for_state(self, link: Link) -> bool:
        """Whether the link is a person who holds an office."""
        return link.entity.label == "Person" and self.acting(link).entity.label != "Person"

    def state_of(self, link: Link) -> Link:
        """The state for which a person does what only states do, in office or about to be; others as they are."""
        entry = self.catalogue.entries.get(link.entity.id)
        if link.entity.label != "Person" or entry is None or not entry.offices:
            return link
        state = self.catalogue.entries.get(entry.offices[0].of)
        return replace(link.of(entity_of(state)), agent=link) if state is not None else link

    def new(self, sentence: ParsedSentence, head: Token) -> Link:
        """A named actor that the catalogue does not know, under a slug of its name."""
        low, high = phrase(head, skip=frozenset({"conj", "appos", "acl", "cc", "parataxis", "punct", "nmod", "det"}))
        while low < head.i and not sentence.doc[low].text[:1].isupper():
            low += 1
        titled = {c.i for c in head.children if c.dep_ in ("compound", "nmod:desc") and not c.text[:1].isupper()}
        low = max([low, *(i + 1 for i in titled if i < head.i)])
        name = sentence.words(low, high)
        start, end = sentence.span(low, high)
        return Link(Entity(id=slugify(name) or "unnamed", name=name, label=label_of(name)), name, start, end)


def _has_other_first_name(sentence: ParsedSentence, token: Token, person: Entry) -> bool:
    """Whether another person of the surname is meant: *Abdulhamit* Gül, but not President Gül."""
    before = sentence.doc[token.i - 1] if token.i else None
    if before is None or before.tag_ != "NNP" or sentence.match_at(before) is not None or before.text.isupper():
        return False
    if before.text.rstrip(".") in load_nouns().title:
        return False
    given, own = fold(before.text).lower(), fold(person.name.split(" ")[0]).lower()
    return SequenceMatcher(None, given, own).ratio() < SAME_NAME


def _is_first_name(sentence: ParsedSentence, token: Token) -> bool:
    """Whether a surname stands before another: *Hadi* Dehghan; but the Trump Administration."""
    after = sentence.doc[token.i + 1] if token.i + 1 < len(sentence.doc) else None
    if after is None or after.tag_ != "NNP" or not after.text.istitle() or sentence.match_at(after) is not None:
        return False
    nouns = load_nouns()
    return after.text not in nouns.suffix_organization | nouns.title and after.lower_ not in nouns.organ | nouns.no_last


def has_evidence(sentence: ParsedSentence, token: Token, reading: Reading) -> bool:
    """Whether an ambiguous name of an actor is meant as the actor (Michael Jordan, Georgia Tech are not)."""
    neighbours = [c for c in token.children if c.dep_ in ("flat", "compound")]
    if token.dep_ in ("flat", "compound"):
        neighbours.append(token.head)
    other = [n for n in neighbours if n.text[:1].isupper() and n.tag_ != "JJ" and sentence.match_at(n) is None]
    return not other and (token.tag_ in ("NNP", "NNPS") or reading.role != "name" or token.text.istitle())


def former(head: Token) -> bool:
    """Whether the words before the noun say that the office is no longer held."""
    return any(c.lower_ in load_nouns().former for c in modifiers(head))


def _titles(child: Token) -> bool:
    """Whether it is part of the same title and name as its head (President Barack Obama)."""
    return child.dep_ == "compound" and child.tag_ in ("NNP", "NNPS") and preposition(child) == ""
