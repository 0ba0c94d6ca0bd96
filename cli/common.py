"""What every command needs: the application, exit codes, messages, the store, the output."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, BinaryIO, NoReturn

import typer
from rich.console import Console
from typer.core import TyperGroup

from graph.printable import printable

STANDARD_OUTPUT = 1
DONE, REJECTED, WRONG, INTERRUPTED, UNHEARD = 0, 1, 2, 130, 141
SIGNALLED = 128
"""Added to a signal's number by the shells: 143 after SIGTERM."""
ENDING = [end for end in signal.Signals if end.name in ("SIGTERM", "SIGHUP")]
"""Told to stop, and the terminal closed, which Windows does not tell."""


@contextmanager
def _ended_as_any_program() -> Iterator[None]:
    """Where nobody reads on, as behind `| head`, a command ends as any program does: of SIGPIPE, silently."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as end:
        by_rich = isinstance(end.__context__, BrokenPipeError)
        if isinstance(end, SystemExit) and not by_rich:
            raise
        discard_output()
        raise typer.Exit(UNHEARD) from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        discard_output()
        fail("the disk that is written to is full; free space, and start again")
    except ValueError as error:
        from loaders.catalogue import CatalogueError

        if not isinstance(error, CatalogueError):
            raise
        fail(f"the catalogue, loaders/catalogue/data, has mistakes; correct these, and start again:\n{error}")


class Commands(TyperGroup):
    """The commands. Their own help and version are told while options are read, all else once a command runs."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        """Reads the options."""
        with _ended_as_any_program():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        with _ended_as_any_program():
            return super().invoke(ctx)


def discard_output() -> None:
    """What is still to be written to standard output goes nowhere, else Python fails once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_OUTPUT)


app = typer.Typer(
    cls=Commands,
    help="A knowledge graph of actors, weapons and sanctions, read out of the news.\n\n"
    "Start with 'embargo load FOLDER', then 'embargo query' lists the questions that it answers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
messages = Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="URI", help="embedded:PATH, bolt://HOST:PORT or neo4j://…; default EMBARGO_STORE."),
]


def named_output(output: Path | str | None) -> Path | str | None:
    """The file that an option names; None for `-`, which is standard output."""
    return None if str(output) == "-" else output


OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Default, or -: standard output.", callback=named_output),
]


def fail(message: str) -> NoReturn:
    """Ends the command with a message and exit 2."""
    messages.print(printable(message), style="red", markup=False)
    raise typer.Exit(WRONG)


def leave(status: int) -> NoReturn:
    """Ends the process at once, for commands that ran Daft.

    Its threads, and Arrow's (https://github.com/apache/arrow/issues/36389), cannot be waited for; one that lets go of a
    Python object while the interpreter closes aborts it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"embargo {version('embargo')}")
        raise typer.Exit


@app.callback()
def prepare(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """Text for other programs is UTF-8 on every system; a terminal that lacks a character shows another."""
    try:
        Path.cwd()
    except FileNotFoundError:
        fail("the folder in which this runs was deleted; change to another, and start again")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


class Terminated(SystemExit):
    """One of `ENDING` has come."""

    def __init__(self, number: int) -> None:
        """Ends the process with the shells' number for a signal."""
        self.status = SIGNALLED + number
        super().__init__(self.status)


@contextmanager
def orderly() -> Iterator[None]:
    """SIGTERM, and a terminal that is closed, end the command as Ctrl-C does: what was begun is put away.

    A library that either of them reaches at a bad moment fails of itself: what it raises then is not the reason.
    """

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise Terminated(number)

    heard = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]  # nohup ignores one
    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    except Exception as error:
        ended = _end_behind(error)
        if ended is None:
            raise
        raise ended from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_behind(error: BaseException | None) -> BaseException | None:
    while error is not None and not isinstance(error, KeyboardInterrupt | Terminated):
        error = error.__context__
    return error


@contextmanager
def open_store(uri: str | None, *, present: bool = False) -> Iterator[Any]:
    """The store; what can go wrong with it ends the command with its message and exit 2.

    One that is not there is made, unless the command needs it to be `present`: the name may be mistyped.
    """
    from graph.errors import StoreError
    from graph.store import absent_folder, connect

    try:
        absent = absent_folder(uri)
        if absent and present:
            fail(f"there is no graph in {absent}; 'embargo load' makes one, --store or EMBARGO_STORE names another")
        with orderly(), connect(uri) as store:
            if absent:
                notice(f"there was no graph in {absent}; a new one was made")
            yield store
    except StoreError as error:
        fail(str(error))


@contextmanager
def open_graph(uri: str | None) -> Iterator[Any]:
    """The store of a graph that is only read, and thus stays in its form: that of an earlier version is told."""
    from graph.migrations import behind

    with open_store(uri, present=True) as store:
        if behind(store):
            notice("this graph has the form of an earlier version: answers may lack something until 'embargo migrate'")
        yield store


@contextmanager
def open_output(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or the file, which takes its name once it is whole; what fails leaves an older one as it was."""
    if path is None:
        with writing(Path("standard output")):
            try:
                yield sys.stdout.buffer
                sys.stdout.buffer.flush()
            except BrokenPipeError:
                raise
            except OSError:
                discard_output()
                raise
        return
    with writing(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                yield device
            return
        whole = path.resolve()
        part = whole.with_name(f".{whole.name}.part")
        try:
            with part.open("wb") as file:
                if whole.exists():
                    whole.open("ab").close()  # one that may not be written to is not replaced either
                    shutil.copymode(whole, part)
                yield file
            part.replace(whole)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What keeps a file from being written ends the command with its name, the reason and exit 2."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror or error}; check the folder, its permissions and the disk")


def notice(text: str) -> None:
    """Tells what is odd, but no error."""
    messages.print(printable(text), style="yellow", markup=False)
