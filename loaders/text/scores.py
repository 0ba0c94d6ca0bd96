"""How well the parser agrees with a treebank, from raw sentences on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from loaders.text.parser import Parser
from loaders.text.sentences import Sentence
from loaders.text.treebank import Tree

MEASURES = ("tokens", "tag", "upos", "lemma", "uas", "las")

_Span = tuple[int, int]


class _Annotation(NamedTuple):
    tag: str
    upos: str
    lemma: str
    head: _Span
    relation: str


def score(parser: Parser, trees: Sequence[Tree]) -> dict[str, float]:
    """F1 in percent of tokens, Penn tags, UPOS, lemmas, heads (UAS) and heads with relations (LAS); punctuation counts.

    A token is right where both its ends are (the CoNLL 2018 shared task's measure, Zeman et al. 2018), a head where
    the head's token is. Relations count with their subtypes.
    """
    right: Counter[str] = Counter()
    gold_total = found_total = 0
    sentences, position = [], 0
    for tree in trees:
        sentences.append(Sentence(position, position + len(tree.text)))
        position += len(tree.text) + 1
    docs = parser.parse("\n".join(tree.text for tree in trees), sentences)
    for tree, doc in zip(trees, docs, strict=True):
        gold = _gold(tree)
        found = {
            (token.idx, token.idx + len(token)): _Annotation(
                token.tag_,
                token.pos_,
                token.lemma_,
                (token.head.idx, token.head.idx + len(token.head)),
                token.dep_,
            )
            for token in doc
            if not token.is_space
        }
        gold_total += len(gold)
        found_total += len(found)
        for span, expected in gold.items():
            if span in found:
                right.update(_agreements(expected, found[span]))
    return {measure: round(200 * right[measure] / (gold_total + found_total), 2) for measure in MEASURES}


def _agreements(expected: _Annotation, given: _Annotation) -> list[str]:
    agreements = ["tokens"]
    agreements += ["tag"] if expected.tag == given.tag else []
    agreements += ["upos"] if expected.upos == given.upos else []
    agreements += ["lemma"] if expected.lemma in ("_", given.lemma) else []
    if expected.head == given.head:
        agreements += ["uas", "las"] if expected.relation == given.relation else ["uas"]
    return agreements


def _gold(tree: Tree) -> dict[_Span, _Annotation]:
    starts = accumulate(
        (len(form) + space for form, space in zip(tree.forms[:-1], tree.spaces[:-1], strict=True)), initial=0
    )
    spans = [(start, start + len(form)) for start, form in zip(starts, tree.forms, strict=True)]
    return {
        span: _Annotation(tree.tags[i], tree.upos[i], tree.lemmas[i], spans[tree.heads[i]], tree.relations[i])
        for i, span in enumerate(spans)
    }
