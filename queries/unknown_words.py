"""Labels, types of relationships and properties of a query that the model does not have.

A store takes such a word for one that nothing has, and answers with no rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Indel

from graph.model import NODE_BY_LABEL, NODES, RELATIONSHIP_BY_TYPE, RELATIONSHIPS
from queries.cypher_guard import CLOSING, TOKEN, Token

ALIKE = 0.7
MOST = 3
LONGEST = 60
"""So many words are told at most, and so many letters of one."""
NO_MAP = {"EXISTS", "COUNT", "COLLECT", "CALL", "DISTINCT"}
"""Words before a brace that opens no properties of a pattern."""
ALL_PROPERTIES = {item.name for node in NODE_BY_LABEL.values() for item in node.properties} | {
    item.name for relationship in RELATIONSHIPS for item in relationship.properties
}
NO_TOKEN = Token("", "")


def hint(query: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """What to tell whoever got no rows, or only nulls in a column; nothing where the model has every word.

    Args:
        query: Cypher that the store has answered.
        rows: its answer.
    """
    if rows and all(any(row[column] is not None for row in rows) for column in rows[0]):
        return ""
    found: dict[str, None] = {}
    for wrong in _Words(query).unknown():
        found[wrong] = None
        if len(found) == MOST:
            break
    return "; ".join(found)


class _Words:
    """The words of one query, and where they stand."""

    def __init__(self, query: str) -> None:
        found = [Token(match.lastgroup or "", match[0]) for match in TOKEN.finditer(query)]
        self._tokens = [token for token in found if token.kind != "comment"]
        self._bound: dict[str, set[str]] = {}
        """Labels and types by the variable of a pattern; an empty set where it has none."""
        self._rebound = {self._word(at + 1) for at in range(len(self._tokens)) if self._upper(at) == "AS"}

    def unknown(self) -> Iterator[str]:
        """What is wrong with each of them, in the order of the query, labels and types first."""
        properties: list[tuple[str, Collection[str]]] = []
        open_ones: list[int] = []
        for at, token in enumerate(self._tokens):
            if token.kind != "sign":
                continue
            if token.text in CLOSING.values():
                open_ones.append(at)
                self._bind(at)
            elif token.text in CLOSING and open_ones:
                open_ones.pop()
            elif token.text == ":":
                inside = open_ones[-1] if open_ones else -1
                if inside >= 0 and self._text(inside) == "{":
                    if (owners := self._owners(inside)) is not None and self._word(at - 1):
                        properties.append((self._word(at - 1), owners))
                elif self._text(at - 1) not in (":", "|", "&") and self._text(at + 1) != ":":
                    yield from self._kinds(at, inside)
        properties += self._dotted()
        for name, kinds in properties:
            if (wrong := _unknown_property(name, kinds)) is not None:
                yield wrong

    def _kinds(self, at: int, inside: int) -> Iterator[str]:
        """Labels or types behind a colon that the model does not have."""
        step = self._is_step(inside)
        for name in self._alternatives(at, inside):
            if step and name not in RELATIONSHIP_BY_TYPE:
                yield _told("relationship type", name, RELATIONSHIP_BY_TYPE)
            elif name not in NODE_BY_LABEL and name not in RELATIONSHIP_BY_TYPE:  # of `WHERE r:ARMS`, too
                yield _told("label", name, [node.label for node in NODES])

    def _alternatives(self, at: int, inside: int) -> list[str]:
        """`A`, `B` and `C` of `:A|B&C`; in a list `|` begins what is made of its items."""
        names = []
        in_list = self._text(inside) == "[" and not self._is_step(inside)
        while (name := self._word(at + 1 + (self._text(at + 1) == "!"))) != "":
            names.append(name)
            at += 2 + (self._text(at + 1) == "!")
            if self._text(at) not in ("&", *("|" * (not in_list))):
                break
            at += self._text(at + 1) == ":"
        return names

    def _is_step(self, at: int) -> bool:
        return self._text(at) == "[" and self._text(at - 1) == "-"

    def _bind(self, at: int) -> None:
        """Keeps the variable of a pattern that begins with this bracket."""
        name, after = self._word(at + 1), self._text(at + 2)
        node = self._text(at) == "(" and (self._text(at - 1) in ("-", ">") or self._upper(at - 1) == "MATCH")
        if not name or not (node or self._is_step(at) or (self._text(at) == "(" and after == ":")):
            return
        if after == ":":
            self._bound.setdefault(name, set()).update(self._alternatives(at + 2, at))
        elif after in (")", "]", "{"):
            self._bound.setdefault(name, set())

    def _owners(self, brace: int) -> Collection[str] | None:
        """Labels or types of the pattern whose properties a brace opens; None where it opens something else."""
        before = self._text(brace - 2)
        if not self._word(brace - 1) or self._upper(brace - 1) in NO_MAP or before not in ("(", "[", ":", "|", "&"):
            return None
        if before in ("(", "["):
            return self._bound.get(self._word(brace - 1), ()) if self._is_step(brace - 2) or before == "(" else None
        start = brace - 1
        while start > 0 and self._text(start) not in ("(", "["):
            start -= 1
        colon = next(at for at in range(start, brace) if self._text(at) in (":", "|", "&"))
        return self._alternatives(colon, start)

    def _dotted(self) -> Iterator[tuple[str, Collection[str]]]:
        """Properties behind the dot of a variable of a pattern."""
        for at in range(1, len(self._tokens) - 1):
            owner, name = self._word(at - 1), self._word(at + 1)
            fits = self._text(at) == "." and self._text(at - 2) != "." and self._text(at + 2) not in ("(", ".")
            if fits and name and owner in self._bound and owner not in self._rebound:
                yield name, self._bound[owner]

    def _text(self, at: int) -> str:
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def _word(self, at: int) -> str:
        """The word or name at a place, without backticks; nothing where there is none."""
        token = self._tokens[at] if 0 <= at < len(self._tokens) else NO_TOKEN
        return token.text.strip("`") if token.kind in ("word", "name") else ""

    def _upper(self, at: int) -> str:
        return self._text(at).upper()


def _unknown_property(name: str, kinds: Collection[str]) -> str | None:
    """What is wrong with a property of nodes or relationships of these labels or types, of any where there are none."""
    owners = [NODE_BY_LABEL.get(kind) or RELATIONSHIP_BY_TYPE.get(kind) for kind in kinds]
    if None in owners:
        return None  # the label is wrong, and has been told
    known = {item.name for owner in owners if owner for item in owner.properties} if owners else ALL_PROPERTIES
    return (
        None if name in known else _told("property", name, known, f" of {' or '.join(sorted(kinds))}" if kinds else "")
    )


def _told(what: str, name: str, known: Iterable[str], of: str = "") -> str:
    near = process.extractOne(
        name, sorted(known), scorer=Indel.normalized_similarity, processor=str.upper, score_cutoff=ALIKE
    )
    return f"the graph has no {what} {name[:LONGEST]}{of}" + (f", {near[0]} may be meant" if near else "")
