"""Trains the reader.

    python -m dev.reader.train ENCODER OUT TRAIN.jsonl… [--dev DEV.jsonl] [--epochs 8]

ENCODER is a folder with a BERT encoder and its tokenizer.json; the files are those of `loaders.learned.dataset`.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from dev.reader.augment import Names, Raw
from dev.reader.data import Batch, Example, batches, collate, examples, read
from dev.reader.network import Reader, by_group
from loaders.catalogue import load_catalogue
from loaders.learned.relations import RELATIONS

SCORED = [i for i, r in enumerate(RELATIONS) if r.name not in ("sanctioned", "under", "expels", "strikes")]


def loss_of(model: Reader, batch: Batch) -> torch.Tensor:
    """How wrong the model is on relations, stages, assertions, and where it looks for the evidence."""
    scores, stages, assertions, look = model(batch.ids, batch.kinds, batch.attention, batch.spans, batch.pairs)
    scores, stages, assertions, look = scores.float(), stages.float(), assertions.float(), look.float()
    summed, best = by_group(scores, batch.groups, len(batch.mask))
    told = nn.functional.binary_cross_entropy_with_logits(summed, batch.wanted, reduction="none")
    loss = (told * batch.mask).sum() / max(1.0, float(batch.wanted.sum()) + 4)
    where = batch.stage >= 0
    if where.any():
        chosen = best[where]
        loss = loss + 0.4 * nn.functional.cross_entropy(stages[chosen], batch.stage[where])
        loss = loss + 0.3 * nn.functional.cross_entropy(assertions[chosen], batch.assertion[where])
        mass = [
            look[best[g, r], first : last + 1].sum().clamp(min=1e-4).log()
            for (g, r), (first, last) in batch.evidence.items()
        ]
        if mass:
            loss = loss - 0.2 * torch.stack(mass).mean()
    return loss


@torch.no_grad()
def measure(model: Reader, found: list[Example]) -> str:
    """Precision, recall and F1 over the relations between candidates that the scorer counts, at some thresholds."""
    model.eval()
    rows = []
    right_stage = right_assertion = told = 0
    for start in range(0, len(found), 16):
        batch = collate(found[start : start + 16])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores, stages, assertions, _ = model(batch.ids, batch.kinds, batch.attention, batch.spans, batch.pairs)
        summed, best = by_group(scores.float(), batch.groups, len(batch.mask))
        chance = summed.sigmoid()
        for r in SCORED:
            keep = batch.mask[:, r]
            rows += list(zip(chance[keep, r].tolist(), batch.wanted[keep, r].tolist(), strict=True))
        where = batch.stage >= 0
        chosen = best[where]
        told += len(chosen)
        right_stage += int((stages[chosen].argmax(-1) == batch.stage[where]).sum())
        right_assertion += int((assertions[chosen].argmax(-1) == batch.assertion[where]).sum())
    model.train()
    wanted = sum(w for _, w in rows)
    lines = []
    for t in (0.3, 0.4, 0.5, 0.6):
        tp = sum(w for p, w in rows if p >= t)
        got = sum(p >= t for p, _ in rows)
        precision, recall = tp / max(1, got), tp / max(1, wanted)
        lines.append(
            f"{t}: P {precision:.3f} R {recall:.3f} F {2 * precision * recall / max(1e-9, precision + recall):.3f}"
        )
    return (
        f"{' | '.join(lines)} | stage {right_stage / max(1, told):.3f} assertion {right_assertion / max(1, told):.3f}"
    )


def main() -> None:
    """Trains as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("train", type=Path, nargs="+")
    parser.add_argument("--dev", type=Path, action="append", default=[])
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--swap", type=float, default=0.6, help="share of the texts that get other names")
    parser.add_argument("--start", type=Path, help="folder of an earlier training to go on from")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    train = [raw for path in args.train for raw in read(path)]
    names = Names(load_catalogue(), train)
    # Texts that tell nothing are many; half as many as the others are enough, new ones every epoch.
    full: list[Raw] = []
    empty: list[Raw] = []
    for raw in train:
        (full if any(told["shown"] for told in raw["relations"]) else empty).append(raw)
    dev = {path.stem: examples(read(path), tokenizer) for path in args.dev}
    model = Reader(str(args.encoder))
    if args.start:
        model.load_state_dict(torch.load(args.start / "reader.pt", weights_only=True))
    heads = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    optimizer = torch.optim.AdamW(
        [{"params": model.bert.parameters(), "lr": args.rate}, {"params": heads, "lr": 5 * args.rate}],
        weight_decay=0.01,
    )
    steps = args.epochs * ((len(full) + min(len(empty), len(full) // 2)) // args.batch + 1)
    warm = max(1, steps // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    args.out.mkdir(parents=True, exist_ok=True)
    print(f"{len(full)} windows with relations, {len(empty)} without, {steps} steps", flush=True)
    for epoch in range(args.epochs):
        began, total, count = time.time(), 0.0, 0
        shown = full + rng.sample(empty, min(len(empty), len(full) // 2))
        shown = [names.swapped(raw, rng) if rng.random() < args.swap else raw for raw in shown]
        for group in batches(examples(shown, tokenizer), args.batch, rng):
            batch = collate(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            total, count = total + float(loss), count + 1
            if count % 50 == 0:
                print(f"   {count} {total / count:.3f} {time.time() - began:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: loss {total / count:.3f}, {time.time() - began:.0f} s", flush=True)
        if epoch % 2 == 1 or epoch == args.epochs - 1:
            for name, held in dev.items():
                print(f"   {name}: {measure(model, held)}", flush=True)
        torch.save(model.state_dict(), args.out / "reader.pt")


if __name__ == "__main__":
    main()
