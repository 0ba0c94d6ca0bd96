"""The places around a measure in which it is told who takes it, whom it hits, and why."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Token

from loaders.extraction.trigger import Trigger, participle_agent
from loaders.extraction.words import SLOT_WORDS, load_status
from loaders.linking.links import Link
from loaders.text.syntax import (
    PLACES,
    VERBAL,
    governor,
    is_passive,
    modifiers,
    objects,
    passive_subjects,
    preposition,
    prepositional,
    subjects,
)


def operator_subject(t: Trigger) -> list[Token]:
    """Who takes the measure, by the verb over it: *the US* imposes sanctions, *Congress* agrees on them."""
    found = [s for p in t.participles() for s in participle_agent(p) if p.lemma_ not in SLOT_WORDS.targeting]
    if found:
        return found
    carrier = t.carrier()
    if carrier is None or carrier.lemma_ in SLOT_WORDS.suffering | SLOT_WORDS.breaking:
        return []
    stage = load_status().stages.get(carrier.lemma_)
    if stage is None or stage in SLOT_WORDS.not_senders:
        return []
    word = preposition(t.topmost_noun()) if t.topmost_noun().dep_.startswith("obl") else ""
    agreed = word in ("on", "to") and stage in ("agreed", "considered")
    if not t.is_carried() and not agreed and word not in ("with", "of"):
        return []
    return subjects(carrier)


def operator_target(t: Trigger) -> list[Token]:
    """Whom the verb over the measure hits with it: threatens *Iran* with sanctions."""
    carrier, top = t.carrier(), t.topmost_noun()
    while top.dep_ == "conj" and top.head != top:
        top = top.head
    if carrier is None or not top.dep_.startswith("obl"):
        return []
    return objects(carrier) if preposition(top) in ("with", "under", "to", "by") else []


def targeting(t: Trigger) -> list[Token]:
    """Whom the measure hits, by a verb of its own: sanctions *targeting* X, the penalties *fall on* X."""
    own = [t.token.head] if t.token.dep_ == "nsubj" and t.token.head.pos_ in VERBAL else []
    found: list[Token] = []
    for verb in (*t.participles(), *own):
        lemma = verb.lemma_.lower()
        if lemma in SLOT_WORDS.targeting:
            found += [o for o in objects(verb) if o != t.token]
        found += [c for p, c in prepositional(verb) if p in SLOT_WORDS.falling.get(lemma, ())]
    return found


def faced(t: Trigger) -> list[Token]:
    """Who suffers the measure: *Iran* faces sanctions, *Cuba* is under an embargo."""
    if preposition(t.topmost_noun()) == "under" and any(c.dep_ == "cop" for c in t.topmost_noun().children):
        return subjects(t.topmost_noun())
    carrier = t.carrier()
    if carrier is None:
        return []
    if carrier.lemma_ in SLOT_WORDS.suffering and t.is_carried():
        return subjects(carrier) or passive_subjects(carrier)
    top = t.topmost_noun()
    if preposition(top) == "from" and objects(carrier) and not is_passive(carrier):
        return []  # who takes somebody else from a list of sanctions is not on it
    if preposition(top) in SLOT_WORDS.under_threat and top.dep_.split(":")[0] in ("obl", "nmod", "advcl"):
        return passive_subjects(carrier) if is_passive(carrier) else subjects(carrier)
    return []


def resented(t: Trigger) -> list[Token]:
    """Who complains of the measures of somebody: *Rwanda* condemned Britain's sanctions."""
    carrier = t.carrier()
    if carrier is None or carrier.lemma_ not in SLOT_WORDS.resenting or not t.is_carried():
        return []
    return subjects(carrier)


def nearby_on(t: Trigger) -> list[Token]:
    """The first `on X` or `against X` after the noun in its clause: sanctions of a ban on imports *on Eritrea*."""
    found = []
    for token in t.token.doc[t.token.i + 1 : t.token.i + 18]:
        if token.tag_ in ("VBD", "VBZ", "VBP"):
            break
        if preposition(token) in ("on", "against") and token.tag_ in ("NNP", "NNPS"):
            found.append(token)
    return found[-1:]


def forbidden(t: Trigger) -> list[Token]:
    """Who is not to get what: a ban against *arming rebels*, an embargo on selling arms *to Iran*."""
    found: list[Token] = []
    for clause in t.token.children:
        if clause.dep_ in ("acl", "advcl") and preposition(clause) in ("on", "against"):
            found += objects(clause) + [c for p, c in prepositional(clause) if p == "to"]
    return found


def if_subject(t: Trigger) -> list[Token]:
    """Who must do what if the measure is not to come: sanctions *if the country* does not comply."""
    verbs = [token for token in t.over() if token.pos_ in VERBAL]
    while verbs and verbs[-1].dep_ in ("xcomp", "ccomp", "conj") and len(verbs) < 4:
        verbs.append(verbs[-1].head)
    return [
        s
        for verb in verbs
        for clause in verb.children
        if clause.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for m in clause.children)
        for s in clause.children
        if s.dep_.startswith("nsubj")
    ]


