"""What a rule asks of the words around its trigger before anything else is read."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile

from spacy.tokens import Token

from loaders.extraction.dealings import bargain
from loaders.extraction.trigger import Trigger
from loaders.extraction.words import SLOT_WORDS, load_status
from loaders.linking.links import ParsedSentence
from loaders.linking.nouns import load_nouns
from loaders.text.syntax import VERBAL, governor, objects, preposition, prepositional, subjects

MAX_ABOUT = 9
"""Words in which a ban says what it is on."""


def unmet_guard(sentence: ParsedSentence, trigger: Trigger, article: str) -> str | None:
    """The guard of the rule that the sentence does not meet, in the words of the rule files; None where all are met.

    Args:
        sentence: the trigger's sentence.
        trigger: what sets the rule off.
        article: the whole text, lower case.
    """
    rule, text = trigger.rule, sentence.text.lower()
    guard = rule.guards.get(trigger.lemma)
    if guard and not _beginning(tuple(guard)).search(article):
        return "guards: none of the words that this trigger needs in its article"
    if rule.only_words and not any(word in text for word in rule.only_words):
        return "only_words: the sentence has none of them"
    if rule.unless_words and any(word in text for word in rule.unless_words):
        return "unless_words: the sentence has one of them"
    if rule.predicate in ("purchases", "receives", "supplies") and is_banned(trigger.token):
        return "told as what a ban or an embargo forbids"
    if rule.predicate == "uses" and trigger.noun and _stopped_by_others(trigger.token):
        return "told as what somebody acts to stop"
    if trigger.noun and trigger.token.dep_ == "compound" and trigger.token.head.lemma_.lower() in load_nouns().organ:
        return "names who does it, and tells of no act: the arms procurement agency"
    if rule.predicate == "develops" and not trigger.noun and _is_contracted(trigger):
        return "told as what a contract is for: who makes it sells it"
    particles = {c.lower_ for c in trigger.token.children if c.dep_ == "compound:prt"}
    if particles & set(rule.not_particles.get(trigger.lemma, ())):
        return "not_particles: with its particle the verb means something else"
    if trigger.token.dep_ == "acl:relcl" and trigger.token.head.lower_ in ("anyone", "anybody", "whoever", "those"):
        return "told of anyone who might do it"
    if trigger.token.dep_ == "acl:relcl" and _asked(trigger.token.head):
        return "told of what may be chosen: what kind of systems we buy"
    named = trigger.noun or any(s.lemma_.lower() in rule.subject_nouns for s in subjects(trigger.token))
    if rule.subject_nouns and not named:
        return "subject_nouns: the verb has none of them as its subject"
    if not trigger.noun and rule.object_nouns:
        if not any(o.lemma_.lower() in rule.object_nouns for o in objects(trigger.token)):
            return "object_nouns: the verb has none of them as its object"
    elif trigger.noun and rule.noun_modifiers:
        beside = (*trigger.token.children, *_about(trigger.token))
        words = {word for c in beside for word in (c.lower_, c.lemma_.lower())}
        if not words & set(rule.noun_modifiers):
            return "noun_modifiers: none of them stands before the noun"
    return None


@cache
def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds a word that begins with one of these: `ship` is no part of leadership."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})")


def _is_contracted(trigger: Trigger) -> bool:
    noun = bargain(trigger)
    return noun is not None and noun.lemma_.lower() == "contract"


def _asked(noun: Token) -> bool:
    """Whether a noun, or one that it belongs to, is asked for: what kind of systems."""
    if any(child.lower_ in ("what", "whatever", "whichever") for child in noun.children):
        return True
    return noun.dep_ == "nmod" and _asked(noun.head)


def _stopped_by_others(noun: Token) -> bool:
    """Whether something is done to stop it: raids Gaza *to halt* the firing of rockets."""
    verb = noun.head
    purpose = verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children)
    return purpose and load_status().stages.get(verb.lemma_.lower()) in ("suspended", "ended", "refused")


def is_banned(token: Token) -> bool:
    """Whether the words tell what is forbidden: a ban on arming rebels, an embargo on the sale of arms."""
    if any(token in _about(word) for word in token.doc[: token.i]):
        return True
    for ancestor in token.ancestors:
        if ancestor.pos_ in VERBAL:
            return False
        if ancestor.lemma_.lower() in SLOT_WORDS.bans:
            return True
    return False


def is_let_off(measure: Token) -> bool:
    """Whether a measure is told as what somebody is let off, and of nobody else: exempts India *from sanctions*."""
    over = governor(measure)
    cases = [case for case, _ in prepositional(measure)]
    return (
        over is not None
        and over.lemma_.lower() in load_status().sparing
        and preposition(measure) == "from"
        and not {"on", "against"} & set(cases)
    )


def _about(noun: Token) -> list[Token]:
    """What a ban is on, wherever the parser hangs it: extends its ban *on arms exports* to Saudi Arabia."""
    following = noun.doc[noun.i + 1 : noun.i + MAX_ABOUT]
    if noun.lemma_.lower() not in SLOT_WORDS.bans or not following or following[0].lower_ not in ("on", "against"):
        return []
    phrase = takewhile(lambda word: word.pos_ != "ADP" or word.lower_ == "of", following[1:])
    return [word for word in phrase if word.pos_ in ("NOUN", "ADJ", "PROPN")]
