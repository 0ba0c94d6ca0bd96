"""Writes docs/queries.md from the headers of the stored queries: `python -m queries.docs`."""

from __future__ import annotations

from pathlib import Path

from queries.header import PAGING, Parameter
from queries.parameters import ways
from queries.reader import Query, stored_queries

PAGE = Path(__file__).parent.parent / "docs" / "queries.md"
INTRODUCTION = """\
# Named queries

Made by `python -m queries.docs` from the headers of the files in `queries/cypher/`.

    embargo query transfers --param recipient=Turkey --param from=2015
    curl 'http://127.0.0.1:8000/v1/queries/transfers?recipient=Turkey&from=2015'

Actors, weapons and instruments go by id or by any of their names, in any case, with or without accents: Türkiye,
turkey, Ankara and TUR are one. A name that several have is refused with the candidates, an unknown one with names
nearby. `at` asks what held on a day, `known_on` what one could know by then, `as_recorded` what this graph answered at
a moment ([three clocks](concepts.md#three-clocks)). Dates are ISO 8601; `from` and `to` may also be a year or a month.
Null is unknown, never zero or no. Rows come in an order that depends on the graph alone; all queries take `limit` and
`offset` (over HTTP `limit` and `cursor`). The table of `embargo query` leaves out columns
that are empty, and a wide one ids beside names; `--format csv` or `json` has all. `--explain` shows the Cypher behind a
query, with the store's plan for it.
"""


def page() -> str:
    """The page of documentation, in Markdown."""
    contents = [f"- [{name}](#{name}): {query.header.title}" for name, query in stored_queries().items()]
    sections = [section(query) for query in stored_queries().values()]
    return "\n".join([INTRODUCTION, *contents, "", *sections])


def section(query: Query) -> str:
    """The part of the page about one query."""
    header = query.header
    lines = [f"## {header.name}", "", f"**{header.title}.** {header.answers}", ""]
    if header.needs:
        lines += [f"It needs {ways(header.needs, '`')}.", ""]
    lines += ["| parameter | type | default | example | |", "|---|---|---|---|---|"]
    lines += [_row(parameter) for parameter in [*header.parameters, *PAGING]]
    lines += ["", "| column | |", "|---|---|"]
    lines += [f"| `{column.name}` | {column.doc} |" for column in header.columns]
    return "\n".join([*lines, ""])


def _row(parameter: Parameter) -> str:
    default = (
        "required" if parameter.required else "" if parameter.default is None else f"`{_shown(parameter.default)}`"
    )
    kind = ", ".join(f"`{value}`" for value in parameter.values) or parameter.type.replace("_", " ")
    return f"| `{parameter.name}` | {kind} | {default} | `{_shown(parameter.example)}` | {parameter.doc} |"


def _shown(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
