"""Nothing tells others that somebody reads articles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_the_engine_of_the_encoder_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    """ONNX Runtime would make up an identity of the machine, and keep there what it sends to its maker."""
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR", "LOCALAPPDATA")}
    settings = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    subprocess.run(
        [sys.executable, "-c", "from loaders.learned.model import Model; Model.load()"], env=settings | home, check=True
    )
    assert list(tmp_path.iterdir()) == []
