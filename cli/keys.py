"""`embargo keys`: makes, lists and revokes the keys of the query service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from cli.common import app, fail, messages

keys = typer.Typer(
    help="Make, list and revoke the keys that writing and Cypher over HTTP need. A running service takes note at once.",
    no_args_is_help=True,
)
app.add_typer(keys, name="keys")
FileOption = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="Where the keys are kept; default EMBARGO_KEYS.")
]


@contextmanager
def _ring(file: Path | None) -> Iterator[Any]:
    """The keys; what can go wrong with them ends the command with its message and exit 2."""
    from api.keys import KeyFileError, KeyRing
    from api.settings import api_settings

    try:
        yield KeyRing(file or api_settings().keys)
    except (KeyFileError, ValueError) as error:
        fail(str(error))


@keys.command()
def make(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    scope: Annotated[
        list[str], typer.Option("--scope", "-s", help="read, write, cypher or admin; several as -s write -s cypher.")
    ],
    file: FileOption = None,
) -> None:
    """Make a key and print it. It is shown this once: only its hash is kept.

    Example: embargo keys make newsroom --scope write
    """
    from api.keys import SCOPES

    wrong = [word for word in scope if word not in SCOPES]
    if wrong:
        fail(f"there is no scope '{wrong[0]}'; choose of {', '.join(SCOPES)}")
    with _ring(file) as ring:
        key, secret = ring.make(name, scope)
    messages.print(f"key {key.id} of {key.name}: {', '.join(key.scopes)}", markup=False)
    print(secret)


@keys.command("list")
def list_keys(file: FileOption = None) -> None:
    """List all keys, without what only their holders know."""
    with _ring(file) as ring:
        kept = ring.all()
    table = Table("id", "name", "scopes", "created", "revoked", header_style="bold")
    for key in kept:
        table.add_row(key.id, key.name, " ".join(key.scopes), key.created, key.revoked or "")
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = 200
    console.print(table)


@keys.command()
def revoke(id: Annotated[str, typer.Argument(help="The key's id, as list shows it.")], file: FileOption = None) -> None:
    """End a key, for good."""
    with _ring(file) as ring:
        try:
            key = ring.revoke(id)
        except LookupError:
            fail(f"no key has the id '{id}'; 'embargo keys list' shows all")
    print(f"key {key.id} of {key.name} revoked {key.revoked}")
