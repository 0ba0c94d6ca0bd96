"""Pronouns and descriptions: `its`, `they`, `the country`, `both presidents`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from graph.vocabulary import ACTOR_LABELS, Label
from loaders.linking.coreference import Salience
from loaders.linking.links import Link, ParsedSentence
from loaders.linking.names import Names
from loaders.linking.nouns import load_nouns, load_regions
from loaders.linking.states import States
from loaders.text.syntax import (
    VERBAL,
    governor,
    is_passive,
    modifiers,
    passive_subjects,
    phrase,
    preposition,
    subjects,
)

THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "their", "them", "we", "our"})
PERSON_PRONOUNS = frozenset({"he", "his", "him", "she", "her", "i", "my"})
ABOUT = frozenset({"over", "for", "about", "in response to", "because of", "following", "after"})
"""Before `its`, these point to whom something is done: sanctions on Iran over its tests."""

Named = Callable[[ParsedSentence, Token, bool], Link | None]
"""The actor that a phrase's head names: sentence, head, whether a target."""


class Pronouns:
    """Finds what pronouns and descriptions stand for.

    Args:
        names: the article's names.
        states: reads the organs of states.
        salience: the actors named so far.
        named: reads the name at a phrase's head.
    """

    def __init__(self, names: Names, states: States, salience: Salience, named: Named) -> None:
        self._names, self._states, self._salience, self._named = names, states, salience, named
        self._nouns = load_nouns()
        self.voice: Link | None = None
        """Who says `we`: the state whose minister signs the text."""

    def antecedent(
        self, sentence: ParsedSentence, head: Token, banned: frozenset[str], target: bool
    ) -> list[Link] | None:
        """Whom a pronoun stands for; none where that is not known, None where `head` is no pronoun."""
        word = head.lower_
        if head.pos_ not in ("PRON", "DET") or word not in THING_PRONOUNS | PLURAL_PRONOUNS | PERSON_PRONOUNS:
            return None
        start, end = sentence.offset(head)
        banned = banned | self._beside(sentence, head)
        about = head.dep_ == "nmod:poss" and _about(head.head)
        if about:
            banned = banned | self._doers(sentence, head)
        if word in ("its", "their") and not about:
            owner = self._bound(sentence, head, banned)
            if owner is not None:
                return [replace(owner, text=head.text, start=start, end=end, indirect=True)]
        if word in PERSON_PRONOUNS:
            person = self._salience.best(sentence.index, start, lambda link: link.entity.label == "Person", banned)
            found = self._names.acting(person) if person and not target else person
        elif word in ("we", "our") and self.voice is not None:
            found = self.voice
        else:
            wanted = ACTOR_LABELS if word in PLURAL_PRONOUNS else ("Country", "Organization", "Company", "ArmedGroup")
            found = self._salience.best(
                sentence.index,
                start,
                lambda link: link.entity.label in wanted or self._names.acts_for_state(link),
                banned,
                nearest=about or _in_condition(head) or _is_given(head),
                several=word in PLURAL_PRONOUNS,
            )
            found = self._names.acting(found) if found else None
        if found is None or found.entity.id in banned:
            return []
        return [replace(found, text=head.text, start=start, end=end, indirect=True)]

    def _beside(self, sentence: ParsedSentence, head: Token) -> frozenset[str]:
        """To whom a pronoun does something, and so is another: *it* had supplied China with jets.

        Chomsky, Lectures on Government and Binding, 1981, principle B.
        """
        if head.dep_ != "nsubj" or head.head.pos_ not in VERBAL:
            return frozenset()
        others = [sentence.match_at(c) for c in head.head.children if c.dep_ in ("obj", "iobj")]
        return frozenset(reading.entry.id for match in others if match is not None for reading in match.readings)

    def _doers(self, sentence: ParsedSentence, head: Token) -> frozenset[str]:
        """Who does what is done for the reason that `head` is in: it is another's deed."""
        verb = next((a for a in head.ancestors if a.pos_ in VERBAL), None)
        named = [self._named(sentence, s, False) for s in (subjects(verb) if verb is not None else ())]
        return frozenset(link.entity.id for link in named if link is not None)

    def _over(self, sentence: ParsedSentence, head: Token) -> frozenset[str]:
        """The named subjects of the clause of `head`, whom it cannot describe: the US eased sanctions on *the country*.

        Chomsky, Lectures on Government and Binding, 1981, principle C.
        """
        found: set[str] = set()
        word = head
        while word.dep_ not in ("ccomp", "acl:relcl", "parataxis", "advcl") and word.head != word:
            word = word.head
            for subject in subjects(word) if word.pos_ in VERBAL else ():
                organ = subject.lemma_.lower() in self._nouns.organ
                for match in map(sentence.match_at, (subject, *(modifiers(subject) if organ else ()))):
                    found |= {reading.entry.id for reading in match.readings} if match is not None else set()
                if subject.pos_ == "PRON":
                    meant = self.antecedent(sentence, subject, frozenset(), False)
                    found |= {link.entity.id for link in meant or ()}
        return frozenset(found)

    def _bound(self, sentence: ParsedSentence, head: Token, banned: frozenset[str]) -> Link | None:
        """Whom a possessive points to by grammar: the subject of its own clause (the UN tightens its sanctions)."""
        verb = next((a for a in head.ancestors if a.pos_ in VERBAL), None)
        if verb is None:
            return None
        found = passive_subjects(verb) if is_passive(verb) else subjects(verb)
        for token in found:
            if token.is_ancestor(head) or token.i > head.i or token.pos_ == "PRON":
                continue
            named = self._named(sentence, token, False)
            if named is None and token.lemma_.lower() in self._nouns.organ:
                named = next(iter(self._states.of(sentence, token, False, banned, 2)), None)
            if named is not None and named.entity.label != "Person" and named.entity.id not in banned:
                return named
        return None

    def described(self, sentence: ParsedSentence, head: Token, banned: frozenset[str]) -> list[Link]:
        """`the country`, `the two presidents`, `both countries`: what the text named before."""
        lemma, start = head.lemma_.lower(), sentence.offset(head)[0]
        words = {c.lower_ for c in head.children}
        low, high = phrase(head)
        text = sentence.words(low, high)
        first, last = sentence.span(low, high)
        person = lemma in self._nouns.leader
        if words & {"two", "both"} and (person or lemma in self._nouns.country_description):
            kinds = ("Person",) if person else ("Country", "Organization")
            pair = self._salience.last_distinct(start, 2, lambda link: link.entity.label in kinds)
            return [replace(self._names.acting(link), text=text, start=first, end=last, indirect=True) for link in pair]
        if not words & {"the", "this", "that", "these", "those"}:
            return []
        banned = banned | self._over(sentence, head)
        own = " ".join(t.lower_ for t in sentence.doc[low : head.i] if t.dep_ != "det" and t.pos_ != "ADP")
        found = self._described(sentence, head, lemma, own, banned)
        if found is None:
            return []
        return [replace(self._names.acting(found), text=text, start=first, end=last, indirect=True)]

    def _described(
        self, sentence: ParsedSentence, head: Token, lemma: str, own: str, banned: frozenset[str]
    ) -> Link | None:
        """The actor named before of whom the noun, and its own words before it, can be said."""
        nouns, start = self._nouns, sentence.offset(head)[0]
        if lemma in nouns.country_description:
            countries = load_regions().described(own, lemma)
            if countries is None:
                return None
            near = (
                None
                if own
                else self._salience.best(
                    sentence.index,
                    start,
                    lambda link: link.entity.label == "Country" and (not countries or link.entity.id in countries),
                    banned,
                )
            )
            if near is not None:
                return near
            known = self._salience.latest(countries - banned, start)  # kingdoms are few, wherever they were named
            return known.link if known is not None and known.link.start < start else None
        if lemma in nouns.bare_organ and own in nouns.branch:
            return self._salience.best(sentence.index, start, lambda link: link.entity.label == "Country", banned)
        if own:
            return None
        kinds: tuple[tuple[frozenset[str], Label], ...] = (
            (nouns.body_description, "Organization"),
            (nouns.company_description, "Company"),
            (nouns.group_description, "ArmedGroup"),
            (nouns.leader, "Person"),
        )
        labels = {label for words, label in kinds if lemma in words}
        return self._salience.best(
            sentence.index, start, lambda link: link.entity.label in labels and self._may_be(link, lemma), banned
        )

    def _may_be(self, link: Link, title: str) -> bool:
        """Whether somebody can be called so: no defence secretary is `the president`."""
        office = title in self._nouns.leader and title != "leader"
        entry = self._names.catalogue.entries.get(link.entity.id) if office else None
        titles = [office.title.lower() for office in entry.offices] if entry is not None else []
        return not titles or any(title in held for held in titles)


def _in_condition(word: Token) -> bool:
    """Whether the word is the subject of a condition: sanctions on Turkey if *it* buys S-400s."""
    clause = word.head
    return (
        word.dep_.startswith("nsubj")
        and clause.dep_ == "advcl"
        and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in clause.children)
    )


def _is_given(word: Token) -> bool:
    """Whether something is done to it in a clause of means: brought war to Ukraine by providing *it* with weapons."""
    return word.dep_ in ("obj", "iobj") and word.head.dep_ == "advcl" and preposition(word.head) == "by"


def _about(noun: Token) -> bool:
    """Whether the noun is why something is done: over its tests, in response to its tests."""
    above = governor(noun)
    reply = above is not None and above.lemma_ in ("response", "reaction", "retaliation") and preposition(noun) == "to"
    return reply or preposition(noun) in ABOUT
