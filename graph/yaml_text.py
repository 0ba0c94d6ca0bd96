"""YAML, read by libyaml: in Python alone it takes some ten times as long, which every command would wait for."""

from __future__ import annotations

from typing import Any

import yaml


def from_yaml(text: str) -> Any:
    """The value that a text in YAML stands for.

    Raises:
        yaml.YAMLError: it is none, or has tags other than those of plain values.
    """
    return yaml.load(text, Loader=yaml.CSafeLoader)
