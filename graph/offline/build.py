"""From what was read to the nodes and relationships that a load of the same would leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import uuid4

from graph import log
from graph.articles import Article
from graph.changes import Change
from graph.claims import Entity
from graph.edges import edges
from graph.entities import agreed
from graph.episodes import Episode, fold
from graph.hierarchy import WIDER, Hierarchy, hierarchy
from graph.history import judged
from graph.joins import notes
from graph.migrations import marks
from graph.model import family
from graph.offline.files import Files
from graph.offline.origins import Origins, origins
from graph.offline.spool import Event, Spool
from graph.origins import sketch_row
from graph.outlets import Outlets, outlets
from graph.partial import groups, homes
from graph.reference import NodeRow, RelationshipRow, check
from graph.refold import episode_properties, may_be_reason
from graph.rows import article_properties, present
from graph.settings import KeepText
from graph.sketch import Sketch
from graph.spokes import rows as spokes_of
from graph.threads import Ref, statement
from graph.writer import WriteCounts, counts_of

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is, and of how much."""


class Reference(NamedTuple):
    """The reference data of a catalogue, and its version."""

    nodes: Sequence[NodeRow]
    relationships: Sequence[RelationshipRow]
    version: str

    def outlets(self) -> Outlets:
        """Its outlets."""
        return outlets(node.properties for node in self.nodes if node.label == "Outlet")

    def hierarchy(self) -> Hierarchy:
        """Its families and classes of weapons."""
        kinds = {node.id: node.properties.get("kind") for node in self.nodes if node.label == "Weapon"}
        links = ((row.start, row.end) for row in self.relationships if row.type in WIDER)
        return hierarchy({id: kind for id, kind in kinds.items() if kind}, links)


def build(
    spool: Spool, files: Files, reference: Reference, keep: KeepText, now: str, progress: Progress
) -> WriteCounts:
    """Writes the whole graph, but for the record of the run that made it.

    Args:
        spool: all that was read.
        files: takes nodes and relationships.
        reference: the catalogue's data.
        keep: whether texts of articles are kept.
        now: when all this is recorded.
        progress: is told of articles and threads.

    Returns:
        What is new, as `Writer.write` counts it; of what `SpoolWriter.write` counted as known.

    Raises:
        ReferenceDataError: the reference data is not what the model allows.
    """
    return _Build(spool, files, reference, keep, now, progress).run()


