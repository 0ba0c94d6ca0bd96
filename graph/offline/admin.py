"""Runs Neo4j's own import tool on the files."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from graph.offline.files import ARGUMENTS

SHOWN = 2000
"""Characters of what the tool said last that an error holds."""


class AdminError(RuntimeError):
    """The tool cannot be run, or it failed; the message says why and what to do."""


def command(admin: str, database: str, *, overwrite: bool) -> list[str]:
    """What makes the database, to be run in the folder of the files.

    Args:
        admin: the tool.
        database: name of the database.
        overwrite: whether it may take the place of one that is there.
    """
    replacing = ["--overwrite-destination"] if overwrite else []
    return [admin, "database", "import", "full", database, *replacing, f"@{ARGUMENTS}"]


def shown(folder: Path, told: Sequence[str]) -> str:
    """The same for people to type."""
    return f"cd {shlex.quote(str(folder))} && {shlex.join(told)}"


def run(folder: Path, told: Sequence[str]) -> None:
    """Runs it; what it says goes to the file `neo4j-admin.log` of the folder.

    Raises:
        AdminError: there is no such tool, or it failed.
    """
    admin = which(told[0])
    if admin is None:
        raise AdminError(f"there is no program '{told[0]}'; the files are whole, so run:\n  {shown(folder, told)}")
    log = folder / "neo4j-admin.log"
    absolute = [str(Path(admin).absolute()), *told[1:]]
    with log.open("wb") as output:
        status = subprocess.run(
            absolute, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        ).returncode
    if status:
        said = log.read_text(encoding="utf-8", errors="replace").strip()[-SHOWN:]
        raise AdminError(
            f"{said}\n{told[0]} failed: stop the server first; --overwrite replaces a database that is there. "
            f"The files are whole; to try again:\n  {shown(folder, absolute)}"
        )
