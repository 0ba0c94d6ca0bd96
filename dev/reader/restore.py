"""Turns the project's eight-bit model back into weights from which training can go on.

python -m dev.reader.restore MODEL FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from dev.reader.network import Reader

CONFIG = {"num_hidden_layers": 12, "hidden_size": 384, "num_attention_heads": 12, "intermediate_size": 1536}
"""Of the encoder e5-small-v2; the rest is as in every BERT."""
STEPS = 6
"""Operations between a product of eight bits and the sum with its bias."""


def main(model: Path, folder: Path) -> None:
    """Restores the weights.

    Args:
        model: folder with `reader.onnx` and `tokenizer.json`.
        folder: gets `reader.pt`, for `dev.reader.train --start`, and `encoder`, its configuration and tokenizer.
    """
    config = BertConfig(**CONFIG)
    BertModel(config, add_pooling_layer=False).save_pretrained(folder / "encoder")
    shutil.copy(model / "tokenizer.json", folder / "encoder")
    config._attn_implementation = "eager"
    reader = Reader(config)
    reader.load_state_dict(_weights(onnx.load(model / "reader.onnx").graph, set(reader.state_dict())))
    torch.save(reader.state_dict(), folder / "reader.pt")


def _weights(graph: Any, names: set[str]) -> dict[str, torch.Tensor]:
    values = {value.name: numpy_helper.to_array(value) for value in graph.initializer}
    users = {name: node for node in reversed(graph.node) for name in node.input}
    found = {name: torch.tensor(values[name]) for name in names if name in values}
    for node in graph.node:
        if node.op_type != "DequantizeLinear":
            continue
        whole, scale = (values[name].astype(np.float32) for name in node.input)
        (axis,) = (attribute.i for attribute in node.attribute if attribute.name == "axis")
        weight = torch.tensor(whole * np.expand_dims(scale, 1 - axis))
        (name,) = node.output
        if name in names:
            found[name] = weight
        else:
            bias = _bias(users[name].output[0], users, values)
            found[f"{bias.removesuffix('.bias')}.weight"] = weight.T
    return found


def _bias(output: str, users: dict[str, Any], values: dict[str, Any]) -> str:
    """The name of the bias that is added to a product, which tells of which layer it is."""
    for _ in range(STEPS):
        node = users[output]
        if node.op_type == "Add":
            return next(str(name) for name in node.input if name in values)
        output = node.output[0]
    raise ValueError(f"no bias is added to {output}; the model was exported by another version")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
