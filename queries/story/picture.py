"""A story's episodes as bars over time, in SVG or PNG; needs matplotlib (the extra `picture`)."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from queries.story import phrases
from queries.story.dates import words
from queries.story.lanes import Bar, Lane, Mark, lanes
from queries.story.model import Story
from queries.story.phrases import shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PictureFormat = Literal["svg", "png"]
NEEDED = "pictures need matplotlib; install it, or Embargo with its extra 'picture'"
MOST = 40
"""So many episodes fit on one picture."""
WIDTH, LANE, TOP, FOOT, LEFT, RIGHT, DPI = 11.0, 0.56, 0.85, 1.2, 3.75, 0.3, 150
"""Inches; dots an inch."""
LABEL = 46
"""Characters of a line of a label."""
THINNEST = 0.004
"""Part of the width that a bar of one day has at least."""
INK, QUIET, RULE, PAPER = "#1a1a1a", "#5f5f5f", "#d9d9d9", "#ffffff"
OFFSETS = ["", "%Y", *["%B %Y"] * 4]
"""What stands below the axis where its ticks do not tell the year: they show years, months, days or less."""
PHASES = {
    "proposed": ("proposed: threatened, demanded, considered", "#f0e6c8", "---"),
    "committed": ("committed: planned, approved, agreed", "#a9c3da", "////"),
    "actual": ("actual: in force, delivered, done", "#2b5078", ""),
    "suspended": ("suspended", "#ffffff", "xxxx"),
}
"""Legend, colour and hatching of each phase: from light to dark, so that they differ in grey as well."""
MARKS = {
    "asserted": ("stated as fact", "o", INK, PAPER),
    "alleged": ("alleged only", "o", PAPER, INK),
    "denied": ("denied", "X", PAPER, INK),
    "conditional": ("would be, if", "D", PAPER, INK),
}
"""Legend, shape, colour and edge of each kind of step."""
SETTINGS: Any = {
    "font.family": "DejaVu Sans", "font.size": 9, "hatch.linewidth": 0.6, "svg.hashsalt": "embargo",
    "svg.fonttype": "path", "text.parse_math": False,
}  # fmt: skip
_drawing = Lock()
"""Settings of matplotlib belong to the whole process."""


class PictureError(RuntimeError):
    """A picture cannot be drawn; says why."""


class NotInstalledError(PictureError):
    """Matplotlib is not there."""


def picture(story: Story, format: PictureFormat) -> bytes:
    """Draws the episodes of a story.

    Args:
        story: the story; of more than 40 episodes the first ones are drawn, and the picture says so.
        format: svg or png.

    Returns:
        The file's content; the same story gives the same bytes.

    Raises:
        NotInstalledError: matplotlib is not installed.
        PictureError: no episode of the story has a date.
    """
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise NotInstalledError(NEEDED) from error
    drawn = lanes(story)[:MOST]
    if not drawn:
        raise PictureError("there is nothing to draw: the story has no episode with a date")
    file = BytesIO()
    with _drawing, matplotlib.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, TOP + LANE * len(drawn) + FOOT), facecolor=PAPER)
        _head(figure, story, len(drawn))
        _draw(_axes(figure, drawn), drawn)
        _legend(figure, drawn)
        metadata: dict[str, Any] = {"Date": None} if format == "svg" else {"Software": "Embargo"}
        figure.savefig(file, format=format, dpi=DPI, metadata=metadata)
    return file.getvalue()


def _head(figure: Figure, story: Story, drawn: int) -> None:
    height = figure.get_figheight()
    left_out = len(story.episodes) - drawn
    more = f"{left_out} episodes without a date, or too many, are not drawn" if left_out else ""
    figure.text(0.02, 1 - 0.32 / height, shown(story.title), size=14, weight="bold", color=INK, va="center")
    count = f"{phrases.counted(len(story.episodes), 'episode')}, {phrases.counted(len(story.steps), 'step')}"
    told = shown("; ".join(note for note in (count, phrases.frame(story), more) if note))
    figure.text(0.02, 1 - 0.58 / height, told, size=8.5, color=QUIET, va="center")
    days = sorted(source.published for source in story.sources if source.published)
    span = f", published {words(days[0], days[-1])}" if days else ""
    articles = phrases.counted(len(story.sources), "article")
    rest = f"Drawn by Embargo from {articles}{span}. A bar without an end mark stops at the last report."
    figure.text(0.02, 0.14 / height, rest, size=7.5, color=QUIET, va="center")


def _axes(figure: Figure, drawn: list[Lane]) -> Axes:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    height = figure.get_figheight()
    axes = figure.add_axes((LEFT / WIDTH, FOOT / height, (WIDTH - LEFT - RIGHT) / WIDTH, LANE * len(drawn) / height))
    first, last = min(day for lane in drawn for day in lane.days), max(day for lane in drawn for day in lane.days)
    room = max((last - first) * 0.04, timedelta(20))
    axes.set_xlim(_number(first - room), _number(last + room))
    axes.set_ylim(len(drawn) - 0.5, -0.5)
    locator = AutoDateLocator(minticks=4, maxticks=10)  # type: ignore[no-untyped-call]  # matplotlib has few types
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, offset_formats=OFFSETS))  # type: ignore[no-untyped-call]  # matplotlib has few types
    axes.xaxis.get_offset_text().set(size=8.5, color=INK)
    axes.tick_params(axis="both", length=0, labelcolor=INK, labelsize=8.5)
    axes.grid(axis="x", color=RULE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_yticks([])
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(QUIET)
    return axes


def _draw(axes: Axes, drawn: list[Lane]) -> None:
    least = (axes.get_xlim()[1] - axes.get_xlim()[0]) * THINNEST
    right = axes.get_xlim()[1]
    for row, lane in enumerate(drawn):
        if row:
            axes.axhline(row - 0.5, color=RULE, linewidth=0.5, xmin=-LEFT / (WIDTH - LEFT - RIGHT), clip_on=False)
        _label(axes, row, lane)
        for bar in sorted(lane.bars, key=lambda bar: bar.sure):
            axes.add_patch(_patch(bar, row, least))
        if lane.ended:
            x = _number(lane.ended)
            axes.plot([x, x], [row - 0.36, row + 0.1], color=INK, linewidth=1.6, solid_capstyle="butt")
        if lane.unheard:
            axes.plot(
                [_number(lane.unheard), right], [row - 0.13] * 2, color=INK, linewidth=1.2, linestyle=(0, (1, 2.5))
            )
        for mark in lane.marks:
            _mark(axes, row + (0.2 if mark.assertion == "asserted" else 0.36), mark)


def _label(axes: Axes, row: int, lane: Lane) -> None:
    one = lane.episode
    denials = f", denied by {one.denials}" if one.denials else ""
    heard = f", last heard {words(one.last_reported, one.last_reported)}" if one.last_reported else ""
    sources = phrases.counted(one.support, "source")
    lines = textwrap.wrap(shown(one.title), LABEL, max_lines=2, placeholder=" …")
    x = (0.22 - LEFT) / (WIDTH - LEFT - RIGHT)
    place: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "ha": "left", "clip_on": False}
    axes.text(x, row + 0.06, "\n".join(lines), size=8.5, color=INK, va="bottom", linespacing=1.05, **place)
    axes.text(x, row + 0.12, f"{one.status}; {sources}{denials}{heard}", size=7, color=QUIET, va="top", **place)


def _patch(bar: Bar, row: int, least: float) -> Any:
    from matplotlib.patches import Rectangle

    _, colour, hatch = PHASES[bar.phase]
    start, end = _number(bar.start), _number(bar.end)
    return Rectangle(
        (start, row - 0.3), max(end - start, least), 0.34, facecolor=colour, edgecolor=INK,
        hatch=hatch if bar.sure else "", linewidth=0.7, linestyle="-" if bar.sure else (0, (3, 2)),
        alpha=1 if bar.sure else 0.4,
    )  # fmt: skip


def _mark(axes: Axes, y: float, mark: Mark) -> None:
    first, last = _number(mark.first), _number(mark.last)
    _, shape, fill, edge = MARKS[mark.assertion]
    if first < last:
        axes.plot([first, last], [y, y], color=INK, linewidth=0.9, marker="|", markersize=5)
    axes.plot(
        [(first + last) / 2], [y], marker=shape, markersize=5.5, markerfacecolor=fill, markeredgecolor=edge,
        markeredgewidth=0.9, linestyle="",
    )  # fmt: skip


def _legend(figure: Figure, drawn: list[Lane]) -> None:
    from matplotlib.patches import Patch

    phases = {bar.phase for lane in drawn for bar in lane.bars}
    told = {mark.assertion for lane in drawn for mark in lane.marks}
    handles: list[Any] = [
        Patch(facecolor=colour, edgecolor=INK, hatch=hatch, linewidth=0.7, label=label)
        for phase, (label, colour, hatch) in PHASES.items()
        if phase in phases
    ]
    if any(not bar.sure for lane in drawn for bar in lane.bars):
        handles.append(
            Patch(facecolor=PHASES["actual"][1], alpha=0.4, edgecolor=INK, linestyle=(0, (3, 2)),
                  label="began or ended within, exact day unknown")
        )  # fmt: skip
    if any(lane.ended for lane in drawn):
        handles.append(_line(label="ended", marker="|", markersize=11, markeredgewidth=1.6, linestyle=""))
    if any(lane.unheard for lane in drawn):
        handles.append(_line(label="no end reported since", linestyle=(0, (1, 2.5)), linewidth=1.2))
    handles += [
        _line(marker=shape, markersize=5.5, markerfacecolor=fill, linestyle="", label=f"step {label}")
        for assertion, (label, shape, fill, edge) in MARKS.items()
        if assertion in told
    ]
    if any(mark.first < mark.last for lane in drawn for mark in lane.marks):
        handles.append(_line(label="step within this time", marker="|", markersize=5, linewidth=0.9))
    figure.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.012, 0.24 / figure.get_figheight()), ncols=3, fontsize=7.5,
        frameon=False, handlelength=2.6, columnspacing=2.2, labelcolor=INK,
    )  # fmt: skip


def _line(**style: Any) -> Any:
    from matplotlib.lines import Line2D

    return Line2D([], [], color=INK, **style)


def _number(day: date) -> float:
    """Days since 1970-01-01, as matplotlib counts them."""
    return float((day - date(1970, 1, 1)).days)
