"""Which words over an event act on it: how a clause or phrase hangs on what stands above it."""

from __future__ import annotations

from spacy.tokens import Token

from loaders.extraction.words import Status
from loaders.text.syntax import VERBAL, explained_noun, is_passive, objects, preposition


def teller(verb: Token, words: Status) -> Token | None:
    """The verb of saying whose clause the parser took for a relative one: the minister, X, *denied* that it was …"""
    that = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    if that is None:
        return None
    between = verb.doc[verb.head.i + 1 : that.i]
    said = [t for t in between if t.pos_ in VERBAL and t.lemma_.lower() in words.reporting and verb not in t.ancestors]
    return said[-1] if said else None


def relation(token: Token) -> str:
    """How a word hangs on its governor; coordinated ones as the first of them."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return "acl" if explained_noun(token) is not None else token.dep_


def is_operand(current: Token, head: Token, words: Status) -> bool:
    """Whether a prepositional phrase is what its head is about (threat *of* sanctions, call *for* sanctions)."""
    case = preposition(current)
    if head.pos_ in VERBAL:
        if _belongs_to_object(current, head, case, words):
            return True
        ready = is_passive(head) and words.stages.get(head.lemma_.lower()) == "planned"
        wanted = words.operands.get(head.lemma_.lower(), ())
        particles = words.phrasal.get(head.lemma_.lower(), ())
        if any(c.lower_ in particles for c in head.children):
            wanted = (*wanted, "of", "from", "with")
        wanted = (*wanted, *particles)
        return any(word in wanted for word in case.split()) and not ready
    return case in ("of", "for", "to", "on", "about", "in", "with", "against", "over", "regarding", "concerning")


def _belongs_to_object(current: Token, head: Token, case: str, words: Status) -> bool:
    """Whether the phrase is part of the verb's object: halts licences *for exports*, approves $5m *in aid*."""
    before = current.left_edge.nbor(-1) if current.left_edge.i else None
    own = objects(head)
    if before is None or not any(before == noun or noun.is_ancestor(before) for noun in own):
        return False
    if case == "in":
        return before.like_num or before.pos_ in ("NUM", "SYM")
    lemma = before.lemma_.lower()
    return case in ("of", "for") and (lemma in words.stages or lemma in words.look_through)