class _Build:
    def __init__(
        self, spool: Spool, files: Files, reference: Reference, keep: KeepText, now: str, progress: Progress
    ) -> None:
        self._spool, self._files, self._reference = spool, files, reference
        self._keep, self._now, self._progress = keep, now, progress
        self._families = check(reference.nodes, reference.relationships)
        self._outlets, self._kinds = reference.outlets(), reference.hierarchy()
        self._entities: dict[Ref, Entity] = {}
        self._classes: set[tuple[str, str]] = set()
        self._named: set[str] = set()
        """Outlets of articles."""
        self._threads: set[str] = set()
        self._reasons: list[tuple[str, str]] = []
        """Claims, each with the one that is its reason."""
        self._log = _Log(files, now)

    def run(self) -> WriteCounts:
        self._write_reference()
        found = origins(self._spool, self._outlets)
        for (copy, original), likeness in found.likenesses.items():
            ends = Ref(copy, "Article"), Ref(original, "Article")
            self._files.relationship("COPY_OF", *ends, {"likeness": likeness})
        counts, articles = WriteCounts(), self._spool.count()
        for number, (id, events) in enumerate(self._spool.articles(), 1):
            counts += self._article(id, events, found)
            self._progress("judging articles", number, articles)
        self._log.end()
        self._write_named()
        self._fold()
        for key, told, fits in notes(self._threads, self._kinds):
            self._files.node("Lock", {"id": key, "turn": 0, "told": told, "fits": fits})
        for mark in marks(self._now):
            self._files.node("Migration", mark)
        return counts

    def _write_reference(self) -> None:
        for node in self._reference.nodes:
            self._files.node(node.label, node.row())
        for row in self._reference.relationships:
            start, end = Ref(row.start, self._families[row.start]), Ref(row.end, self._families[row.end])
            self._files.relationship(row.type, start, end, present(dict(row.properties)))
        self._files.node("Catalogue", {"id": "catalogue", "version": self._reference.version})

    def _article(self, id: str, events: Iterable[Event], found: Origins) -> WriteCounts:
        change = Change(id, None, None)
        for event in events:
            if event.article is not None:
                change.read(event.article, event.claims, event.readers)
            elif change.after is not None:
                erased = change.after.erased or event.kind == "erase"
                change.after = judged(replace(change.after, forgotten=True, erased=erased))
        if change.after is None or change.article is None:
            return WriteCounts()
        for entity in change.entities():
            key = Ref(entity.id, family(entity.label))
            self._entities[key] = agreed(self._entities.get(key), entity)
        counts = counts_of([change], 0, 0)
        self._log.add(log.events_of([change]))
        article = change.article
        origin = found.shared.get(id) or self._outlets.origin(id, article.outlet, article.credited)
        self._write_article(change, article, origin)
        if not change.after.erased:
            self._write_claims(change, origin)
        return counts

    def _write_article(self, change: Change, article: Article, origin: str) -> None:
        assert change.after is not None
        row = article_properties(article, change.after, self._keep) | {"origin": origin}
        if change.after.erased:
            row |= {"erased": True, "retired_at": self._now, "text": None, "title": None, "sketch": None}
        self._files.node("Article", row)
        here = Ref(article.id, "Article")
        if article.outlet:
            outlet = self._outlets.resolve(article.outlet)
            self._named.add(outlet)
            self._files.relationship("PUBLISHED_BY", here, Ref(outlet, "Outlet"))
        for node, count in change.mentions().items():
            self._files.relationship("MENTIONS", here, node, {"count": count})
        sketch = Sketch.unpack(row["sketch"]) if row["sketch"] else None
        if sketch is not None:
            self._files.node("Sketch", sketch_row(article.id, article.published, sketch) | {"pending": False})

    def _write_claims(self, change: Change, origin: str) -> None:
        here = Ref(change.id, "Article")
        for id, (claim, _) in change.sources.items():
            node = Ref(id, "Claim")
            self._files.node("Claim", change.claim_row(id, self._now) | {"recorded_at": self._now})
            self._files.relationship("REPORTS", here, node)
            for role in change.roles[id]:
                end = Ref(role.entity.id, family(role.entity.label))
                self._files.relationship(role.type, node, end, role.words)
            for reason in dict.fromkeys(claim.qualifiers.because_of):
                if reason in change.sources and reason != id:
                    self._files.relationship("BECAUSE_OF", node, Ref(reason, "Claim"))
                    self._reasons.append((id, reason))
        live = [(claim, change.sources[claim.id][1]) for claim in change.live_claims()]
        told = [statement(claim, origin, of.published) for claim, of in live]
        self._spool.tell(told)
        self._threads.update(one.thread for one in told)
        self._classes |= change.classes()

    def _write_named(self) -> None:
        """The nodes that claims and articles name and that the catalogue does not have."""
        known = {Ref(id, label) for id, label in self._families.items()}
        for key, entity in sorted(self._entities.items()):
            if key not in known:
                self._files.node(entity.label, {"id": entity.id, "name": entity.name})
        for outlet in sorted(self._named):
            if Ref(outlet, "Outlet") not in known:
                self._files.node("Outlet", {"id": outlet, "name": outlet})
        for weapon, of_class in sorted(self._classes):
            start, end = Ref(weapon, "Weapon"), Ref(of_class, "Weapon")
            if weapon != of_class and start not in known:
                self._files.relationship("OF_CLASS", start, end)

    def _fold(self) -> None:
        self._spool.index_statements()
        joined = homes(self._threads, self._kinds)
        caused = {claim for pair in self._reasons for claim in pair}
        about: dict[str, list[Episode]] = defaultdict(list)
        done = 0
        for group in groups(self._threads, joined):
            for episode in fold(self._spool.statements(group), joined, self._kinds):
                self._write_episode(episode)
                for claim in caused.intersection(episode.claims):
                    about[claim].append(episode)
            done += len(group)
            self._progress("folding threads", done, len(self._threads))
        told = set(self._reasons)
        pairs = {
            (e.id, f.id)
            for claim, reason in told
            if (reason, claim) not in told
            for e in about[claim]
            for f in about[reason]
            if e.id != f.id and may_be_reason(f, e)
        }
        for one, other in sorted(pairs):
            self._files.relationship("BECAUSE_OF", Ref(one, "Episode"), Ref(other, "Episode"))

    def _write_episode(self, episode: Episode) -> None:
        node = Ref(episode.id, "Episode")
        self._files.node("Episode", episode_properties(episode))
        for claim in sorted(set(episode.claims)):
            self._files.relationship("ABOUT", Ref(claim, "Claim"), node)
        for kind, refs in episode.roles.items():
            for ref in sorted(set(refs)):
                self._files.relationship(kind, node, ref)
        found = edges(episode)
        for edge in found:
            self._files.relationship(edge.type, edge.start, edge.end, edge.properties)
        spokes = {row["id"]: row for edge in found for row in spokes_of(edge)}
        for row in spokes.values():
            self._files.node("Spoke", row)


class _Log:
    """Writes the log of changes as they come."""

    def __init__(self, files: Files, now: str) -> None:
        self._files, self._now = files, now
        self._waiting: list[log.Event] = []
        self._number = 0

    def add(self, events: Iterable[log.Event]) -> None:
        self._waiting += events
        while len(self._waiting) >= log.TOGETHER:
            self._write(self._waiting[: log.TOGETHER])
            del self._waiting[: log.TOGETHER]

    def _write(self, events: Sequence[log.Event]) -> None:
        self._number += 1
        self._files.node("LogEntry", log.entry(self._number, events, self._now))

    def end(self) -> None:
        if self._waiting:
            self._write(self._waiting)
        graph = uuid4().hex[:12]
        self._files.node("Log", {"id": "log", "graph": graph, "number": self._number, "holder": graph})
