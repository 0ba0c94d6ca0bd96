"""The words of an article that may fill a role, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from graph.claims import Entity
from graph.vocabulary import Label
from loaders.document import slugify
from loaders.linking.gazetteer import Match, Reading
from loaders.linking.links import Link, entity_of
from loaders.linking.names import Names
from loaders.linking.nouns import load_designations
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

    @property
    def label(self) -> Label:
        """Of the node."""
        return self.link.entity.label


OF_LABEL: dict[str, Kind] = {
    "Organization": Kind.ORGANIZATION,
    "Company": Kind.COMPANY,
    "ArmedGroup": Kind.ARMED_GROUP,
    "Instrument": Kind.INSTRUMENT,
}


def candidates(text: str, matches: list[Match], names: Names) -> list[Candidate]:
    """All words of a text that may fill a role, in order; an official stands for the state and for the person.

    Args:
        text: the article's text.
        matches: the catalogue's names in it.
        names: reads names as of the article's date.
    """
    found = [candidate for match in matches for candidate in _of_match(text, match, names)]
    found += _designations(text, matches)
    found += _unknown_names(text, matches)
    return sorted(found, key=lambda one: (one.link.start, one.link.end))


def _of_match(text: str, match: Match, names: Names) -> Iterator[Candidate]:
    words = text[match.start : match.end]
    readings = [reading for reading in match.readings if names.is_known(reading)]
    for reading in readings[:2]:
        link = Link(entity_of(reading.entry), words, match.start, match.end)
        if reading.entry.label == "Person":
            acting = names.acting(link)
            if acting.entity.label != "Person":
                yield Candidate(Kind.OFFICIAL, acting)
            yield Candidate(Kind.OFFICIAL if acting.entity.label != "Person" else Kind.PERSON, link)
        else:
            yield Candidate(_kind(reading), link)


def _kind(reading: Reading) -> Kind:
    if reading.entry.label == "Weapon":
        return Kind.WEAPON_CLASS if reading.entry.id.startswith("class/") else Kind.WEAPON
    if reading.entry.label == "Country":
        plain = {"adjective": Kind.PEOPLE, "people": Kind.PEOPLE, "metonym": Kind.ORGAN, "organ": Kind.ORGAN}
        return plain.get(reading.role, Kind.COUNTRY)
    return Kind.ORGAN if reading.role == "organ" else OF_LABEL[reading.entry.label]


def _designations(text: str, matches: list[Match]) -> Iterator[Candidate]:
    rules = load_designations()
    for pattern in (rules.ships, rules.pattern):
        for found in pattern.finditer(text):
            taken = any(match.start < found.end() and found.start() < match.end for match in matches)
            if not taken and not rules.excluded.fullmatch(found.group()):
                name = found.group()
                entity = Entity(id=slugify(name), name=name, label="Weapon")
                yield Candidate(Kind.DESIGNATION, Link(entity, name, found.start(), found.end()))


def _unknown_names(text: str, matches: list[Match]) -> Iterator[Candidate]:
    finder = UnknownNames()
    for sentence in split_sentences(text):
        for found in finder.find(text, sentence.start, sentence.end, matches):
            link = Link(entity_of(found.readings[0].entry), text[found.start : found.end], found.start, found.end)
            yield Candidate(Kind.UNKNOWN_NAME, link)
