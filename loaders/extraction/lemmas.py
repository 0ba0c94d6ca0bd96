"""Corrects the parser where the rules know better: lemmas that its lexicon never saw, verbs taken for nouns."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from loaders.extraction.inflection import verb_forms
from loaders.extraction.rules import load_rules
from loaders.extraction.words import load_status
from loaders.text.syntax import VERBAL, is_after_comma, preposition

SAME_FORM = {"VBZ": {"VBZ"}, "VBD": {"VBD"}, "VBP": {"VBP"}, "VB": {"VBP", "VB"}}
"""Tag of a verb -> those of verbs that it can be coordinated with: bare forms are often taken for infinitives."""


def correct_verbs(doc: Doc) -> None:
    """Give each verb of a sentence the lemma that the rules know it by: `shot`, `raided`, `wiped`.

    A noun with a subject and an object is a verb: warplanes *strike* positions. A verb with an article or an owner is a
    noun: the US *plan*, Iran's *firing* of a missile.

    Args:
        doc: a parsed sentence; changed in place.
    """
    forms, rules, stages = _forms(), load_rules(), load_status().stages
    for token in doc:
        under = {child.dep_ for child in token.children}
        if token.pos_ == "NOUN" and {"nsubj", "obj"} <= under:
            token.pos_, token.tag_ = "VERB", "VBZ" if token.tag_ == "NNS" else "VBP"
        elif token.pos_ == "VERB" and under & {"det", "nmod:poss"} and not under & {"obj", "nsubj", "aux"}:
            token.pos_, token.tag_ = "NOUN", "NN"
            token.lemma_ = token.lower_ if token.lower_ in rules.nouns else token.lemma_
        lemma = forms.get(token.lower_) if token.pos_ in VERBAL else None
        if lemma and token.lemma_ != lemma:
            token.lemma_ = lemma
        if (first := _first_of_its_form(token)) is not None:
            token.head = first
        if _tells_who_says(token):
            token.dep_ = "parataxis"
        if _stands_for_sanctions(token):
            token.pos_, token.tag_, token.lemma_ = "NOUN", "NNS", "sanction"
        if token.lower_ in stages and token.lemma_.lower() not in stages:
            token.lemma_ = token.lower_  # no form of a verb: is *unwilling*


def _first_of_its_form(token: Token) -> Token | None:
    """The verb that a finite verb really goes on from, where the parser chose a participle or gerund between them.

    They *accuse* Iran of transferring missiles and *announce* sanctions.
    """
    own = any(c.dep_.startswith(("nsubj", "aux", "mark")) for c in token.children)
    if token.dep_ != "conj" or own or token.head.tag_ != "VBG" or token.tag_ not in SAME_FORM:
        return None
    over = [verb for verb in token.head.ancestors if verb.i < token.head.i and verb.pos_ in VERBAL]
    return next((verb for verb in over if verb.tag_ in SAME_FORM[token.tag_] and verb.dep_ != "conj"), None)


def _tells_who_says(token: Token) -> bool:
    """Whether a verb after a comma tells who says all before it: missiles were sent, *the agency said*."""
    if token.dep_ != "conj" or token.pos_ not in VERBAL or token.lemma_.lower() not in load_status().reporting:
        return False
    under = {child.dep_.split(":")[0] for child in token.children}
    return is_after_comma(token) and "nsubj" in under and not under & {"cc", "obj", "ccomp", "xcomp", "mark"}


def _stands_for_sanctions(token: Token) -> bool:
    """Whether it points back to sanctions: lifted sanctions on Syria, but kept *those on* its former ruler."""
    if token.lower_ != "those" or not any(preposition(c) in ("on", "against") for c in token.children):
        return False
    nouns = [word for word in token.doc[: token.i] if word.pos_ == "NOUN" and word.tag_ == "NNS"]
    return bool(nouns) and any(noun.lemma_.lower() == "sanction" for noun in nouns)


@cache
def _forms() -> dict[str, str]:
    """Form -> lemma, without the forms of two verbs."""
    status, rules = load_status(), load_rules()
    lemmas = {*rules.verbs, *status.stages, *status.assertions, *status.reporting, *status.operands, *status.bystander}
    found: dict[str, set[str]] = {}
    for lemma in lemmas:
        irregular = [form for rule in rules.verbs.get(lemma, ()) for form in rule.verbs[lemma]]
        for form in (*irregular, *verb_forms(lemma)):
            found.setdefault(form, set()).add(lemma)
    return {form: next(iter(known)) for form, known in found.items() if len(known) == 1 and form not in lemmas}
