"""What states are called in other languages: `Россия`, `中国`, `Türkei`.

The names are those of Unicode's CLDR (https://cldr.unicode.org, Unicode licence), which Babel carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale
from babel.core import get_global

LANGUAGES = (
    "ar", "de", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur",
    "vi", "zh", "zh_Hant",
)  # fmt: skip
WITHDRAWN = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Codes of ISO 3166-3, which CLDR takes for those of the states of today."""
SHORT = (("USA", "США"), ("USA", "ABD"), ("USA", "EE. UU."), ("USA", "EUA"))
"""Short forms that are more common than the names, and that Babel leaves out."""
BRACKETED = re.compile(r"\s*[(（].+[)）]")
"""What may stand behind a name: Myanmar *(Birmanie)*."""


def foreign_names() -> Iterator[tuple[str, str]]:
    """Pairs of a state's id (ISO 3166-1 alpha-3) and one of its names in another language."""
    aliases = get_global("territory_aliases").items()
    threes = [(id, codes) for id, codes in aliases if len(id) == 3 and id.isalpha() and len(codes) == 1]
    ids = {code: id for id, [code] in threes if id not in WITHDRAWN}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in ids:
                yield ids[code], BRACKETED.sub("", name)
    yield from SHORT
