"""Whether a text is English, by the small words that every sentence has."""

from __future__ import annotations

import re

ENGLISH = frozenset({
    "the", "of", "and", "to", "a", "an", "is", "was", "for", "on", "that", "by", "with", "as", "at", "from", "it",
    "has", "have", "its", "be", "are", "will", "were", "said", "says", "after", "over", "against", "into", "new",
})  # fmt: skip
OTHERS = frozenset({
    "le", "la", "les", "des", "du", "un", "une", "et", "est", "dans", "pour", "sur", "par", "au", "aux", "que",
    "qui", "avec", "el", "los", "las", "del", "y", "por", "para", "su", "sus", "como", "una", "der", "die", "das",
    "und", "den", "dem", "ein", "eine", "mit", "von", "zu", "im", "auf", "nach", "il", "gli", "di", "che",
    "della", "per", "con", "o", "os", "da", "do", "em", "uma", "het", "een", "van", "voor", "och", "att", "som",
    "til", "af", "og", "ve", "bir", "ile", "ne", "se", "w", "z", "na", "nie", "si",
})  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str) -> bool:
    """Whether it has at least as many small words of English as of other languages; so has a text with none.

    Args:
        text: an article or a piece of one.
    """
    words = WORD.findall(text)
    return sum(word.lower() in ENGLISH for word in words) >= sum(word in OTHERS for word in words)
