"""Runs the parts on this machine's cores or on a Ray cluster, until all are done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loaders.document import Reject
from loaders.scale.output import Output
from loaders.scale.parts import Part, parts

if TYPE_CHECKING:
    from daft import File

TRIES = 3
"""Runs over what is missing before a run is given up: workers that were killed are replaced."""
MISSING = "install it with the group 'scale': uv pip install daft 'ray[default]'"


class ScaleError(Exception):
    """The run cannot be started, or some parts could not be done."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the output holds for this input, whichever run made it."""

    parts: int
    skipped: int
    """Parts that an earlier run had done."""
    articles: int
    claims: int
    rejected: int


def extract(
    paths: Sequence[str],
    output: str,
    *,
    ray: str | None,
    refuse: Callable[[Reject], None],
    notice: Callable[[str], None],
    progress: Callable[[int, int], None],
) -> Counts:
    """Extracts claims from files into Parquet tables; what an earlier run has done is not done again.

    Args:
        paths: files, folders, patterns; `s3://bucket/pattern` as well.
        output: folder, or `s3://bucket/folder`, that gets `articles/`, `claims/`, `rejects/` and `done/`.
        ray: address of a Ray cluster (`auto`, `HOST:PORT`, `ray://…`), or None for this machine.
        refuse: is told of paths that cannot be read; what is rejected inside of files is in `rejects/`.
        notice: is told what was skipped, and of workers that were lost.
        progress: is told how many parts of how many are done.

    Raises:
        ScaleError: Daft is not installed, or parts are missing after all tries.
    """
    workers = _runner(ray)
    target = Output(output)
    found = parts(paths, notice)
    wanted = [part for part in found if isinstance(part, Part)]
    for reject in (part for part in found if isinstance(part, Reject)):
        refuse(reject)
    done = target.done()
    skipped = sum(part.name in done for part in wanted)
    for attempt in range(TRIES):
        missing = [part for part in wanted if part.name not in done]
        if not missing:
            break
        try:
            for number, _ in enumerate(_run(missing, target.uri, workers), len(wanted) - len(missing) + 1):
                progress(number, len(wanted))
        except Exception as error:  # whatever ends a run; what its workers finished is kept
            notice(f"run {attempt + 1} broke off: {str(error).splitlines()[0][:200]}")
        done = target.done()
    left = [part for part in wanted if part.name not in done]
    if left:
        raise ScaleError(
            f"{len(left)} of {len(wanted)} parts could not be done, such as {left[0].path}; start it again"
        )
    reports = [done[part.name] for part in wanted]
    sums = {name: sum(report[name] for report in reports) for name in ("articles", "claims", "rejected")}
    return Counts(len(wanted), skipped, **sums)


def _runner(ray: str | None) -> int:
    """Chooses where Daft runs; the number of processes."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    try:
        import daft
    except ImportError as error:
        raise ScaleError(f"daft is not installed; {MISSING}") from error
    if ray is None:
        daft.set_runner_native()
        return os.cpu_count() or 1
    try:
        import ray as cluster
    except ImportError as error:
        raise ScaleError(f"ray is not installed; {MISSING}") from error
    daft.set_runner_ray(ray, noop_if_initialized=True)
    resources: dict[str, float] = cluster.cluster_resources()  # type: ignore[no-untyped-call]  # Ray has no types here
    return max(1, int(resources.get("CPU", 1)))


def _run(missing: list[Part], output: str, workers: int) -> Iterator[object]:
    import daft
    from daft import DataType
    from daft.functions import file

    report = DataType.struct({name: DataType.int64() for name in ("articles", "claims", "rejected")})

    @daft.cls(max_concurrency=min(workers, len(missing)), use_process=True)
    class Extraction:
        def __init__(self, output: str) -> None:
            from loaders.scale.worker import Worker

            self.worker = Worker(output)

        @daft.method(return_dtype=report)
        def __call__(self, path: str, content: File, number: int, of: int) -> dict[str, int]:
            return self.worker.work(Part(path, number, of), content if "://" in path else None)

    table = daft.from_pydict(
        {
            "path": [part.path for part in missing],
            "number": [part.number for part in missing],
            "of": [part.of for part in missing],
        }
    )
    table = table.with_column("content", file(table["path"])).into_batches(1)
    extraction: Any = Extraction(output)  # to mypy a call takes values; Daft's takes columns
    done = extraction(table["path"], table["content"], table["number"], table["of"])
    return iter(table.select(done.alias("report")).iter_rows())
