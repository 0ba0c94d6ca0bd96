"""Lemmas and universal parts of speech from tables learned out of the treebanks."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

LONGEST_SUFFIX = 6
_NAMES = ("NNP", "NNPS")


class Word(NamedTuple):
    """A word of a treebank as the lexicon learns from it."""

    form: str
    tag: str
    upos: str
    relation: str
    lemma: str


class Lexicon:
    """Tables from a word, its Penn tag and its relation to its lemma and its universal part of speech.

    `forms` maps `tag` and form to a lemma, where the rules would be wrong; `suffixes` maps `tag` and the longest known
    ending to the number of letters to drop and the letters to add; `upos` maps a tag, alone, with a
    relation, or with a relation and a form.
    """

    def __init__(self, forms: dict[str, str], suffixes: dict[str, tuple[int, str]], upos: dict[str, str]) -> None:
        self._forms = forms
        self._suffixes = suffixes
        self._upos = upos
        self._known: dict[tuple[str, str], str] = {}

    @classmethod
    def learn(cls, words: Iterable[Word]) -> Lexicon:
        """The smallest tables that give the majority lemma of each form seen."""
        lemmas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        upos: dict[str, Counter[str]] = defaultdict(Counter)
        for word in words:
            for key in _upos_keys(word.form, word.tag, word.relation):
                upos[key][word.upos] += 1
            if word.lemma != "_" and " " not in word.lemma:
                lemmas[word.tag, _case(word.form, word.tag)][_case(word.lemma, word.tag)] += 1
        majority = {key: counts.most_common(1)[0][0] for key, counts in sorted(lemmas.items())}
        lexicon = cls({}, _learn_suffixes(majority), _learn_upos(upos))
        lexicon._forms = {
            f"{tag} {form}": lemma for (tag, form), lemma in majority.items() if lexicon._by_suffix(form, tag) != lemma
        }
        return lexicon

    def upos(self, form: str, tag: str, relation: str) -> str:
        """The universal part of speech of a form with this Penn tag and this relation to its head."""
        keys = _upos_keys(form, tag, relation)
        return next((self._upos[key] for key in keys if key in self._upos), "X")

    def lemma(self, form: str, tag: str) -> str:
        """The lemma of a form with this Penn tag."""
        key = (form, tag)
        lemma = self._known.get(key)
        if lemma is None:
            if len(self._known) > 200_000:
                self._known.clear()
            cased = _case(form, tag)
            lemma = self._forms.get(f"{tag} {cased}") or self._by_suffix(cased, tag)
            self._known[key] = lemma
        return lemma

    def _by_suffix(self, form: str, tag: str) -> str:
        for length in range(min(LONGEST_SUFFIX, len(form)), -1, -1):
            rule = self._suffixes.get(f"{tag} {form[len(form) - length :]}")
            if rule:
                drop, add = rule
                return (form[: len(form) - drop] + add) if drop < len(form) or add else form
        return form

    def write(self, path: Path) -> None:
        """Write the tables as JSON."""
        tables = {"forms": self._forms, "suffixes": self._suffixes, "upos": self._upos}
        path.write_text(json.dumps(tables, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """The tables that `write` wrote."""
        tables = json.loads(path.read_text(encoding="utf-8"))
        suffixes = {key: (int(drop), str(add)) for key, (drop, add) in tables["suffixes"].items()}
        return cls(tables["forms"], suffixes, tables["upos"])


def _case(form: str, tag: str) -> str:
    return form if tag in _NAMES else form.lower()


def _upos_keys(form: str, tag: str, relation: str) -> tuple[str, str, str]:
    """What decides a universal part of speech, the most telling first; each begins with the next."""
    return f"{tag} {relation} {form.lower()}", f"{tag} {relation}", tag


def _learn_upos(counts: dict[str, Counter[str]]) -> dict[str, str]:
    """The commonest part of speech for each key, kept where a less telling key would give another."""
    best = {key: count.most_common(1)[0][0] for key, count in counts.items() if key.count(" ") < 2 or count.total() > 2}
    return {key: upos for key, upos in sorted(best.items()) if upos != best.get(key.rpartition(" ")[0])}


def _learn_suffixes(majority: dict[tuple[str, str], str]) -> dict[str, tuple[int, str]]:
    """The commonest edit for each ending, kept where it differs from that of the next shorter ending."""
    edits: dict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    for (tag, form), lemma in majority.items():
        shared = 0
        while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
            shared += 1
        edit = (len(form) - shared, lemma[shared:])
        if edit[0] > 4:
            continue
        for length in range(edit[0], min(LONGEST_SUFFIX, len(form)) + 1):
            edits[tag, form[len(form) - length :]][edit] += 1
    rules: dict[str, tuple[int, str]] = {}
    for (tag, ending), counts in sorted(edits.items(), key=lambda item: (len(item[0][1]), item[0])):
        edit, count = counts.most_common(1)[0]
        if ending and sum(counts.values()) < 2:
            continue
        inherited = next(
            (rules[f"{tag} {ending[cut:]}"] for cut in range(1, len(ending) + 1) if f"{tag} {ending[cut:]}" in rules),
            (0, ""),
        )
        if edit != inherited and count * 2 > sum(counts.values()):
            rules[f"{tag} {ending}"] = edit
    return rules
