"""What a SPARQL query may say: nothing that writes, fetches, or is so deep or long that it endangers its process."""

from __future__ import annotations

import re

LONGEST = 32_000
DEEPEST = 64
MOST_OPERATORS = 256
MOST_PATTERNS = 64
UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
PATTERNS = {"OPTIONAL", "UNION", "MINUS", "EXISTS", "LATERAL"}
CLOSING = {")": "(", "]": "[", "}": "{"}
OPERATORS = set("|&+-*/^!=<>?")
ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:\w[\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>\w+)
    | (?P<sign>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


class QueryError(ValueError):
    """The query cannot be asked; the message says why and what to do."""


class Checked:
    """A query that may be asked."""

    def __init__(self, text: str, has_dataset: bool) -> None:
        """`has_dataset`: whether it names its own graphs, by FROM."""
        self.text, self.has_dataset = text, has_dataset


def check(text: str) -> Checked:
    """The query as it may go to the engine: escapes resolved, comments gone.

    Args:
        text: SPARQL as a caller sent it.

    Raises:
        QueryError: it is empty, too long, too deep, an update, or asks another service.
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query has more than {LONGEST} characters; ask for less at once")
    text = _resolved(text)
    tokens = [(found.lastgroup or "sign", found[0]) for found in TOKEN.finditer(text)]
    tokens = [token for token in tokens if token[0] != "comment"]
    words = [text.upper() for kind, text in tokens if kind == "word"]
    if not tokens:
        raise QueryError("the query is empty")
    _check_operation(words)
    _check_service(tokens)
    _check_size(tokens, words)
    plain = TOKEN.sub(lambda found: " " if found["comment"] else found[0], text)
    return Checked(plain, "FROM" in words)


def _resolved(text: str) -> str:
    """The text with its codepoint escapes resolved (SPARQL 1.1 Query, section 19.2), before anything reads it."""

    def character(found: re.Match[str]) -> str:
        code = int(found[2] or found[3], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise QueryError(f"the escape {found[0]} stands for no character")
        if code == ord("\\"):
            raise QueryError(f"the escape {found[0]} stands for a backslash, which could begin another escape")
        return found[1] + chr(code)

    text = ESCAPE.sub(character, text)
    if "\x00" in text:
        raise QueryError("the query holds a NUL character; remove it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError("the query holds half a surrogate pair") from error
    return text


def _check_operation(words: list[str]) -> None:
    first = next((word for word in words if word not in ("BASE", "PREFIX", "VERSION")), "")
    if first in UPDATES:
        raise QueryError(f"{first} is an update; this service only reads")


def _check_service(tokens: list[tuple[str, str]]) -> None:
    """The engine wants no blank behind a keyword, so that SERVICE may be the begin of a longer word."""
    for kind, text in tokens:
        word = text.partition(":")[0] if kind == "name" else text if kind == "word" else ""
        if "SERVICE" in word.upper():
            raise QueryError("SERVICE is not possible: this service sends no requests to others; ask them yourself")


def _check_size(tokens: list[tuple[str, str]], words: list[str]) -> None:
    if sum(kind == "sign" and text in OPERATORS for kind, text in tokens) > MOST_OPERATORS:
        raise QueryError(f"the query has more than {MOST_OPERATORS} operators; use IN, VALUES or a shorter path")
    if sum(word in PATTERNS for word in words) > MOST_PATTERNS:
        raise QueryError(
            f"the query has more than {MOST_PATTERNS} of {', '.join(sorted(PATTERNS))}; ask for less at once"
        )
    open_ones: list[str] = []
    for kind, text in tokens:
        if kind == "sign" and text in "'\"":
            raise QueryError(f"a string is not closed: the {text} has no partner")
        if kind == "sign" and text in CLOSING.values():
            open_ones.append(text)
            if len(open_ones) > DEEPEST:
                raise QueryError(f"brackets are nested more than {DEEPEST} deep; simplify the query")
        elif kind == "sign" and text in CLOSING and (not open_ones or open_ones.pop() != CLOSING[text]):
            raise QueryError(f"the {text} has no partner")
