"""Turns trained weights into the ONNX model that `loaders.learned` runs, with weights of eight bits.

python -m dev.reader.export ENCODER TRAINED FOLDER
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertConfig

from dev.reader.network import Reader

NAMES = ["ids", "kinds", "attention", "spans", "pairs"]


def main(encoder: Path, trained: Path, folder: Path) -> None:
    """Exports the trained weights.

    Args:
        encoder: folder with the encoder's configuration and tokenizer.
        trained: folder that `dev.reader.train` left.
        folder: gets `reader.onnx` and `tokenizer.json`.
    """
    config = BertConfig.from_pretrained(encoder)
    config._attn_implementation = "eager"
    model = Reader(config)
    model.load_state_dict(torch.load(trained / "reader.pt", weights_only=True))
    model.eval()
    sample = (
        torch.randint(1000, 2000, (1, 40)), torch.zeros(1, 40, dtype=torch.long), torch.ones(1, 40, dtype=torch.long),
        torch.tensor([[0, 2, 3], [0, 7, 7], [0, 11, 12]]), torch.tensor([[0, 1], [1, 2], [0, 2], [2, 2]]),
    )  # fmt: skip
    tokens, mentions, pairs = (
        torch.export.Dim(n, min=2, max=m) for n, m in (("tokens", 512), ("mentions", 96), ("pairs", 9216))
    )
    shapes = ({1: tokens}, {1: tokens}, {1: tokens}, {0: mentions}, {0: pairs})
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            model, sample, str(plain), input_names=NAMES, output_names=["relation", "stage", "assertion", "look"],
            dynamic_shapes=shapes, dynamo=True, external_data=False,
        )  # fmt: skip
        quantize_dynamic(plain, folder / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True)
    tokenizer = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