def origin_of_object(t: Trigger) -> list[Token]:
    """Whose goods they are: bans *Russian* oil, imports of *Iranian* crude, *its* textile exports."""
    nouns = objects(t.token)
    nouns = [*nouns, *(c for noun in nouns for p, c in prepositional(noun) if p in ("of", "from"))]
    return [o for noun in nouns for o in (*modifiers(noun), *(c for c in noun.children if c.dep_ == "nmod:poss"))]


def list_owner(t: Trigger) -> list[Token]:
    """Whose list or sanctions they are: added to *the US* blacklist, exempted from *US* sanctions."""
    phrases = [*prepositional(t.token), *(phrase for o in objects(t.token) for phrase in prepositional(o))]
    lists = [c for _, c in phrases if c.lemma_.lower() in ("list", "blacklist", "sanction")]
    return [o for noun in lists for o in (*modifiers(noun), *(c for c in noun.children if c.dep_ == "nmod:poss"))]


def entered(t: Trigger) -> list[Token]:
    """Who lets nobody in: Americans barred from entering *Russia*, from entry to *China*."""
    clauses = [c for c in t.token.children if preposition(c) == "from"]
    countries = [o for clause in clauses if clause.pos_ in VERBAL for o in objects(clause)]
    return countries + [o for clause in clauses for p, o in prepositional(clause) if p in ("to", "into")]


def council_motion(t: Trigger) -> list[Token]:
    """The Security Council, where the measure stands in what is put to its vote."""
    before = t.token.doc[max(0, t.token.i - 12) : t.token.i]
    return security_council(t) if any(word.lemma_.lower() in SLOT_WORDS.motions for word in before) else []


def security_council(t: Trigger) -> list[Token]:
    """Whose business sanctions are: a mention of the Security Council near them."""
    words = list(t.token.doc)
    return [b for a, b in pairwise(words) if (a.lower_, b.lower_) == ("security", "council")] + [
        w for w in words if w.lower_.endswith("security council")
    ]


def is_breached(t: Trigger) -> bool:
    """Whether it is told as what somebody breaks: *violations of* an embargo."""
    return preposition(t.token) == "of" and t.token.head.lemma_.lower() in SLOT_WORDS.breaches


def context_target(t: Trigger) -> list[Token]:
    """Names after the measure in its sentence, then those before it, nearest first; subjects over it excepted.

    Who is named beside a *violation* of an embargo has broken it, and it need not be on him.
    """
    if is_breached(t):
        return []
    carrier = t.carrier()
    over = (
        {s.i for verb in _verbs_over(carrier) for s in (*subjects(verb), *passive_subjects(verb))} if carrier else set()
    )
    names = [
        w
        for w in t.token.doc
        if w.tag_ in ("NNP", "NNPS", "JJ") and w.text[:1].isupper() and w.i not in over and preposition(w) not in PLACES
    ]
    after = [w for w in names if w.i > t.token.i]
    return after + [w for w in reversed(names) if w.i < t.token.i]


def _verbs_over(verb: Token) -> list[Token]:
    return [verb, *(a for a in verb.ancestors if a.pos_ in VERBAL and verb.dep_ in ("xcomp", "ccomp", "conj", "acl"))]


def reasons(t: Trigger) -> list[Token]:
    """The heads of the phrases that say why: over its *programme*, in *response* to tests, for *buying*, because …"""
    found: list[Token] = []
    for place in [t.token, *t.over()] if t.noun else [t.token]:
        for case, child in prepositional(place):
            reply = case == "in" and child.lemma_ in ("response", "retaliation", "reaction")
            if reply or case in SLOT_WORDS.reasons or (case == "for" and t.rule.predicate == "sanctions"):
                found.append(child)
        marks = ("because", "for") if t.rule.predicate in ("sanctions", "excludes") else ("because",)
        found += [
            c
            for c in place.children
            if c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in marks for m in c.children)
        ]
    return found


def reason_owner(t: Trigger) -> list[Token]:
    """Whose deeds the measure is for: sanctions over *its* programme, in response to *Iran's* tests."""
    nouns = [noun for reason in reasons(t) for noun in (reason, *(c for p, c in prepositional(reason) if p == "to"))]
    return [c for noun in nouns for c in (*noun.children, *modifiers(noun)) if c.dep_ == "nmod:poss"]


def answers(trigger: Trigger, roles: dict[str, Link]) -> bool:
    """Whether sanctions of which both parties are named answer others: hit back with *its own* sanctions on Norway."""
    if trigger.rule.predicate != "sanctions" or not {"sender", "target"} <= roles.keys():
        return False
    words = SLOT_WORDS.answering
    return not roles["target"].indirect and any(word.lemma_.lower() in words for word in trigger.token.doc)


def demander(t: Trigger) -> list[Token]:
    """Who wants an end of what hits it: *Pyongyang* insists that Washington drop sanctions."""
    carrier = t.carrier()
    if carrier is None or load_status().stages.get(carrier.lemma_) != "ended":
        return []
    over = [a for a in carrier.ancestors if load_status().stages.get(a.lemma_) == "demanded" and a.pos_ in VERBAL]
    return subjects(over[0]) if over else []


def subject_of(t: Trigger) -> list[Token]:
    """`Mahan Air has been the subject of sanctions`."""
    head = governor(t.token)
    if head is None or head.lemma_.lower() not in ("subject", "target", "object"):
        return []
    return [c for c in head.children if c.dep_ == "nsubj"]
