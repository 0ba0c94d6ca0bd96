"""How long the named queries take, each with the examples of its parameters: `python -m bench.questions --store URI`.

The store should hold the corpus of `bench.corpus`: `python -m bench.writing CLAIMS --store URI` fills it. Every query
is asked with all examples that narrow it to an actor, weapon or instrument, and once more with none where none is
required, over the whole graph. The first answer, for which the store makes its plan, is not counted. Seconds are those
of the clock, then those of the processor, which say more where other programs run: of this process, and so of an
embedded store, and of a Neo4j on this machine where `--pid` names its process. An answer is late where both are over
the limit; one that takes far longer is asked for once.
"""

from __future__ import annotations

import argparse
import statistics
from itertools import pairwise

from neo4j.exceptions import TransientError

from bench.spent import Spent, spent
from graph.errors import QueryTimeoutError
from graph.store import Store, connect
from queries.header import Header
from queries.parameters import ParameterError, Value
from queries.reader import stored_queries
from queries.runner import run

NARROWING = ("actor", "weapon", "instrument", "entity", "actors", "weapons")
RUNS = 3
"""Answers that are counted."""
LIMITS = {"bound": 0.2, "whole": 5.0}
"""Seconds that an answer may take."""


def asked(header: Header) -> dict[str, dict[str, Value]]:
    """Parameters to ask with: `bound` to the examples that narrow, `whole` without any."""
    narrowing = {p.name: p.example for p in header.parameters if p.type in NARROWING}
    required = {p.name: p.example for p in header.needed()}
    ways: dict[str, dict[str, Value]] = {"bound": {**narrowing, **required}} if narrowing else {}
    if not required:
        ways["whole"] = {}
    return ways or {"bound": required}


def seconds(store: Store, name: str, params: dict[str, Value], server: int | None) -> tuple[Spent | None, str]:
    """What an answer takes, the median of several, and how many rows came; or None and why there is none.

    Args:
        store: the graph.
        name: name of the query.
        params: its parameters.
        server: process id of the store's server.
    """
    marks, rows = [spent(server)], 0
    for _ in range(RUNS + 1):
        try:
            rows = len(run(store, name, params).rows)
        except QueryTimeoutError:
            return None, "stopped"
        except (LookupError, ParameterError) as error:
            return None, f"not asked: {error}"
        except TransientError as error:
            return None, f"failed: {error.code}"
        marks.append(spent(server))
        if min(first := marks[1].since(marks[0])) > max(LIMITS.values()):
            return first, f"{rows:,}"
    taken = [after.since(before) for before, after in pairwise(marks)][1:]
    return Spent(*(statistics.median(column) for column in zip(*taken, strict=True))), f"{rows:,}"


def main() -> None:
    """Asks every query and prints a line for each, as the answers come."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", metavar="URI", required=True)
    parser.add_argument("--pid", type=int, help="process id of the server of --store")
    parser.add_argument("names", nargs="*", metavar="QUERY")
    given = parser.parse_args()
    print(f"{'query':28}{'asked':8}{'rows':>8}{'clock':>10}{'processor':>10}")
    with connect(given.store) as store:
        for name, query in sorted(stored_queries().items()):
            if given.names and name not in given.names:
                continue
            for way, params in asked(query.header).items():
                took, came = seconds(store, name, params, given.pid)
                if took is None:
                    print(f"{name:28}{way:8}{came}", flush=True)
                    continue
                late = "  late" if min(took) > LIMITS[way] else ""
                print(f"{name:28}{way:8}{came:>8}{took.clock:10.3f}{took.processor:10.3f}{late}", flush=True)


if __name__ == "__main__":
    main()
