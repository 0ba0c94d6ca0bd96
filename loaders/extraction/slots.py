"""The places around a trigger in which a role may stand; the rules name them.

A preposition (`on`, `to`, `out of` …) is a slot of its own. The others are the functions of `SLOTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from loaders.extraction import dealings, measures, strikes
from loaders.extraction.dates import is_of_the_calendar
from loaders.extraction.trigger import Trigger, participle_agent
from loaders.extraction.words import SLOT_WORDS, load_status
from loaders.linking.nouns import load_nouns
from loaders.text.syntax import (
    VERBAL,
    governor,
    is_passive,
    modifiers,
    noun_owner,
    objects,
    passive_subjects,
    preposition,
    prepositional,
    subjects,
)


def _poss(t: Trigger) -> list[Token]:
    return [c for c in t.token.children if c.dep_ == "nmod:poss"]


def _actor_before(t: Trigger) -> list[Token]:
    taker = _taker_before(t)
    return [m for m in modifiers(t.token) if m.head.lower_ not in SLOT_WORDS.describing and m not in taker]


def _taker_before(t: Trigger) -> list[Token]:
    """Who gets what the noun tells, where the parser takes the name for part of it: giving *Russia* military aid."""
    carrier = t.carrier()
    if carrier is None or carrier.lemma_ not in SLOT_WORDS.giving or t.token not in objects(carrier):
        return []
    return _first_name(t.token) if not any(case == "to" for case, _ in below(t.token, 1)) else []


def _first_name(noun: Token) -> list[Token]:
    first = next(iter(noun.children), noun)
    named = first.dep_ == "compound" and first.tag_ == "NNP" and not (first.text.isupper() or "." in first.text)
    return [first] if named else []


def _actor_adjective(t: Trigger) -> list[Token]:
    return [m for m in modifiers(t.token) if m.dep_ == "amod" and m.text[:1].isupper()]


def _verb_subject(t: Trigger) -> list[Token]:
    carrier = t.carrier()
    found = [s for p in t.participles() for s in participle_agent(p)]
    bystander = carrier is not None and carrier.lemma_ in (*load_status().bystander, *t.rule.takers)
    if found or carrier is None or bystander or not t.is_carried():
        return found
    return subjects(carrier)


def _subject(t: Trigger) -> list[Token]:
    return subjects(t.token)


def _object(t: Trigger) -> list[Token]:
    """What it is done to, or what as much is *worth of*; a noun without a preposition after it may be it as well."""
    own = objects(t.token)
    if not own and not is_passive(t.token):  # a designation that the parser takes for something else: sold TB2s
        own = [
            c for c in t.token.children if c.i == t.token.i + 1 and c.dep_ in ("advmod", "dep", "xcomp") and _is_code(c)
        ]
    first = own[0].i if own else t.token.i
    own += [c for c in t.token.children if c.dep_ == "obl:unmarked" and c.i > first]
    worth = [c for c in t.token.children if c.lower_ == "worth" and c.i > first and c not in own]
    return own + [c for value in worth for p, c in prepositional(value) if p == "of"]


def _is_code(token: Token) -> bool:
    return any(c.isdigit() for c in token.text) and any(c.isupper() for c in token.text)


def _iobj(t: Trigger) -> list[Token]:
    """Who gets it, before what is given: gives Israel $3bn in arms, sends *Russia* Fateh-110 missiles."""
    own = [c for c in t.token.children if c.dep_ == "iobj"]
    if (
        own
        or t.lemma not in SLOT_WORDS.giving
        or any(case == "to" for o in objects(t.token) for case, _ in below(o, 1))
    ):
        return own
    return [name for o in objects(t.token) if o.i > t.token.i for name in _first_name(o)]


def _owner_of_object(t: Trigger) -> list[Token]:
    found: list[Token] = []
    for noun in objects(t.token):
        found += [c for p, c in prepositional(noun) if p in ("of", "belonging to", "held by")]
        found += [
            o for c in noun.children if c.lemma_ in ("belong", "own", "link", "hold") for _, o in prepositional(c)
        ]
        found += [c for c in noun.children if c.dep_ == "nmod:poss"] + list(modifiers(noun))
    return found


def _set_by(t: Trigger) -> list[Token]:
    """What sets the limit that is passed: the cap *set by* the deal, obligations *under* the treaty."""
    bounds = [*objects(t.token), *(child for _, child in prepositional(t.token))]
    bounds = [noun for noun in bounds if noun.lemma_.lower() in SLOT_WORDS.limits]
    if not bounds:
        return []
    return [c for noun in bounds for c in noun.children if c.dep_ == "nmod:poss"] + [
        w for w in t.token.doc[t.token.i + 1 :] if preposition(w) in ("by", "in", "under", "of")
    ]


def _circumstance_subject(t: Trigger) -> list[Token]:
    """Who does what the noun says of it: *North Korea* fires missiles in violation of a resolution."""
    top, verb = t.topmost_noun(), governor(t.topmost_noun())
    if verb is None or preposition(top) != "in":
        return []
    if verb.lemma_.lower() in SLOT_WORDS.declaring:
        return objects(verb)
    if verb.pos_ in VERBAL:
        return passive_subjects(verb) if is_passive(verb) and not subjects(verb) else subjects(verb)
    return noun_owner(verb)


def _of_object(t: Trigger) -> list[Token]:
    return [
        c for noun in objects(t.token) for p, c in prepositional(noun) if p in ("to", "from", "on", "against", "for")
    ]


def _membership_owner(t: Trigger) -> list[Token]:
    return [
        c
        for noun in objects(t.token)
        if noun.lemma_.lower() in SLOT_WORDS.membership
        for c in noun.children
        if c.dep_ == "nmod:poss"
    ]


def _coordinated_subject(t: Trigger) -> list[Token]:
    return [c for s in subjects(t.token) for c in s.children if c.dep_ == "conj"]


def _copula_subject(t: Trigger) -> list[Token]:
    token = t.token
    while token.dep_ in ("nmod", "conj") and token.head != token:
        token = token.head
    return [c for c in token.children if c.dep_ == "nsubj"]


def _apposed(t: Trigger) -> list[Token]:
    """Of whom the noun is said beside the name: *the United States*, Morocco's main arms supplier."""
    return [t.token.head] if t.token.dep_ == "appos" else []


