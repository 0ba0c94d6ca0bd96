"""Leave to sell arms, which is no sale: the State Department *approves* a possible sale, Berlin *clears* the export."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from graph.vocabulary import PREDICATES
from loaders.extraction.reading import Reading
from loaders.extraction.trigger import Trigger
from loaders.extraction.words import Status, load_status

NEAR = 10
"""Words between leave and what it is for."""


def let(trigger: Trigger, reading: Reading) -> None:
    """What is told as agreed in a sentence that only lets somebody sell is approved.

    Args:
        trigger: what tells the transfer.
        reading: its status, changed in place.
    """
    if PREDICATES[trigger.rule.predicate].frame == "transfer" and reading.stage == "agreed":
        word = _leave(trigger.token.doc, load_status())
        if word is not None:
            reading.become("approved", word, "leave to sell")


def _leave(doc: Doc, words: Status) -> Token | None:
    """The word of a sentence that gives leave, where it tells of no contract.

    What it is for is looked for nearby, whatever the parser hangs on it.
    """
    lemmas = [word.lemma_.lower() for word in doc]
    if any(words.stages.get(lemma) == "agreed" or lemma == "contract" for lemma in lemmas):
        return None
    for i, word in enumerate(doc):
        if lemmas[i] in words.licensing:
            passive = any(c.dep_ == "aux:pass" for c in word.children)
            near = lemmas[max(0, i - NEAR) : i] if passive else lemmas[i + 1 : i + NEAR]
            if not words.trade.isdisjoint(near):
                return word
    return None
