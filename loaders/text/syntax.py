"""Arguments of verbs and nouns in a Universal Dependencies tree: who does what to whom, from whom.

Relation names are those of https://universaldependencies.org/en/dep/.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Token

from graph.yaml_text import from_yaml

VERBAL = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_WORDS = {
    name: frozenset(words)
    for name, words in from_yaml((Path(__file__).parent / "syntax.yaml").read_text(encoding="utf-8")).items()
}
OBJECT_CONTROL = _WORDS["object_control"]
DECISIONS = _WORDS["decisions"]
ACCUSING = _WORDS["accusing"]
TELLING = ACCUSING | _WORDS["telling"]
PUNISHING = _WORDS["punishing"]
CLAIMS = _WORDS["claims"]
BARGAINS = _WORDS["bargains"]
PLACES = _WORDS["places"]


def children(token: Token, *relations: str) -> Iterator[Token]:
    """The dependents of `token` under any of `relations`; `obl` also stands for `obl:agent` and the like."""
    for child in token.children:
        if child.dep_ in relations or child.dep_.split(":")[0] in relations:
            yield child


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive, with or without its auxiliary."""
    if any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children):
        return True
    bare = not any(child.dep_ in ("aux", "nsubj", "obj") for child in verb.children)
    if verb.tag_ == "VBD" and verb.dep_ == "acl":
        return bare  # no finite clause hangs on a noun so: missiles sold to Iran
    return verb.tag_ == "VBN" and bare and (verb.dep_ in ("acl", "amod") or _conjoined_passive(verb))


def _conjoined_passive(verb: Token) -> bool:
    return verb.dep_ == "conj" and verb.head.tag_ == "VBN" and verb.head != verb and is_passive(verb.head)


def preposition(token: Token) -> str:
    """The lower-case case marker of a noun or clause: `on`, `out of`, `in response to`; '' without one."""
    markers = [c for c in token.children if c.dep_ in ("case", "mark") and c.i < token.i and c.tag_ != "POS"]
    return " ".join(
        part.lower_ for marker in markers for part in [marker, *(c for c in marker.children if c.dep_ == "fixed")]
    )


def prepositional(token: Token, *, right_only: bool = False) -> Iterator[tuple[str, Token]]:
    """The oblique and nominal modifiers of `token`, each with its preposition; coordinated ones inherit theirs."""
    for child in token.children:
        if child.dep_.split(":")[0] in ("obl", "nmod") and (not right_only or child.i > token.i):
            word = preposition(child)
            if word:
                yield word, child


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who does what the verb says: nouns' heads, also where control, coordination or a participle shares them."""
    if depth > 6:
        return []
    if is_passive(verb):
        agents = [c for c in verb.children if c.dep_ == "obl:agent" or (c.dep_ == "obl" and preposition(c) == "by")]
        return agents
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubj:outer")]
    if own:
        return [_antecedent(own[0], verb), *filter(_is_listed, own[1:])]
    return _inherited(verb, depth)


def _is_listed(subject: Token) -> bool:
    """Whether a further subject goes on a list: the United States, *the United Kingdom* and France."""
    return is_after_comma(subject) or any(c.dep_ == "cc" for c in subject.children)


def is_after_comma(token: Token) -> bool:
    """Whether the phrase of a token begins with a comma, or stands behind one."""
    edge = token.left_edge
    return "," in (edge.text, edge.nbor(-1).text if edge.i else "")


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.tag_ in ("WDT", "WP") or (subject.lower_ == "that" and subject.pos_ == "PRON"):
        clause = verb
        while clause.dep_ == "conj" and clause.head != clause:
            clause = clause.head
        if clause.dep_ in ("acl:relcl", "advcl:relcl", "acl"):
            return _one_of(clause.head)
    return subject


def _one_of(group: Token) -> Token:
    """Who is said to be one of the group: *Germany* is one of the states, is among a handful of states, that …"""
    top = group
    while top.dep_ == "nmod" and preposition(top) == "of":
        top = top.head
    named = [c for c in top.children if c.dep_ == "nsubj" and c.tag_ in ("NNP", "NNPS")]
    part = top.lower_ == "one" or preposition(top) == "among"
    return named[0] if named and part and group.tag_ == "NNS" else group


