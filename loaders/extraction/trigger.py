"""A word that sets a rule off, and the words above it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from loaders.extraction.rules import Rule
from loaders.extraction.words import SLOT_WORDS, load_status
from loaders.text.syntax import VERBAL, governor, is_passive, preposition, subjects

HYPHENS = frozenset({"-", "‐", "‑"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that sets a rule off."""

    token: Token
    rule: Rule
    noun: bool

    @property
    def lemma(self) -> str:
        """The trigger's lemma, lower case."""
        return self.token.lemma_.lower()

    def participles(self) -> list[Token]:
        """Participles after a noun: sanctions *imposed* on, a ban *targeting* …

        A name is not lifted, whatever the parser says: an embargo over East Timor, which was *lifted* in 2005.
        """
        own = [c for c in self.token.children if c.dep_ in ("acl", "acl:relcl")]
        if self.rule.predicate == "sanctions":
            names = [word for word in self.token.subtree if word.pos_ == "PROPN"]
            own += [c for name in names for c in name.children if c.dep_ == "acl:relcl" and _is_lifted(c)]
        return [c for c in own if c.pos_ in VERBAL or c.tag_ == "JJ"]

    def over(self) -> list[Token]:
        """The nouns and the verb above a noun, nearest first: (threat) of sanctions, (impose) a round of sanctions."""
        chain: list[Token] = []
        token = self.token
        while len(chain) < 4:
            head = governor(token)
            if head is None:
                break
            chain.append(head)
            passed = head.pos_ in ("NUM", "DET") or head.lemma_.lower() in load_status().look_through
            if head.pos_ in VERBAL or not passed:
                break
            token = head
        return chain

    def carrier(self) -> Token | None:
        """The verb that carries a noun: *impose* sanctions, *signed* a contract."""
        return next((t for t in self.over() if t.pos_ in VERBAL), None)

    def topmost_noun(self) -> Token:
        """The noun nearest to the carrier: *round* in `imposed a round of sanctions`."""
        nouns = [t for t in self.over() if t.pos_ not in VERBAL]
        return nouns[-1] if nouns else self.token

    def is_carried(self) -> bool:
        """Whether the noun is what its verb acts on, not a circumstance of it."""
        top, carrier = self.topmost_noun(), self.carrier()
        if carrier is not None and preposition(top) in SLOT_WORDS.carrying.get(carrier.lemma_.lower(), ()):
            return True
        told = top.dep_ == "ccomp" and any(c.dep_ == "cop" for c in top.children)  # said that it *was* a violation
        return top.dep_ in ("obj", "nsubj:pass", "xcomp", "conj", "ccomp") and not told

    def glued(self) -> list[Token]:
        """The names that a participle is glued to: *US*-sanctioned, *UN*- and *EU*-designated."""
        doc, place = self.token.doc, self.token.i
        if place < 2 or doc[place - 1].text not in HYPHENS:
            return []
        found = [doc[place - 2]]
        if place > 4 and doc[place - 3].lower_ == "and" and doc[place - 4].text in HYPHENS:
            found.append(doc[place - 5])
        return found


def _is_lifted(verb: Token) -> bool:
    return is_passive(verb) and load_status().stages.get(verb.lemma_.lower()) == "ended"


def participle_agent(verb: Token) -> list[Token]:
    """Who does what a participle after a noun tells: sanctions imposed by the US, that the US imposed."""
    return subjects(verb) if is_passive(verb) or verb.dep_ == "acl:relcl" else []
