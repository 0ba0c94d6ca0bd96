"""The words that every rendering of a story shares."""

from __future__ import annotations

from graph.printable import printable
from queries.story.dates import words
from queries.story.model import MerelyAfter, SaidCause, Source, Step, Story

MARKS = {"alleged": "ALLEGED", "denied": "DENIED", "conditional": "CONDITIONAL"}
EMPTY = "Nothing in the graph tells of this; with roll-up what is told of their companies, bodies and people counts."


def moment(step: Step) -> str:
    """When it was: a day of report is no day of an event, and says so."""
    day = f"reported {step.when.text}" if step.when.reported else step.when.text
    return f"{day}, for {step.planned_for.text}" if step.planned_for else day


def support(step: Step) -> str:
    """On whose word it rests: `2 sources: alpha.example, beta.example; says Mike Pompeo`."""
    return f"{counted(step.support, 'source')}: {', '.join(step.origins)}" + (
        f"; says {', '.join(step.speakers)}" if step.speakers else ""
    )


def doubt(step: Step) -> str:
    """Whether it surely falls into the period asked about; empty where it does."""
    doubts = {"possibly": "perhaps outside of the period", "unknown": "of unknown date"}
    return doubts.get(step.certainty, "")


def frame(story: Story) -> str:
    """What the story was narrowed to: `known on 11 July 2019; from 1 January 2017`; empty where it was not."""
    given = story.parameters
    narrowed = {"from": "from", "to": "to", "at": "in force on", "known_on": "from articles published by"}
    told = [f"{text} {words(given[key], given[key])}" for key, text in narrowed.items() if key in given]
    if "roll_up" in given:
        told.append("with their companies, bodies and people, and variants of weapons")
    if story.undated:
        told.append(f"{story.undated} statements left out, for nobody knows when they were published")
    if story.truncated:
        told.append("cut at the limit: there is more")
    return "; ".join(told)


def effect(cause: SaidCause) -> str:
    """The step that has a cause, with its mark."""
    mark = MARKS.get(cause.assertion)
    return f"{mark}: {cause.effect}" if mark else cause.effect


def before(after: MerelyAfter) -> str:
    """The deals that came before: `S-400 from Russia to Turkey (323 days before)`."""
    deals = [f"{deal.title} ({_between(deal.days_min, deal.days_max)})" for deal in after.deals]
    return "; ".join(deals) + (f"; and {after.more} more" if after.more else "")


def _between(least: int, most: int) -> str:
    if most == 0:
        return "the same day"
    return f"{counted(least, 'day')} before" if least == most else f"{least} to {counted(most, 'day')} before"


def counted(count: int, noun: str) -> str:
    """`1 source`, `2 sources`."""
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def source(one: Source) -> str:
    """Outlet, headline and day; whose report it is, where that is another's."""
    parts = [one.outlet or "unknown outlet", f"“{one.title}”" if one.title else "", _day(one.published)]
    told = ", ".join(part for part in parts if part)
    return f"{told} (report of {one.origin})" if one.origin not in (one.outlet, one.article) else told


def _day(published: str | None) -> str:
    return words(published, published) if published else "undated"


def shown(text: str) -> str:
    """Text of any origin on one line, without what is not to be seen: it moves no cursor and turns no line round."""
    return " ".join(printable(text).split())
