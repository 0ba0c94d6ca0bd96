"""Whether a text is English, by the small words that every sentence has."""

from __future__ import annotations

import re

ENGLISH = frozenset({
    "the", "of", "and", "to", "a", "an", "is", "was", "for", "on", "that", "by", "with", "as", "at", "from", "it",
    "has", "have", "its", "be", "are", "will", "were", "said", "says", "after", "over", "against", "into", "new",
})  # fmt: skip
OTHERS = frozenset({
    "le", "la", "les", "des", "du", "un", "une", "et", "est", "dans", "pour", "sur", "par", "au", "aux", "que",
    "qui", "avec", "el", "los", "las", "del", "y", "por", "para", "su", "sus", "como", "una", "der", "das",
    "und", "den", "dem", "ein", "eine", "mit", "von", "zu", "im", "auf", "nach", "il", "gli", "di", "che",
    "della", "con", "o", "os", "da", "em", "uma", "het", "een", "van", "voor", "och", "att", "som",
    "til", "af", "og", "ve", "bir", "ile", "ne", "se", "w", "z", "na", "nie", "si",
})  # fmt: skip
WORD = re.compile(r"(?<![-\w])[^\W\d_]+")
"""A word, or the first part of a hyphenated one: not the `il` of Kim Jong-il."""
FEW = 1
"""Small words of other languages that names in an English headline have: Luiz Inácio Lula *da* Silva."""


def is_english(text: str) -> bool:
    """Whether it has at least as many small words of English as of other languages, or hardly any of those.

    Args:
        text: an article or a piece of one.
    """
    words = WORD.findall(text)
    others = sum(word in OTHERS for word in words)
    return others <= max(FEW, sum(word.lower() in ENGLISH for word in words))
