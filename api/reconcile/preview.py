"""An entity as a small page of HTML."""

from __future__ import annotations

from html import escape

from api.reconcile.candidates import describe
from api.reconcile.extension import PROPERTIES, Cell, ExtendQuery, Wanted, extend
from graph.store import Store
from queries.matching import Lookup

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
"""Content-Security-Policy: the page loads nothing, and others may frame it."""
SHOWN = 12
PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{name}</title>
<style>body {{ font: 13px sans-serif; margin: 8px }} h1 {{ font-size: 15px; margin: 0 }} p {{ margin: 4px 0 }}</style>
</head>
<body><h1>{name}</h1><p>{description}</p>
{facts}
</body></html>
"""


def preview(store: Store, known: Lookup, node: str) -> str:
    """The page: names, what it is, what is known of it. Everything in it is escaped.

    Raises:
        KeyError: there is no such entity.
    """
    entity = known.entities[node]
    mine = [prop.id for prop in PROPERTIES.values() if entity.label in prop.of and prop.id != "aliases"]
    told = extend(store, ExtendQuery(ids=[node], properties=[Wanted(id=id) for id in mine])).rows[node]
    facts = "\n".join(f"<p><b>{PROPERTIES[id].name}</b> {_line(cells)}</p>" for id, cells in told.items() if cells)
    return PAGE.format(name=escape(entity.name), description=escape(describe(known, node)), facts=facts)


def _line(cells: list[Cell]) -> str:
    shown = ", ".join(escape(cell.name or cell.str_ or "") for cell in cells[:SHOWN])
    return shown if len(cells) <= SHOWN else f"{shown} and {len(cells) - SHOWN} more"
