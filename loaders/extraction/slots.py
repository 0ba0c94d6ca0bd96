"""The places around a trigger in which a role may stand; the rules name them.

A preposition (`on`, `to`, `out of` …) is a slot of its own. The others are the functions of `SLOTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from spacy.tokens import Token

from loaders.extraction import dealings, strikes
from loaders.extraction.dates import DAYS, MONTHS
from loaders.extraction.rules import load_status
from loaders.extraction.trigger import Trigger
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

TARGETING = frozenset({"target", "hit", "punish", "bar", "restrict", "affect", "aim", "cover", "cite"})
FALLING = {"fall": ("on",), "apply": ("to",), "aim": ("at",), "extend": ("to",)}
"""Verbs that tell whom a measure hits by a preposition."""
LIMITS = frozenset(
    {"limit", "cap", "ceiling", "threshold", "restriction", "obligation", "term", "provision", "commitment"}
)
DECLARING = frozenset({"declare", "find", "hold", "consider", "place", "put", "deem"})
"""Verbs that say of their object that it is in breach of something."""
MOTIONS = frozenset({"resolution", "motion", "draft", "proposal", "bid", "text", "vote", "attempt", "effort"})
SUFFERING = frozenset({"face", "risk", "avoid", "escape", "evade", "suffer", "defy", "circumvent", "dodge", "incur"})
UNDER_THREAT = frozenset({"despite", "under", "from", "facing", "by", "with", "amid"})
NESTED = frozenset({"to", "from", "on", "against", "for"})
"""Prepositions whose phrase may hang inside another phrase of the trigger."""
NOT_SENDERS = frozenset({"demanded", "refused"})
CARRYING = {"work": ("on",), "notify": ("of", "about"), "inform": ("of", "about"), "agree": ("on", "to"),
            "go": ("with",), "proceed": ("with",), "move": ("with",), "press": ("with",), "push": ("with", "for"),
            "add": ("to",), "put": ("on", "under"), "place": ("on", "under"), "bring": ("under",),
            "include": ("in", "on"),
            "sign": ("for", "on"), "opt": ("for",), "pay": ("for",), "apply": ("for",)}  # fmt: skip
"""Verbs that carry a noun by a preposition: notifies Congress *of* a sale, goes ahead *with* it."""
GIVING = frozenset(
    {"give", "send", "sell", "hand", "offer", "lend", "loan", "grant", "pledge", "promise", "gift", "pay"}
)
"""Verbs that name the receiver before the thing."""
PLACES = frozenset({"in", "at", "near", "outside"})
STRIKING = frozenset(
    {"kill", "hit", "destroy", "wound", "injure", "target", "respond", "retaliate", "assassinate", "strike"}
)


def _poss(t: Trigger) -> list[Token]:
    return [c for c in t.token.children if c.dep_ == "nmod:poss"]


def _actor_before(t: Trigger) -> list[Token]:
    return list(modifiers(t.token))


def _actor_adjective(t: Trigger) -> list[Token]:
    return [m for m in modifiers(t.token) if m.dep_ == "amod" and m.text[:1].isupper()]


def _carried(t: Trigger) -> bool:
    """Whether the noun is what its verb acts on, not a circumstance of it."""
    top, carrier = t.topmost_noun(), t.carrier()
    if carrier is not None and preposition(top) in CARRYING.get(carrier.lemma_.lower(), ()):
        return True
    return top.dep_ in ("obj", "nsubj:pass", "xcomp", "conj", "ccomp")


def _verb_subject(t: Trigger) -> list[Token]:
    carrier = t.carrier()
    found = [s for p in t.participles() for s in _participle_agent(p)]
    bystander = carrier is not None and carrier.lemma_ in (*load_status().bystander, *t.rule.takers)
    if found or carrier is None or bystander or not _carried(t):
        return found
    return subjects(carrier)


def _participle_agent(verb: Token) -> list[Token]:
    return subjects(verb) if is_passive(verb) or verb.dep_ == "acl:relcl" else []


def _operator_subject(t: Trigger) -> list[Token]:
    found = [s for p in t.participles() for s in _participle_agent(p) if p.lemma_ not in TARGETING]
    if found:
        return found
    carrier = t.carrier()
    if carrier is None or carrier.lemma_ in SUFFERING:
        return []
    stage = load_status().stages.get(carrier.lemma_)
    if stage is None or stage in NOT_SENDERS:
        return []
    word = preposition(t.topmost_noun()) if t.topmost_noun().dep_.startswith("obl") else ""
    agreed = word in ("on", "to") and load_status().stages.get(carrier.lemma_) in ("agreed", "considered")
    if not _carried(t) and not agreed and word not in ("with", "of"):
        return []
    return subjects(carrier)


def _operator_target(t: Trigger) -> list[Token]:
    carrier, top = t.carrier(), t.topmost_noun()
    while top.dep_ == "conj" and top.head != top:
        top = top.head
    if carrier is None or not top.dep_.startswith("obl"):
        return []
    return objects(carrier) if preposition(top) in ("with", "under", "to", "by") else []


def _targeting(t: Trigger) -> list[Token]:
    """Whom the measure hits, by a verb of its own: sanctions *targeting* X, the penalties *fall on* X."""
    own = [t.token.head] if t.token.dep_ == "nsubj" and t.token.head.pos_ in VERBAL else []
    found: list[Token] = []
    for verb in (*t.participles(), *own):
        lemma = verb.lemma_.lower()
        if lemma in TARGETING:
            found += [o for o in objects(verb) if o != t.token]
        found += [c for p, c in prepositional(verb) if p in FALLING.get(lemma, ())]
    return found


def _faced(t: Trigger) -> list[Token]:
    if preposition(t.topmost_noun()) == "under" and any(c.dep_ == "cop" for c in t.topmost_noun().children):
        return subjects(t.topmost_noun())
    carrier = t.carrier()
    if carrier is None:
        return []
    if carrier.lemma_ in SUFFERING and _carried(t):
        return subjects(carrier) or passive_subjects(carrier)
    top = t.topmost_noun()
    if preposition(top) in UNDER_THREAT and top.dep_.split(":")[0] in ("obl", "nmod", "advcl"):
        return passive_subjects(carrier) if is_passive(carrier) else subjects(carrier)
    return []


def _nearby_on(t: Trigger) -> list[Token]:
    """The first `on X` or `against X` after the noun in its clause: sanctions of a ban on imports *on Eritrea*."""
    found = []
    for token in t.token.doc[t.token.i + 1 : t.token.i + 18]:
        if token.tag_ in ("VBD", "VBZ", "VBP"):
            break
        if preposition(token) in ("on", "against") and token.tag_ in ("NNP", "NNPS"):
            found.append(token)
    return found[-1:]


def _forbidden(t: Trigger) -> list[Token]:
    """Who is not to get what: a ban against *arming rebels*, an embargo on selling arms *to Iran*."""
    found: list[Token] = []
    for clause in t.token.children:
        if clause.dep_ in ("acl", "advcl") and preposition(clause) in ("on", "against"):
            found += objects(clause) + [c for p, c in prepositional(clause) if p == "to"]
    return found


def _if_subject(t: Trigger) -> list[Token]:
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


def _subject(t: Trigger) -> list[Token]:
    return subjects(t.token)


def _object(t: Trigger) -> list[Token]:
    """What it is done to; a noun without a preposition right after it may be it as well."""
    own = objects(t.token)
    first = own[0].i if own else t.token.i
    return own + [c for c in t.token.children if c.dep_ == "obl:unmarked" and c.i > first]


def _iobj(t: Trigger) -> list[Token]:
    """Who gets it, before what is given: gives Israel $3bn in arms, sends *Russia* Fateh-110 missiles."""
    own = [c for c in t.token.children if c.dep_ == "iobj"]
    if own or t.lemma not in GIVING or any(case == "to" for o in objects(t.token) for case, _ in below(o, 1)):
        return own
    firsts = [next(iter(o.children), o) for o in objects(t.token) if o.i > t.token.i]
    return [c for c in firsts if c.dep_ == "compound" and c.tag_ == "NNP" and not (c.text.isupper() or "." in c.text)]


def _owner_of_object(t: Trigger) -> list[Token]:
    found: list[Token] = []
    for noun in objects(t.token):
        found += [c for p, c in prepositional(noun) if p in ("of", "belonging to", "held by")]
        found += [
            o for c in noun.children if c.lemma_ in ("belong", "own", "link", "hold") for _, o in prepositional(c)
        ]
        found += [c for c in noun.children if c.dep_ == "nmod:poss"] + list(modifiers(noun))
    return found


def _origin_of_object(t: Trigger) -> list[Token]:
    """Whose goods they are: bans *Russian* oil, imports of *Iranian* crude, *its* textile exports."""
    nouns = objects(t.token)
    nouns = [*nouns, *(c for noun in nouns for p, c in prepositional(noun) if p in ("of", "from"))]
    return [o for noun in nouns for o in (*modifiers(noun), *(c for c in noun.children if c.dep_ == "nmod:poss"))]


def _list_owner(t: Trigger) -> list[Token]:
    """Whose list it is: added to *the US* blacklist."""
    lists = [c for _, c in prepositional(t.token) if c.lemma_.lower() in ("list", "blacklist")]
    return [o for noun in lists for o in (*modifiers(noun), *(c for c in noun.children if c.dep_ == "nmod:poss"))]


def _set_by(t: Trigger) -> list[Token]:
    """What sets the limit that is passed: the cap *set by* the deal, obligations *under* the treaty."""
    if not any(noun.lemma_.lower() in LIMITS for noun in objects(t.token)):
        return []
    return [w for w in t.token.doc[t.token.i + 1 :] if preposition(w) in ("by", "in", "under", "of")]


def _council_motion(t: Trigger) -> list[Token]:
    """The Security Council, where the measure stands in what is put to its vote."""
    before = t.token.doc[max(0, t.token.i - 12) : t.token.i]
    return _security_council(t) if any(word.lemma_.lower() in MOTIONS for word in before) else []


def _circumstance_subject(t: Trigger) -> list[Token]:
    """Who does what the noun says of it: *North Korea* fires missiles in violation of a resolution."""
    top, verb = t.topmost_noun(), governor(t.topmost_noun())
    if verb is None or preposition(top) != "in":
        return []
    if verb.lemma_.lower() in DECLARING:
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
        if noun.lemma_.lower() in ("membership", "participation", "right", "seat")
        for c in noun.children
        if c.dep_ == "nmod:poss"
    ]


def _coordinated_subject(t: Trigger) -> list[Token]:
    return [c for s in subjects(t.token) for c in s.children if c.dep_ == "conj"]


def _subject_of(t: Trigger) -> list[Token]:
    """`Mahan Air has been the subject of sanctions`."""
    head = governor(t.token)
    if head is None or head.lemma_.lower() not in ("subject", "target", "object"):
        return []
    return [c for c in head.children if c.dep_ == "nsubj"]


def _copula_subject(t: Trigger) -> list[Token]:
    token = t.token
    while token.dep_ in ("nmod", "conj") and token.head != token:
        token = token.head
    return [c for c in token.children if c.dep_ == "nsubj"]


def _between(t: Trigger) -> list[Token]:
    return [c for p, c in prepositional(t.token) if p == "between"]


def _security_council(t: Trigger) -> list[Token]:
    """Whose business sanctions are: a mention of the Security Council near them."""
    words = list(t.token.doc)
    return [b for a, b in pairwise(words) if (a.lower_, b.lower_) == ("security", "council")] + [
        w for w in words if w.lower_.endswith("security council")
    ]


def _context_target(t: Trigger) -> list[Token]:
    """Names after the measure in its sentence, then those before it, nearest first; subjects over it excepted."""
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


def _by_means(t: Trigger) -> list[Token]:
    """Who acts by what the noun tells: *Israel* kills a commander in a missile strike, responds with artillery fire."""
    carrier = t.carrier()
    if carrier is None or carrier.lemma_.lower() not in STRIKING or is_passive(carrier):
        return []
    top = t.topmost_noun()
    return subjects(carrier) if preposition(top) in ("by", "in", "with", "during") else []


def _accused(t: Trigger) -> list[Token]:
    """Who is said to have done it: accuses *Israel* of the use of cluster bombs."""
    carrier = t.carrier()
    if carrier is None or carrier.lemma_ not in (
        "accuse",
        "suspect",
        "blame",
        "charge",
        "condemn",
        "criticise",
        "criticize",
    ):
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
    if carrier is None or carrier.lemma_ not in ("prepare", "ready", "plan", "gear", "work"):
        return []
    return subjects(carrier) if preposition(t.topmost_noun()) in ("for", "on") else []


def reasons(t: Trigger) -> list[Token]:
    """The heads of the phrases that say why: over its *programme*, in *response* to tests, because it *bought* …"""
    found: list[Token] = []
    for place in [t.token, *t.over()] if t.noun else [t.token]:
        for case, child in prepositional(place):
            reply = case == "in" and child.lemma_ in ("response", "retaliation", "reaction")
            if reply or case in ("over", "because of", "due to") or (case == "for" and t.rule.predicate == "sanctions"):
                found.append(child)
        found += [
            c
            for c in place.children
            if c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "because" for m in c.children)
        ]
    return found


def _reason_owner(t: Trigger) -> list[Token]:
    """Whose deeds the measure is for: sanctions over *its* programme, in response to *Iran's* tests."""
    nouns = [noun for reason in reasons(t) for noun in (reason, *(c for p, c in prepositional(reason) if p == "to"))]
    return [c for noun in nouns for c in (*noun.children, *modifiers(noun)) if c.dep_ == "nmod:poss"]


