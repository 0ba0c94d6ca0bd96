"""Claims read by a language model behind any OpenAI-compatible server; what cannot be verified is dropped."""

from loaders.llm.client import LlmError
from loaders.llm.extractor import LlmExtractor

__all__ = ["LlmError", "LlmExtractor"]
