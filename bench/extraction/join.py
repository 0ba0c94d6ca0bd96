"""Joins the labels with the texts of the corpus: `python bench/extraction/join.py CORPUS FOLDER [--part test]`.

Writes items.jsonl, gold.jsonl and second_pass.jsonl into FOLDER; see README.md beside this file. `--labels dense.jsonl`
and `--labels reports.jsonl` take texts that were read once, to train on.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
PARTS = ("all", "train", "test")
KEPT = ("id", "date", "text", "sources")

Record = dict[str, Any]
Part = Literal["all", "train", "test"]


class JoinError(ValueError):
    """The corpus is not the one that was annotated; the message says where and what to do."""


def is_test(item: str) -> bool:
    """Whether an item belongs to the test part, from which no rule is written."""
    return int(hashlib.sha256(f"embargo-test:{item}".encode()).hexdigest(), 16) % 5 == 0


def labels(name: str = "labels.jsonl", part: Part = "all") -> list[Record]:
    """The records of labels.jsonl or second.jsonl, of one part or of all."""
    records = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return [record for record in records if part == "all" or is_test(record["id"]) == (part == "test")]


def join(corpus: Path, folder: Path, part: Part = "all", name: str = "labels.jsonl") -> int:
    """Writes the items and frames of a part in the layout of the other annotated sets.

    Args:
        corpus: JSON Lines with `id`, `date`, `text`, plain or gzipped.
        folder: gets items.jsonl, gold.jsonl (first readings) and second_pass.jsonl (the second reading where there
            is one, else the first again).
        part: which labels.
        name: file of the first readings.

    Returns:
        How many items were written.

    Raises:
        JoinError: where an item is missing in the corpus, or its text is not the one that was read.
    """
    gold = labels(name, part)
    second = {record["id"]: record for record in labels("second.jsonl", part)}
    items = _items(corpus, {record["id"] for record in gold})
    for record in gold:
        item = items.get(record["id"])
        if item is None:
            raise JoinError(f"{corpus} has no item {record['id']}; take the corpus that README.md names")
        if hashlib.sha256(item["text"].encode()).hexdigest()[:12] != record["text_sha256"]:
            raise JoinError(f"{corpus} has another text for {record['id']}; take the corpus that README.md names")
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "items.jsonl", [items[record["id"]] for record in gold])
    _write(folder / "gold.jsonl", [_quoted(record, items) for record in gold])
    _write(folder / "second_pass.jsonl", [_quoted(second.get(record["id"], record), items) for record in gold])
    return len(gold)


def _items(corpus: Path, wanted: set[str]) -> dict[str, Record]:
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8") as file:
        records = (json.loads(line) for line in file if line.strip())
        return {r["id"]: {key: r[key] for key in KEPT if r.get(key)} for r in records if r["id"] in wanted}


def _quoted(record: Record, items: dict[str, Record]) -> Record:
    text = items[record["id"]]["text"]
    return {"id": record["id"], "frames": [_with_evidence(frame, text) for frame in record["frames"]]}


def _with_evidence(frame: Record, text: str) -> Record:
    roles = {name: value for name, value in frame.items() if name not in ("start", "end")}
    return {**roles, "evidence": text[frame["start"] : frame["end"]]}


def _write(path: Path, records: list[Record]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path, help="the corpus' file, .jsonl or .jsonl.gz")
    arguments.add_argument("folder", type=Path, help="where the joined files go")
    arguments.add_argument("--part", choices=PARTS, default="all")
    arguments.add_argument("--labels", choices=("labels.jsonl", "dense.jsonl", "reports.jsonl"), default="labels.jsonl")
    given = arguments.parse_args()
    try:
        count = join(given.corpus, given.folder, given.part, given.labels)
    except (OSError, JoinError) as error:
        arguments.error(str(error))
    print(f"{count:,} items in {given.folder}")


if __name__ == "__main__":
    main()
