"""Sentences, tokens and parses of an article's text; every offset points into that text."""

from loaders.text.parser import BATCH, Name, Parser
from loaders.text.sentences import Sentence, split_sentences

__all__ = ["BATCH", "Name", "Parser", "Sentence", "split_sentences"]
