"""Treebank sentences as newspapers, feeds and careless typists print them, and with the words of the domain."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from graph.yaml_text import from_yaml
from loaders.text.treebank import Tree

_WORDS = Path(__file__).parent / "domain.yaml"
_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_SMALL_WORDS = frozenset(
    {"a", "an", "the", "and", "or", "of", "in", "on", "at", "by", "for", "to", "from", "with", "as"}
)
_NUMBERS = ("NN", "NNS")
_INFLECTIONS = ("VB", "VBZ", "VBD", "VBN", "VBG")
_PRESENT = ("VBZ", "VBP")
_HEADS_OF_NAMES = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "conj")


def augment(tree: Tree, chance: random.Random) -> Tree:
    """The sentence itself or, now and then, with other words of the domain or spelt another way; the tree stays."""
    if chance.random() < 0.25:
        tree = replace(tree, tags=_in_the_present(tree)) if chance.random() < 0.4 else tree
        tree = replace(tree, forms=_with_domain_words(tree, chance))
    roll = chance.random()
    if roll < 0.08:
        return replace(tree, forms=_swap_quotes(tree.forms))
    if roll < 0.13 and len(tree.forms) > 3:
        return _without_full_stop(tree)
    if roll < 0.17:
        return replace(tree, forms=_title_case(tree.forms))
    if roll < 0.19:
        return replace(tree, forms=[form.upper() for form in tree.forms])
    if roll < 0.21:
        return replace(tree, forms=[form.lower() for form in tree.forms])
    return tree


def _with_domain_words(tree: Tree, chance: random.Random) -> list[str]:
    words = _domain_words()
    relations: list[set[str]] = [set() for _ in tree.forms]
    for index, head in enumerate(tree.heads):
        if head != index:
            relations[head].add(tree.relations[index])
    forms = list(tree.forms)
    for index in range(len(forms)):
        if tree.tags[index] in _PRESENT or chance.random() < 0.6:
            forms[index] = _substitute(tree, index, relations[index], words, chance.choice) or forms[index]
    return forms


def _substitute(
    tree: Tree, index: int, dependents: set[str], words: dict[str, list[list[str]]], choose: Callable[[list[str]], str]
) -> str | None:
    """A word of the domain that could stand in the place of this one, or nothing."""
    tag, upos, relation = tree.tags[index], tree.upos[index], tree.relations[index]
    whole_name = not dependents & {"flat", "compound", "det", "amod", "goeswith", "appos", "nmod:unmarked"}
    if tag == "NNP" and upos == "PROPN" and whole_name and relation in _HEADS_OF_NAMES:
        return choose(words["names"][0])
    if tag == "NNP" and relation == "compound" and whole_name and tree.tags[tree.heads[index]] in _NUMBERS:
        return choose(words["designations"][0])
    if tag in _NUMBERS and upos == "NOUN" and relation in ("obj", "nsubj:pass", "conj"):
        return choose([noun[_NUMBERS.index(tag)] for noun in words["nouns"]])
    if tag in (*_INFLECTIONS, "VBP") and upos == "VERB" and "compound:prt" not in dependents:
        column = _INFLECTIONS.index(tag) if tag in _INFLECTIONS else 0
        if "xcomp" in dependents and not dependents & {"obj", "iobj", "ccomp"}:
            if _opens_with_to(tree, index):
                return choose([verb[column] for verb in words["control_verbs"]])
        elif dependents & {"obj", "nsubj:pass"} and not dependents & {"iobj", "ccomp", "xcomp"}:
            return choose([verb[column] for verb in words["verbs"]])
    return None


def _in_the_present(tree: Tree) -> list[str]:
    """The tags with each transitive past tense told in the present, as headlines and news in brief do."""
    tags = list(tree.tags)
    for index, tag in enumerate(tags):
        dependents = {r for r, h in zip(tree.relations, tree.heads, strict=True) if h == index}
        if (
            tag == "VBD"
            and tree.upos[index] == "VERB"
            and "obj" in dependents
            and not dependents & {"iobj", "ccomp", "xcomp", "compound:prt"}
        ):
            tags[index] = "VBP" if _plural_subject(tree, index) else "VBZ"
    return tags


def _plural_subject(tree: Tree, verb: int) -> bool:
    """Rebels *attack*, Britain and France *send*: the verb looks like a noun, and is none."""
    subjects = [i for i, head in enumerate(tree.heads) if head == verb and tree.relations[i] == "nsubj"]
    return any(
        tree.tags[i] in ("NNS", "NNPS")
        or any(head == i and tree.relations[j] == "conj" for j, head in enumerate(tree.heads))
        for i in subjects
    )


def _opens_with_to(tree: Tree, verb: int) -> bool:
    complements = [i for i, head in enumerate(tree.heads) if head == verb and tree.relations[i] == "xcomp"]
    return any(tree.forms[i].lower() == "to" and tree.heads[i] in complements for i in range(len(tree.forms)))


@cache
def _domain_words() -> dict[str, list[list[str]]]:
    lists = from_yaml(_WORDS.read_text(encoding="utf-8"))
    return {kind: rows if isinstance(rows[0], list) else [rows] for kind, rows in lists.items()}


def _title_case(forms: list[str]) -> list[str]:
    return [form if form in _SMALL_WORDS and index else form[:1].upper() + form[1:] for index, form in enumerate(forms)]


def _swap_quotes(forms: list[str]) -> list[str]:
    """Typographic quotation marks and apostrophes for typewriter ones, or the reverse."""
    if any(mark in form for form in forms for mark in _STRAIGHT):
        return ["".join(_STRAIGHT.get(character, character) for character in form) for form in forms]
    swapped, opened = [], False
    for form in forms:
        if form in ('"', "``", "''"):
            swapped.append("”" if opened else "“")
            opened = not opened
        else:
            swapped.append(form.replace("'", "’"))
    return swapped


def _without_full_stop(tree: Tree) -> Tree:
    last = len(tree.forms) - 1
    if tree.forms[last] != "." or last in tree.heads:
        return tree
    return Tree(
        tree.forms[:last],
        tree.spaces[:last],
        tree.tags[:last],
        tree.upos[:last],
        tree.lemmas[:last],
        tree.heads[:last],
        tree.relations[:last],
    )
