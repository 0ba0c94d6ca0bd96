"""The explanation of an article as data; its JSON is `embargo explain --format json`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from loaders.extraction.observer import Drop


class Word(BaseModel):
    """A token of the tree; `index` and `head` count from the sentence's first token, the root is its own head."""

    index: int
    text: str
    lemma: str
    pos: str
    tag: str
    relation: str
    head: int


class Linked(BaseModel):
    """Words and the node that they were linked to; offsets in code points of the article."""

    text: str
    start: int
    end: int
    id: str | None
    """None where a name of the catalogue was not taken for what it names."""
    name: str | None
    label: str | None
    how: str
    """What the words are to the node: its name, a metonym, a pronoun and for whom …"""


class Filled(BaseModel):
    """A role with the slot that filled it; several names where the words list them."""

    role: str
    slot: str
    names: list[str]
    words: list[str]


class Reason(BaseModel):
    """What a stage or an assertion became, by which word, and why."""

    value: str
    word: str
    why: str


class Dropped(BaseModel):
    """Why a trigger, or one combination of its roles, is no claim."""

    why: Drop
    detail: str


class Told(BaseModel):
    """A draft: one combination of roles, and what became of it in the whole article."""

    predicate: str
    roles: dict[str, str]
    stage: str
    assertion: str
    assertion_why: str
    notes: list[str] = []
    """What was taken over from other sentences, and which other drafts were merged into it."""
    outcome: Literal["claim", "merged", "dropped"] = "dropped"
    claim: str | None = None
    """The claim's id."""
    why: str = ""
    """For those merged, into what; for those dropped, why."""


class Attempt(BaseModel):
    """A word that set a rule off, and how far it got."""

    predicate: str
    file: str
    number: int
    """The rule's place in its file, from 1."""
    trigger: str
    start: int
    filled: list[Filled] = []
    reasons: list[Reason] = []
    dropped: list[Dropped] = []
    told: list[Told] = []


class SentenceTrace(BaseModel):
    """A sentence and all that was read in it; `skipped` says why it was not parsed."""

    number: int
    start: int
    end: int
    text: str
    skipped: str | None = None
    words: list[Word] = []
    mentions: list[Linked] = []
    attempts: list[Attempt] = []


class Explanation(BaseModel):
    """An article, sentence by sentence."""

    article: str
    """The input's own id."""
    title: str | None
    published: str | None
    claims: int
    sentences: list[SentenceTrace]
