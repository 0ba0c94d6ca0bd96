"""Jobs that load articles: each is a folder on disk, whole before it is acknowledged, so that none is lost.

<id>/job.json          what was sent, written once
<id>/input.ndjson      an article a line; gone once the job is done
<id>/progress.json     how far it is, replaced after every batch
<id>/rejects.jsonl     what could not be loaded, and why
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal
from uuid import uuid4

from pydantic import BaseModel, Field

from graph.clock import now
from graph.files import placed, sync_folder

INPUT, JOB, PROGRESS, REJECTS = "input.ndjson", "job.json", "progress.json", "rejects.jsonl"
INCOMING = ".incoming-"
KEPT_SECONDS = 7 * 24 * 3600
"""How long a finished job can be asked for, and its key is remembered."""
ABANDONED_SECONDS = 3600
"""Age of input that was never acknowledged, after which it is removed."""
SHOWN = 1000
"""Rejects and ids of articles that a job tells."""


class KeyReusedError(Exception):
    """The idempotency key was used before, for something else."""


class NothingSentError(Exception):
    """There is not one article in the input."""


class JobReject(BaseModel):
    """An article that was not loaded."""

    line: int = Field(description="Its line in the input, or its place in the list, from 1.", examples=[3])
    id: str | None = Field(description="The input's own id.", examples=["wire-4711"])
    reason: str = Field(description="Why.", examples=["date: '31 February 2017' is no date"])
    remedy: str = Field(description="What to do about it.", examples=["correct it and post it again"])


class JobCounts(BaseModel):
    """What a job has done so far."""

    new: int = Field(0, description="Articles that were not known.", examples=[40])
    updated: int = Field(0, description="Known articles that are now in a later version.", examples=[1])
    known: int = Field(0, description="Articles that changed nothing.", examples=[8])
    forgotten: int = Field(
        0, examples=[1],
        description="Of the updated and known ones, those that were taken back (`DELETE`, `embargo forget`): none of "
        "their claims counts.",
    )  # fmt: skip
    rejected: int = Field(0, description="Articles that were not loaded.", examples=[1])
    claims_new: int = Field(0, description="Claims read that were not known, and count.", examples=[120])
    claims_retired: int = Field(0, description="Known claims that count no longer.", examples=[2])

    def __add__(self, other: JobCounts) -> JobCounts:
        """The counts of both."""
        return JobCounts(**{name: getattr(self, name) + getattr(other, name) for name in JobCounts.model_fields})


State = Literal["queued", "running", "done", "failed"]


class Progress(BaseModel):
    """How far a job is."""

    state: State = Field(
        "queued",
        description="`failed`: the service met an error that its log tells; it tries again when it is started next.",
        examples=["done"],
    )
    done: int = Field(0, description="Articles that have been looked at.", examples=[50])
    counts: JobCounts = Field(JobCounts(), description="What came of them.", examples=[JobCounts(new=1)])
    articles: list[str] = Field(
        [], description="Ids of the articles stored or known, in the order of the input; the first 1000.",
        examples=[["6f96311dd925b9a7"]],
    )  # fmt: skip
    finished: str | None = Field(None, description="When it ended.", examples=["2026-11-25T08:00:09+00:00"])


class Job(Progress):
    """A job that loads articles."""

    id: str = Field(description="Its id.", examples=["8a2c3e0f11d94b57a0c1d2e3"])
    created: str = Field(description="When it was accepted.", examples=["2026-11-25T08:00:00+00:00"])
    total: int = Field(description="Articles sent.", examples=[50])
    rejects: list[JobReject] = Field(description="What was not loaded, the first 1000.", examples=[[]])


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written down of a job when it was accepted."""

    id: str
    created: str
    total: int
    sha256: str


