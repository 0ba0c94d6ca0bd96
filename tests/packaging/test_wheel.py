"""The wheel holds everything that the tree has, and works away from it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("api", "cli", "graph", "loaders", "queries")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("embargo-*.whl")
    return built


def test_holds_modules_and_data_and_nothing_else(wheel: Path) -> None:
    expected = {path.name for path in ROOT.glob("*.py")} | {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_extracts_claims_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    article = '{"id": "a1", "date": "2022-02-11", "text": "Indonesia bought six Rafale fighter jets from France."}'
    # -P keeps the working directory out of the path, PYTHONPATH comes before the tree's own editable install.
    run = subprocess.run(
        [sys.executable, "-P", "-c", "import cli; assert 'site' in cli.__file__; cli.app()", "extract", "-"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        input=article,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert '"IDN"' in run.stdout