def _inherited(verb: Token, depth: int) -> list[Token]:
    head, relation = verb.head, verb.dep_
    if head == verb:
        return []
    before = verb.nbor(-1) if verb.i else verb
    if (
        verb.tag_ == "VBG"
        and before.tag_ in ("NNP", "NNPS", "PRP")
        and preposition(before) in ("to", "of", "about", "on")
    ):
        return [before]
    head = _behind_a_date(verb)
    if relation == "acl" and preposition(verb) == "of" and head.lemma_.lower() in CLAIMS:
        return _accused(head, depth)
    if relation == "acl" and head.pos_ in VERBAL:
        return governed_subjects(head, verb, depth)
    if relation == "acl" and head.pos_ in NOMINAL:
        controlled = head.dep_ in ("obj", "nsubj:pass") and head.head.lemma_ in OBJECT_CONTROL
        if verb.tag_ == "VBG" and (preposition(verb) == "" or controlled):
            return [head]
        copular = [c for c in head.children if c.dep_ == "nsubj"]
        if copular and (verb.tag_ == "VB" or preposition(verb) == "of"):
            return copular  # Egypt is in talks to buy, on the verge of buying
        if head.head == head and head.tag_ in ("NNP", "NNPS"):
            return [head]  # a headline: Poland to buy launchers
        return noun_owner(head, depth + 1)
    if relation == "acl:relcl":
        return [head]
    if relation == "conj" and head.pos_ in VERBAL:
        return passive_subjects(head) if is_passive(head) else subjects(head, depth + 1)
    if relation in ("xcomp", "advcl", "ccomp", "obl", "csubj", "parataxis", "obj", "conj", "nmod"):
        if head.pos_ in VERBAL:
            return governed_subjects(head, verb, depth)
        if head.pos_ == "ADJ":
            return [c for c in head.children if c.dep_.startswith("nsubj")] or _inherited(head, depth + 1)
        return noun_owner(head, depth + 1)
    return []


def _accused(claim: Token, depth: int) -> list[Token]:
    """Of whom something is claimed: accusations *against Iran* of sending …; else whoever denies or faces it."""
    against = [c for p, c in prepositional(claim) if p == "against"]
    verb = governor(claim)
    if against or verb is None or verb.pos_ not in VERBAL:
        return against
    return subjects(verb, depth + 1)


def governed_subjects(head: Token, clause: Token, depth: int = 0) -> list[Token]:
    """The understood subject of a subjectless `clause` that depends on the verb `head`."""
    if is_passive(head):
        return passive_subjects(head)
    direct = [c for c in head.children if c.dep_ in ("obj", "iobj") and c.lower_ not in WEEKDAYS]
    if clause.dep_ == "advcl" and preposition(clause) == "for" and clause.tag_ == "VBG":
        hit = [
            c for place in (head, *direct) for p, c in prepositional(place) if p in ("on", "against") and c.i < clause.i
        ]
        return hit[-1:] or direct[:1] or subjects(head, depth + 1)  # sanctions an agency for buying: the agency bought
    controls = head.lemma_ in OBJECT_CONTROL or (clause.dep_ == "xcomp" and clause.tag_ == "VB")
    if direct and controls and clause != direct[0]:
        return direct[:1]
    called = [c for p, c in prepositional(head) if p in ("on", "upon") and head.lemma_ == "call"]
    if called and clause.tag_ == "VB":
        return called
    return subjects(head, depth + 1)


def passive_subjects(verb: Token) -> list[Token]:
    """To whom a passive verb happens."""
    own = [c for c in verb.children if c.dep_ in ("nsubj:pass", "nsubj")]
    if own:
        return [_antecedent(own[0], verb)]
    if verb.dep_ in ("acl", "acl:relcl", "amod"):
        return [verb.head]
    if verb.dep_ == "conj" and verb.head != verb:
        return passive_subjects(verb.head)
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and verb.head.pos_ in VERBAL and verb.head != verb:
        return passive_subjects(verb.head) if is_passive(verb.head) else subjects(verb.head, 1)
    return []


