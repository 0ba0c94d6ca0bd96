"""What every command needs: the application, exit codes, messages, the store, the output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NoReturn

import typer
from rich.console import Console

app = typer.Typer(
    help="A knowledge graph of actors, weapons and sanctions, read out of the news.\n\n"
    "Start with 'embargo load FOLDER', then 'embargo query' lists the questions that it answers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
messages = Console(stderr=True, highlight=False, soft_wrap=True)

DONE, REJECTED, WRONG, INTERRUPTED = 0, 1, 2, 130

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="URI", help="embedded:PATH, bolt://HOST:PORT or neo4j://…; default EMBARGO_STORE."),
]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: standard output.")]


def fail(message: str) -> NoReturn:
    """Ends the command with a message and exit 2."""
    messages.print(message, style="red", markup=False)
    raise typer.Exit(WRONG)


@contextmanager
def open_store(uri: str | None) -> Iterator[Any]:
    """The store; what can go wrong with it ends the command with its message and exit 2."""
    from graph.errors import StoreError
    from graph.store import connect

    try:
        with connect(uri) as store:
            yield store
    except StoreError as error:
        fail(str(error))


@contextmanager
def open_output(path: Path | None) -> Iterator[BinaryIO]:
    """The file, or standard output."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with path.open("wb") as file:
            yield file


def notice(text: str) -> None:
    """Tells what is odd, but no error."""
    messages.print(text, style="yellow", markup=False)