class Incoming:
    """Input that is being received; nothing of it counts before `accept`."""

    def __init__(self, folder: Path) -> None:
        """Makes a place for it.

        Raises:
            OSError: the disk will not take it.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._home, self._folder = folder, folder / f"{INCOMING}{uuid4().hex}"
        self._folder.mkdir()
        self._file: BinaryIO = (self._folder / INPUT).open("wb")
        self._sha256 = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Takes the next bytes."""
        self._file.write(piece)
        self._sha256.update(piece)

    def accept(self, key: str | None) -> str:
        """Makes it a job; when this returns, the job is on disk.

        Args:
            key: tells a repeated request; None: none is.

        Returns:
            The job's id: of the first one, where this was sent before.

        Raises:
            KeyReusedError: the key came with something else before.
            NothingSentError: no line holds anything.
        """
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        with (self._folder / INPUT).open("rb") as lines:
            total = sum(bool(line.strip()) for line in lines)
        if not total:
            raise NothingSentError("there is no article in the body; send one a line")
        id = hashlib.sha256(key.encode()).hexdigest()[:24] if key else uuid4().hex[:24]
        sha256 = self._sha256.hexdigest()
        told = {"id": id, "created": now(), "total": total, "sha256": sha256}
        _put(self._folder / JOB, json.dumps(told))
        try:
            self._folder.rename(self._home / id)
        except OSError:
            known = _accepted(self._home / id)
            self.drop()
            if known is None:
                raise
            if known.sha256 != sha256:
                raise KeyReusedError("this Idempotency-Key came with another body before; use a new one") from None
            return id
        sync_folder(self._home)
        return id

    def drop(self) -> None:
        """Forgets all of it."""
        self._file.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Work:
    """A job as the one who does it sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.id = folder, folder.name
        self.progress = _progress(folder)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """The articles that have not been looked at, with the numbers of their lines from 1."""
        with (self.folder / INPUT).open("rb") as file:
            filled = ((number, line) for number, line in enumerate(file, 1) if line.strip())
            yield from islice(filled, self.progress.done, None)

    def save(self, progress: Progress, rejects: list[JobReject]) -> None:
        """Keeps how far it is, and what was rejected since the last time."""
        if rejects:
            known = list(_rejects(self.folder, self.progress.counts.rejected))
            _put(self.folder / REJECTS, "".join(f"{reject.model_dump_json()}\n" for reject in known + rejects))
        self.progress = progress
        _put(self.folder / PROGRESS, progress.model_dump_json())
        if progress.state == "done":
            (self.folder / INPUT).unlink()


def read(folder: Path, id: str) -> Job | None:
    """The job with this id; None where there is none."""
    home = folder / id
    known = _accepted(home)
    if known is None:
        return None
    progress = _progress(home)
    rejects = list(_rejects(home, min(SHOWN, progress.counts.rejected)))
    return Job(id=known.id, created=known.created, total=known.total, rejects=rejects, **dict(progress))


def waiting(folder: Path) -> list[Path]:
    """Folders of the jobs that are not done, the oldest first; removes what nobody will ask for any more."""
    found = []
    for home in folder.iterdir() if folder.is_dir() else ():
        if not home.is_dir():
            continue  # nothing of ours
        accepted = _accepted(home)
        if accepted and not home.name.startswith(INCOMING) and (home / INPUT).exists():
            found.append((accepted.created, home))
        elif _age(home) > (ABANDONED_SECONDS if home.name.startswith(INCOMING) else KEPT_SECONDS):
            shutil.rmtree(home, ignore_errors=True)
    return [home for _, home in sorted(found)]


def _age(home: Path) -> float:
    """Seconds since anything in a folder was made or replaced; 0 where it has just gone."""
    try:
        return time.time() - home.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _accepted(home: Path) -> Accepted | None:
    try:
        return Accepted(**json.loads((home / JOB).read_text("utf-8")))
    except FileNotFoundError:
        return None


def _progress(home: Path) -> Progress:
    try:
        return Progress.model_validate_json((home / PROGRESS).read_text("utf-8"))
    except FileNotFoundError:
        return Progress()


def _rejects(home: Path, count: int) -> Iterator[JobReject]:
    """So many of the first; one that was written just before the service was killed is written again."""
    if count:
        with (home / REJECTS).open(encoding="utf-8") as lines:
            yield from (JobReject.model_validate_json(line) for line in islice(lines, count))


def _put(path: Path, text: str) -> None:
    with placed(path, durable=True) as file:
        file.write(text.encode())
