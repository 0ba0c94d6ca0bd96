"""All benches, each in a process of its own: `python -m bench [NAME …]`, or `make bench`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Bench:
    """A module of this folder that measures something."""

    name: str
    measures: str
    needs: str | None = None
    """Folder, below that of the shared data, without which there is nothing to measure; its path is the argument."""


BENCHES = (
    Bench("load", "articles a second and memory of a load into an embedded store"),
    Bench("copies", "copies of one text told from reports of one template", "data/wikipedia-current-events"),
    Bench("neighbours", "milliseconds a page of neighbours, of a hub and of a leaf"),
    Bench("writing", "what a batch of claims costs as the store fills, and the same articles again"),
    Bench("sparql", "seconds until a write shows in SPARQL, and that ASK takes beside heavy queries"),
    Bench("parser", "scores and words a second of the parser on held-out treebanks", "data/ud"),
)


def run(bench: Bench, shared: Path, articles: int) -> bool:
    """Runs one bench.

    Args:
        bench: which one.
        shared: the folder with `data/`.
        articles: how many the bench of loading takes.

    Returns:
        Whether it ended well; one that lacks its data is left out with a word, and that is well too.
    """
    print(f"== {bench.name}: {bench.measures}", flush=True)
    arguments = ["--articles", str(articles)] if bench.name == "load" else []
    if bench.needs:
        if not (shared / bench.needs).is_dir():
            print(f"left out: {shared / bench.needs} is not here; name the folder with --shared")
            return True
        arguments = [str(shared / bench.needs)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", f"bench.{bench.name}", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main() -> int:
    """Runs the benches that are asked for.

    Returns:
        0 where all ended well, else 1.
    """
    listed = "\n".join(f"  {bench.name:10} {bench.measures}" for bench in BENCHES)
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=f"{__doc__}\n\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="benches to run; by default all")
    parser.add_argument("--articles", type=int, default=1000, help="articles to load (default %(default)s)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder that holds data/")
    given = parser.parse_args()
    known = {bench.name: bench for bench in BENCHES}
    if unknown := sorted(set(given.names) - known.keys()):
        parser.error(f"there is no bench {', '.join(unknown)}; choose of {', '.join(known)}")
    chosen = [known[name] for name in given.names] or list(BENCHES)
    ended_well = [run(bench, given.shared.resolve(), given.articles) for bench in chosen]
    return 0 if all(ended_well) else 1


if __name__ == "__main__":
    sys.exit(main())
