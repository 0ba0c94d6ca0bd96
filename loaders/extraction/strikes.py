"""Slots of weapons used: who sent what struck, who answers for an attack, whether somebody is shot at."""

from __future__ import annotations

from spacy.tokens import Token

from loaders.extraction.dates import is_of_the_calendar
from loaders.extraction.trigger import Trigger
from loaders.extraction.words import SLOT_WORDS
from loaders.linking.nouns import load_nouns
from loaders.text.syntax import (
    OBJECT_CONTROL,
    VERBAL,
    governor,
    objects,
    prepositional,
    subjects,
)

POINTING = frozenset({"the", "this", "that", "these", "both"})
AIM_REACH = 32
"""Words after `fires` within which it is told at whom; longer lists of missiles come between."""


def owners(head: Token) -> list[Token]:
    """Who sends a weapon, by its own words: drones *launched by the Houthis*, *its* warplanes.

    Args:
        head: the weapon's head noun.
    """
    if head.lemma_.lower() in load_nouns().container:
        head = next((child for case, child in prepositional(head) if case == "of"), head)
    clauses = [c for c in head.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_.lower() in SLOT_WORDS.sending]
    senders = [s for clause in clauses for s in subjects(clause) if s != head]
    own = [c for c in head.children if c.dep_ == "nmod:poss"]
    return senders or own or [child for case, child in prepositional(head) if case in ("of", "by")]


def responsible(t: Trigger) -> list[Token]:
    """Who is said to have made the attack: *Iran* is behind it, it is blamed on *Iran*, *Hamas* took responsibility."""
    if any(c.dep_ == "case" and c.lower_ == "behind" for c in t.token.children):
        return _behind(t.token)
    carrier, over = t.carrier(), governor(t.token)
    if over is not None and over.lemma_.lower() == "responsibility":
        verb = governor(over)
        return subjects(verb) if verb is not None and verb.lemma_.lower() in SLOT_WORDS.owning_up else []
    verbs = [v for v in (*t.participles(), carrier) if v is not None and v.lemma_.lower() in SLOT_WORDS.ascribing]
    return [child for verb in verbs for case, child in prepositional(verb) if case in ("on", "to")]


def _behind(noun: Token) -> list[Token]:
    own = [c for c in noun.children if c.dep_ == "nsubj"]
    head = noun.head
    if own or noun.dep_ == "ROOT":
        return own
    if head.pos_ in VERBAL:
        return objects(head) if head.lemma_ in OBJECT_CONTROL else subjects(head)
    return [head]


def is_answered(token: Token) -> bool:
    """Whether somebody answers what the word tells, and so did not do it: bombs Gaza *in response to rocket fire*."""
    return any(a.lemma_.lower() in SLOT_WORDS.responses for a in token.ancestors)


def recalls(t: Trigger) -> bool:
    """Whether the noun points back to a strike told before, weapon and all: behind *the attack*."""
    carrier = t.carrier()
    over = carrier.lemma_.lower() if carrier is not None else ""
    if not t.noun or t.lemma not in t.rule.recalling:
        return False
    if t.lemma == "responsibility":
        return over in SLOT_WORDS.owning_up
    return over not in SLOT_WORDS.speaking and any(c.lower_ in POINTING for c in t.token.children)


def is_aimed(t: Trigger) -> bool:
    """Whether somebody is shot at: `fires rockets at Israel`, `missiles into Georgia`, `fired them, killing two`."""
    verb, harming = t.token, SLOT_WORDS.harming
    if verb.dep_ == "conj" and verb.head.lemma_ in harming:
        return True
    if verb.dep_ in ("acl", "advcl") and verb.tag_ == "VBG" and _attacks(verb.head):
        return True
    harmed = any(
        c.lemma_ in harming and c.pos_ in VERBAL and (c.dep_ == "conj" or (c.dep_ == "advcl" and c.tag_ == "VBG"))
        for c in verb.children
    )
    return harmed or _at_somebody(t)


def _attacks(over: Token) -> bool:
    """Whether it is somebody that an attack is made on: launched an *attack against Israel*, firing missiles."""
    nouns = [over] if over.pos_ == "NOUN" else objects(over)
    return any(
        noun.lemma_ in SLOT_WORDS.attacks and any(case in ("on", "against") for case, _ in prepositional(noun))
        for noun in nouns
    )


def _at_somebody(t: Trigger) -> bool:
    spared = SLOT_WORDS.open_space | SLOT_WORDS.grounds if t.lemma.startswith("launch") else SLOT_WORDS.open_space
    for token in t.token.doc[t.token.i + 1 : t.token.i + AIM_REACH]:
        if token.tag_ in ("VB", "VBD", "VBZ", "VBP", "MD") or token.dep_ == "mark" or token.text == ";":
            return False
        onto = (
            token.lower_ == "on" and token.nbor(1).tag_ in ("NNP", "DT", "CD")
            if token.i + 1 < len(t.token.doc)
            else False
        )
        if token.lower_ in SLOT_WORDS.aiming or onto:
            struck = _phrase_after(token)
            if struck is not None and _is_at_sea(struck):
                return False
            if struck is not None and not is_of_the_calendar(struck.lower_) and struck.lemma_.lower() not in spared:
                return True
    return False


def _is_at_sea(struck: Token) -> bool:
    """Whether it is a target set up where nobody is: a target *in the Barents Sea*."""
    places = [child.lemma_.lower() for case, child in prepositional(struck) if case in ("in", "at", "on", "over")]
    return struck.lemma_.lower() == "target" and any(place in SLOT_WORDS.open_space for place in places)


def _phrase_after(token: Token) -> Token | None:
    """The last noun of the phrase that begins after a preposition, however the parser attached it."""
    last = None
    for word in token.doc[token.i + 1 : token.i + 9]:
        if word.pos_ in ("NOUN", "PROPN", "PRON"):
            last = word
        elif word.pos_ not in ("DET", "ADJ", "NUM", "PART", "ADV") and word.tag_ not in ("VBN", "HYPH", "POS", "VBG"):
            break
    return last
