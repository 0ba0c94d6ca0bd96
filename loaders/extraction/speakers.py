"""Who says what a sentence tells, and the hedges that leave it open."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from loaders.extraction.reading import Reading
from loaders.extraction.trigger import Trigger
from loaders.extraction.words import Status
from loaders.text.syntax import VERBAL, is_passive, noun_owner, passive_subjects, preposition, subjects


def set_speaker(head: Token, reading: Reading, words: Status) -> None:
    """Who says what a verb of saying tells, the first of them that is found."""
    found = passive_subjects(head) if is_passive(head) else subjects(head)
    if is_passive(head) and not any(c.dep_ == "obl:agent" for c in head.children):
        found = []
    if found and found[0].lemma_.lower() in words.documents:
        found = noun_owner(found[0]) or found
    if found and reading.speaker is None:
        reading.speaker = found[0]
        reading.by_media = head.lemma_ == "report" or found[0].lemma_.lower() in words.media


def hedge(trigger: Trigger, reading: Reading, words: Status) -> None:
    """What is hedged by an adverb is alleged: *reportedly*; and who says it by a phrase: *according to* the army."""
    verbs = [trigger.token]
    if trigger.token.dep_ == "conj" and not trigger.noun and trigger.token.head.pos_ in VERBAL:
        verbs.append(trigger.token.head)
    carrier = trigger.carrier() if trigger.noun else None
    if carrier is not None:
        verbs.append(carrier)
    for verb in verbs:
        for child in verb.children:
            if child.dep_ == "advmod" and child.lower_ in words.hedges:
                reading.hold("alleged", child, "hedge")
                reading.operators.append(child)
    root = trigger.token.sent.root if trigger.token.doc.has_annotation("SENT_START") else None
    if root is not None and root not in verbs:
        verbs.append(root)
    for named in (child for verb in verbs for child in verb.children):
        told = [named, *(c for c in named.children if c.dep_ == "nmod:desc")]  # according to Minister *Sergei Lavrov*
        says = (c for c in told if preposition(c) == "according to")
        if reading.speaker is None and any(words.stages.get(c.lemma_.lower()) != "planned" for c in says):
            reading.speaker = named
            reading.by_media = named.lemma_.lower() in words.journalists
    if reading.speaker is None:
        reading.speaker = _unnamed(trigger.token.doc, words)


def _unnamed(sentence: Doc, words: Status) -> Token | None:
    """Who says it and stays unnamed: *people* familiar with the matter told Reuters."""
    told = words.unnamed.search(sentence.text)
    begin = told.start(told.lastindex or 0) if told else None
    return next((token for token in sentence if token.idx == begin), None)
