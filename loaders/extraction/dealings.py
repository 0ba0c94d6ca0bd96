"""Slots of transfers: the parties of a deal, who holds what was bought, where a cargo was bound."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from graph.vocabulary import PHASE_OF, PREDICATES, Frame
from loaders.extraction.reading import Reading
from loaders.extraction.rules import load_rules
from loaders.extraction.trigger import Trigger
from loaders.extraction.words import SLOT_WORDS, load_status
from loaders.linking.links import ParsedSentence
from loaders.text.syntax import (
    BARGAINS,
    VERBAL,
    explained_noun,
    is_passive,
    modifiers,
    objects,
    passive_subjects,
    prepositional,
    subjects,
)

BESIDE: tuple[Frame, ...] = ("transfer", "develop")
"""Frames of what may be told beside the news."""


def shares(t: Trigger) -> list[Token]:
    """The nouns that count what share of somebody's weapons is meant, not how many were handed over."""
    return [noun for noun in objects(t.token) if noun.lemma_.lower() in SLOT_WORDS.shares] if not t.noun else []


def share_owner(t: Trigger) -> list[Token]:
    """Of whose weapons a share is meant: supplied 81 per cent of *Pakistan's* weapons."""
    return [
        owner
        for share in shares(t)
        for p, c in prepositional(share)
        if p == "of"
        for owner in (*(o for o in c.children if o.dep_ == "nmod:poss"), *modifiers(c))
    ]


def bargain(t: Trigger) -> Token | None:
    """The noun of the deal to buy or to supply that the verb is part of."""
    head = explained_noun(t.token) or t.token.head
    return head if head.lemma_.lower() in BARGAINS else None


def contracted(t: Trigger) -> list[Token]:
    """What a contract is to make or bring: won a contract from the navy to *build 12 helicopters*."""
    verbs = [
        word for word in t.token.doc[t.token.i :] if word.lemma_.lower() in SLOT_WORDS.contracted and word.tag_ == "VB"
    ]
    return [noun for verb in verbs if bargain(replace(t, token=verb)) == t.token for noun in objects(verb)]


def _under(t: Trigger) -> Token | None:
    """The noun of the deal by which it is done: acquired *under a contract*."""
    by_deal = SLOT_WORDS.by_deal
    return next((c for p, c in prepositional(t.token) if p in by_deal and c.lemma_.lower() in BARGAINS), None)


def _signings(noun: Token) -> list[Token]:
    """A deal and the verbs that say who made it: a contract *signed* in 2021, *reached* last year."""
    return [noun, *(c for c in noun.children if c.dep_ == "acl" and c.pos_ in VERBAL)]


def deal_partner(t: Trigger) -> list[Token]:
    """The other side of a deal that a verb is part of: signed a contract *with France* to buy jets."""
    under = _under(t) if not t.noun else None
    if under is not None:
        return [c for place in _signings(under) for p, c in prepositional(place) if p == "with"]
    noun = bargain(t)
    if noun is None:
        return []
    return [c for place in (noun, noun.head) for p, c in prepositional(place) if p == "with"]


def parties(t: Trigger) -> list[Token]:
    """Both sides of the deal that a noun names: *Poland* awards *Boeing* a contract, a *Russian* deal *with France*.

    Of a verb those between whom the deal was made under which it is done.
    """
    if not t.noun:
        under = _under(t)
        places = _signings(under) if under is not None else []
        return [c for place in places for p, c in prepositional(place) if p in ("between", "by")]
    carrier = t.carrier()
    found: list[Token] = []
    if carrier is not None:
        found += passive_subjects(carrier) + subjects(carrier) if is_passive(carrier) else subjects(carrier)
        found += [c for c in carrier.children if c.dep_ in ("iobj", "obj") and c not in (t.token, t.topmost_noun())]
    places = [t.token, *t.over()]
    found += [c for place in places for p, c in prepositional(place) if p in ("with", "from", "by", "between", "to")]
    return found + [m for m in modifiers(t.token) if m.dep_ == "amod" and m.text[:1].isupper()]


def beneficiary(t: Trigger) -> list[Token]:
    """For whom it is bought, or to whom it is to go: ammunition *for Ukraine*."""
    own = subjects(t.token) if not t.noun else []
    places = [t.token, *t.over()] if t.noun else [t.token, *objects(t.token)]
    found = [c for place in places for c in _for(place, 3)]
    return [c for c in found if c.tag_ in ("NNP", "NNPS") and all(c.lower_ != o.lower_ for o in own)]


def _for(place: Token, depth: int) -> list[Token]:
    found: list[Token] = []
    for case, child in prepositional(place, right_only=True):
        if case == "for":
            found.append(child)
        if depth and case in ("of", "for", "on"):
            found += _for(child, depth - 1)
    return found


def own_for(t: Trigger) -> list[Token]:
    """What a verb is for, with no object but a party: signed *for* 24 jets; not: bought engines *for* its jets."""
    things = [o for o in objects(t.token) if o.pos_ != "PROPN"]
    return [] if things else [c for p, c in prepositional(t.token) if p == "for"]


