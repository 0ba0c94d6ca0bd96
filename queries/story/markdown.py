"""A story in Markdown, to paste into a report. What comes from articles is escaped: it is shown, never obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from queries.story import phrases
from queries.story.model import Citation, Source, Step, Story, StoryEpisode
from queries.story.phrases import shown

SPECIAL = re.compile(r"[\\`*_\[\]<>|~$^&]|(?<=http)s?:|(?<=www)\.")
AT_THE_START = re.compile(r"^([-+#=:]|\d+[.)])")


def markdown(story: Story) -> str:
    """The story as CommonMark with tables and footnotes (GitHub, Pandoc)."""
    lines = [f"# {_text(story.title)}", ""]
    lines += [f"*{_text(told)}*", ""] if (told := phrases.frame(story)) else []
    if not story.steps:
        return "\n".join([*lines, phrases.EMPTY, ""])
    lines += ["## Episodes", "", "| what | began | ended | status | sources | denials |", "|---|---|---|---|---|---|"]
    lines += [_episode(one) for one in story.episodes]
    lines += ["", "## Course", "", *(_step(step) for step in story.steps)]
    if story.said_causes:
        lines += ["", "## Said to be the cause", ""]
        for cause in story.said_causes:
            lines += [f"- {_text(phrases.effect(cause))}. Said to be because: **{_text(cause.cause)}**."]
            lines += _quotes(cause.citations)
    if story.merely_after:
        lines += ["", "## Merely afterwards", "", "No article says that what came before is the cause.", ""]
        for after in story.merely_after:
            told = f"{after.effect}: {after.act} {after.when.text}. Before it: {phrases.before(after)}."
            lines.append(f"- {_text(told)}")
    lines += ["", *(_source(source) for source in story.sources), ""]
    return "\n".join(lines)


def _episode(one: StoryEpisode) -> str:
    began = "; ".join(f"{begin.phase} {begin.when.text}" for begin in one.begins)
    cells = [one.title, began, one.until.text if one.until else "", one.status, str(one.support), str(one.denials)]
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _step(step: Step) -> str:
    mark = f"**{phrases.MARKS[step.assertion]}** – " if step.assertion in phrases.MARKS else ""
    notes = "; ".join(note for note in (phrases.support(step), phrases.doubt(step)) if note)
    told = f"- **{_text(phrases.moment(step))}** – {mark}{_text(step.text)}. *{_text(notes)}*"
    return "\n".join([told, *_quotes(step.citations)])


def _quotes(citations: Iterable[Citation]) -> list[str]:
    return [f"  - “{_text(one.quote)}”[^{one.source}]" for one in citations]


def _source(source: Source) -> str:
    address = f", <{quote(source.url, safe=':/?#[]@!$&()*+,;=%~')}>" if source.url else ""
    return f"[^{source.number}]: {_text(phrases.source(source))}{address}"


def _text(text: str) -> str:
    """Text of any origin on one line, without meaning to Markdown."""
    escaped = SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", shown(text))
    return AT_THE_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", escaped)
