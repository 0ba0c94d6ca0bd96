"""Keeps a copy of the graph as RDF in step with the graph: what a change of articles and claims changes in it.

A change reaches further than the article that brought it: its copies have another origin then, the threads of its
claims and those beside them are folded anew, and the claims of other articles may belong to other episodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
from rdflib.namespace import RDF, RDFS

from graph import rdf
from graph.exports.syntax import full
from graph.hierarchy import hierarchy_of
from graph.joins import REMEMBERED, with_partials
from graph.log import Event
from graph.model import NODE_BY_LABEL
from graph.rdf_terms import Iris, text
from graph.rdf_vocabulary import OA
from graph.scan import own_label
from graph.store import Store

AT_ONCE = 500
"""Keys that a query of the graph names at most."""
ARTICLES = "UNWIND $ids AS key MATCH (:Claim {id: key})<-[:REPORTS]-(a:Article) RETURN DISTINCT a.id AS id"
ORIGINALS = "UNWIND $ids AS key MATCH (:Article {id: key})-[:COPY_OF]->(a:Article) RETURN DISTINCT a.id AS id"
COPIES = "UNWIND $ids AS key MATCH (:Article {id: key})<-[:COPY_OF]-(a:Article) RETURN DISTINCT a.id AS id"
THREADS = "UNWIND $ids AS key MATCH (:Article {id: key})-[:REPORTS]->(c:Claim) RETURN DISTINCT c.thread AS id"
EPISODES = "UNWIND $ids AS key MATCH (e:Episode {thread: key}) RETURN DISTINCT e.id AS id"
CAUSED = "UNWIND $ids AS key MATCH (:Episode {id: key})<-[:BECAUSE_OF]-(e:Episode) RETURN DISTINCT e.id AS id"
ABOUT = """
UNWIND $ids AS key MATCH (:Episode {id: key})<-[:ABOUT]-(c:Claim) RETURN DISTINCT c.id AS claim, key AS episode
"""
BROUGHT = (
    """
UNWIND $ids AS key MATCH (:Article {id: key})-[:REPORTS]->(:Claim)-[r]->(n)
WHERE n.source IS NULL AND NOT type(r) IN ['ABOUT', 'BECAUSE_OF']
RETURN DISTINCT n.id AS id, n.name AS name, labels(n) AS labels
""",
    """
UNWIND $ids AS key MATCH (:Article {id: key})-[:REPORTS]->(:Claim)-[r]->(w:Weapon)-[:OF_CLASS]->(n:Weapon)
WHERE n.source IS NULL RETURN DISTINCT n.id AS id, n.name AS name, labels(n) AS labels
""",
    """
