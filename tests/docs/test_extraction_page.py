"""The rule that docs/extraction.md adds as an example works as it is written there."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "extraction.md"
COPIED = ("ingest.py", "cli", "graph", "loaders", "queries")
Told = tuple[str | None, str, str, str, str]


def test_the_lease_example(tmp_path: Path) -> None:
    """Done in a copy of the project, as a reader would."""
    for name in COPIED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    rules = tmp_path / "loaders" / "extraction" / "rules"
    transfer = (rules / "transfer.yaml").read_text(encoding="utf-8")
    (rules / "transfer.yaml").write_text(transfer.replace(" lease: [],", "").replace(" lease,", ""), encoding="utf-8")
    (rules / "lease.yaml").write_text(_block("yaml"), encoding="utf-8")
    cases, nothing = _cases()
    sentences = [*(sentence for sentence, _ in cases), *nothing]
    told = _extracted(tmp_path, sentences)
    assert [told.get(str(number), []) for number in range(len(sentences))] == [
        *([expected] for _, expected in cases),
        *([] for _ in nothing),
    ]


def _block(language: str) -> str:
    found = re.search(rf"^ +```{language}\n(.*?)^ +```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert found is not None, f"{PAGE.name} has no {language} block"
    return textwrap.dedent(found[1])


def _cases() -> tuple[list[tuple[str, Told]], list[str]]:
    lists = [ast.literal_eval(node.value) for node in ast.parse(_block("python")).body if isinstance(node, ast.Assign)]
    assert len(lists) == 2
    return lists[0], lists[1]


def _extracted(folder: Path, sentences: list[str]) -> dict[str, list[Told]]:
    items = [{"id": str(number), "date": "2021-01-01", "text": text} for number, text in enumerate(sentences)]
    (folder / "items.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    run = [sys.executable, "-m", "cli", "extract", "items.jsonl"]
    output = subprocess.run(run, cwd=folder, check=True, capture_output=True, text=True).stdout
    told: dict[str, list[Told]] = {}
    for claim in map(json.loads, output.splitlines()):
        subject = claim["subject"]["name"] if claim["subject"] else None
        one = (subject, claim["predicate"], claim["object"]["name"], claim["stage"], claim["assertion"])
        told.setdefault(claim["article"], []).append(one)
    return told
