"""Which extractor reads the articles: the one place where that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Protocol

from graph.settings import LlmSettings, read_settings
from loaders.document import Document
from loaders.parallel import Outcome, extract_many
from loaders.pipeline import EXTRACTOR, default_extractor


class ExtractorName(StrEnum):
    """The extractors that there are."""

    RULES = EXTRACTOR
    LLM = "llm"


class Extraction(Protocol):
    """What reads all articles of a run."""

    name: str

    @property
    def version(self) -> str:
        """Changes with whatever changes the claims."""

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        """The claims of each document, in the order of the input; one that fails yields a `Reject`."""

    def report(self) -> list[str]:
        """What the run took, as lines for people."""


class RulesExtraction:
    """The rules, on several processes.

    Args:
        jobs: processes; 1 extracts in this one.
    """

    name: str = EXTRACTOR

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = jobs

    @property
    def version(self) -> str:
        """Changes with the rules, the catalogue and the parser's model."""
        return default_extractor().version

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        """The claims of each document, in the order of the input; one that fails yields a `Reject`."""
        return extract_many(documents, self._jobs)

    def report(self) -> list[str]:
        """Nothing: the rules cost nothing."""
        return []


def choose(name: ExtractorName, jobs: int) -> Extraction:
    """The extractor of that name.

    Args:
        name: which one.
        jobs: processes of the rules; the language model's requests are bounded by EMBARGO_LLM_CONCURRENCY instead.

    Raises:
        ValueError: the settings of the language model are missing or cannot be used; the message says which.
    """
    if name is ExtractorName.LLM:
        from loaders.llm import LlmExtractor

        return LlmExtractor(read_settings(LlmSettings))
    return RulesExtraction(jobs)
