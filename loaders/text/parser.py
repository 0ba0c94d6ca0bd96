"""Tags, lemmas and dependencies of sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import spacy
from spacy.tokens import Doc

from loaders.text.lexicon import Lexicon
from loaders.text.pipeline import encodable
from loaders.text.sentences import Sentence

MODEL = Path(__file__).parent / "model"
LEXICON = "lexicon.json"
BATCH = 256
_EXTRA_ROOT = "parataxis"


class Parser:
    """The trained pipeline: Penn tags, universal parts of speech, lemmas and a dependency tree for each sentence."""

    def __init__(self, folder: Path) -> None:
        self._nlp = spacy.load(folder)
        for labels in self._nlp.pipe_labels.values():
            for label in labels:
                self._nlp.vocab.strings.add(label)
        self._lexicon = Lexicon.read(folder / LEXICON)
        self.version: str = _digest(folder)
        """A short hash of the model's files."""

    @classmethod
    def load(cls) -> Parser:
        """The parser with the model that comes with this package; loaded once a process.

        Raises:
            FileNotFoundError: the model is missing (`make model` trains it).
        """
        return _load(MODEL)

    def parse(self, text: str, sentences: Sequence[Sentence]) -> list[Doc]:
        """One `Doc` for each of these sentences of the text, in their order.

        `token.idx + sentence.start` is the token's place in the text. Tokens carry `tag_` (Penn), `pos_`, `lemma_`,
        `head` and `dep_` (Universal Dependencies with subtypes; the one root of each sentence has `ROOT`). A run of
        two or more characters of white space is a token of its own, with the tag `_SP`.
        """
        pieces = [encodable(text[sentence.start : sentence.end]) for sentence in sentences]
        docs = list(self._nlp.pipe((self._nlp.make_doc(piece) for piece in pieces), batch_size=BATCH))
        return [self._finish(doc, piece) for doc, piece in zip(docs, pieces, strict=True)]

    def _finish(self, doc: Doc, piece: str) -> Doc:
        _join_roots(doc)
        for token in doc:
            tag = token.tag_
            token.pos_ = self._lexicon.upos(token.text, tag, token.dep_)
            token.lemma_ = self._lexicon.lemma(token.text, tag)
        return doc if len(doc.text) == len(piece) else _restore_spaces(doc, piece)


def _join_roots(doc: Doc) -> None:
    """Leave one root: any other becomes a parataxis of it."""
    roots = [token for token in doc if token.head is token or token.head.i == token.i]
    for extra in roots[1:]:
        extra.head = roots[0]
        extra.dep_ = _EXTRA_ROOT


def _restore_spaces(doc: Doc, piece: str) -> Doc:
    """The same tree with a token for each run of white space that is longer than one blank."""
    words: list[str] = []
    spaces: list[bool] = []
    moved: list[int] = []
    position = 0
    for token in doc:
        gap = piece.index(token.text, position) - position
        if gap > 1:
            words.append(piece[position : position + gap])
            spaces.append(False)
        elif gap:
            spaces[-1] = True
        moved.append(len(words))
        words.append(token.text)
        spaces.append(False)
        position += gap + len(token.text)
    tags, pos, lemmas, deps = (["_SP"] * len(words), ["SPACE"] * len(words), list(words), ["dep"] * len(words))
    heads = [max(index - 1, 0) for index in range(len(words))]
    for token, index in zip(doc, moved, strict=True):
        tags[index], pos[index], lemmas[index], deps[index] = token.tag_, token.pos_, token.lemma_, token.dep_
        heads[index] = moved[token.head.i]
    return Doc(doc.vocab, words=words, spaces=spaces, tags=tags, pos=pos, lemmas=lemmas, heads=heads, deps=deps)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@cache
def _load(folder: Path) -> Parser:
    if not (folder / "meta.json").is_file():
        raise FileNotFoundError(f"{folder.name}: the parser's model is missing here; train it with `make model`")
    return Parser(folder)
