"""Names made comparable: `U.S.`, `the United States` and `Washington` are one; so are `drones` and `UAV`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from graph.yaml_text import from_yaml

NAMES = Path(__file__).with_name("names.yaml")
SPELLINGS = {"'s": "", "defense": "defence", "programme": "program", "armored": "armoured"}
FILLERS = re.compile(r"\b(?:the|system|systems|missile defence|a|an)\b")
"""Words that say nothing beside a designation: the S-400 missile defence system."""
ARTICLE = re.compile(r"^(?:the|a|an) ")
PLURAL = re.compile(r"(?<=[a-z]{3})s$")


@cache
def canonical(name: str) -> str:
    """The form in which two names are compared; empty for a name without a letter or digit."""
    plain = _plain(name)
    return _aliases().get(plain, plain)


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    for spelling, usual in SPELLINGS.items():
        text = text.replace(spelling, usual)
    text = FILLERS.sub(" ", text) if re.search(r"\d", text) else ARTICLE.sub("", text)
    words = re.sub(r"[^a-z0-9+ ]", " ", text).split()
    return PLURAL.sub("", " ".join(words))


@cache
def _aliases() -> dict[str, str]:
    groups: dict[str, dict[str, list[str]]] = from_yaml(NAMES.read_text(encoding="utf-8"))
    return {_plain(alias): _plain(name) for group in groups.values() for name, own in group.items() for alias in own}
