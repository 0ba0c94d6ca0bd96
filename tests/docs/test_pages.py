"""Every block of code in README, CONTRIBUTING and docs/ works as it is shown, or says why no test can tell.

One store with the samples and one service serve all pages. A page's blocks run in its order, in a folder of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import nbformat
import pytest
import yaml
from nbclient import NotebookClient

from dev.neo4j_server import free_port
from graph.model import NODE_BY_LABEL
from graph.store import Store, connect
from queries.reader import stored_queries
from tests.docs.blocks import INDENTED, Block, code_blocks
from tests.docs.console import Command, Shell, console_commands, matches
from tests.stores import emptied

ROOT = Path(__file__).resolve().parents[2]
OWN = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
PAGES = [*(ROOT / name for name in OWN), *sorted((ROOT / "docs").rglob("*.md"))]
NOTEBOOKS = sorted((ROOT / "docs").rglob("*.ipynb"))
SHOWN = ("samples", "queries")
FAILS_ON_ERRORS = 'curl() { command curl -sS --fail-with-body "$@"; }'
SHOWN_NEO4J = "bolt://127.0.0.1:7687"
NOT_CODE = ("text", "mermaid")
UNFILLED = "fill"
"""Words of the model about a property that the rules never fill."""


@dataclass
class Demo:
    """The samples in an embedded store, and a service over it."""

    folder: Path
    environment: dict[str, str]
    port: int

    def shell(self, page: Path) -> Shell:
        """A terminal for one page."""
        folder = self.folder / page.stem
        folder.mkdir()
        for name in SHOWN:
            (folder / name).symlink_to(ROOT / name)
        port = free_port() if page.name == "README.md" else self.port
        replaced = {"embargo serve": f"embargo serve --port {port}", ":8000": f":{port}"}
        return Shell(folder, self.environment, replaced, port)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("pages")
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "EMBARGO_STORE": f"embedded:{folder / 'store'}",
        "EMBARGO_KEYS": str(folder / "keys.json"),
        "COLUMNS": "160",
        "NO_COLOR": "1",
    }
    port = free_port()
    shell = Shell(folder, environment, {}, port)
    try:
        assert shell.run([Command(f"embargo load {ROOT / 'samples'}"), Command(f"embargo serve --port {port} &")]) == []
        yield Demo(folder, environment, port)
    finally:
        shell.close()


@pytest.fixture(scope="module")
def neo4j_demo(demo: Demo, neo4j_uri: str) -> str:
    """The same in Neo4j: its URI."""
    emptied(neo4j_uri)
    backup = demo.folder / "samples.jsonl"
    for store, command in ((demo.environment["EMBARGO_STORE"], "export jsonl -o"), (neo4j_uri, "load")):
        environment = os.environ | demo.environment | {"EMBARGO_STORE": store}
        subprocess.run(["embargo", *command.split(), str(backup)], env=environment, check=True, capture_output=True)
    return neo4j_uri


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def filled(request: pytest.FixtureRequest, demo: Demo) -> Iterator[Store]:
    neo4j = request.param == "neo4j"
    with connect(request.getfixturevalue("neo4j_demo") if neo4j else demo.environment["EMBARGO_STORE"]) as store:
        yield store


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page(page: Path, demo: Demo) -> None:
    shell = demo.shell(page)
    try:
        for block in code_blocks(page):
            if block.words == "neo4j":
                continue
            problems = _problems(block, shell)
            assert problems == [], f"{page.name}:{block.line}"
    finally:
        shell.close()


NEO4J = [
    pytest.param(page, block, id=f"{page.stem}-{block.line}")
    for page in PAGES
    for block in code_blocks(page)
    if block.words == "neo4j"
]


@pytest.mark.parametrize(("page", "block"), NEO4J)
def test_neo4j_block(page: Path, block: Block, demo: Demo, neo4j_demo: str, tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    shell = Shell(tmp_path, demo.environment, {SHOWN_NEO4J: neo4j_demo}, demo.port)
    assert _problems(block, shell) == []


def _problems(block: Block, shell: Shell) -> list[str]:
    if block.not_run or block.language in NOT_CODE or block.language == "cypher":
        return []
    if block.run_by:
        return [] if (ROOT / block.run_by).is_file() else [f"there is no {block.run_by}"]
    check = CHECKS.get(block.language)
    return check(block, shell) if check else [f"nobody runs '{block.language}'; say why: <!-- not run: REASON -->"]


def _console(block: Block, shell: Shell) -> list[str]:
    commands = console_commands(block.text)
    return shell.run(commands) if commands else ["no line begins with '$ '"]


def _script(block: Block, shell: Shell) -> list[str]:
    return shell.run([Command(f"set -e\n{FAILS_ON_ERRORS}\n{block.text}")])


def _python(block: Block, shell: Shell) -> list[str]:
    return shell.run([Command(f"python - <<'END'\n{block.text}\nEND")])


def _sparql(block: Block, shell: Shell) -> list[str]:
    address = f"http://127.0.0.1:{shell.port}/sparql"
    while (answer := httpx.post(address, data={"query": block.text}, timeout=60)).status_code == 503:
        time.sleep(float(answer.headers["Retry-After"]))
    return [] if answer.is_success and answer.json()["results"]["bindings"] else [answer.text]


def _reads(read: Callable[[str], Any]) -> Callable[[Block, Shell], list[str]]:
    def check(block: Block, _: Shell) -> list[str]:
        read(block.text)
        return []

    return check


def _json(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        for line in text.splitlines():
            json.loads(line)


CHECKS: dict[str, Callable[[Block, Shell], list[str]]] = {
    "console": _console,
    "sh": _script,
    INDENTED: _script,
    "python": _python,
    "sparql": _sparql,
    "json": _reads(_json),
    "yaml": _reads(yaml.safe_load),
}
CYPHER = [
    pytest.param(block, id=f"{page.stem}-{block.line}")
    for page in PAGES
    for block in code_blocks(page)
    if block.language == "cypher" and not block.not_run
]


@pytest.mark.parametrize("block", CYPHER)
def test_cypher(block: Block, filled: Store) -> None:
    """It has an answer, with the rows that the table below it shows; `…` stands for further ones."""
    rows = filled.read(block.text)
    assert rows
    if block.table:
        head, *shown = block.table
        assert tuple(rows[0]) == head
        answer = [tuple(_cell(value) for value in row.values()) for row in rows]
        assert [row for row in shown if row[0] != "…" and row not in answer] == [], answer
        assert len(answer) == len(shown) or shown[-1][0] == "…", answer


def test_what_no_rule_fills_is_on_no_claim_of_the_samples(filled: Store) -> None:
    unfilled = {item.name for item in NODE_BY_LABEL["Claim"].properties if UNFILLED in item.doc}
    asked = "MATCH (c:Claim) UNWIND keys(c) AS key RETURN collect(DISTINCT key) AS keys"
    on_claims = set(filled.read(asked)[0]["keys"])
    assert {"reason", "topic", "role"} < unfilled and "measure" in on_claims
    assert unfilled & on_claims == set()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value)
    return "" if value is None else str(value)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path: Path, demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs, and shows the kinds of output that it was saved with: tables, pictures, no warnings."""
    saved = nbformat.read(path, as_version=4)
    run = nbformat.read(path, as_version=4)
    monkeypatch.setenv("EMBARGO_URL", f"http://127.0.0.1:{demo.port}")
    NotebookClient(run, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    assert _kinds(run) == _kinds(saved)
    assert [kind for cell in _kinds(saved) for kind in cell].count("image/png") >= 2


def _kinds(notebook: Any) -> list[list[str]]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [
        sorted(kind for output in cell.outputs for kind in output.get("data", [output.get("name", "error")]))
        for cell in cells
    ]


def test_readme_shows_commands() -> None:
    shown = "".join(block.text for block in code_blocks(ROOT / "README.md") if block.language == "console")
    for start in ("embargo extract", "embargo load", "embargo query", "embargo export", "embargo serve", "curl"):
        assert start in shown


@pytest.mark.parametrize(
    ("expected", "output", "matching"),
    [
        ("a  b", "a b\n", True),
        ("a … d", "x\na b c d\n", True),
        ("a b", "a b c\n", False),
        ("┌────┐", "┌──────────┐\n", True),
        ('{"n": 1}', '{"n": 11}\n', False),
    ],
)
def test_matches(expected: str, output: str, matching: bool) -> None:
    assert matches(expected, output) is matching


def test_the_examples_of_named_queries_are_of_the_samples(demo: Demo) -> None:
    """Whoever tries a query in the browser's description or from its page gets an answer; only ids of claims change."""
    with httpx.Client(base_url=f"http://127.0.0.1:{demo.port}/v1/queries", timeout=60) as client:
        for name, query in stored_queries().items():
            required = {p.name: p.example for p in query.header.needed()}
            for parameter in query.header.parameters:
                if parameter.type != "claim":
                    answer = client.get(f"/{name}", params={**required, parameter.name: parameter.example})
                    assert answer.status_code == 200, (name, parameter.name, answer.text)
