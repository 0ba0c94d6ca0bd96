"""What docs/explain.md shows works as it is shown there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.docs.console import Shell, console_blocks

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explain.md"


def test_the_examples(tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    shell = Shell(tmp_path, {"PATH": path, "NO_COLOR": "1"}, {}, 0)
    blocks = console_blocks(PAGE.read_text(encoding="utf-8"))
    assert blocks
    assert [shell.run(block) for block in blocks] == [[] for _ in blocks]
