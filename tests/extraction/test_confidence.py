from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli import app
from loaders.extraction.confidence import calibrated

shares = st.floats(0, 1)


@given(shares, shares)
def test_who_is_surer_stays_surer_and_within_bounds(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1


def test_unsure_claims_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Turkey bought S-400 systems from Russia.\n\nIts deliveries of drones to the kingdom were also discussed.\n"
        "The United States imposed sanctions on Turkey under CAATSA."
    )

    def found(*more: str) -> list[float]:
        out = CliRunner().invoke(app, ["extract", str(tmp_path), *more]).stdout
        return [json.loads(line)["confidence"] for line in out.splitlines()]

    every = found()
    least = sorted(every)[len(every) // 2]
    assert len(every) >= 2
    assert found("--min-confidence", str(least)) == [c for c in every if c >= least]
    assert found("--min-confidence", "1") == []