def _demander(t: Trigger) -> list[Token]:
    """Who wants an end of what hits it: *Pyongyang* insists that Washington drop sanctions."""
    carrier = t.carrier()
    if carrier is None or load_status().stages.get(carrier.lemma_) != "ended":
        return []
    over = [a for a in carrier.ancestors if load_status().stages.get(a.lemma_) == "demanded" and a.pos_ in VERBAL]
    return subjects(over[0]) if over else []


def _taker(t: Trigger) -> list[Token]:
    """Who takes delivery."""
    carrier = t.carrier()
    return subjects(carrier) if carrier is not None and carrier.lemma_ in t.rule.takers and _carried(t) else []


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
    "operator_subject": _operator_subject,
    "operator_target": _operator_target,
    "targeting": _targeting,
    "faced": _faced,
    "nearby_on": _nearby_on,
    "forbidden": _forbidden,
    "if_subject": _if_subject,
    "subject": _subject,
    "subject_weapon": _subject,
    "object": _object,
    "use_object": _object,
    "person_object": _object,
    "iobj": _iobj,
    "owner_of_object": _owner_of_object,
    "origin_of_object": _origin_of_object,
    "list_owner": _list_owner,
    "glued": Trigger.glued,
    "council_motion": _council_motion,
    "circumstance_subject": _circumstance_subject,
    "set_by": _set_by,
    "from_object": _of_object,
    "membership_owner": _membership_owner,
    "coordinated_subject": _coordinated_subject,
    "copula_subject": _copula_subject,
    "subject_of": _subject_of,
    "between_first": _between,
    "between_second": _between,
    "security_council": _security_council,
    "context_target": _context_target,
    "by_means": _by_means,
    "accused": _accused,
    "platform": _platform,
    "responsible": strikes.responsible,
    "using": _using,
    "prepared": _prepared,
    "reason_owner": _reason_owner,
    "demander": _demander,
    "taker": _taker,
    "deal_partner": dealings.deal_partner,
    "parties": dealings.parties,
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
        return [token for token in SLOTS[slot](trigger) if not _dated(token)]
    return _with_preposition(trigger, slot)


def _dated(token: Token) -> bool:
    return token.lower_ in DAYS or token.lower_ in MONTHS


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
        places += [o for o in objects(t.token) if o.i > t.token.i]
    found: list[Token] = []
    for place in places:
        for case, child in prepositional(place):
            if (
                case == word
                and not _dated(child)
                and child != t.token
                and child not in found
                and not _above(child, t.token)
            ):
                found.append(child)
        if found:
            break
    if not found and word in NESTED:
        found = [
            child
            for place in places
            for case, child in below(place, 3)
            if case == word and not _dated(child) and child != t.token and not _above(child, t.token)
        ][:1]
    if word == "to":
        found += [s for c in t.token.children if c.dep_ in ("acl", "advcl") for s in c.children if s.dep_ == "nsubj"]
    return found


def below(place: Token, depth: int) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases inside those of a word: `sale of billions of dollars of arms to Taiwan`."""
    for case, child in prepositional(place, right_only=True):
        yield case, child
        if depth and case in ("of", "in", "for", "to", "on", "against", "from", "at", "into"):
            yield from below(child, depth - 1)


def _above(token: Token, other: Token) -> bool:
    return other == token or token.is_ancestor(other)
