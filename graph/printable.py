"""Texts of any origin, made fit for a terminal or a spreadsheet."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins with one of these may be run as a formula (OWASP, CSV injection)."""


def printable(text: str) -> str:
    """The text with a blank in place of what is not to be seen: it moves no cursor and turns no line round."""
    return "".join(character if character.isprintable() or character == "\n" else " " for character in text)


def spreadsheet_text(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
