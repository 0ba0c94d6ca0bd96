"""The running service against its own description, by schemathesis; docs/operations.md tells of a longer run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.api.conftest import KEY
from tests.api.process import serving
from tests.queries.world import filled

HERE = Path(__file__).parent


def test_the_service_does_as_its_description_says(tmp_path: Path) -> None:
    uri = f"embedded:{tmp_path / 'store'}"
    with filled(uri):
        pass
    with serving(tmp_path, uri, log_level="warning") as service:
        run = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"),
                "run", f"{service.url}/openapi.json", "--header", f"X-API-Key: {KEY}",
                "--phases", "examples,fuzzing,stateful", "--max-examples", "1", "--seed", "1", "--no-color",
                "--suppress-health-check", "all", "--exclude-path", "/v1/export/{format}",
            ],
            cwd=tmp_path,
            env=os.environ | {"SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks", "PYTHONPATH": str(HERE.parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
    assert run.returncode == 0, run.stdout[-20_000:] + service.log.read_text()[-5_000:]
