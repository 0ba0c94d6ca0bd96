"""The command that tells a story."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from cli.common import OutputOption, StoreOption, app, fail, open_graph, open_output

if TYPE_CHECKING:
    from queries.story import Story

FORMATS = ("text", "markdown", "json", "svg", "png")
ENDINGS = {".md": "markdown", ".json": "json", ".svg": "svg", ".png": "png", ".txt": "text"}


@app.command()
def story(
    a: Annotated[str, typer.Argument(metavar="A", help="An actor, weapon or instrument, or the id of an episode.")],
    b: Annotated[str | None, typer.Argument(metavar="B", help="The other of a pair; else with anybody.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only what can have happened from then on.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Only what can have happened by then.")] = None,
    at: Annotated[str | None, typer.Option(help="Only what was in force, or carried out, on this day.")] = None,
    known_on: Annotated[str | None, typer.Option(help="Only articles published by this day.")] = None,
    roll_up: Annotated[
        bool, typer.Option("--roll-up", help="Also what their companies, bodies and people do and suffer.")
    ] = False,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="text, markdown, json, svg or png; else by the file's ending.")
    ] = None,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """Tell what happened and was said, in order, with sources: of a pair, of one of them, or of one episode.

    Examples:
      embargo story "United States" Turkey --from 2017
      embargo story Russia Turkey -o s400.md
      embargo story "United States" Turkey -o sanctions.svg     (needs the extra 'picture')
    """
    from queries.parameters import ParameterError
    from queries.story import build_story
    from queries.story.picture import PictureError
    from queries.story.terminal import print_story

    ending = output.suffix.lower() if output else ""
    if format is None and ending and ending not in ENDINGS:
        fail(f"'{ending}' tells no format; give --format, or a file that ends with one of {', '.join(ENDINGS)}")
    form = format or ENDINGS.get(ending, "text")
    if form not in FORMATS:
        fail(f"there is no format '{form}'; choose one of {', '.join(FORMATS)}")
    if form == "png" and output is None and sys.stdout.isatty():
        fail("png is no text; give a file with -o")
    asked = {"a": a, "b": b, "from": since, "to": until, "at": at, "known_on": known_on, "roll_up": roll_up}
    with open_graph(store) as opened:
        try:
            told = build_story(opened, asked)
        except (LookupError, ParameterError) as error:
            fail(str(error.args[0]))
    if form == "text" and output is None and sys.stdout.isatty():
        print_story(told, Console(highlight=False, markup=False, emoji=False))
        return
    try:
        content = _rendered(told, form)
    except PictureError as error:
        fail(str(error))
    with open_output(output) as out:
        out.write(content)


def _rendered(told: Story, form: str) -> bytes:
    from queries.story.markdown import markdown
    from queries.story.picture import picture
    from queries.story.terminal import print_story

    if form in ("svg", "png"):
        return picture(told, "svg" if form == "svg" else "png")
    if form == "json":
        return told.model_dump_json(indent=1).encode() + b"\n"
    if form == "markdown":
        return markdown(told).encode()
    written = StringIO()
    print_story(told, Console(file=written, highlight=False, markup=False, emoji=False, width=100))
    return written.getvalue().encode()
