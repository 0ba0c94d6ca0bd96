"""A story as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from queries.story import phrases
from queries.story.model import Citation, Step, Story
from queries.story.phrases import shown

DATE = 24
"""Width of the column of dates."""
STYLES = {"alleged": "yellow", "denied": "red", "conditional": "yellow"}


def print_story(story: Story, console: Console) -> None:
    """Prints the story in the console's width. No text of it is read as markup or as control codes."""
    console.print(Group(*_parts(story)))


def _parts(story: Story) -> Iterator[RenderableType]:
    yield Text(shown(story.title), style="bold")
    if told := phrases.frame(story):
        yield Text(shown(told), style="italic")
    if not story.steps:
        yield Text(phrases.EMPTY)
        return
    yield Text("")
    course = Table.grid(padding=(0, 2), expand=True)
    course.add_column(width=DATE)
    course.add_column(ratio=1)
    for step in story.steps:
        course.add_row(Text(phrases.moment(step), style="cyan"), Group(*_step(step)))
    yield course
    if story.said_causes:
        yield Text("\nSaid to be the cause", style="bold")
        for cause in story.said_causes:
            yield Text(shown(f"- {phrases.effect(cause)}"))
            yield Padding(Group(Text(shown(f"because: {cause.cause}")), *_quotes(cause.citations)), (0, 0, 0, 4))
    if story.merely_after:
        yield Text("\nMerely afterwards (no article says that what came before is the cause)", style="bold")
        for after in story.merely_after:
            yield Text(shown(f"- {after.effect}: {after.act} {after.when.text}"))
            yield Padding(Text(shown(f"before it: {phrases.before(after)}")), (0, 0, 0, 4))
    yield Text("\nSources", style="bold")
    for source in story.sources:
        yield Text(shown(f"[{source.number}] {phrases.source(source)} {source.url or ''}"))


def _step(step: Step) -> Iterator[Text]:
    mark = f"{phrases.MARKS[step.assertion]}: " if step.assertion in phrases.MARKS else ""
    yield Text.assemble((mark, STYLES.get(step.assertion, "")), shown(step.text))
    notes = "; ".join(note for note in (phrases.support(step), phrases.doubt(step)) if note)
    yield Text(shown(notes), style="dim")
    yield from _quotes(step.citations)


def _quotes(citations: Iterable[Citation]) -> Iterator[Text]:
    for one in citations:
        yield Text(f"“{shown(one.quote)}” [{one.source}]", style="dim italic")
