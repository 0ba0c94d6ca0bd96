"""A graph as large as one wants, out of a small one: `python -m bench.repeated FOLDER TIMES -o LARGER`.

FOLDER is what `embargo import` wrote of a corpus of `bench.corpus`. LARGER has the same files with every article,
claim, episode and plain edge so many times, each time under other ids and some years later; entities, and so the skew,
stay. It makes in minutes what an import would take hours for, to ask `bench.questions` of. It is not what a load would
leave: a deal never goes on from one time to the next. `neo4j-admin` takes the folder as any other.
"""

from __future__ import annotations

import argparse
import re
import shutil
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from graph.model import FACTS, REPORTING, ROLES
from graph.offline.files import ARGUMENTS

APART_DAYS = 800
"""From one time to the next: more than 100,000 claims of the corpus span, so no two episodes get one id."""
OURS = {"Article", "Claim", "Episode", "Spoke", "Sketch"}
REPEATED = OURS | {kind.type for kind in (*REPORTING, *ROLES, *FACTS)}
ID_OR_DAY = re.compile(r'"(?P<id>[0-9a-f]{16}|[0-9a-f]{20})"|(?P<day>\d{4}-\d\d-\d\d)(?=["/\t])')
"""Ids of articles and claims are quoted; days also stand in ids of episodes."""
LETTERS = "ghijklmnopqrstuvwxyz"
"""One takes the place of an id's first digit: no digit, so that no id is made twice."""


def again(text: str, number: int) -> str:
    """Rows of a file with the ids and days of their so many-th repetition."""

    @cache
    def later(day: str) -> str:
        return (date.fromisoformat(day) + timedelta(days=number * APART_DAYS)).isoformat()

    def other(match: re.Match[str]) -> str:
        return f'"{LETTERS[number]}{match["id"][1:]}"' if match["id"] else later(match["day"])

    return ID_OR_DAY.sub(other, text)


def repeat(folder: Path, times: int, larger: Path) -> None:
    """Writes the files of the larger graph.

    Args:
        folder: files of the small one.
        times: how often, at most 20.
        larger: is made.
    """
    larger.mkdir()
    shutil.copy(folder / ARGUMENTS, larger)
    for path in sorted(folder.glob("*.csv")):
        header, _, rows = path.read_text(encoding="utf-8").partition("\n")
        kind = path.stem.partition("-")[0]
        with (larger / path.name).open("w", encoding="utf-8", newline="\n") as out:
            out.write(f"{header}\n{rows}")
            for number in range(1, times if kind in REPEATED else 1):
                out.write(again(rows, number))


def main() -> None:
    """Reads the arguments and writes the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("times", type=int, choices=range(2, len(LETTERS) + 1), metavar="TIMES")
    parser.add_argument("--output", "-o", type=Path, required=True, metavar="FOLDER", help="is made")
    given = parser.parse_args()
    repeat(given.folder, given.times, given.output)


if __name__ == "__main__":
    main()
