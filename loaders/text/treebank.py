"""Universal Dependencies treebanks as training material."""

from __future__ import annotations

import gzip
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from loaders.text.lexicon import Word
from loaders.text.tokens import tokenise

ROOT = "ROOT"
"""How spaCy names the relation that the treebanks call `root`."""


@dataclass(slots=True)
class Tree:
    """An annotated sentence: one entry a token in every list; the head of the root is its own index."""

    forms: list[str]
    spaces: list[bool]
    tags: list[str]
    upos: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]

    @property
    def text(self) -> str:
        """The sentence as it was written."""
        parts = (form + " " * space for form, space in zip(self.forms, self.spaces, strict=True))
        return "".join(parts).rstrip()

    def words(self) -> Iterator[Word]:
        """What the lexicon learns from."""
        for fields in zip(self.forms, self.tags, self.upos, self.relations, self.lemmas, strict=True):
            yield Word(*fields)

    def example(self, vocab: Vocab) -> Example:
        """The sentence unannotated, and the same with its annotation."""
        starts: list[bool | int | None] = [index == 0 for index in range(len(self.forms))]
        bare = Doc(vocab, words=self.forms, spaces=self.spaces, sent_starts=starts)
        return Example(bare, self.reference(vocab))

    def reference(self, vocab: Vocab) -> Doc:
        """The sentence with its annotation."""
        return Doc(
            vocab,
            words=self.forms,
            spaces=self.spaces,
            tags=self.tags,
            pos=self.upos,
            lemmas=self.lemmas,
            heads=self.heads,
            deps=self.relations,
        )


def read_trees(path: Path) -> list[Tree]:
    """The sentences of a gzipped CoNLL-U file, their tokens merged to this package's own (see `loaders.text.tokens`).

    A sentence with an incomplete line, as a file that was cut short ends with, is left out with a warning.
    """
    trees: list[Tree] = []
    rows: list[list[str]] = []
    number = 0
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                if not line.startswith("#"):
                    rows.append(line.rstrip("\n").split("\t"))
            else:
                trees.extend(_checked(rows, path, number))
                rows = []
    trees.extend(_checked(rows, path, number))
    return trees


def _checked(rows: list[list[str]], path: Path, line: int) -> Iterator[Tree]:
    if any(len(row) != 10 for row in rows):
        warnings.warn(
            f"{path.name}:{line}: the sentence that ends here has a line without ten columns and is left out; "
            "fetch the file again to have it",
            stacklevel=3,
        )
    elif rows:
        yield _merge(_tree(rows))


def _tree(rows: list[list[str]]) -> Tree:
    tree = Tree([], [], [], [], [], [], [])
    joined_until, space_after_group = 0, True
    for row in rows:
        if "-" in row[0]:
            joined_until = int(row[0].split("-")[1])
            space_after_group = "SpaceAfter=No" not in row[9]
        if not row[0].isdigit():
            continue
        number, head = int(row[0]), int(row[6])
        space = "SpaceAfter=No" not in row[9]
        if number <= joined_until:
            space = space_after_group if number == joined_until else False
        tree.forms.append(row[1])
        tree.spaces.append(space)
        tree.lemmas.append(row[2])
        tree.upos.append(row[3])
        tree.tags.append(row[4])
        tree.heads.append(head - 1 if head else number - 1)
        tree.relations.append(row[7] if head else ROOT)
    return tree


def _merge(tree: Tree) -> Tree:
    """Join the treebank's tokens where this package's tokeniser makes one of them.

    Misspelt contractions (`dont`, `Its` for `it's`), which the treebanks divide, are left as they are.
    """
    text = tree.text
    starts, ends, position = {}, {}, 0
    for index, (form, space) in enumerate(zip(tree.forms, tree.spaces, strict=True)):
        starts[position] = index
        ends[position + len(form)] = index
        position += len(form) + space
    groups: list[range] = []
    for start, end in tokenise(text):
        if start in starts and end in ends and ends[end] > starts[start] and not text[start:end].isalpha():
            groups.append(range(starts[start], ends[end] + 1))
    if not groups:
        return tree
    owner = list(range(len(tree.forms)))
    for group in groups:
        for index in group:
            owner[index] = _head_of(tree, group)
    kept = [index for index in range(len(owner)) if owner[index] == index]
    renumbered = {index: number for number, index in enumerate(kept)}
    merged = Tree([], [], [], [], [], [], [])
    members = {owner[group[0]]: group for group in groups}
    for index in kept:
        group = members.get(index, range(index, index + 1))
        is_name = len(group) > 1 and any(character.isdigit() for member in group for character in tree.forms[member])
        merged.forms.append("".join(tree.forms[member] for member in group))
        merged.lemmas.append("".join(tree.lemmas[member] for member in group))
        merged.spaces.append(tree.spaces[group[-1]])
        merged.tags.append("NNP" if is_name else tree.tags[index])
        merged.upos.append("PROPN" if is_name else tree.upos[index])
        merged.heads.append(renumbered[owner[tree.heads[index]]])
        merged.relations.append(tree.relations[index])
    return merged


def _head_of(tree: Tree, group: range) -> int:
    """The token of the group that is nearest to the root."""
    return min(group, key=lambda index: _depth(tree, index))


def _depth(tree: Tree, index: int) -> int:
    depth = 0
    while tree.heads[index] != index:
        index = tree.heads[index]
        depth += 1
    return depth