def _between(t: Trigger) -> list[Token]:
    return [c for p, c in prepositional(t.token) if p == "between"]


def _by_means(t: Trigger) -> list[Token]:
    """Who acts by what the noun tells: *Israel* kills a commander in a missile strike, responds with artillery fire."""
    carrier = t.carrier()
    if carrier is None or carrier.lemma_.lower() not in SLOT_WORDS.striking or is_passive(carrier):
        return []
    top = t.topmost_noun()
    return subjects(carrier) if preposition(top) in ("by", "in", "with", "during") else []


def _accused(t: Trigger) -> list[Token]:
    """Who is said to have done it: accuses *Israel* of the use of cluster bombs."""
    carrier = t.carrier()
    if carrier is None or carrier.lemma_ not in SLOT_WORDS.accusing:
        return []
    return objects(carrier) if preposition(t.topmost_noun()) in ("of", "for", "over", "with") else []


def _platform(t: Trigger) -> list[Token]:
    """What it was fired from: missiles fired from an American *drone*."""
    return [c for p, c in prepositional(t.token) if p in ("from", "by")]


def _using(t: Trigger) -> list[Token]:
    return [o for c in t.token.subtree if c.lower_ in ("using", "employing") for o in objects(c)]


def _prepared(t: Trigger) -> list[Token]:
    """Who gets ready for it: *North Korea* could be preparing for a test."""
    carrier = t.carrier()
    if carrier is None or carrier.lemma_ not in SLOT_WORDS.preparing:
        return []
    return subjects(carrier) if preposition(t.topmost_noun()) in ("for", "on") else []


def _taker(t: Trigger) -> list[Token]:
    """Who takes delivery."""
    carrier = t.carrier()
    return subjects(carrier) if carrier is not None and carrier.lemma_ in t.rule.takers and t.is_carried() else []


def _self(t: Trigger) -> list[Token]:
    return [t.token]


def _subject_modifiers(t: Trigger) -> list[Token]:
    return [m for s in subjects(t.token) for m in (*modifiers(s), *(c for c in s.children if c.dep_ == "nmod:poss"))]


def _by_weapon(t: Trigger) -> list[Token]:
    return [c for p, c in prepositional(t.token) if p == "by"] or [c for c in t.token.children if c.dep_ == "obl:agent"]


def _to_develop(t: Trigger) -> list[Token]:
    return [o for c in t.token.children if c.dep_ == "acl" for o in objects(c)]


