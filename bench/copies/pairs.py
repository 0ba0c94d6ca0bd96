"""The pairs that the bench and the tests look at, made of copies.yaml, reports.yaml and the sample articles."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import yaml

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
BODY = 3
"""Pieces of a sample before its body: header, title and lead."""


class Pair(NamedTuple):
    """Two texts."""

    name: str
    one: str
    other: str


def copies() -> list[Pair]:
    """A sample article, and the same as another paper prints it."""
    found = []
    for made in yaml.safe_load((HERE / "copies.yaml").read_text(encoding="utf-8")):
        pieces = (SAMPLES / f"{made['of']}.txt").read_text(encoding="utf-8").strip().split("\n\n")
        body = [piece for piece in pieces[BODY:] if not piece.startswith("(")]
        kept = [body[number] for number in made["keep"] if number < len(body)]
        text = "\n\n".join([made["title"], *_given(made, "lead"), *kept, *_given(made, "add")])
        for old, new in made.get("edit", []):
            text = text.replace(old, new)
        found.append(Pair(made["of"], "\n\n".join(pieces[1:]), text))
    return found


def reports() -> list[Pair]:
    """Two reports of one template with other facts."""
    found = []
    for template in yaml.safe_load((HERE / "reports.yaml").read_text(encoding="utf-8")):
        texts = [template["text"].format(*row) for row in template["rows"]]
        found += [Pair(template["text"][:30], one, other) for one, other in combinations(texts, 2)]
    return found


def _given(made: dict[str, str], field: str) -> list[str]:
    return [made[field]] if field in made else []
