"""Which actors do the words of a noun phrase stand for?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from graph.vocabulary import ACTOR_LABELS
from loaders.catalogue import Catalogue
from loaders.linking.coreference import Candidate, Salience
from loaders.linking.gazetteer import Match
from loaders.linking.links import Link, ParsedSentence, entity_of
from loaders.linking.lists import in_a_row, is_name, listed_after, named_among
from loaders.linking.names import Names, former
from loaders.linking.nouns import load_nouns
from loaders.linking.pronouns import Pronouns
from loaders.linking.states import States
from loaders.text.syntax import PLACES, coordinated, preposition, prepositional

BYLINE = 90
"""Characters that a line with the writer's name and office may have."""


class Linker:
    """Links the noun phrases of one article.

    Args:
        catalogue: names, offices, instruments.
        published: ISO date of the article, or None; offices are those held then.
        matches: the catalogue's names in the whole text, in order.
    """

    def __init__(self, catalogue: Catalogue, published: str | None, matches: list[Match]) -> None:
        self.catalogue = catalogue
        self.nouns = load_nouns()
        self.salience = Salience()
        self.names = Names(catalogue, published, matches)
        self.states = States(self.names, self._phrase_actors)
        self.pronouns = Pronouns(self.names, self.states, self.salience, self._named_head)
        self.matches = matches

    def read_byline(self, text: str) -> None:
        """Remember who speaks in a statement that a minister signs in a line of its own below the title.

        Args:
            text: the article's text.
        """
        start = 0
        for number, line in enumerate(text.split("\n")[:6]):
            if number and 0 < len(line.strip()) < BYLINE and not line.rstrip().endswith((".", "?", "!")):
                for match in self.matches:
                    person = match.readings[0]
                    if start <= match.start < start + 3 and person.entry.label == "Person" and person.role == "name":
                        link = Link(entity_of(person.entry), text[match.start : match.end], match.start, match.end)
                        acting = self.names.acting(link)
                        self.pronouns.voice = acting if acting is not link else None
            start += len(line) + 1

    def read_sentence(self, sentence: ParsedSentence) -> None:
        """Remember the sentence's actors as antecedents of later pronouns."""
        for token in sentence.doc:
            match = sentence.match_at(token)
            if match is None or sentence.offset(token)[0] > match.start or token.dep_ in ("amod", "compound"):
                continue
            for reading in match.readings:
                actor = reading.entry.label in ACTOR_LABELS and reading.role != "adjective"
                if actor and self.names.usable(sentence, token, reading):
                    link = self.names.link(sentence, match, reading)
                    joint = any(c.dep_ == "conj" for c in _top(token).children)
                    place = preposition(token) in PLACES
                    self.salience.add(
                        Candidate(sentence.index, link, _is_subject(token), _is_agent(token), joint, place)
                    )
                    break

        for token in sentence.doc:
            if token.dep_.startswith("nsubj") and token.pos_ in ("NOUN", "PROPN") and sentence.match_at(token) is None:
                told = self.states.of(sentence, token, False, frozenset(), 3)
                for link in told or self.pronouns.described(sentence, token, frozenset()):
                    self.salience.add(Candidate(sentence.index, link, True))

    def actors(
        self,
        sentence: ParsedSentence,
        head: Token,
        *,
        target: bool = False,
        exclude: Iterable[str] = (),
    ) -> list[Link]:
        """The actors that a noun phrase stands for, those coordinated with it included.

        Args:
            sentence: the sentence of `head`.
            head: the phrase's head.
            target: whether the phrase names whom a measure hits: then a named person or firm is meant as such, and
                names that the catalogue does not know become new nodes.
            exclude: ids that a pronoun cannot stand for.
        """
        banned = frozenset(exclude)
        found: dict[str, Link] = {}
        for part in (*_named_before(sentence, head), *coordinated(head), *_members(head)):
            for link in self._phrase_actors(sentence, part, target, banned):
                found.setdefault(link.entity.id, link)
                for name in self._rest_of_list(sentence, link) if target else ():
                    found.setdefault(name.entity.id, name)
            for other in named_among(sentence, part) if target and _is_plural(part) else ():
                for link in self._phrase_actors(sentence, other, target, banned):
                    found.setdefault(link.entity.id, link)
        return list(found.values())

    def _rest_of_list(self, sentence: ParsedSentence, first: Link) -> list[Link]:
        """The names that follow the first of a list of persons or firms."""
        token = sentence.token_at(first.start)
        names = in_a_row(sentence, token)[1:] if token is not None and is_name(sentence, token) else []
        return [link for name in names if (link := self._named_head(sentence, name, True)) is not None]

    def _phrase_actors(
        self, sentence: ParsedSentence, head: Token, target: bool, banned: frozenset[str], depth: int = 0
    ) -> list[Link]:
        if depth > 4:
            return []
        pronoun = self.pronouns.antecedent(sentence, head, banned, target)
        if pronoun is not None:
            return pronoun
        named = self._named_head(sentence, head, target)
        if named is not None:
            return [named]
        lemma = head.lemma_.lower()
        if lemma in self.nouns.fellow and head.dep_ in ("compound", "nmod:desc") and head.head.i == head.i + 1:
            return self._phrase_actors(sentence, head.head, target, banned, depth + 1)  # NATO ally Turkey
        if target and (lemma in self.nouns.group or _named_next(sentence, head)):
            listed = self._listed(sentence, head)
            if listed:
                return listed
        if lemma in ("member", "ally") and not target:
            return []
        described = lemma in self.nouns.organ or lemma in self.nouns.group or lemma in self.nouns.band
        if described and lemma not in self.nouns.no_actor:
            of_state = self.states.of(sentence, head, target, banned, depth)
            if of_state:
                return of_state
        if lemma in self.nouns.no_actor and not target:
            return []
        description = self.pronouns.described(sentence, head, banned)
        if description:
            return description
        for child in head.children:
            if child.dep_ == "appos" and child.i > head.i:
                inner = self._phrase_actors(sentence, child, target, banned, depth + 1)
                if inner:
                    return inner
        amount = head.pos_ == "NUM" or head.tag_ in ("CD", "$")
        if amount or lemma in self.nouns.container or lemma in self.nouns.group or lemma == "leader":
            inner = [
                link
                for prep, child in prepositional(head)
                if prep in ("of", "in", "from", "for")
                for part in coordinated(child)
                for link in self._phrase_actors(sentence, part, target, banned, depth + 1)
            ]
            if inner:
                return inner
        if target and head.tag_ in ("NN", "NNS") and not described:
            return [
                state
                for state in self.states.of(sentence, head, True, banned, depth)
                if state.entity.label == "Country"
            ]
        if target and head.tag_ in ("NNP", "NNPS") and sentence.match_at(head) is None and not _common(head):
            states = self.states.of(sentence, head, False, banned, depth) if head.text[:1].islower() else []
            return states[:1] or [self.names.new(sentence, head)]
        return []

    def _listed(self, sentence: ParsedSentence, head: Token) -> list[Link]:
        """The names that follow a group, all that it has: two banks, X and Y."""
        names = listed_after(sentence, head)
        if not names:
            heads = [c for c in head.children if c.dep_ == "appos" and c.i > head.i]
            names = [part for first in heads for part in coordinated(first) if part.tag_ in ("NNP", "NNPS")]
        return [self._named_head(sentence, name, True) or self.names.new(sentence, name) for name in names]

    def _named_head(self, sentence: ParsedSentence, head: Token, target: bool) -> Link | None:
        links = list(self.names.under(sentence, head, target))
        if not links:
            return None
        person = next((link for link in links if link.entity.label == "Person"), None)
        if person is not None and (target or former(head)):
            return person
        if target:
            return links[0].agent or links[0]
        acting = self.names.acting(person or links[0])
        if person is not None and acting.entity.label == "Person":
            states = [s for s in self.states.of(sentence, head, False, frozenset(), 1) if not former(head)]
            if states:
                return replace(states[0], agent=person)
        return acting

    def state_of(self, link: Link) -> Link:
        """The state for which a person does what only states do, in office or about to be; others as they are."""
        return self.names.state_of(link)


