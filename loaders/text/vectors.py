"""Word vectors from unannotated news: what a word's neighbours say about it."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id
from spacy.vectors import Vectors

from loaders.text.sentences import split_sentences
from loaders.text.tokens import tokenise

CONTEXTS = 1_500
"""The commonest words, whose presence around a word describes it."""

OFFSETS = (-2, -1, 1, 2)
_POWER_ITERATIONS = 4
_OVERSAMPLING = 16

Matrix = NDArray[np.float32]


def read_sentences(path: Path) -> Iterator[list[str]]:
    """The sentences of a gzipped JSON Lines file with a `text` in each line, as words in lower case."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            for start, end in split_sentences(text):
                sentence = text[start:end]
                yield [sentence[first:last].lower() for first, last in tokenise(sentence)]


def learn_vectors(sentences: Iterable[list[str]], words: int, width: int, seed: int) -> Vectors:
    """Vectors for the commonest words, looked up by lower-case form.

    A truncated singular value decomposition (randomised: Halko, Martinsson and Tropp 2011) of the positive pointwise
    mutual information of words and their neighbours by position (Levy and Goldberg 2014), each row of unit length.
    """
    corpus = list(sentences)
    counts = Counter(word for sentence in corpus for word in sentence)
    vocabulary = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:words]]
    information = _pointwise_information(corpus, vocabulary)
    vectors = _left_singular(information, width, np.random.default_rng(seed))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    keys = [get_string_id(word) for word in vocabulary]
    return Vectors(data=vectors, keys=keys, name="news", attr="LOWER")


def _pointwise_information(corpus: list[list[str]], vocabulary: list[str]) -> Matrix:
    ids = {word: number for number, word in enumerate(vocabulary)}
    pairs = np.zeros((len(vocabulary), CONTEXTS * len(OFFSETS)), dtype=np.float32)
    rows = np.concatenate([[*(ids.get(word, -1) for word in sentence), -1, -1] for sentence in corpus])
    for block, offset in enumerate(OFFSETS):
        centre, neighbour = (rows[-offset:], rows[:offset]) if offset < 0 else (rows[:-offset], rows[offset:])
        seen = (centre >= 0) & (neighbour >= 0) & (neighbour < CONTEXTS)
        np.add.at(pairs, (centre[seen], neighbour[seen] + block * CONTEXTS), 1)
    total = pairs.sum()
    by_word, by_context = pairs.sum(axis=1, keepdims=True), pairs.sum(axis=0, keepdims=True) ** 0.75
    by_context *= total / by_context.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(pairs * total / (by_word * by_context))
    positive: Matrix = np.maximum(np.nan_to_num(information, nan=0.0, neginf=0.0), 0.0, dtype=np.float32)
    return positive


def _left_singular(matrix: Matrix, width: int, random: np.random.Generator) -> Matrix:
    """The left singular vectors of the largest singular values, each times the value's square root."""
    sample = matrix @ random.standard_normal((matrix.shape[1], width + _OVERSAMPLING), dtype=np.float32)
    for _ in range(_POWER_ITERATIONS):
        sample = np.linalg.qr(matrix @ (matrix.T @ np.linalg.qr(sample)[0]))[0]
    left, values, _ = np.linalg.svd(sample.T @ matrix, full_matrices=False)
    return np.ascontiguousarray((sample @ left[:, :width]) * np.sqrt(values[:width]), dtype=np.float32)
