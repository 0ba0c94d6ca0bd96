"""How long the named queries take, each with the examples of its parameters: `python -m bench.questions --store URI`.

The store should hold the corpus of `bench.corpus`: `python -m bench.writing CLAIMS --store URI` fills it. Every query
is asked with all examples that narrow it to an actor, weapon or instrument, and once more with none where none is
required, over the whole graph. The first answer, for which the store makes its plan, is not counted. Seconds are those
of the clock, then those of this process, and so of an embedded store: they say more where other programs run.
"""

from __future__ import annotations

import argparse
import statistics
import time

from graph.errors import QueryTimeoutError
from graph.store import Store, connect
from queries.header import Parameter
from queries.parameters import ParameterError, Value
from queries.reader import stored_queries
from queries.runner import parameters_of, run

NARROWING = ("actor", "weapon", "instrument", "entity", "actors", "weapons")
RUNS = 3
LIMITS = {"bound": 0.2, "whole": 5.0}
"""Seconds that an answer may take."""


def asked(parameters: list[Parameter]) -> dict[str, dict[str, Value]]:
    """Parameters to ask with: `bound` to the examples that narrow, `whole` without any."""
    narrowing = {p.name: p.example for p in parameters if p.type in NARROWING}
    required = {p.name: p.example for p in parameters if p.required}
    ways: dict[str, dict[str, Value]] = {"bound": {**narrowing, **required}} if narrowing else {}
    if not required:
        ways["whole"] = {}
    return ways or {"bound": required}


def seconds(store: Store, name: str, params: dict[str, Value]) -> tuple[tuple[float, float] | None, str]:
    """Median seconds of an answer, of the clock and of this process, and what came; or None and why there is none."""
    taken: list[tuple[float, float]] = []
    rows = 0
    for _ in range(RUNS + 1):
        begun, used = time.perf_counter(), time.process_time()
        try:
            rows = len(run(store, name, params).rows)
        except QueryTimeoutError:
            return None, "stopped"
        except (LookupError, ParameterError) as error:
            return None, f"not asked: {error}"
        taken.append((time.perf_counter() - begun, time.process_time() - used))
    clock, processor = (statistics.median(column) for column in zip(*taken[1:], strict=True))
    return (clock, processor), f"{rows:,}"


def main() -> None:
    """Asks every query and prints a line for each, as the answers come."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", metavar="URI", required=True)
    parser.add_argument("names", nargs="*", metavar="QUERY")
    given = parser.parse_args()
    print(f"{'query':28}{'asked':8}{'rows':>8}{'clock':>10}{'process':>10}")
    with connect(given.store) as store:
        for name, query in sorted(stored_queries().items()):
            if given.names and name not in given.names:
                continue
            for way, params in asked(parameters_of(query)).items():
                took, came = seconds(store, name, params)
                if took is None:
                    print(f"{name:28}{way:8}{came}", flush=True)
                    continue
                late = "  late" if took[0] > LIMITS[way] else ""
                print(f"{name:28}{way:8}{came:>8}{took[0]:10.3f}{took[1]:10.3f}{late}", flush=True)


if __name__ == "__main__":
    main()
