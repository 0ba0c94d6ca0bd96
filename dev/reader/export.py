"""Turns trained weights into the ONNX model that `loaders.learned` runs, its weights kept in eight bits.

Only the file is packed so: the model computes with floats. Were activations rounded to eight bits too, the last bits
of a sum, which differ from one kind of processor to the next, would grow into other claims.

python -m dev.reader.export ENCODER TRAINED FOLDER
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from transformers import BertConfig

from dev.reader.network import Reader

UNITS = {"MatMul": 1, "Gemm": 0, "Gather": 0}
"""Which axis of a matrix counts the units of its layer, by what uses it; of a table that is looked up, the words."""
SMALL = 100_000
"""Numbers of a matrix that is left as it is."""
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
        onnx.save(_packed(onnx.load(plain)), folder / "reader.onnx")
    tokenizer = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


def _packed(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with each large matrix in eight bits, a scale for each unit, and back in floats where it is used."""
    graph = model.graph
    used_by = {name: node for node in graph.node for name in node.input}
    unpacked = []
    for value in [v for v in graph.initializer if len(v.dims) == 2 and v.dims[0] * v.dims[1] > SMALL]:
        weights = numpy_helper.to_array(value)
        axis = UNITS[used_by[value.name].op_type]
        scale = (np.abs(weights).max(axis=1 - axis) / 127).clip(1e-12)
        whole = np.rint(weights / np.expand_dims(scale, 1 - axis)).astype(np.int8)
        graph.initializer.remove(value)
        graph.initializer.extend(
            numpy_helper.from_array(array, f"{value.name}_{part}")
            for part, array in (("quantized", whole), ("scale", scale.astype(np.float32)))
        )
        unpacked.append(
            helper.make_node(
                "DequantizeLinear", [f"{value.name}_quantized", f"{value.name}_scale"], [value.name], axis=axis
            )
        )
    for node in reversed(unpacked):
        graph.node.insert(0, node)
    return model


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
