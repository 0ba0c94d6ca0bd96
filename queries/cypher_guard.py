"""What Cypher of a caller's own may say: the first of three walls in front of the graph.

The other two are the engine's judgement of the query and an account, or access mode, that cannot write (`queries.own`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

LONGEST = 20_000
DEEPEST = 64
OPENING = {"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"}
"""Words that a query may begin with. All commands of administration begin with another one."""
WRITING = {
    "CREATE", "MERGE", "INSERT", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "DROP", "LOAD", "USE",
    "SHOW", "TERMINATE", "TRANSACTIONS", "ALTER", "GRANT", "DENY", "REVOKE", "EXPLAIN", "PROFILE",
}  # fmt: skip
PROCEDURES = {
    "db.labels", "db.relationshipTypes", "db.propertyKeys", "db.schema.visualization", "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties", "db.index.fulltext.queryNodes", "db.index.fulltext.queryRelationships",
}  # fmt: skip
"""They only read what any query can, or the schema."""
LOOPS = {"ANY", "ALL", "NONE", "SINGLE"}
DEEPEST_LOOP = 2
MOST_STEPS = 2
"""Loops within an expression, and patterns there, are the one thing that the engines cannot stop; of two within each
other, one has to be short."""
MOST_ITEMS = 20
"""So many items has a short list that is written out."""
NAMESPACES = {"date", "time", "datetime", "localtime", "localdatetime", "duration", "point", "vector"}
"""Of functions that have a dot in their name."""
CLOSING = {")": "(", "]": "[", "}": "{"}
ESCAPE = re.compile(r"\\[uU]+([0-9A-Fa-f]{0,8})")
FIRST_HARMLESS = 0x80
"""Code points from here on are no part of Cypher's own signs and words."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
TOKEN = re.compile(
    r"""
      (?P<comment>//[^\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<name>`(?:[^`]|``)+`)
    | (?P<parameter>\$(?:\w+|`(?:[^`]|``)+`))
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\w*)
    | (?P<word>\w+)
    | (?P<sign>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


class RefusedQueryError(ValueError):
    """The query is not one that may be asked; the message says why and what to do."""


class Token(NamedTuple):
    """A word, name, string, number, parameter or sign of a query."""

    kind: str
    text: str


OPEN = Token("sign", "(")


@dataclass(slots=True)
class _Bracket:
    """One that is open."""

    step: bool
    """Of a step of a pattern, as in `-[:SUBJECT]-`."""
    is_list: bool
    over: bool
    """Of a loop, as in `[x IN list | …]`."""
    loop: bool = False
    """Whether what now comes is done many times."""
    steps: int = 0
    """Of the pattern that stands within it."""
    short: bool = False
    """Whether that is only a few times."""


def checked(text: str) -> str:
    """The query as it may go to the engine: without comments, so that no engine can take one for something else.

    Args:
        text: Cypher as a caller sent it.

    Raises:
        RefusedQueryError: it is too long or too deep, holds what could hide something, may write, administers, or
            calls a procedure or function that is not among those that only read the graph.
    """
    if len(text) > LONGEST:
        raise RefusedQueryError(f"the query has more than {LONGEST} characters; put values into parameters")
    text = text.replace("\r\n", "\n")
    if CONTROL.search(text) or "\r" in text:
        raise RefusedQueryError("the query holds control characters; put such values into parameters")
    _check_escapes(text)
    tokens = _tokens(text)
    if not tokens:
        raise RefusedQueryError("the query is empty")
    _check_depth(tokens)
    _check_loops(tokens)
    _check_words(tokens)
    return TOKEN.sub(lambda found: _blank(found[0]) if found["comment"] else found[0], text).rstrip().removesuffix(";")


def _blank(comment: str) -> str:
    return " " + "\n" * comment.count("\n")


def _check_escapes(text: str) -> None:
    """Some engines resolve \\u escapes before anything else, so that they can hide words and end strings."""
    for found in ESCAPE.finditer(text):
        if not found[1] or any(int(found[1][:digits], 16) < FIRST_HARMLESS for digits in (4, 8)):
            raise RefusedQueryError(
                f"the escape {found[0]} may stand for a plain character; write it as it is, or use a parameter"
            )


def _tokens(text: str) -> list[Token]:
    tokens = []
    for found in TOKEN.finditer(text):
        kind = found.lastgroup or "sign"
        if kind == "sign" and found[0] in "'\"`":
            raise RefusedQueryError(f"a string or name is not closed: the {found[0]} has no partner")
        if kind == "sign" and text.startswith("/*", found.start()):
            raise RefusedQueryError("a comment is not closed: the /* has no */")
        if kind != "comment":
            tokens.append(Token(kind, found[0]))
    return tokens


def _check_depth(tokens: list[Token]) -> None:
    open_ones: list[str] = []
    for token in tokens:
        if token.kind != "sign":
            continue
        if token.text in CLOSING.values():
            open_ones.append(token.text)
            if len(open_ones) > DEEPEST:
                raise RefusedQueryError(f"brackets are nested more than {DEEPEST} deep; simplify the query")
        elif token.text in CLOSING and (not open_ones or open_ones.pop() != CLOSING[token.text]):
            raise RefusedQueryError(f"the {token.text} has no partner")


def _check_loops(tokens: list[Token]) -> None:
    """Refuses `reduce`, loops over lists within each other, and patterns in a list that go on for long."""
    open_ones: list[_Bracket] = []
    for position, token in enumerate(tokens):
        if token.kind == "word" and _upper(token) == "REDUCE" and tokens[position + 1 : position + 2] == [OPEN]:
            raise RefusedQueryError("reduce() is not possible here; use UNWIND and an aggregate such as sum()")
        if open_ones and (token.text == "|" or _upper(token) == "WHERE"):
            open_ones[-1].loop |= open_ones[-1].over
        loops = [bracket for bracket in open_ones if bracket.loop]
        if len(loops) > DEEPEST_LOOP or sum(not loop.short for loop in loops) > 1:
            raise RefusedQueryError(
                "no loop over a list, nor a pattern, can stand within another, but over labels() or up to "
                f"{MOST_ITEMS} items that are written out; use UNWIND or MATCH"
            )
        if token.kind != "sign":
            continue
        lists = [bracket for bracket in open_ones if bracket.is_list]
        if token.text in CLOSING.values():
            step = token.text == "[" and position > 0 and tokens[position - 1].text == "-"
            loop = _begins_loop(tokens, position)
            short = loop and _is_short(tokens, position + 3)
            open_ones.append(_Bracket(step, token.text == "[" and not step, loop, short=short))
        elif token.text in CLOSING:
            open_ones.pop()
            if token.text == ")" and lists and _goes_on(tokens, position + 1):
                lists[-1].over, lists[-1].short = True, False
                lists[-1].steps += 1
                if lists[-1].steps > MOST_STEPS:
                    raise RefusedQueryError(
                        f"a pattern within a list cannot have more than {MOST_STEPS} steps; use MATCH and collect()"
                    )
        elif token.text == "*" and lists and open_ones[-1].step:
            raise RefusedQueryError("a pattern within a list cannot have steps of any length; use MATCH and collect()")


def _goes_on(tokens: list[Token], position: int) -> bool:
    """Whether a pattern has another step here: `-[`, `--`, `->`, `<-[` or `<--`."""
    signs = [token.text for token in tokens[position : position + 3]]
    if signs[:1] == ["<"]:
        del signs[0]
    return signs[:1] == ["-"] and signs[1:2] in (["["], ["-"], [">"])


def _begins_loop(tokens: list[Token], position: int) -> bool:
    """`[x IN`, or `any(x IN`."""
    inside = len(tokens) > position + 2 and _upper(tokens[position + 2]) == "IN"
    if tokens[position].text == "[":
        return inside
    return inside and position > 0 and _upper(tokens[position - 1]) in LOOPS


def _is_short(tokens: list[Token], position: int) -> bool:
    """Whether all of a loop's list, which begins here, is short: `labels(n) WHERE`, `['TUR', 'GRC'] |`."""
    if _upper(tokens[position]) == "LABELS" and tokens[position + 1 : position + 2] == [OPEN]:
        begin = position + 1
    elif tokens[position].text == "[" and not _begins_loop(tokens, position):
        begin = position
    else:
        return False
    depth = 0
    for end in range(begin, len(tokens)):
        depth += (tokens[end].text in CLOSING.values()) - (tokens[end].text in CLOSING)
        if not depth:
            items = sum(token.text == "," for token in tokens[begin:end])
            after = tokens[end + 1] if end + 1 < len(tokens) else OPEN
            return items < MOST_ITEMS and (_upper(after) == "WHERE" or after.text in ("|", "]"))
    return False


def _check_words(tokens: list[Token]) -> None:
    if _upper(tokens[0]) not in OPENING:
        raise RefusedQueryError(f"a query begins with one of {', '.join(sorted(OPENING))}, not with {tokens[0].text}")
    for position, token in enumerate(tokens):
        if token.text == ";" and position < len(tokens) - 1:
            raise RefusedQueryError("one query at a time: leave out the ';'")
        if token.kind not in ("word", "name") or _is_member(tokens, position):
            continue
        if token.kind == "word" and _upper(token) in WRITING:
            raise RefusedQueryError(
                f"{token.text} is not possible here, where the graph is only read; "
                f"if it is a name, write it in backticks: `{token.text}`"
            )
        if _upper(token) == "CALL" and token.kind == "word":
            _check_procedure(tokens, position + 1)
        elif not (position and _upper(tokens[position - 1]) == "CALL"):
            _check_function(tokens, position)


def _upper(token: Token) -> str:
    """Upper case, also of letters that are no ASCII but have one as their upper case (ſ)."""
    return token.text.casefold().upper()


def _is_member(tokens: list[Token], position: int) -> bool:
    """Whether the word is a label, a type or a property: it stands behind a colon, or behind the dot of an owner."""
    before = tokens[position - 1].text if position else ""
    if before == ".":
        return position > 1 and tokens[position - 2].kind != "number"
    return before == ":"


def _check_procedure(tokens: list[Token], start: int) -> None:
    if start < len(tokens) and tokens[start].text in ("{", "("):
        return
    name = _dotted(tokens, start)
    if name not in PROCEDURES:
        raise RefusedQueryError(f"the procedure '{name}' cannot be called; there are {', '.join(sorted(PROCEDURES))}")


def _check_function(tokens: list[Token], start: int) -> None:
    """A name with dots that is called; one without is built into the engine and only computes."""
    name = _dotted(tokens, start)
    end = start + 2 * len(_parts(tokens, start)) - 1
    if "." not in name or end >= len(tokens) or tokens[end].text != "(":
        return
    if name.partition(".")[0].lower() not in NAMESPACES:
        raise RefusedQueryError(f"the function '{name}' cannot be called; of those with dots only dates and points")


def _dotted(tokens: list[Token], start: int) -> str:
    return ".".join(_parts(tokens, start))


def _parts(tokens: list[Token], start: int) -> list[str]:
    parts = []
    while start < len(tokens) and tokens[start].kind in ("word", "name"):
        parts.append(tokens[start].text.strip("`"))
        if start + 1 >= len(tokens) or tokens[start + 1].text != ".":
            break
        start += 2
    return parts
