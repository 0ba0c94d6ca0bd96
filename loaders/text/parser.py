"""Tags, lemmas and dependencies of sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.tokens import Doc, Token

from loaders.text.lexicon import Lexicon
from loaders.text.pipeline import encodable
from loaders.text.sentences import Sentence
from loaders.text.tokens import tokenise

MODEL = Path(__file__).parent / "model"
LEXICON = "lexicon.json"
BATCH = 256
"""Sentences that are parsed at once."""
_EXTRA_ROOT = "parataxis"
_CONJUNCTIONS = frozenset({"after", "since", "before", "until"})
_DAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})


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

    def parse(
        self, text: str, sentences: Sequence[Sentence], names: Sequence[Sequence[Name]] | None = None
    ) -> list[Doc]:
        """One `Doc` for each of these sentences of the text, in their order.

        `token.idx + sentence.start` is the token's place in the text. Tokens carry `tag_` (Penn), `pos_`, `lemma_`,
        `head` and `dep_` (Universal Dependencies with subtypes; the one root of each sentence has `ROOT`). A run of
        two or more characters of white space is a token of its own, with the tag `_SP`.

        Args:
            text: the article's text.
            sentences: what to parse of it.
            names: for each sentence the names known in it. Each becomes one token, and the parser sees a common
                word of the same kind in its place, so that it need not know the name.
        """
        known = names or [()] * len(sentences)
        pieces = [_piece(text, sentence, found) for sentence, found in zip(sentences, known, strict=True)]
        docs = self._nlp.pipe((self._unparsed(piece) for piece in pieces), batch_size=BATCH)
        return [self._finish(doc, piece) for doc, piece in zip(docs, pieces, strict=True)]

    def _unparsed(self, piece: _Piece) -> Doc:
        spaces = [left[1] < right[0] for left, right in zip(piece.spans, piece.spans[1:], strict=False)] + [False]
        starts: list[bool | int | None] = [index == 0 for index in range(len(piece.words))]
        return Doc(self._nlp.vocab, words=piece.words, spaces=spaces[: len(piece.words)], sent_starts=starts)

    def _finish(self, doc: Doc, piece: _Piece) -> Doc:
        """The tree over the words of the text itself."""
        _join_roots(doc)
        _join_contents(doc)
        _mark_clauses(doc)
        words: list[str] = []
        spaces: list[bool] = []
        moved: list[int] = []
        position = 0
        for start, end in piece.spans:
            if start - position > 1:
                words.append(piece.text[position:start])
                spaces.append(False)
            elif start > position:
                spaces[-1] = True
            moved.append(len(words))
            words.append(piece.text[start:end])
            spaces.append(False)
            position = end
        tags, pos, lemmas = ["_SP"] * len(words), ["SPACE"] * len(words), list(words)
        deps, heads = ["dep"] * len(words), [max(index - 1, 0) for index in range(len(words))]
        for token, index in zip(doc, moved, strict=True):
            tags[index], deps[index], heads[index] = token.tag_, token.dep_, moved[token.head.i]
            if _is_agent(token):
                deps[index] = "obl:agent"
            pos[index] = self._lexicon.upos(token.text, token.tag_, token.dep_)
            same = token.text == words[index]
            common = same or not token.tag_.startswith("NNP")
            lemmas[index] = self._lexicon.lemma(words[index], token.tag_) if common else words[index]
        return Doc(doc.vocab, words=words, spaces=spaces, tags=tags, pos=pos, lemmas=lemmas, heads=heads, deps=deps)


class Name(NamedTuple):
    """A name known beforehand: code points of the article's text, and the word that the parser sees in its place."""

    start: int
    end: int
    stand_in: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence as the parser sees it: its own words or stand-ins, and where they stand in its text."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]


def _piece(text: str, sentence: Sentence, names: Sequence[Name]) -> _Piece:
    piece = encodable(text[sentence.start : sentence.end])
    tokens = tokenise(piece)
    inside = sorted((name.start - sentence.start, name.end - sentence.start, name.stand_in) for name in names)
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for start, end in tokens:
        while position < len(inside) and inside[position][1] <= start:
            position += 1
        if position < len(inside):
            first, last, stand_in = inside[position]
            if first <= start and end <= last:
                if start == first:
                    words.append(stand_in)
                    spans.append((first, end))
                    continue
                if spans and words[-1] == stand_in and spans[-1][0] == first:
                    spans[-1] = (first, end)
                    continue
        words.append(piece[start:end])
        spans.append((start, end))
    return _Piece(piece, words, spans)


def _is_agent(token: Token) -> bool:
    """The treebanks name who acts in a passive `obl:agent`; the parser now and then leaves it at `obl`."""
    return (
        token.dep_ == "obl"
        and token.tag_ in ("NNP", "NNPS")
        and any(child.lower_ == "by" and child.dep_ == "case" for child in token.children)
        and any(child.dep_ == "aux:pass" for child in token.head.children)
    )


def _join_roots(doc: Doc) -> None:
    """Leave one root: any other becomes a parataxis of it."""
    roots = [token for token in doc if token.head == token]
    for extra in roots[1:]:
        extra.head = roots[0]
        extra.dep_ = _EXTRA_ROOT


def _join_contents(doc: Doc) -> None:
    """What was said on Tuesday that …, which the parser may hang on the day, belongs to the verb."""
    for token in doc:
        day = token.head
        if not (token.dep_.startswith("acl") and day.text in _DAYS and day.head.tag_.startswith("VB")):
            continue
        if any(child.dep_ == "mark" and child.lower_ == "that" for child in token.children):
            token.head = day.head
            token.dep_ = "ccomp"


def _mark_clauses(doc: Doc) -> None:
    """What stands between `after` and a finite verb is that verb's subject: stopped sales *after Moscow annexed* it.

    The parser now and then takes it for a phrase of the verb before, and the clause for what that verb opens.
    """
    for verb in doc:
        if verb.dep_ != "xcomp" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
            continue
        subject = next((n for n in verb.head.rights if n.dep_ == "obl" and n.right_edge.i == verb.i - 1), None)
        marks = [c for c in subject.lefts if c.dep_ == "case" and c.lower_ in _CONJUNCTIONS] if subject else []
        if subject is None or not marks:
            continue
        subject.head, subject.dep_, verb.dep_ = verb, "nsubj", "advcl"
        for mark in marks:
            mark.head, mark.dep_ = verb, "mark"


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
