"""Names that the model gives, linked by the catalogue and found in the article, or not at all."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from graph.claims import Entity
from graph.vocabulary import ACTOR_LABELS
from loaders.catalogue import Catalogue
from loaders.document import slugify
from loaders.linking.abbreviations import names_in
from loaders.linking.gazetteer import Gazetteer, Match, Reading, plural
from loaders.linking.links import Link, entity_of
from loaders.linking.nouns import load_nouns

WORD = re.compile(r"[^\W_]+")
ARTICLES = frozenset({"the", "a", "an"})
TITLES = frozenset({"defence", "defense", "foreign", "prime", "vice", "deputy", "mr", "mrs", "sir", "crown", "prince"})

Span = tuple[int, int]


class DroppedError(Exception):
    """Why a statement is no claim."""


@dataclass(frozen=True, slots=True)
class _Nouns:
    """Words that a name may have beside it, in the singular and plural."""

    organs: frozenset[str]
    """Also as part of a title or name: President, the Turkish Defence Ministry."""
    acting: frozenset[str]
    """Ends of what stands for its state: Turkish officials, the Iranian army."""
    apart: frozenset[str]
    """Those that are not their state: Syrian rebels."""


def _nouns() -> _Nouns:
    nouns = load_nouns()

    def both(words: Collection[str]) -> frozenset[str]:
        return frozenset(words) | {plural(word) for word in words}

    return _Nouns(both(nouns.organ) | TITLES, both(nouns.organ | nouns.group), both(nouns.private | nouns.band))


class Names:
    """The names of one article.

    Args:
        catalogue: what is known.
        gazetteer: over the same catalogue.
        text: the article.
        published: its ISO date, or None; offices are those held then.
    """

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer, text: str, published: str | None) -> None:
        self._catalogue, self._gazetteer, self._text, self._published = catalogue, gazetteer, text, published
        self._nouns = _nouns()
        self._matches = names_in(text, gazetteer)
        self._named = {r.entry.id for m in self._matches for r in m.readings if r.role != "surname"}

    def link(self, name: str, labels: Collection[str], quote: Span, *, acting: bool) -> Link:
        """The node that a name stands for, with the words of the article that name it.

        Args:
            name: as the model gives it.
            labels: kinds of node that the role takes.
            quote: where the evidence stands; a mention inside or else near before it is taken.
            acting: whether a person in office stands for the state.

        Raises:
            DroppedError: the catalogue does not know the name, it is not clear, or the article does not have it.
        """
        wanted = self._meant(name, labels, acting)
        found = [
            link
            for match in self._matches
            if (link := self._read(match, self._text, labels, acting)) is not None
            and link.entity.id == wanted.entity.id
            and _person(wanted) in (None, _person(link))
        ]
        if not found:
            raise DroppedError("name not in the article")
        start, end = quote

        def distance(link: Link) -> tuple[bool, bool, int]:
            inside = start <= link.start and link.end <= end
            return (not inside, link.text not in name, abs(link.start - start))

        return min(found, key=distance)

    def _meant(self, name: str, labels: Collection[str], acting: bool) -> Link:
        matches = self._gazetteer.find(name)
        links = [link for match in matches if (link := self._read(match, name, labels, acting)) is not None]
        if not links:
            raise DroppedError("name unknown")
        if links[0].is_actor:
            self._check_rest(name, matches)
        if len({link.entity.id for link in links}) > 1:  # the Turkish firm Roketsan, Rafale fighter jets
            links = [k for k in links if k.entity.label != "Country" and not k.entity.id.startswith("class/")]
        if len({link.entity.id for link in links}) != 1:
            raise DroppedError("name unclear")
        return next((link for link in links if _person(link)), links[0])

    def _check_rest(self, name: str, matches: list[Match]) -> None:
        """Words beside the known ones must not make it another's name: Bank of Russia, Syrian rebels."""
        rest = [w for w in WORD.finditer(name) if not any(m.start <= w.start() < m.end for m in matches)]
        words = [w.group() for w in rest if w.group().lower() not in ARTICLES and w.group() != "s"]
        trailing = [w.group().lower() for w in rest if w.start() >= matches[-1].end and w.group() != "s"]
        foreign = [w for w in words if w[:1].isupper() and w.lower() not in self._nouns.organs]
        apart = any(w.lower() in self._nouns.apart for w in words)
        if foreign or apart or (trailing and trailing[-1] not in self._nouns.acting):
            raise DroppedError("name unknown")

    def _read(self, match: Match, text: str, labels: Collection[str], acting: bool) -> Link | None:
        for reading in match.readings:
            if not self._usable(reading):
                continue
            words = text[match.start : match.end]
            link = Link(entity_of(reading.entry), words, match.start, match.end)
            if reading.role == "organ":
                organ = Entity(id=slugify(words), name=words, label="Organization")
                link = replace(link, agent=link.of(organ))
            elif reading.entry.label == "Person" and acting:
                link = self._acting(link)
            if link.entity.label in labels:
                return link
        return None

    def _usable(self, reading: Reading) -> bool:
        """A surname stands for a person who is named in full elsewhere, or holds an office."""
        if reading.role != "surname" or reading.entry.id in self._named:
            return True
        return not self._published or bool(reading.entry.offices_on(self._published))

    def _acting(self, person: Link) -> Link:
        entry = self._catalogue.entries[person.entity.id]
        for office in entry.offices_on(self._published) if self._published else entry.offices:
            state = self._catalogue.entries.get(office.of)
            if state is not None and state.label in ACTOR_LABELS:
                return replace(person.of(entity_of(state)), agent=replace(person, office=office.title))
        return person


def _person(link: Link) -> str | None:
    """The person who acts for the node."""
    return link.agent.entity.id if link.agent is not None and link.agent.entity.label == "Person" else None
