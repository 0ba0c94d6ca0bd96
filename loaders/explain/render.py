"""The explanation of an article as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from graph.printable import printable
from loaders.explain.records import Attempt, Explanation, SentenceTrace, Told, Word

MARKS = {"claim": ("✔", "green"), "merged": ("↳", "cyan"), "dropped": ("✘", "red")}
PUNCTUATION = frozenset({"PUNCT", "SPACE"})


def lines(explanation: Explanation) -> Iterator[Text]:
    """The lines, styled; what an article may hold to move a terminal's cursor is a blank."""
    for line in _lines(explanation):
        line.plain = printable(line.plain).replace("\n", " ")
        yield line


def _lines(explanation: Explanation) -> Iterator[Text]:
    count = f"{explanation.claims} claim{'' if explanation.claims == 1 else 's'}"
    about = (explanation.article, explanation.published, explanation.title, count)
    yield Text(" · ".join(part for part in about if part), "bold")
    for told in explanation.sentences:
        yield from _sentence(told)


def _sentence(told: SentenceTrace) -> Iterator[Text]:
    yield Text("")
    yield Text(f"{told.number}  {' '.join(told.text.split())}", "bold")
    if told.skipped:
        yield Text(f"   not parsed: {told.skipped}", "dim")
        return
    yield Text("   parse", "underline")
    yield from _tree(told.words)
    yield Text("   mentions", "underline")
    for linked in told.mentions:
        node = f"{linked.name} ({linked.label} {linked.id})" if linked.id else "no node"
        yield Text(f"     {' '.join(linked.text.split())} → {node}: {linked.how}")
    yield Text("   rules", "underline")
    if not told.attempts:
        yield Text("     no word sets one off", "dim")
    for attempt in told.attempts:
        yield from _attempt(attempt)


def _tree(words: list[Word]) -> Iterator[Text]:
    """A line for each word that governs others: `bought VBD root: nsubj Turkey, obj S-400s`."""
    for word in words:
        below = [w for w in words if w.head == word.index and w is not word and w.pos not in PUNCTUATION]
        if below or word.head == word.index:
            line = Text(f"     {word.text}", "bold")
            line.append(f" {word.tag} {word.relation}", "dim")
            line.append(": " + ", ".join(f"{w.relation} {w.text}" for w in below) if below else "", "default not bold")
            yield line


def _attempt(attempt: Attempt) -> Iterator[Text]:
    alive = [told for told in attempt.told if told.outcome != "dropped"]
    mark, style = MARKS[alive[0].outcome if alive else "dropped"]
    yield Text(f"     {mark} {attempt.predicate} by '{attempt.trigger}' ({attempt.file}, rule {attempt.number})", style)
    for filled in attempt.filled:
        pairs = ", ".join(f"{n} '{w}'" for n, w in zip(filled.names, filled.words, strict=True))
        yield Text(f"         {filled.role} in {filled.slot}: {pairs}")
    for reason in attempt.reasons:
        yield Text(f"         {reason.value} by '{reason.word}': {reason.why}")
    for dropped in attempt.dropped:
        yield Text(f"         dropped, {dropped.why}: {dropped.detail}", "red")
    for told in attempt.told:
        yield from _told(told)


def _told(told: Told) -> Iterator[Text]:
    _, style = MARKS[told.outcome]
    roles = ", ".join(f"{role} {name}" for role, name in told.roles.items())
    outcome = f"claim {told.claim}" if told.outcome == "claim" else f"{told.outcome}: {told.why}"
    yield Text(f"         = {told.predicate} ({roles}), {told.stage}, {told.assertion}: {told.assertion_why}")
    for note in told.notes:
        yield Text(f"           {note}")
    yield Text(f"           {outcome}", style)
