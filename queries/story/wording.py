"""What claims and episodes say, in words; the words are in words.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from graph.claims import Claim, Entity, Qualifiers
from graph.vocabulary import PREDICATES, Frame, Stage
from graph.yaml_text import from_yaml

FILE = Path(__file__).with_name("words.yaml")
NameOf = Callable[[str], str]
LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


class The(BaseModel):
    """Names that take an article."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str]
    organizations: list[str]
    instruments: list[str]


class Words(BaseModel):
    """The content of words.yaml."""

    model_config = ConfigDict(extra="forbid")

    stages: dict[Stage, str]
    stopped: str
    verbs: dict[str, dict[str, str]]
    roles: dict[str, str]
    unnamed: str
    the: The
    uncountable: list[str]
    titles: dict[str, list[str]]


@cache
def word_list() -> Words:
    """The words of the file."""
    return Words.model_validate(from_yaml(FILE.read_text(encoding="utf-8")))


def sentence(claim: Claim) -> str:
    """What the claim says, without a full stop: `Turkey agreed to buy the S-400 from Russia (2 × battery)`."""
    words, q = word_list(), claim.qualifiers
    programme = f" from {name(q.programme)}" if q.programme else ""
    given = {"object": name(claim.object), "programme": programme}
    forms = {form: text.format(**given) for form, text in words.verbs[claim.predicate].items()}
    subject = name(claim.subject) if claim.subject else words.unnamed
    if claim.stage == "refused" and q.stopped_by and (not claim.subject or q.stopped_by.id != claim.subject.id):
        told = words.stopped.format(stopper=name(q.stopped_by), subject=subject, **forms)
    else:
        told = f"{subject} {forms.get(claim.stage) or words.stages[claim.stage].format(**forms)}"
    for role, phrase in words.roles.items():
        mention = getattr(q, role)
        if mention is not None:
            told += f" {phrase.format(name(mention))}"
    details = _details(q)
    return told[:1].upper() + told[1:] + (f" ({', '.join(details)})" if details else "")


def name(entity: Entity) -> str:
    """The name as it stands in a sentence: `the United States`, `Turkey`, `the S-400`, `ballistic missiles`."""
    words, parts = word_list(), entity.name.split() or [""]
    takes = (
        (entity.label == "Weapon" and not entity.id.startswith("class/"))
        or entity.id in words.the.ids
        or (entity.label == "Organization" and parts[-1] in words.the.organizations)
        or (entity.label == "Instrument" and not set(parts).isdisjoint(words.the.instruments))
    )
    return f"the {entity.name}" if takes and parts[0].lower() != "the" else plain(entity.id, entity.name)


def plain(id: str, name: str) -> str:
    """The name without an article: in the plural, where it is that of a class of weapons."""
    last = name.split()[-1] if name else ""
    several = id.startswith("class/") and not last.endswith("s") and last not in word_list().uncountable
    return f"{name}s" if several else name


def _details(q: Qualifiers) -> list[str]:
    least, most = (None if number is None else f"{number:,.15g}" for number in (q.quantity_min, q.quantity_max))
    count = ""
    if least or most:
        count = f"{least}" if least == most else f"{least} to {most}" if least and most else ""
        count = count or (f"up to {most}" if most else f"at least {least}")
    batch = {None: "", "further": "a further batch"}.get(q.batch, f"batch {q.batch}")  # type: ignore[arg-type]  # a batch is None, a number or this word
    return [
        detail
        for detail in (
            f"{count} × {q.unit}" if count and q.unit else count,
            _money(q),
            batch,
            "a new round" if q.round in ("new", "further") else "",
            "in part" if q.partial else "",
            f"“{q.target_detail}”" if q.target_detail else "",
        )
        if detail
    ]


def _money(q: Qualifiers) -> str:
    if q.value is None:
        return ""
    size, word = next(((size, word) for size, word in LARGE if q.value >= size), (1.0, ""))
    return " ".join(part for part in (q.currency or "", f"{q.value / size:,.4g}", word) if part)


def title(frame: Frame, row: Mapping[str, Any], names: NameOf) -> str:
    """What an episode is about: `S-400 from Russia to Turkey (batch 2)`.

    Args:
        frame: its frame.
        row: by role the id of who or what has it, and `predicate`, `batch` and `measure`; None where not known.
        names: gives the name of an id, and any other text as it is.
    """
    titles = word_list().titles
    predicate = row.get("predicate") or next(name for name, known in PREDICATES.items() if known.frame == frame)
    known = {key: names(value) for key, value in row.items() if isinstance(value, str)}
    pieces = titles.get(frame) or titles[predicate]
    told = "".join(piece.format(**known) for piece in pieces if all(role in known for role in _fields(piece)))
    return told[:1].upper() + told[1:]


def _fields(piece: str) -> list[str]:
    return re.findall(r"{(\w+)}", piece)
