"""Lemmas of the verbs that rules and status words name, where the parser's lexicon has never seen a form of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from loaders.extraction.rules import load_rules, load_status
from loaders.text.syntax import VERBAL


def correct_lemmas(doc: Doc) -> None:
    """Give each verb of a sentence the lemma that the rules know it by: `shot`, `raided`, `wiped`.

    Args:
        doc: a parsed sentence; changed in place.
    """
    forms = _forms()
    for token in doc:
        lemma = forms.get(token.lower_) if token.pos_ in VERBAL else None
        if lemma and token.lemma_ != lemma:
            token.lemma_ = lemma


@cache
def _forms() -> dict[str, str]:
    """Form -> lemma, without the forms of two verbs."""
    status, rules = load_status(), load_rules()
    lemmas = {*rules.verbs, *status.stages, *status.assertions, *status.reporting, *status.operands, *status.bystander}
    found: dict[str, set[str]] = {}
    for lemma in lemmas:
        irregular = [form for rule in rules.verbs.get(lemma, ()) for form in rule.verbs[lemma]]
        for form in (*irregular, *_inflected(lemma)):
            found.setdefault(form, set()).add(lemma)
    return {form: next(iter(known)) for form, known in found.items() if len(known) == 1 and form not in lemmas}


def _inflected(lemma: str) -> Iterator[str]:
    """The regular forms of a verb."""
    if lemma.endswith("e"):
        yield from (lemma + "d", lemma + "s", lemma[:-1] + "ing")
    elif re.search(r"[^aeiou]y$", lemma):
        yield from (lemma[:-1] + "ied", lemma[:-1] + "ies", lemma + "ing")
    else:
        yield from (lemma + "ed", lemma + "ing", lemma + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else "s"))
        if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", lemma):
            yield from (lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing")
