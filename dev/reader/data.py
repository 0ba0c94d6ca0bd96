"""Examples as tensors."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from loaders.learned.encoding import ASSERTIONS, STAGES, Encoded, encode, pairs
from loaders.learned.relations import RELATIONS

INDEX = {relation.name: i for i, relation in enumerate(RELATIONS)}


@dataclass
class Example:
    """One window: its encoding, its pairs and what is told of them."""

    id: str
    encoded: Encoded
    pairs: list[tuple[int, int]]
    """Indices of mentions: subject, object."""
    groups: list[int]
    """Of each pair, which pair of entities it belongs to."""
    mask: torch.Tensor
    """Groups × relations: what the labels allow and is known."""
    wanted: torch.Tensor
    """Groups × relations: 1 where it is told."""
    stage: torch.Tensor
    """Groups × relations: index of the stage, -1 where nothing is told."""
    assertion: torch.Tensor
    evidence: dict[tuple[int, int], tuple[int, int]]
    """By group and relation: first and last token (included) of the evidence."""


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a file that `loaders.learned.dataset` wrote."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def examples(raws: Iterable[dict[str, Any]], tokenizer: Tokenizer) -> list[Example]:
    """The examples of such lines; windows without any pair are left out."""
    return [example for raw in raws if (example := _example(raw, tokenizer)) is not None]


def _example(raw: dict[str, Any], tokenizer: Tokenizer) -> Example | None:
    mentions = [(m["start"], m["end"], m["kind"], m["label"], m["entity"]) for m in raw["mentions"]]
    encoded = encode(tokenizer, raw["text"], mentions)
    grouped = pairs(encoded)
    if not grouped.pairs:
        return None
    shape = (len(grouped.keys), len(RELATIONS))
    wanted = torch.zeros(shape)
    stage = torch.full(shape, -1, dtype=torch.long)
    assertion = torch.full(shape, -1, dtype=torch.long)
    evidence: dict[tuple[int, int], tuple[int, int]] = {}
    index = {key: i for i, key in enumerate(grouped.keys)}
    mask = torch.tensor(grouped.mask)
    for told in sorted(raw["relations"], key=lambda told: told["shown"]):
        group = index.get((told["subject"], told["object"]))
        relation = INDEX[told["relation"]]
        if group is None or not grouped.mask[group][relation]:
            continue
        mask[group, relation] = told["shown"]
        if not told["shown"]:
            continue
        wanted[group, relation] = 1
        stage[group, relation] = STAGES.index(told["stage"])
        assertion[group, relation] = ASSERTIONS.index(told["assertion"])
        tokens = [t for t, (a, b) in enumerate(encoded.offsets) if a < told["end"] and told["start"] < b and b > a]
        if tokens:
            evidence[group, relation] = (tokens[0], tokens[-1])
    return Example(raw["id"], encoded, grouped.pairs, grouped.groups, mask, wanted, stage, assertion, evidence)


@dataclass
class Batch:
    """Examples side by side."""

    ids: torch.Tensor
    kinds: torch.Tensor
    attention: torch.Tensor
    spans: torch.Tensor
    """Mentions × 3: example, first token, last token (included)."""
    pairs: torch.Tensor
    """Pairs × 2: indices of mentions."""
    groups: torch.Tensor
    mask: torch.Tensor
    wanted: torch.Tensor
    stage: torch.Tensor
    assertion: torch.Tensor
    evidence: dict[tuple[int, int], tuple[int, int]]


def collate(examples: list[Example]) -> Batch:
    """Puts examples side by side; indices of mentions, groups and evidence move along."""
    length = max(len(e.encoded.ids) for e in examples)
    ids = torch.zeros(len(examples), length, dtype=torch.long)
    kinds = torch.zeros_like(ids)
    attention = torch.zeros_like(ids)
    spans: list[tuple[int, int, int]] = []
    pair_list: list[tuple[int, int]] = []
    group_list: list[int] = []
    evidence: dict[tuple[int, int], tuple[int, int]] = {}
    groups = 0
    for row, e in enumerate(examples):
        n = len(e.encoded.ids)
        ids[row, :n] = torch.tensor(e.encoded.ids)
        kinds[row, :n] = torch.tensor(e.encoded.kinds)
        attention[row, :n] = 1
        first = len(spans)
        spans += [(row, a, b) for a, b in e.encoded.spans]
        pair_list += [(first + s, first + o) for s, o in e.pairs]
        group_list += [groups + g for g in e.groups]
        evidence |= {(groups + g, r): span for (g, r), span in e.evidence.items()}
        groups += len(e.mask)

    def joined(name: str) -> torch.Tensor:
        return torch.cat([getattr(e, name) for e in examples])

    return Batch(ids, kinds, attention, torch.tensor(spans), torch.tensor(pair_list), torch.tensor(group_list),
                 joined("mask"), joined("wanted"), joined("stage"), joined("assertion"), evidence)  # fmt: skip


def batches(examples: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Examples of like length together, in random order."""
    order = sorted(examples, key=lambda e: len(e.encoded.ids) + rng.random() * 20)
    found = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(found)
    return found
