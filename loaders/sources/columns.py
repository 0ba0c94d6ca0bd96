"""What the columns of a table mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import mean

from loaders.sources.dates import DateError, parse_date
from loaders.sources.fields import FIELDS, Field, field_of
from loaders.sources.items import InputError

SAMPLE_ROWS = 20
"""Rows by which columns are judged."""
PROSE = 40
"""Mean characters from which a column of several words counts as the articles' text."""
HEADLINE = 20
NOT_A_NAME = 200
"""A cell of so many characters is no column's name."""
NUMBER = re.compile(r"\d+(?:\.\d*)?")


def name_columns(names: Sequence[str], rows: Sequence[Sequence[object]], tell: Callable[[str], None]) -> list[str]:
    """The names of the columns, with the field's name in place of those that had to be guessed.

    Args:
        names: as the table has them.
        rows: its first rows.
        tell: is told what the columns are read as.

    Raises:
        InputError: no column holds text.
    """
    known = {known[0] for name in names if (known := field_of(name))}
    guessed: dict[int, Field] = {}
    unknown = {
        index: [str(row[index]) for row in rows if row[index] not in (None, "")]
        for index, name in enumerate(names)
        if not field_of(name)
    }

    def guess(field: Field, fits: Callable[[list[str]], float]) -> None:
        scores = {index: fits(values) for index, values in unknown.items() if values and index not in guessed}
        if scores and max(scores.values()) > 0:
            guessed[max(scores, key=lambda index: scores[index])] = field

    if "date" not in known:
        guess("date", lambda values: all(map(_is_date, values)))
    if "url" not in known:
        guess("url", lambda values: all(map(_is_url, values)))
    if not known & {"text", "body"}:
        guess("body", lambda values: _length_of_prose(values, PROSE))
        if "body" in guessed.values() and "title" not in known:
            guess("title", lambda values: _length_of_prose(values, HEADLINE))
    if not (known | set(guessed.values())) & {"text", "title", "lead", "body"}:
        raise InputError(
            f"no column of text among: {', '.join(names)[:200]}", "name the column of the articles' text `text`"
        )
    if guessed or any(name not in FIELDS for name in names):
        tell(_reading(names, guessed))
    return [guessed.get(index, name) for index, name in enumerate(names)]


def is_header(row: Sequence[str]) -> bool:
    """Whether a first row holds names: one of them is known, or none looks like a value."""
    values = any(_is_date(cell) or _is_url(cell) or len(cell) > NOT_A_NAME for cell in row)
    return any(map(field_of, row)) or not values


def _reading(names: Sequence[str], guessed: dict[int, Field]) -> str:
    read = [f"{known[0]} from '{name}'" for name in names if (known := field_of(name))]
    read += [f"{field} from '{names[index]}' (a guess)" for index, field in sorted(guessed.items())]
    unused = [f"'{name}'" for index, name in enumerate(names) if index not in guessed and not field_of(name)]
    return f"reads {', '.join(read)}" + (f"; leaves out {', '.join(unused)}" if unused else "")


def _is_date(value: str) -> bool:
    if NUMBER.fullmatch(value):
        return False
    try:
        parse_date(value)
    except DateError:
        return False
    return True


def _is_url(value: str) -> bool:
    return value.startswith(("http://", "https://"))


def _length_of_prose(values: list[str], least: int) -> float:
    length = mean(map(len, values))
    return length if length >= least and all(" " in value.strip() for value in values) else 0