def _common(head: Token) -> bool:
    """Whether a capitalised word is a title or a common noun, as at the beginning of a line."""
    return head.text in load_nouns().title or head.text.lower() in load_nouns().no_last


def _is_plural(head: Token) -> bool:
    return head.tag_ in ("NNS", "NNPS") or head.pos_ == "NUM" or any(c.pos_ == "NUM" for c in head.children)


def _named_next(sentence: ParsedSentence, head: Token) -> bool:
    """Whether a name stands right after the noun that says what it is: the actress X."""
    return head.tag_ in ("NN", "NNS") and head.i + 1 < len(sentence.doc) and is_name(sentence, head.nbor(1))


def _members(group: Token) -> list[Token]:
    """The names set beside a group that are all of it: four countries – *Latvia*, *Estonia*, …"""
    first = next((c for c in group.children if c.dep_ == "appos" and c.i > group.i), None)
    listed = first is not None and group.tag_ == "NNS" and first.tag_ in ("NNP", "NNPS")
    return list(coordinated(first)) if listed and first is not None else []


def _named_before(sentence: ParsedSentence, last: Token) -> list[Token]:
    """The names of a list that ends in `last`, however the parser attached them: the US, Britain and *Canada*."""
    found: list[Token] = []
    place = last.i - 1
    while place > 0 and sentence.match_at(last) is not None:
        links = place
        while links >= 0 and sentence.doc[links].lower_ in (",", "and", "&", "the"):
            links -= 1
        joined = {t.lower_ for t in sentence.doc[links + 1 : place + 1]}
        enough = joined & {"and", "&"} if not found else joined & {","}
        name = sentence.doc[links]
        match = sentence.match_at(name)
        elsewhere = name.dep_.split(":")[0] in ("obj", "iobj", "obl") and name.head.i < name.i
        country = match is not None and match.readings[0].entry.label == "Country" and name.tag_ in ("NNP", "NNPS")
        if not enough or elsewhere or not country:
            break
        found.insert(0, name)
        place = links - 1
    return found


def _top(token: Token) -> Token:
    while token.dep_ in ("compound", "flat", "nmod:desc", "nmod:poss", "conj", "appos") and token.head != token:
        token = token.head
    return token


def _is_subject(token: Token) -> bool:
    return _top(token).dep_.startswith("nsubj")


def _is_agent(token: Token) -> bool:
    top = _top(token)
    return top.dep_ == "obl:agent" or preposition(top) == "by"
