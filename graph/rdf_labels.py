"""Labels of what has no name of its own, so that browsers of RDF show words and not ids."""

from __future__ import annotations

from rdflib import Literal

from graph.rdf_terms import text
from graph.scan import Link, Node

UNKNOWN = "somebody"
"""The subject of a claim that names none."""
ROLES = ("SUPPLIER", "SUBJECT", "RECIPIENT", "OBJECT", "WEAPON", "PROGRAMME")
"""Who and what an episode is about, in this order."""


def claim_label(claim: Node) -> Literal:
    """`Turkey purchases S-400 (agreed)`; an assertion is told where it is another than `asserted`."""
    told = claim.properties
    subject, thing = (_first(claim, role) for role in ("SUBJECT", "OBJECT"))
    surely = told["assertion"] == "asserted"
    return _label(
        f"{subject} {_worded(told['predicate'])} {thing}", told["stage"], None if surely else told["assertion"]
    )


def episode_label(episode: Node) -> Literal:
    """`transfer: Russia, Turkey, S-400 (actual, 2017-09-12)`."""
    told = episode.properties
    names = dict.fromkeys(link.shown for role in ROLES for link in episode.targets(role))
    what = _worded(told.get("predicate", told["frame"]))
    return _label(f"{what}: {', '.join(names)}", told["status"], told.get("earliest"))


def relation_label(start: Node, kind: str, link: Link) -> Literal:
    """`Turkey purchases S-400 (actual, 2017-09-12)`, of a fact, an allegation or a relationship of the catalogue."""
    told = link.properties
    what = "alleged" if link.type == "ALLEGED" else told.get("status", told.get("title"))
    words = f"{start.properties.get('name', start.id)} {_worded(kind)} {link.shown}"
    return _label(words, what, told.get("since", told.get("date")))


def _first(node: Node, role: str) -> str:
    return next((link.shown for link in node.targets(role)), UNKNOWN)


def _worded(name: str) -> str:
    return name.lower().replace("_", " ")


def _label(words: str, *details: str | None) -> Literal:
    known = ", ".join(detail for detail in details if detail)
    return text(f"{words} ({known})" if known else words, "en")