SLOTS: dict[str, Callable[[Trigger], list[Token]]] = {
    "poss": _poss,
    "actor_before": _actor_before,
    "actor_adjective": _actor_adjective,
    "weapon_before": _actor_before,
    "target_before": _actor_before,
    "verb_subject": _verb_subject,
    "operator_subject": measures.operator_subject,
    "operator_target": measures.operator_target,
    "targeting": measures.targeting,
    "faced": measures.faced,
    "nearby_on": measures.nearby_on,
    "resented": measures.resented,
    "forbidden": measures.forbidden,
    "if_subject": measures.if_subject,
    "subject": _subject,
    "subject_weapon": _subject,
    "object": _object,
    "use_object": _object,
    "person_object": _object,
    "iobj": _iobj,
    "owner_of_object": _owner_of_object,
    "origin_of_object": measures.origin_of_object,
    "list_owner": measures.list_owner,
    "entered": measures.entered,
    "glued": Trigger.glued,
    "council_motion": measures.council_motion,
    "circumstance_subject": _circumstance_subject,
    "set_by": _set_by,
    "from_object": _of_object,
    "membership_owner": _membership_owner,
    "coordinated_subject": _coordinated_subject,
    "copula_subject": _copula_subject,
    "subject_of": measures.subject_of,
    "between_first": _between,
    "between_second": _between,
    "security_council": measures.security_council,
    "context_target": measures.context_target,
    "by_means": _by_means,
    "accused": _accused,
    "platform": _platform,
    "responsible": strikes.responsible,
    "using": _using,
    "prepared": _prepared,
    "reason_owner": measures.reason_owner,
    "demander": measures.demander,
    "taker": _taker,
    "contracted": dealings.contracted,
    "deal_partner": dealings.deal_partner,
    "parties": dealings.parties,
    "share_owner": dealings.share_owner,
    "apposed": _apposed,
    "beneficiary": dealings.beneficiary,
    "financier": dealings.beneficiary,
    "content_owner": dealings.content_owner,
    "content_taker": dealings.content_taker,
    "own_for": dealings.own_for,
    "holder": dealings.holder,
    "giver": dealings.giver,
    "bound": dealings.bound,
    "cargo": dealings.cargo,
    "source": dealings.source,
    "self": _self,
    "subject_state": _subject_modifiers,
    "by_weapon": _by_weapon,
    "to_develop": _to_develop,
}


def fill(trigger: Trigger, slot: str) -> list[Token]:
    """The heads of the phrases that stand in a slot of the trigger, in the order of the text."""
    if slot in SLOTS:
        return [token for token in SLOTS[slot](trigger) if not is_of_the_calendar(token.lower_)]
    return _with_preposition(trigger, slot)


def _with_preposition(t: Trigger, word: str) -> list[Token]:
    places = [t.token]
    if t.noun:
        places += t.participles()
        places += [c for c in t.token.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")]
        over = t.over()
        places += [token for token in over if token.pos_ not in VERBAL]
        if word != "of":
            places += [c for p, c in prepositional(t.token) if p == "of"]
        carrier = t.carrier()
        if carrier is not None and t.topmost_noun().dep_ in ("obj", "nsubj:pass", "conj"):
            places.append(carrier)
    else:
        after = [o for o in objects(t.token) if o.i > t.token.i]
        counted = [
            c for o in after if o.lemma_.lower() in load_nouns().container for p, c in prepositional(o) if p == "of"
        ]
        places += after + counted
    found: list[Token] = []
    for place in places:
        for case, child in prepositional(place):
            if (
                case == word
                and not is_of_the_calendar(child.lower_)
                and child != t.token
                and child not in found
                and not _above(child, t.token)
            ):
                found.append(child)
        if found:
            break
    if not found and word in SLOT_WORDS.nested:
        found = [
            child
            for place in places
            for case, child in below(place, 3)
            if case == word and not is_of_the_calendar(child.lower_) and child != t.token and not _above(child, t.token)
        ][:1]
    if not found and not t.noun:
        found = [c for verb in _sayings(t) for case, c in prepositional(verb) if case == word and c.i < verb.i][:1]
    if word == "to":
        clauses = [c for c in t.token.children if c.dep_ in ("acl", "advcl") and preposition(c) in ("", "to")]
        found += [s for clause in clauses for s in clause.children if s.dep_ == "nsubj"]
    return found


def _sayings(t: Trigger) -> list[Token]:
    """Verbs after the trigger that report it, to which the parser hangs its end: gave ships *to Kenya*, he *said*."""
    reporting = load_status().reporting
    after = [c for c in t.token.children if c.i > t.token.i and c.dep_ in ("advcl", "parataxis")]
    return [c for c in after if c.lemma_.lower() in reporting and preposition(c) == ""]


def below(place: Token, depth: int) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases inside those of a word: `sale of billions of dollars of arms to Taiwan`."""
    for case, child in prepositional(place, right_only=True):
        yield case, child
        if depth and case in ("of", "in", "for", "to", "on", "against", "from", "at", "into"):
            yield from below(child, depth - 1)


def _above(token: Token, other: Token) -> bool:
    return other == token or token.is_ancestor(other)