def objects(verb: Token) -> list[Token]:
    """What the verb is done to, in the active or the passive voice, also as the head of a relative clause."""
    if is_passive(verb):
        own = [c for c in verb.children if c.dep_ == "obj"]
        return passive_subjects(verb) + own
    own = [c for c in verb.children if c.dep_ == "obj" and c.lower_ not in WEEKDAYS]
    if own:
        strays = [c for c in verb.children if c.dep_ == "conj" and c.tag_ in ("NNS", "NNP", "NNPS") and c.i > own[0].i]
        return [_antecedent(own[0], verb), *own[1:], *(c for c in strays if not _is_left_out(c))]
    if verb.dep_ == "acl:relcl" and any(c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP") for c in verb.children):
        return [verb.head]
    if verb.dep_ == "acl" and verb.tag_ == "VB":
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and verb.head != verb:
        following = [c for c in verb.head.children if c.dep_ == "obj" and c.i > verb.i]
        return following
    return [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ in ("NOUN", "PROPN")]


def noun_owner(noun: Token, depth: int = 0) -> list[Token]:
    """Whose the noun is: its possessor, a modifier before it, `by …`, `of …`, or the subject of the verb over it."""
    for relation in ("nmod:poss",):
        owner = [c for c in noun.children if c.dep_ == relation]
        if owner:
            return owner
    by = [c for p, c in prepositional(noun) if p == "by"]
    if by:
        return by
    if noun.lemma_.lower() in DECISIONS:
        of = [c for p, c in prepositional(noun) if p == "of"]
        if of:
            return of
    before = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod:desc") and c.i < noun.i]
    named = [c for c in before if c.tag_ in ("NNP", "NNPS") or c.text[:1].isupper()]
    if named:
        return named[:1]
    verb = governor(noun)
    if verb is not None and depth < 6 and verb.pos_ in VERBAL:
        hit = objects(verb) if preposition(noun) == "for" and verb.lemma_ in PUNISHING else []
        return hit[:1] or subjects(verb, depth + 1)
    return []


def governor(token: Token) -> Token | None:
    """The word that the phrase of `token` depends on, seen through coordination."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    if token.dep_ == "nmod" and token.head.dep_ in ("obj", "nsubj:pass") and token.head.head.lemma_ in TELLING:
        return token.head.head  # accuses Israel of the use: not Israel of the use
    explained = explained_noun(token)
    if explained is not None:
        return explained
    if token.head.pos_ == "ADV" and token.head.dep_ == "advmod" and token.dep_ == "obl":
        return token.head.head  # walked away from the purchase
    return None if token.head == token else _behind_a_date(token)


def _behind_a_date(token: Token) -> Token:
    """The head of a word; the verb behind it where a clause hangs on the day: accused it *Thursday* of sending arms."""
    head = token.head
    dated = token.dep_ == "acl" and head.dep_ == "obl:unmarked" and head.head.lemma_ in ACCUSING
    return head.head if dated else head


def explained_noun(verb: Token) -> Token | None:
    """The noun that a clause explains, though it hangs on the verb: signed a *contract* with France to buy jets,
    rejected *accusations* in the UN that it had sold them."""
    if verb.dep_ not in ("advcl", "ccomp") or verb.head.pos_ not in VERBAL:
        return None
    if verb.dep_ == "advcl" and verb.tag_ == "VB":
        nouns = BARGAINS
    elif any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children):
        nouns = CLAIMS
    else:
        return None
    return next((c for c in verb.head.children if c.dep_ == "obj" and c.lemma_.lower() in nouns and c.i < verb.i), None)


def modifiers(noun: Token) -> Iterator[Token]:
    """Every word before the noun that modifies it or one of its modifiers, nearest first (US drone strike)."""
    for child in sorted(noun.children, key=lambda c: -c.i):
        if child.i < noun.i and child.dep_.split(":")[0] in ("compound", "amod", "nmod", "nummod", "flat", "appos"):
            yield child
            yield from modifiers(child)


def coordinated(token: Token) -> list[Token]:
    """The token and what is coordinated with it: Saudi Arabia, the UAE and Bahrain, not Israel *rather than* the US."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and not _is_left_out(child):
            found.extend(coordinated(child))
    return found


def _is_left_out(conjunct: Token) -> bool:
    """Whether it is named as what is not meant: the minister, *but not* the prince; Israel *rather than* the US."""
    only = any(c.lower_ == "only" for c in conjunct.children)
    words = [c.lower_ for c in conjunct.children if c.dep_ == "cc" or (c.dep_ == "advmod" and not only)]
    return any(word in ("rather", "instead", "not") for word in words)


def phrase(
    token: Token,
    *,
    skip: frozenset[str] = frozenset({"conj", "appos", "acl", "cc", "parataxis", "punct", "case", "mark"}),
) -> tuple[int, int]:
    """First and last token index of the noun phrase, without coordination, apposition and relative clauses."""
    low = high = token.i
    for child in token.children:
        if child.dep_.split(":")[0] in skip:
            continue
        first, last = phrase(child, skip=skip)
        low, high = min(low, first), max(high, last)
    return low, high
