"""This package's tokeniser as spaCy's pipelines use it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from loaders.text.tokens import tokenise


def encodable(text: str) -> str:
    """The text with lone surrogates, which have no UTF-8, as question marks; as long as it was."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


class Tokenizer:
    """Makes one sentence, unparsed, of a text; nothing of it needs saving."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text's tokens as a `Doc` of one sentence, white space between two of them counted as one blank."""
        tokens = tokenise(text)
        words = [text[start:end] for start, end in tokens]
        spaces = [left.end < right.start for left, right in pairwise(tokens)] + [False]
        starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
        return Doc(self.vocab, words=words, spaces=spaces[: len(words)], sent_starts=starts)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: the rules are code."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """The tokeniser itself."""
        return self

    def to_disk(self, _path: Path, **_: Any) -> None:
        """Writes nothing: the rules are code."""

    def from_disk(self, _path: Path, **_: Any) -> Tokenizer:
        """The tokeniser itself."""
        return self


def _tokenizer_factory() -> Callable[[Language], Tokenizer]:
    return lambda nlp: Tokenizer(nlp.vocab)


registry.tokenizers.register("embargo.tokenizer.v1", func=_tokenizer_factory)
