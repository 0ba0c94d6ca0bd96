"""How sure a claim is: what rules and reader give it, set right by the share of such claims that were right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import yaml


def calibrated(given: float) -> float:
    """The share of claims of this confidence that are right, by `confidence.yaml`.

    Args:
        given: from 0 to 1.
    """
    at, right = _table()
    return round(float(np.interp(given, at, right)), 2)


@cache
def _table() -> tuple[list[float], list[float]]:
    rows = yaml.safe_load(Path(__file__).with_name("confidence.yaml").read_text(encoding="utf-8"))
    return [row["given"] for row in rows], [row["right"] for row in rows]
