"""Sentences as newspapers, feeds and careless typists print them, made from treebank sentences."""

from __future__ import annotations

import random
from dataclasses import replace

from loaders.text.treebank import Tree

_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_SMALL_WORDS = frozenset("a an the and or but of in on at by for to from with as over under into per vs via".split())


def augment(tree: Tree, chance: random.Random) -> Tree:
    """The sentence itself, or now and then a variant of its spelling; the annotation stays."""
    roll = chance.random()
    if roll < 0.08:
        return _respelt(tree, _swap_quotes(tree.forms))
    if roll < 0.13 and len(tree.forms) > 3:
        return _without_full_stop(tree)
    if roll < 0.17:
        return _respelt(tree, _title_case(tree.forms))
    if roll < 0.19:
        return _respelt(tree, [form.upper() for form in tree.forms])
    if roll < 0.21:
        return _respelt(tree, [form.lower() for form in tree.forms])
    return tree


def _respelt(tree: Tree, forms: list[str]) -> Tree:
    return replace(tree, forms=forms)


def _title_case(forms: list[str]) -> list[str]:
    return [
        form if form in _SMALL_WORDS and index else form[:1].upper() + form[1:] if form[:1].isalpha() else form
        for index, form in enumerate(forms)
    ]


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
    if tree.forms[last] != "." or last in tree.heads[:last] or tree.heads[last] == last:
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
