"""Where the bars of a picture begin and end: one lane an episode, in days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from queries.story.model import Begin, Step, Story, StoryEpisode, When

HAPPENED = ("ongoing", "completed")
MOMENTARY = ("test", "use", "meeting")
"""Frames of what happens and is over."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in one phase."""

    phase: str
    start: date
    end: date
    sure: bool
    """False where it may have begun or ended anywhere within."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A step: the days between which it was, and how it is told."""

    first: date
    last: date
    assertion: str


@dataclass(slots=True)
class Lane:
    """One episode."""

    episode: StoryEpisode
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    ended: date | None = None
    """The day by which it surely had ended."""
    unheard: date | None = None
    """The day of the last report of what is still open."""

    @property
    def days(self) -> list[date]:
        """Every day of it that a picture has to show."""
        return [
            day
            for days in (
                *((bar.start, bar.end) for bar in self.bars),
                *((mark.first, mark.last) for mark in self.marks),
                (self.ended, self.unheard),
            )
            for day in days
            if day is not None
        ]


def lanes(story: Story) -> list[Lane]:
    """A lane for every episode of the story that has a date."""
    found = [_lane(one, [step for step in story.steps if step.episode == one.id]) for one in story.episodes]
    return [lane for lane in found if lane.days]


def _lane(episode: StoryEpisode, steps: list[Step]) -> Lane:
    lane = Lane(episode)
    lane.marks = [mark for step in steps if (mark := _mark(step)) is not None]
    lane.ended = _day(episode.until.last) if episode.until else None
    momentary = episode.frame in MOMENTARY
    done = episode.frame == "transfer" and episode.status == "actual"
    delivered = [step.when.last for step in steps if step.stage in HAPPENED and step.assertion == "asserted"]
    last = _day(max((day for day in delivered if day), default=None) if done else episode.last_reported)
    if not momentary:
        lane.bars = list(_bars(episode, last))
    if episode.begins and not (lane.ended or momentary or done):
        lane.unheard = max((day for day in (last, *(bar.end for bar in lane.bars)) if day), default=None)
    return lane


def _bars(episode: StoryEpisode, last: date | None) -> Iterator[Bar]:
    """One bar a phase, and a paler one where it is not known when within a range the phase began or ended."""
    stops: list[tuple[str, When]] = [(begin.phase, begin.when) for begin in episode.begins]
    stops.append(("", episode.until or _until(last, episode.begins)))
    for (phase, begin), (_, then) in pairwise(stops):
        start, sure = _day(begin.first) or _day(begin.last), _day(begin.last) or _day(begin.first)
        if start is None or sure is None:
            continue
        if start < sure:
            yield Bar(phase, start, sure, sure=False)
        until = max(_day(then.first) or _day(then.last) or sure, sure)
        yield Bar(phase, sure, until, sure=True)
    end = episode.until
    if end and end.first and end.last and end.first < end.last and episode.begins:
        first, final = _day(end.first), _day(end.last)
        if first and final:
            yield Bar(episode.begins[-1].phase, first, final, sure=False)


def _until(last: date | None, begins: Iterable[Begin]) -> When:
    """An open episode is drawn to its last report."""
    days = [day for begin in begins if (day := begin.when.last or begin.when.first)]
    end = max([*days, *([last.isoformat()] if last else [])], default=None)
    return When(first=end, last=end, text="")


def _mark(step: Step) -> Mark | None:
    first, last = _day(step.when.first), _day(step.when.last)
    if first is None and last is None:
        return None
    return Mark(first or last or date.min, last or first or date.min, step.assertion)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
