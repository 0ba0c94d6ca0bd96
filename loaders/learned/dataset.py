"""Annotated articles as what the reader learns from: windows of text, candidates, and the relations between them.

python -m loaders.learned.dataset OUT ITEMS GOLD [ITEMS GOLD …]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from loaders.catalogue import load_catalogue
from loaders.evaluation.names import canonical
from loaders.learned.candidates import Candidate, candidates
from loaders.learned.windows import SIZE, windows
from loaders.linking.abbreviations import names_in
from loaders.linking.gazetteer import default_gazetteer
from loaders.linking.names import Names
from loaders.linking.spans import Spans

TREATY = {"signs": "signs", "ratifies": "signs", "withdraws": "withdraws", "suspends": "withdraws",
          "violates": "violates", "complies": "complies"}  # fmt: skip
WEAPON_FRAMES = {"develop": "develops", "test": "tests", "deploy": "deploys", "use": "uses"}


def ends(frame: dict[str, Any]) -> Iterator[tuple[str, str | None, str | None]]:
    """The relations of an annotated frame: name, subject, object; ends that the frame leaves out are None."""
    kind, get = frame["frame"], frame.get
    if kind == "transfer":
        yield "acquires", get("recipient"), get("weapon")
        yield "supplies", get("supplier"), get("weapon")
        yield "arms", get("supplier"), get("recipient")
    elif kind == "sanction":
        yield "sanctions", get("sender"), get("target")
        yield "sanctioned", get("target"), get("target")
        yield "under", get("target"), get("instrument")
    elif kind == "exclude":
        yield "excludes", get("target"), get("programme")
        yield "expels", get("sender"), get("target")
    elif kind == "treaty":
        yield TREATY[frame["action"]], get("actor"), get("instrument")
    else:
        yield WEAPON_FRAMES[kind], get("actor"), get("weapon")
        if kind == "use":
            yield "strikes", get("actor"), get("target")


def examples(item: dict[str, Any], frames: list[dict[str, Any]], size: int) -> Iterator[dict[str, Any]]:
    """The windows of an annotated text, with its relations; those whose evidence stands elsewhere are not `shown`.

    A window may tell again what the evidence shows elsewhere: of such relations it is not known whether it tells them.

    Args:
        item: an annotated text: `id`, `text`, `date`.
        frames: its annotation.
        size: characters of a window at most.
    """
    text = item["text"]
    matches = names_in(text, default_gazetteer())
    names = Names(load_catalogue(), item.get("date"), matches)
    found = candidates(text, Spans(matches), names)
    for window in windows(text, found, size):
        by_name = _by_name(window.candidates)
        relations = []
        for frame in frames:
            begin = text.find(frame["evidence"])
            shown = window.start <= begin and begin + len(frame["evidence"]) <= window.end
            for relation, subject, target in ends(frame):
                for s in _meant(subject or "", by_name):
                    for o in _meant(target or "", by_name):
                        relations.append(
                            {"relation": relation, "subject": s, "object": o, "shown": shown, "stage": frame["stage"],
                             "assertion": frame["assertion"], "start": begin - window.start,
                             "end": begin + len(frame["evidence"]) - window.start}
                        )  # fmt: skip
        yield {
            "id": item["id"],
            "text": text[window.start : window.end],
            "mentions": [
                {"start": c.link.start - window.start, "end": c.link.end - window.start, "kind": int(c.kind),
                 "label": c.label, "entity": c.link.entity.id}
                for c in window.candidates
            ],
            "relations": relations,
        }  # fmt: skip


def _by_name(found: list[Candidate]) -> dict[str, list[str]]:
    """Ids of the entities by their comparable names."""
    names: dict[str, list[str]] = {}
    for candidate in found:
        ids = names.setdefault(canonical(candidate.link.entity.name), [])
        if candidate.link.entity.id not in ids:
            ids.append(candidate.link.entity.id)
    return names


def _meant(name: str, by_name: dict[str, list[str]]) -> list[str]:
    """Ids of the candidates that an annotated name means: by that name, else by another of the catalogue's for it."""
    if canonical(name) in by_name:
        return by_name[canonical(name)]
    whole = [match for match in default_gazetteer().find(name) if match.end - match.start == len(name)]
    meant = {reading.entry.id for match in whole for reading in match.readings}
    return [id for ids in by_name.values() for id in ids if id in meant]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def held_back(item: str) -> bool:
    """Whether an item is only measured on, never learned from."""
    return int(sha256(item.encode()).hexdigest(), 16) % 3 == 0


def main() -> None:
    """Writes the examples of pairs of items and gold; tells how many relations have both ends among the candidates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("sources", type=Path, nargs="+", help="items and gold, in turns")
    parser.add_argument("--size", type=int, default=SIZE, help="characters of a window at most")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--held", action="store_true", help="only items whose id holds them back for measurement")
    part.add_argument("--kept", action="store_true", help="only the others")
    given = parser.parse_args()
    told = reached = count = 0
    with given.out.open("w", encoding="utf-8") as file:
        for items, gold in zip(given.sources[::2], given.sources[1::2], strict=True):
            frames = {line["id"]: line["frames"] for line in _lines(gold)}
            for item in _lines(items):
                if item["id"] not in frames or ((given.held or given.kept) and held_back(item["id"]) != given.held):
                    continue
                told += len({end for frame in frames[item["id"]] for end in ends(frame) if all(end)})
                for example in examples(item, frames[item["id"]], given.size):
                    count += 1
                    shown = [r for r in example["relations"] if r["shown"]]
                    reached += len({(r["relation"], r["subject"], r["object"]) for r in shown})
                    file.write(json.dumps(example, ensure_ascii=False) + "\n")
    print(f"{count:,} windows, {told:,} relations told, {reached:,} between candidates", file=sys.stderr)


if __name__ == "__main__":
    main()