def holder(t: Trigger) -> list[Token]:
    """Who has what was bought: *Azerbaijan* used drones bought from Turkey."""
    if t.token.dep_ != "acl" or t.token.tag_ != "VBN":
        return []
    noun = t.token.head
    verb = noun.head
    if noun.dep_ != "obj" or verb.pos_ not in VERBAL or is_passive(verb):
        return []
    return subjects(verb)


def bound(t: Trigger) -> list[Token]:
    """Where it was going: seized weapons *bound for Yemen*, *on their way to Gaza*."""
    words = list(t.token.doc)
    found: list[Token] = []
    for word in words:
        if word.lower_ in SLOT_WORDS.bound:
            places = [word, word.head, *(o for o in objects(word) if o.i > word.i)]
            found += [c for place in places for p, c in prepositional(place) if p in ("to", "for") and c.i > word.i]
    return found


def cargo(t: Trigger) -> list[Token]:
    """What was on board: intercepts a boat *carrying missiles*, a ship *with arms*, a truck *full of* rockets."""
    found: list[Token] = []
    for noun in objects(t.token):
        for verb in (c for c in noun.children if c.dep_ in ("acl", "acl:relcl")):
            found += [o for o in objects(verb) if o != noun]
            found += [c for p, c in prepositional(verb) if p in ("with", "of")]
        found += [c for p, c in prepositional(noun) if p in ("with", "of", "carrying")]
    return found


def source(t: Trigger) -> list[Token]:
    """Where a cargo came from: a boat *from Iran*, missiles being smuggled *from Iran*."""
    places = [*objects(t.token), *cargo(t)] or subjects(t.token)
    places += [verb for place in places for verb in place.children if verb.dep_ in ("acl", "acl:relcl")]
    places += [c for p, c in prepositional(t.token) if p in ("on", "aboard", "from")]
    return [c for place in places for p, c in prepositional(place) if p == "from"]


def giver(t: Trigger) -> list[Token]:
    """Who gave what is received: tanks *promised by the United States*, donated by Poland; not who *ordered* them."""
    return [
        c
        for noun in (t.token, *objects(t.token))
        for place in (noun, *(c for p, c in prepositional(noun) if p == "of"))
        for verb in place.children
        if verb.dep_ in ("acl", "acl:relcl") and verb.pos_ in VERBAL and verb != t.token and not _buys(verb)
        for c in subjects(verb)
    ]


def _buys(verb: Token) -> bool:
    return any(rule.predicate == "purchases" for rule in load_rules().verbs.get(verb.lemma_.lower(), ()))


def content_owner(t: Trigger) -> list[Token]:
    """Whose the thing is of which the contents are told: *the US* package includes drones."""
    return [
        owner
        for noun in subjects(t.token)
        for owner in (*(c for c in noun.children if c.dep_ == "nmod:poss"), *modifiers(noun))
    ]


def content_taker(t: Trigger) -> list[Token]:
    """For whom it is: the package *for Ukraine* includes drones."""
    return [c for noun in subjects(t.token) for p, c in prepositional(noun) if p in ("for", "to")]


def presumes(trigger: Trigger, reading: Reading, sentence: ParsedSentence) -> bool:
    """Whether only a noun, an infinitive or a headline says that weapons change hands: *the purchase*, costs a lot *to
    buy*, Australia *dispatches* tanks, which below are *set to be* dispatched.

    Or only an infinitive that sanctions are imposed: works with allies *to impose* them.
    """
    last = reading.steps[-1].word
    if PREDICATES[trigger.rule.predicate].frame == "sanction":
        return reading.stage == "completed" and last.tag_ == "VB" and any(c.lower_ == "to" for c in last.children)
    bare = not trigger.rule.steady if trigger.noun else any(c.lower_ == "to" for c in trigger.token.children)
    bare |= trigger.token.tag_ in ("VBZ", "VBP") and sentence.is_headline
    of_deal = bare and PREDICATES[trigger.rule.predicate].frame == "transfer"
    return of_deal and len(reading.steps) == 1 and PHASE_OF[reading.stage] == "actual"


def in_passing(trigger: Trigger, reading: Reading) -> bool:
    """Whether a transfer is told beside something else, or of a span of years: howitzers *that Warsaw has given*.

    So is what somebody has *also* sold, weapons *sold* by somebody, and what somebody is accused of.
    """
    if PREDICATES[trigger.rule.predicate].frame not in BESIDE or reading.stage != "completed":
        return False
    verb = next((word for word in (trigger.token, *trigger.token.ancestors) if word.pos_ in VERBAL), None)
    if verb is None:
        return False
    spans = [c for c in verb.children if c.lemma_.lower() in SLOT_WORDS.periods]
    recent = any(c.lower_ in load_status().background for span in spans for c in span.children)
    past = trigger.rule.predicate == "purchases" or any(c.lower_ in ("has", "have") for c in verb.children)
    also = past and any(c.dep_ == "advmod" and c.lower_ == "also" for c in verb.children)
    accused = any(step.value == "alleged" and step.word.lemma_.lower() in SLOT_WORDS.accusing for step in reading.steps)
    return recent or also or accused or verb.dep_ == "acl:relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBN")
