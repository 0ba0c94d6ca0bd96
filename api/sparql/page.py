"""What is known of one thing as a page for people: a table, without scripts or styles."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDFS, SDO, SKOS

from graph.exports.syntax import Shortener
from graph.rdf_terms import Iris
from graph.rdf_vocabulary import prefixes

MOST_VALUES = 500
"""Values of one property that a page shows."""
TITLES = [str(name) for name in (RDFS.label, SKOS.prefLabel, SDO.headline, DCTERMS.title)]
PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>{title}</h1>
<p>{iri}</p>
<p>Also as Turtle, N-Triples, JSON-LD and RDF/XML, by the header Accept.</p>
<table>
{rows}
</table>
</body>
</html>
"""


def page(iri: str, triples: Iterable[ox.Triple], base_iri: str, place: str) -> str:
    """The page.

    Args:
        iri: what it is about.
        triples: with that as their subject.
        base_iri: begin of IRIs that the service itself describes.
        place: the path under which it does so; takes the place of `base_iri` in links.
    """
    told = sorted(triples, key=lambda triple: (triple.predicate.value, str(triple.object)))
    names = Shortener(prefixes(Iris(base_iri)))

    def shown(term: object) -> str:
        if not isinstance(term, ox.NamedNode):
            return escape(term.value if isinstance(term, ox.Literal) else str(term))
        text = escape(names.name(URIRef(term.value)) or term.value)
        own = term.value.startswith(base_iri)
        address = place + term.value.removeprefix(base_iri) if own else term.value
        if own or address.startswith(("http://", "https://")):
            return f'<a href="{escape(address)}" rel="nofollow noreferrer">{text}</a>'
        return text

    rows = []
    for predicate, some in groupby(told, key=lambda triple: triple.predicate):
        values = [shown(triple.object) for triple in some]
        more = [f"and {len(values) - MOST_VALUES:,} more"] if len(values) > MOST_VALUES else []
        rows.append(f"<tr><th>{shown(predicate)}</th><td>{'<br>'.join(values[:MOST_VALUES] + more)}</td></tr>")
    titles = {triple.predicate.value: triple.object for triple in told if triple.predicate.value in TITLES}
    title = next((titles[name] for name in TITLES if name in titles), None)
    named = title.value if isinstance(title, ox.Literal) else iri
    return PAGE.format(title=escape(named), iri=escape(iri), rows="\n".join(rows))
