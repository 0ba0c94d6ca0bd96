"""What the extraction tells whoever watches it; nobody does unless asked (`embargo explain`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from graph.claims import Claim
from loaders.extraction.draft import Draft
from loaders.extraction.reading import Reading
from loaders.extraction.trigger import Trigger
from loaders.linking.linker import Linker
from loaders.linking.links import Link, ParsedSentence
from loaders.text import Sentence


class Drop(StrEnum):
    """Why a trigger yields no claim."""

    GUARD = "guard not met"
    HYPOTHETICAL = "hypothetical"
    MISSING_ROLE = "missing role"
    UNFIT = "not what the rule is about"
    TOO_MANY = "too many"
    DOUBTFUL = "too unsure"


class Observer:
    """Is told each step in the order in which it is taken; this one does nothing with it.

    What is told of roles, drops and drafts belongs to the trigger told last.
    """

    def goes_on(self) -> None:
        """Another piece of the work begins; what this raises ends the reading."""

    def split(self, text: str, sentences: Sequence[Sentence], triggers: re.Pattern[str]) -> None:
        """The article's text was cut into sentences; of those with none of the triggers no rule tells anything."""

    def read(self, sentence: ParsedSentence, linker: Linker) -> None:
        """A sentence was parsed, and its actors are remembered; those of later sentences are not yet."""

    def tried(self, trigger: Trigger) -> None:
        """A word sets a rule off."""

    def judged(self, reading: Reading) -> None:
        """Stage and assertion of the trigger's event."""

    def filled(self, role: str, slot: str, links: Sequence[Link]) -> None:
        """A role was found in a slot."""

    def dropped(self, why: Drop, detail: str) -> None:
        """The trigger, or one combination of its roles, yields nothing."""

    def drafted(self, draft: Draft) -> None:
        """The trigger yields a draft."""

    def completed(self, draft: Draft, role: str, other: Draft, result: Draft) -> None:
        """A role that a draft left out was taken over from another draft; from itself, a sender by its law."""

    def incomplete(self, draft: Draft) -> None:
        """A draft was dropped for the roles that it lacks and that no other draft tells."""

    def doubted(self, draft: Draft, why: str = "the learned reader finds it unlikely") -> None:
        """A draft was dropped as too unsure."""

    def read_again(self, draft: Draft) -> None:
        """The learned reader is surer of the stage or the assertion of a draft, which are as it reads them now."""

    def merged(self, kept: Draft, other: Draft, result: Draft) -> None:
        """Two drafts tell one event; the result stands for both."""

    def denied(self, accusation: Draft, denial: Draft, words: str) -> None:
        """Who is accused denies it elsewhere in the article, in these words."""

    def claimed(self, draft: Draft, claim: Claim) -> None:
        """A draft became a claim; an earlier one of the same id stays as it is."""


SILENT = Observer()
"""Watches nothing."""