UNWIND $ids AS key MATCH (:Article {id: key})-[:PUBLISHED_BY]->(n:Outlet)
WHERE n.source IS NULL RETURN DISTINCT n.id AS id, n.name AS name, labels(n) AS labels
""",
)
"""Nodes that articles brought; those of the catalogue stay as they are."""
ENDS = (RDF.subject, RDF.predicate, RDF.object)
SAME_FACT = f"""
SELECT * {{
  GRAPH ?graph {{ ?fact <{RDF.subject}> ?start ; <{RDF.predicate}> ?link ; <{RDF.object}> ?end ; a ?kind }}
}}
"""


def follow(store: Store, copy: ox.Store, base_iri: str, events: Iterable[Event]) -> None:
    """Brings the copy to the graph's state, as far as these changes reach; all is read before anything is written.

    Args:
        store: the graph, which has the changes.
        copy: its quads, as `export nq` writes them, at a time before the changes.
        base_iri: begin of every IRI.
        events: the changes; once more does no harm.

    Raises:
        graph.errors.StoreUnavailableError: the graph went away; the copy is as it was.
    """
    change = _Change(store, copy, Iris(base_iri))
    change.look(list(events))
    for quad in change.gone:
        copy.remove(quad)
    copy.load(change.new, ox.RdfFormat.N_QUADS)


class _Change:
    """What has to go from a copy, and what has to come."""

    def __init__(self, store: Store, copy: ox.Store, iris: Iris) -> None:
        self._store, self._copy, self._iris = store, copy, iris
        self._facts = _named(iris.graph("facts"))
        self.gone: set[ox.Quad] = set()
        self.new = b""

    def look(self, events: list[Event]) -> None:
        """Finds both."""
        articles = self._articles(events)
        rows = self._brought(articles)
        others = self._renamed(rows) - articles
        if others:
            rows += self._brought(others)
            articles |= others
        episodes = self._episodes(self._threads(articles))
        for article in sorted(articles):
            self._drop_article(self._node("Article", article))
        self._drop_episodes([self._node("Episode", episode) for episode in sorted(episodes)])
        catalogue = self._iris.graph("catalogue")
        brought: dict[str, set[str]] = {}
        for row in rows:
            label = own_label(row["labels"])
            brought.setdefault(NODE_BY_LABEL[label].also or label, set()).add(row["id"])
            self.gone |= set(self._quads(self._node(label, row["id"]), graph=_named(catalogue)))
        quads = chain(
            rdf.articles(self._store, self._iris.base, articles),
            rdf.episodes(self._store, self._iris.base, episodes),
            (rdf.Quad(*triple, catalogue) for triple in rdf.entities(self._store, self._iris.base, brought)),
        )
        lines = [*(" ".join(map(full, quad)) for quad in quads), *self._moved(episodes)]
        self.new = "".join(f"{line} .\n" for line in lines).encode()

    def _articles(self, events: list[Event]) -> set[str]:
        """The changed ones and those that are copies of the same text."""
        articles = {event.id for event in events if event.what == "article"}
        articles |= self._ids(ARTICLES, (event.id for event in events if event.what == "claim"))
        copy_of = self._term("copyOf")
        for _ in range(2):  # to the original, and to the other copies of it
            known = [self._node("Article", article) for article in articles]
            articles |= self._ids(ORIGINALS, articles) | self._ids(COPIES, articles)
            for own in known:
                articles |= {self._id(quad.object) for quad in self._quads(own, copy_of)}
                articles |= {self._id(quad.subject) for quad in self._quads(None, copy_of, own)}
        return articles

    def _brought(self, articles: set[str]) -> list[dict[str, Any]]:
        return [row for query in BROUGHT for row in self._rows(query, articles)]

    def _renamed(self, brought: list[dict[str, Any]]) -> set[str]:
        """The articles of claims whose labels name what has another name in these rows of `BROUGHT`."""
        found: set[str] = set()
        for row in brought:
            own = self._node(own_label(row["labels"]), row["id"])
            if any(quad.object.value != str(text(row["name"])) for quad in self._quads(own, _named(RDFS.label))):
                claims = {quad.subject for quad in self._quads(None, None, own)}
                reports = chain.from_iterable(self._quads(None, self._term("reports"), claim) for claim in claims)
                found |= {self._id(quad.subject) for quad in reports}
        return found

    def _threads(self, articles: set[str]) -> set[str]:
        """Those of the articles' claims, old and new, and those that may win from them or lose to them."""
        threads = self._ids(THREADS, articles)
        for article in articles:
            for report in self._quads(self._node("Article", article), self._term("reports")):
                threads |= {quad.object.value for quad in self._quads(report.object, self._term("thread"))}
        reached = with_partials(threads, hierarchy_of(self._store, self._store.read))
        return reached.union(*(row["fits"] or () for row in self._rows(REMEMBERED, reached) if row["told"]))

    def _episodes(self, threads: set[str]) -> set[str]:
        """Those of the threads, old and new, and those that came of them."""
        episodes = self._ids(EPISODES, threads)
        for key in threads:
            found = self._quads(None, self._term("thread"), ox.Literal(key), self._facts)
            episodes |= {self._id(quad.subject) for quad in found}
        caused = self._ids(CAUSED, episodes)
        for episode in episodes:
            found = self._quads(None, self._term("becauseOf"), self._node("Episode", episode), self._facts)
            caused |= {self._id(quad.subject) for quad in found}
        return episodes | caused

    def _drop_article(self, own: ox.NamedNode) -> None:
        """An article, its claims with their evidence, and what leads to these."""
        for report in self._quads(own, self._term("reports")):
            claim = report.object
            for quote in self._quads(claim, self._term("evidence")):
                for part in self._quads(quote.object, _named(OA.hasSelector)):
                    self.gone |= set(self._quads(part.object))
                self.gone |= set(self._quads(quote.object))
            self.gone |= {*self._quads(claim), *self._quads(None, None, claim)}
        self.gone |= set(self._quads(own))

    def _drop_episodes(self, episodes: list[ox.NamedNode]) -> None:
        """Episodes, what leads to them from claims, their facts, and direct triples that no other fact establishes."""
        facts: set[ox.NamedNode] = set()
        for own in episodes:
            self.gone |= {*self._quads(own), *self._quads(None, self._term("about"), own)}
            facts |= {quad.subject for quad in self._quads(None, self._term("episode"), own, self._facts)}
        for fact in facts:
            self.gone |= set(self._quads(fact))
            start, link, end = (next(self._quads(fact, _named(name))).object for name in ENDS)
            wanted = {"graph": self._facts, "start": start, "link": link, "end": end, "kind": self._term("Fact")}
            same: Any = self._copy.query(
                SAME_FACT, substitutions={ox.Variable(name): term for name, term in wanted.items()}
            )
            if {row["fact"] for row in same} <= facts:
                self.gone.add(ox.Quad(start, link, end, self._facts))

    def _moved(self, episodes: set[str]) -> Iterator[str]:
        """Which of these episodes claims of other articles belong to now, in the graphs where these claims are told."""
        for row in self._rows(ABOUT, episodes):
            claim, episode = self._node("Claim", row["claim"]), self._node("Episode", row["episode"])
            for quad in self._quads(claim, _named(RDF.type)):
                if quad not in self.gone:
                    yield f"{claim} {self._term('about')} {episode} {quad.graph_name}"

    def _ids(self, query: str, ids: Iterable[str]) -> set[str]:
        return {row["id"] for row in self._rows(query, ids)}

    def _rows(self, query: str, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        wanted = sorted(set(ids))
        for start in range(0, len(wanted), AT_ONCE):
            yield from self._store.read(query, ids=wanted[start : start + AT_ONCE])

    def _quads(
        self, subject: Any = None, predicate: Any = None, object: Any = None, graph: Any = None
    ) -> Iterator[Any]:
        """Those of the copy that fit."""
        return self._copy.quads_for_pattern(subject, predicate, object, graph)

    def _node(self, label: str, id: str) -> ox.NamedNode:
        return _named(self._iris.node(label, id))

    def _term(self, name: str) -> ox.NamedNode:
        return _named(self._iris.term(name))

    def _id(self, term: ox.NamedNode) -> str:
        """The id of the node that an IRI of ours stands for."""
        return unquote(term.value.removeprefix(self._iris.base).partition("/")[2], errors="surrogatepass")


def _named(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))
