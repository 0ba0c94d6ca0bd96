"""What it costs to write claims, and whether that grows with the graph: `python -m bench.writing [CLAIMS]`.

Writes the corpus of `bench.corpus` in batches, episodes and plain edges included, and prints what
batches cost as the store fills, then what the same articles cost a second time. With `--held` it goes on in a store
that holds the beginning of the corpus already, which `embargo import` can have made. Seconds of the processor say more
than those of the clock where other programs run. Those of a Neo4j on this machine are counted where `--pid` names its
process.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.console import Console
from rich.table import Table

from bench.corpus import EXTRACTOR, VERSION, Told, batches, corpus
from bench.spent import Spent, spent
from graph.reference import load_reference
from graph.store import Store, connect
from graph.writer import Writer
from loaders.catalogue import load_catalogue
from loaders.reference import reference_rows

ROWS = 10


def fill(store: Store, some: Sequence[list[Told]], server: int | None) -> list[Spent]:
    """Writes batches; returns what had been spent before the first and after each."""
    catalogue = load_catalogue()
    writer = Writer(store, {EXTRACTOR: VERSION})
    load_reference(store, *reference_rows(catalogue), catalogue.version)
    marks = [spent(server)]
    for batch in some:
        writer.write(batch)
        marks.append(spent(server))
    return marks


def following(held: int, articles: Iterator[Told]) -> Iterator[Told]:
    """The articles that follow those with so many claims."""
    for article, told in articles:
        if held <= 0:
            yield article, told
        held -= len(told)


def main() -> None:
    """Reads the arguments, fills the store and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=int, nargs="?", default=10_000)
    parser.add_argument("--batch", type=int, default=1000, help="claims a batch; %(default)s if not given")
    parser.add_argument("--held", type=int, default=0, help="so many claims of the corpus are in the store already")
    parser.add_argument("--store", metavar="URI", help="an empty store; else an embedded one in a temporary folder")
    parser.add_argument("--pid", type=int, help="process id of the server of --store")
    given = parser.parse_args()
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory() as folder, connect(given.store or f"embedded:{folder}/store") as store:
        some = list(batches(following(given.held, corpus(given.held + given.claims)), given.batch))
        marks = fill(store, some, given.pid)
        table = Table("batch", "clock s", "processor s", title=f"{given.claims:,} claims, {given.batch:,} a batch")
        for number, (before, after) in enumerate(pairwise(marks), 1):
            if number % max(1, len(some) // ROWS) == 0 or number == 1:
                one = after.since(before)
                table.add_row(f"{number:,}", f"{one.clock:.2f}", f"{one.processor:.2f}")
        console.print(table)
        whole = marks[-1].since(marks[0])
        again = fill(store, some, given.pid)
        second = again[-1].since(again[0])
    console.print(f"first load: {whole.clock:.1f} s, {whole.processor:.1f} s of processors, "
                  f"{given.claims / whole.processor:,.0f} claims a second of them")  # fmt: skip
    console.print(f"the same again: {second.clock:.1f} s, {second.processor:.1f} s of processors, "
                  f"{whole.processor / second.processor:.0f} times less")  # fmt: skip


if __name__ == "__main__":
    main()
