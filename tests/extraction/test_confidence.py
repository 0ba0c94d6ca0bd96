"""How sure the claims are that `embargo extract` keeps."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from cli import app


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
