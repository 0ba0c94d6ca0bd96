"""The words of an article that may fill a role, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from graph.claims import Entity
from graph.vocabulary import Label
from loaders.catalogue import Catalogue
from loaders.document import slugify
from loaders.linking.gazetteer import Match, Reading, band_name, plural
from loaders.linking.links import Link, entity_of
from loaders.linking.names import Names
from loaders.linking.nouns import load_designations, load_nouns
from loaders.linking.plain import implied, plain
from loaders.linking.spans import Spans
from loaders.linking.unknown import UnknownNames
from loaders.text import split_sentences


class Kind(IntEnum):
    """What kind of words they are; the encoder sees it at each of their tokens (0 is everything else)."""

    COUNTRY = 1
    PEOPLE = 2
    ORGAN = 3
    ORGANIZATION = 4
    COMPANY = 5
    ARMED_GROUP = 6
    OFFICIAL = 7
    PERSON = 8
    WEAPON = 9
    WEAPON_CLASS = 10
    INSTRUMENT = 11
    UNKNOWN_NAME = 12
    DESIGNATION = 13


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words, their kind, and the node that they stand for."""

    kind: Kind
    link: Link
    in_office: bool = False
    """An official as a person, or a force as such: what such do, their state does, which is a candidate beside."""
    fired: bool | None = None
    """Whether the weapon is filed under this where it is used, or else; None where both are one: shells that are fired
    are artillery."""

    @property
    def label(self) -> Label:
        """Of the node."""
        return self.link.entity.label


NOUN_AFTER = re.compile(r" ([a-z]+)\b")
NOUN_BEFORE = re.compile(r"\b([a-z]+) in (?:the )?$")
LONGEST_NOUN = 30
RULE_OF = re.compile(r"(?:['’]s)? (?:regime|government|administration|junta)\b")
"""After a ruler's name it is the state that is meant: the Maduro *regime*."""
TREATY_AGAIN = re.compile(r"(?<=\b[Tt]he )(?:treaty|convention|pact|accord)\b(?! (?:on|against|with|banning|of|for)\b)")
BANDS = {form: band_name(noun) for noun in load_nouns().band for form in (noun, plural(noun))}
"""Nouns of unnamed armed groups, singular and plural, as such a group is named."""
OF_LABEL: dict[str, Kind] = {
    "Organization": Kind.ORGANIZATION,
    "Company": Kind.COMPANY,
    "ArmedGroup": Kind.ARMED_GROUP,
    "Instrument": Kind.INSTRUMENT,
}


def candidates(text: str, spans: Spans, names: Names) -> list[Candidate]:
    """All words of a text that may fill a role, in order; who acts for a state stands for the state and for itself.

    Args:
        text: the article's text.
        spans: the catalogue's names in it.
        names: reads names as of the article's date.
    """
    found = [candidate for match in spans.matches for candidate in _of_match(text, match, names)]
    found += _designations(text, spans)
    found += _unknown_names(text, spans)
    for link in implied(names.catalogue, text):
        if not spans.touching(link.start, link.end):
            found.append(Candidate(OF_LABEL.get(link.entity.label, Kind.WEAPON_CLASS), link))
    found += _treaty_again(text, names.catalogue, found)
    return sorted(found, key=lambda one: (one.link.start, one.link.end))


def _treaty_again(text: str, catalogue: Catalogue, found: list[Candidate]) -> Iterator[Candidate]:
    """`The treaty`, in an article that names a single one before."""
    treaties = [c.link for c in found if _is_treaty(catalogue, c.link)]
    if len({link.entity.id for link in treaties}) == 1:
        first = min(treaties, key=lambda link: link.start)
        for words in TREATY_AGAIN.finditer(text, first.end):
            link = Link(first.entity, words.group(), words.start(), words.end(), indirect=True)
            if all(link.start != treaty.start for treaty in treaties):
                yield Candidate(Kind.INSTRUMENT, link)


def _is_treaty(catalogue: Catalogue, link: Link) -> bool:
    entry = catalogue.entries.get(link.entity.id)
    return entry is not None and entry.label == "Instrument" and entry.kind == "treaty"


def _of_match(text: str, match: Match, names: Names) -> Iterator[Candidate]:
    words = text[match.start : match.end]
    readings = [reading for reading in match.readings if names.is_known(reading)]
    for reading in readings[:2]:
        link = Link(entity_of(reading.entry), words, match.start, match.end)
        if reading.entry.label == "Weapon":
            fired, told = (plain(names.catalogue, link, fired=fired) for fired in (True, False))
            if fired == told:
                yield Candidate(_kind(reading), told)
            else:
                yield Candidate(_kind(reading), fired, fired=True)
                yield Candidate(_kind(reading), told, fired=False)
            continue
        acting = names.acting(link)
        if acting is not link:
            yield Candidate(Kind.OFFICIAL if reading.entry.label == "Person" else Kind.ORGAN, acting)
            if reading.entry.label != "Person" or not RULE_OF.match(text, match.end):
                kind = Kind.OFFICIAL if reading.entry.label == "Person" else _kind(reading)
                yield Candidate(kind, link, in_office=True)
        else:
            yield Candidate(_kind(reading), link)
        if reading.entry.label == "Country" and (band := _band(text, match, reading)):
            yield Candidate(Kind.ARMED_GROUP, band)


def _band(text: str, match: Match, reading: Reading) -> Link | None:
    """The unnamed armed group of a people: Syrian rebels, rebels in Syria."""
    if reading.role == "name":
        found = NOUN_BEFORE.search(text, max(0, match.start - LONGEST_NOUN), match.start)
        start, end = (found.start(1) if found else match.start), match.end
    else:
        found = NOUN_AFTER.match(text, match.end)
        start, end = match.start, (found.end() if found else match.end)
    if found is None or found[1] not in BANDS:
        return None
    name = f"{reading.entry.adjectives[0] if reading.entry.adjectives else reading.entry.name} {BANDS[found[1]]}"
    return Link(Entity(id=slugify(name), name=name, label="ArmedGroup"), text[start:end], start, end)


def _kind(reading: Reading) -> Kind:
    if reading.entry.label == "Weapon":
        return Kind.WEAPON_CLASS if reading.entry.id.startswith("class/") else Kind.WEAPON
    if reading.entry.label == "Country":
        plain = {"adjective": Kind.PEOPLE, "people": Kind.PEOPLE, "metonym": Kind.ORGAN, "organ": Kind.ORGAN}
        return plain.get(reading.role, Kind.COUNTRY)
    if reading.entry.label == "Person":
        return Kind.PERSON
    return Kind.ORGAN if reading.role == "organ" else OF_LABEL[reading.entry.label]


def _designations(text: str, names: Spans) -> Iterator[Candidate]:
    rules = load_designations()
    for pattern in (rules.ships, rules.pattern):
        for found in pattern.finditer(text):
            taken = names.touching(found.start(), found.end())
            if not taken and not rules.excluded.fullmatch(found.group()):
                name = found.group()
                entity = Entity(id=slugify(name), name=name, label="Weapon")
                yield Candidate(Kind.DESIGNATION, Link(entity, name, found.start(), found.end()))


def _unknown_names(text: str, names: Spans) -> Iterator[Candidate]:
    finder = UnknownNames()
    for sentence in split_sentences(text):
        here = names.touching(sentence.start, sentence.end)
        for found in finder.find(text, sentence.start, sentence.end, here):
            link = Link(entity_of(found.readings[0].entry), text[found.start : found.end], found.start, found.end)
            yield Candidate(Kind.UNKNOWN_NAME, link)
