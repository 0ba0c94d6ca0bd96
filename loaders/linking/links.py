"""What linking hands on: words of the article with the node that they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from graph.claims import Entity, Mention
from graph.vocabulary import ACTOR_LABELS
from loaders.catalogue import Entry
from loaders.linking.gazetteer import Match


@dataclass(frozen=True, slots=True)
class Link:
    """Words that stand for a node; offsets in code points of the article."""

    entity: Entity
    text: str
    start: int
    end: int
    agent: Link | None = None
    """The organ or person that acts for the state."""
    office: str | None = None
    detail: str | None = None
    """The words of an unnamed group of the state (Turkish defence officials)."""
    of_class: Entity | None = None
    """The class that the words give to a weapon which the catalogue does not know."""
    indirect: bool = False
    """Read from a pronoun or a description."""

    @property
    def is_actor(self) -> bool:
        """Whether the node is an actor."""
        return self.entity.label in ACTOR_LABELS

    def mention(self) -> Mention:
        """The link as a role of a claim."""
        return Mention(
            id=self.entity.id,
            name=self.entity.name,
            label=self.entity.label,
            text=self.text,
            start=self.start,
            end=self.end,
            office=self.office,
            of_class=self.of_class,
        )

    def of(self, entity: Entity) -> Link:
        """The same words, standing for another node."""
        return replace(self, entity=entity)


def entity_of(entry: Entry) -> Entity:
    """The node of a catalogue entry."""
    return Entity(id=entry.id, name=entry.name, label=entry.label)


@dataclass(slots=True)
class ParsedSentence:
    """A sentence with its tree and the catalogue's names in it."""

    index: int
    start: int
    """Code point of the article at which the sentence begins."""
    doc: Doc
    matches: list[Match]
    """Offsets in the article."""
    article: str = ""
    article_matches: list[Match] = field(default_factory=list)
    """The catalogue's names in the whole article, in order."""
    introduced_by: int | None = None
    """Code point at which the line ends that introduces the list of which this is a line."""
    text: str = field(init=False)
    """Of the sentence; spaCy puts it together anew whenever it is asked."""
    _by_token: dict[int, Match] = field(default_factory=dict)
    _by_begin: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = self.doc.text
        by_start = sorted(self.matches, key=lambda match: match.start)
        position = 0
        for token in self.doc:
            begin, end = self.offset(token)
            self._by_begin.setdefault(begin, token.i)
            while position < len(by_start) and by_start[position].end <= begin:
                position += 1
            if position < len(by_start) and by_start[position].start < end:
                self._by_token[token.i] = by_start[position]

    @property
    def is_headline(self) -> bool:
        """Whether the article begins with it as a line of its own that no full stop ends."""
        end = self.start + len(self.text)
        return self.start == 0 and self.text[-1:] not in tuple(".!?") and self.article[end : end + 1] == "\n"

    def offset(self, token: Token) -> tuple[int, int]:
        """Where the token stands in the article."""
        return self.start + token.idx, self.start + token.idx + len(token)

    def word_at(self, position: int) -> Token:
        """The word at a code point of the article; of a sentence that ends before it, the last one."""
        return next((token for token in self.doc if position < self.offset(token)[1]), self.doc[-1])

    def token_at(self, position: int) -> Token | None:
        """The token that begins at this code point of the article."""
        place = self._by_begin.get(position)
        return None if place is None else self.doc[place]

    def link(self, entry: Entry, match: Match) -> Link:
        """The words of a match as a link to a catalogue entry."""
        words = self.text[match.start - self.start : match.end - self.start]
        return Link(entity_of(entry), words, match.start, match.end)

    def match_at(self, token: Token) -> Match | None:
        """The name that covers the token."""
        return self._by_token.get(token.i)

    def span(self, low: int, high: int) -> tuple[int, int]:
        """Where the tokens from index `low` to `high` (included) stand in the article."""
        return self.offset(self.doc[low])[0], self.offset(self.doc[high])[1]

    def words(self, low: int, high: int) -> str:
        """The text of the tokens from index `low` to `high` (included)."""
        return self.text[self.doc[low].idx : self.doc[high].idx + len(self.doc[high])]
