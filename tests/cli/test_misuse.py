"""What a user gets wrong ends with a message and loses nothing: files, settings, options, hostile texts."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import IO

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from cli import app
from cli.common import open_output
from cli.table import print_rows
from graph.store import connect
from loaders.document import Reject
from loaders.rejects import RejectLog

ARTICLE = '{"id": "a1", "date": "2020-01-01", "text": "The weather was fine."}\n'


def embargo(*words: str, charset: str = "utf-8") -> Result:
    return CliRunner(charset=charset).invoke(app, words)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(ARTICLE + '{"id": "a2"}\n', encoding="utf-8")
    return tmp_path


WRONG = {
    "rejects into no folder": (["extract", "in", "--rejects", "no/r.jsonl"], "no/r.jsonl cannot be written: No such"),
    "output into no folder": (["extract", "in", "-o", "no/c.jsonl"], "no/c.jsonl cannot be written: No such"),
    "output is a folder": (["extract", "in", "-o", "in"], "in cannot be written: Is a directory"),
    "output is the input": (["extract", "in/a.jsonl", "-o", "in/a.jsonl"], "is to be read and to be written"),
    "rejects are the input": (["load", "in/a.jsonl", "--rejects", "./in/a.jsonl"], "is to be read and to be written"),
    "store under too long a name": (["status", "--store", f"embedded:{'x' * 300}"], "(File name too long); check the"),
    "store of nobody": (["status", "--store", "embedded:~nobody-of-this-name/graph"], "no such user is known here"),
    "service of no store": (["serve", "--store", "bolt://neo4j:hunter2@127.0.0.1"], "127.0.0.1 has a user or password"),
    "service on an unknown host": (["serve", "--host", "no.such.invalid"], "no.such.invalid:8000: "),
    "service on an address of others": (
        ["serve", "--host", "192.0.2.1"],
        "cannot listen on 192.0.2.1:8000: Cannot assign",
    ),
    "a picture of no known ending": (
        ["story", "USA", "-o", "in/x.pdf"],
        "'.pdf' tells no format; give --format, or a file",
    ),
    "a parameter twice": (
        ["query", "transfers", "-p", "recipient=Turkey", "-p", "recipient=India"],
        "parameter 'recipient' is given twice; give it once",
    ),
    "two questions": (["query", "transfers", "--cypher", "RETURN 1"], "not both"),
    "store in no folder": (["migrate", "--store", "embedded:in/a.jsonl/graph"], "graph (Not a directory); check the"),
    "store is a file": (["migrate", "--store", "embedded:in/a.jsonl"], "a.jsonl (File exists); check the folder"),
    "no store": (["status", "--store", "sqlite:a"], "'sqlite:a' is no store"),
    "keys in a folder": (["keys", "list", "--file", "in"], "in cannot be read: Is a directory; check its permissions"),
    "a database below a file": (
        ["import", "in/a.jsonl", "--into", "in/a.jsonl/build"],
        "in/a.jsonl/build cannot be written: Not a directory; check its permissions",
    ),
}


def test_a_dash_is_standard_output(folder: Path) -> None:
    article = {"id": "a", "date": "2020-01-01", "text": "Turkey bought S-400 systems from Russia."}
    (folder / "one.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    told = embargo("extract", "one.jsonl", "-o", "-")
    assert json.loads(told.stdout)["predicate"] == "purchases"
    assert not (folder / "-").exists()


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_wrong_calls_end_with_2_and_touch_nothing(words: list[str], message: str, folder: Path) -> None:
    done = embargo(*words, *(["--store", "embedded:store"] if words[0] == "load" else []))
    assert done.exit_code == 2, done.output
    assert message in done.stderr
    assert "hunter2" not in done.output
    assert (folder / "in" / "a.jsonl").read_text(encoding="utf-8").startswith(ARTICLE)
    assert list((folder / "in").iterdir()) == [folder / "in" / "a.jsonl"]


def test_a_graph_that_is_made_anew_is_told(folder: Path) -> None:
    told = [embargo("load", "in", "--store", "embedded:graph").stderr.splitlines() for _ in range(2)]
    assert told[0][0] == f"there was no graph in {folder / 'graph'}; a new one was made"
    assert told[1] == told[0][1:]


NEEDS_A_GRAPH = ["status", "query transfers", "show TUR", "story USA TUR", "export nt -o graph.nt", "changes", "mcp"]


@pytest.mark.parametrize("words", [*NEEDS_A_GRAPH, "forget a1", "reextract"])
def test_a_mistyped_store_is_refused_and_not_made(words: str, folder: Path) -> None:
    done = embargo(*words.split(), "--store", "embedded:grpah")
    assert done.exit_code == 2, done.output
    assert f"there is no graph in {folder / 'grpah'}; 'embargo load' makes one" in done.stderr
    assert list(folder.iterdir()) == [folder / "in"]


def test_the_file_that_closes_a_store_is_named(folder: Path) -> None:
    """One of them may be of another user, as after a load by root."""
    closed = folder / "graph" / "closed.json"
    closed.mkdir(parents=True)
    done = embargo("migrate", "--store", "embedded:graph")
    assert done.exit_code == 2, done.output
    assert f"({closed}: Is a directory); check the folder and its permissions" in done.stderr


def test_the_version_is_told() -> None:
    done = embargo("--version")
    assert (done.exit_code, done.stdout) == (0, f"embargo {version('embargo')}\n")


def test_what_listens_and_says_nothing_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.connections.FIRST_ANSWER", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        done = embargo("status", "--store", f"bolt://127.0.0.1:{silent.getsockname()[1]}")
    assert time.monotonic() - began < 20
    assert done.exit_code == 2
    assert "no server answers at bolt://127.0.0.1:" in done.stderr


def test_the_form_of_another_version_is_told_where_a_graph_is_only_read(folder: Path) -> None:
    """A query of an earlier form may find too little, and one of a later form what it does not understand."""
    uri = f"embedded:{folder / 'graph'}"
    read = ["query", "transfers", "--store", uri]
    assert embargo("migrate", "--store", uri).exit_code == 0
    [nothing] = embargo(*read).stderr.splitlines()
    with connect(uri) as store:
        store.execute("MATCH (m:Migration {id: 'm010_earliest'}) DELETE m")
    told = embargo(*read)
    assert (told.exit_code, told.stderr.splitlines()[1:]) == (0, [nothing])
    assert "the form of an earlier version" in told.stderr and "embargo migrate" in told.stderr
    assert embargo("migrate", "--store", uri).stdout == "1 migrations run: m010_earliest\n"
    assert embargo(*read).stderr.splitlines() == [nothing]
    with connect(uri) as store:
        store.execute("CREATE (:Migration {id: 'm999_of_tomorrow'})")
    refused = embargo(*read)
    assert refused.exit_code == 2
    assert "changed by a later version of Embargo (m999_of_tomorrow)" in refused.stderr


SETTINGS = {
    "a word for a number": (b"EMBARGO_QUERY_TIMEOUT=soon\n", "EMBARGO_QUERY_TIMEOUT: Input should be a valid number"),
    "no choice": (b"EMBARGO_KEEP_TEXT=some\n", "EMBARGO_KEEP_TEXT: "),
    "not UTF-8": (b"EMBARGO_STORE=\xff\n", ".env is not UTF-8; save it as UTF-8"),
    "a byte order mark": (b"\xef\xbb\xbfEMBARGO_STORE=sqlite:a\n", "'sqlite:a' is no store"),
    "an open quotation mark": (b'A=1\nEMBARGO_STORE="embedded:a\n', ".env, line 2: cannot be read; write NAME=VALUE"),
}


@pytest.mark.parametrize(("content", "message"), SETTINGS.values(), ids=SETTINGS)
def test_wrong_settings_are_named(content: bytes, message: str, folder: Path) -> None:
    (folder / ".env").write_bytes(content)
    done = embargo("status")
    assert done.exit_code == 2
    assert message in done.stderr


def test_colons_in_a_message_make_no_picture() -> None:
    done = embargo("status", "--store", "sqlite://host:abc:x")
    assert "'sqlite://host:abc:x' is no store" in done.stderr.replace("\n", "")


def test_what_a_command_writes_it_does_not_read(folder: Path) -> None:
    """Rejects in the folder that is read would otherwise be rejected themselves, without end."""
    (folder / "claims.jsonl").write_text("of yesterday\n", encoding="utf-8")
    done = embargo("extract", ".", "--rejects", "rejects.jsonl", "-o", "claims.jsonl")
    assert done.exit_code == 1
    assert "1 articles, 0 claims, 1 rejected" in done.stderr
    assert [f"{name}: left out" in done.stderr for name in ("rejects.jsonl", "claims.jsonl")] == [True, True]
    [reject] = (folder / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(reject)["reason"] == "no text"
    assert (folder / "claims.jsonl").read_bytes() == b""


def test_an_output_that_fails_leaves_the_older_one(folder: Path) -> None:
    (folder / "backup.jsonl").write_text("whole", encoding="utf-8")
    with pytest.raises(ValueError, match="stopped"), open_output(folder / "backup.jsonl") as out:
        out.write(b"half")
        raise ValueError("stopped")
    assert (folder / "backup.jsonl").read_text(encoding="utf-8") == "whole"
    assert {path.name for path in folder.iterdir()} == {"in", "backup.jsonl"}


def test_an_output_has_the_permissions_of_the_older_one(folder: Path) -> None:
    older = folder / "claims.jsonl"
    older.touch(mode=0o600)
    assert embargo("extract", "in", "-o", "claims.jsonl").exit_code == 1
    assert oct(older.stat().st_mode & 0o777) == "0o600"


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="to root no file is closed")
def test_an_output_does_not_replace_what_may_not_be_written(folder: Path) -> None:
    older = folder / "claims.jsonl"
    older.write_text("whole", encoding="utf-8")
    older.chmod(0o400)
    done = embargo("extract", "in", "-o", "claims.jsonl")
    assert done.exit_code == 2
    assert "claims.jsonl cannot be written: Permission denied" in done.stderr
    assert older.read_text(encoding="utf-8") == "whole"


def test_output_is_utf8_whatever_the_system_says() -> None:
    done = embargo("query", "--format", "csv", charset="cp1252")
    assert done.exit_code == 0
    assert "Erdoğan" in done.stdout_bytes.decode()


HOSTILE = "\x1b[2J\x1b]0;owned\x07\u202e=1+1"


def test_articles_do_not_reach_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = json.dumps({"id": "b", "date": f"1 {HOSTILE}", "text": "The weather was fine."})
    (folder / f"{HOSTILE}.jsonl").write_text(line + "\n", encoding="utf-8")
    said = embargo("extract", "in", f"{HOSTILE}.jsonl").stderr
    print_rows(["words", "number"], [{"words": HOSTILE, "number": -1}], "table")
    said += capsys.readouterr().out
    assert said.count("owned") >= 3
    assert not set(said) & set(HOSTILE[:1] + "\x07\u202e")


def test_csv_runs_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(["words", "number"], [{"words": "=1+1", "number": -1}], "csv")
    assert capsys.readouterr().out == "words,number\n'=1+1,-1\n"


with_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full: Linux only")


@with_full_device
def test_rejects_onto_a_full_disk_end_with_2(folder: Path) -> None:
    done = embargo("extract", "in", "--rejects", "/dev/full")
    assert done.exit_code == 2, done.output
    assert "/dev/full cannot be written: No space left on device; free space" in done.stderr


def test_a_reject_is_in_its_file_while_the_command_runs(folder: Path) -> None:
    log = RejectLog(folder / "r.jsonl", Console(quiet=True))
    with log:
        log.add(Reject("a.jsonl", 2, "no text", "give `text`"))
        assert json.loads((folder / "r.jsonl").read_text(encoding="utf-8"))["line"] == 2


def test_a_reject_without_a_line_names_its_article(capsys: pytest.CaptureFixture[str]) -> None:
    with RejectLog(None, Console(width=200)) as log:
        log.add(Reject("a.jsonl", None, "the model gave no answer", "use another model", "a7"))
        log.add(Reject("a9.txt.gz", None, "truncated", "copy the file again", "a9"))
    assert capsys.readouterr().out.splitlines() == [
        "rejected a.jsonl, article a7: the model gave no answer; use another model",
        "rejected a9.txt.gz: truncated; copy the file again",
    ]


@with_full_device
def test_standard_output_onto_a_full_disk_ends_with_2(folder: Path) -> None:
    article = {"id": "a3", "date": "2022-02-11", "text": "Indonesia signed a contract with France for six Rafale jets."}
    (folder / "in" / "a.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        extracted, listed = (subprocess_of(*words, stdout=full) for words in (["extract", "in"], ["query"]))
    assert extracted == (
        2,
        "standard output cannot be written: No space left on device; check the folder, its permissions and the disk\n",
    )
    assert listed == (2, "the disk that is written to is full; free space, and start again\n")


@pytest.mark.parametrize(
    "words", ["--help", "--version", "load --help", "keys", "query", "query -f csv", "query -f json", "extract in"]
)
def test_a_command_whose_output_nobody_reads_on_ends_with_141(words: str, folder: Path) -> None:
    article = {"id": "a3", "date": "2022-02-11", "text": "Indonesia signed a contract with France for six Rafale jets."}
    (folder / "in" / "a.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    try:
        assert subprocess_of(*words.split(), stdout=write) == (141, "")
    finally:
        os.close(write)


def subprocess_of(*words: str, stdout: int | IO[bytes]) -> tuple[int, str]:
    """Status and messages of a command in a process of its own."""
    paths = {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "cli", *words]
    done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=os.environ | paths, check=False)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("command", ["extract", "extract --jobs 2", "explain"])
def test_a_mistake_in_the_catalogue_is_told_with_its_place(command: str, folder: Path) -> None:
    (folder / "companies.yaml").write_text("- id: rosneft\n  name: Rosneft\n  countri: RUS\n", encoding="utf-8")
    (folder / "article.txt").write_text("Turkey bought S-400 systems from Russia.", encoding="utf-8")
    (folder / "run.py").write_text(
        "from pathlib import Path\nfrom loaders.catalogue import reader\nreader.DATA = Path()\n"
        "if __name__ == '__main__':\n    from cli import app\n    app()\n",
        encoding="utf-8",
    )
    paths = {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "run.py", *command.split(), "article.txt"],
        capture_output=True,
        env=os.environ | paths,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr
    assert b"loaders/catalogue/data, has mistakes; correct these" in done.stderr
    assert b"companies.yaml:3: countri: " in done.stderr


def test_a_service_on_a_used_port_says_so_and_opens_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = embargo("serve", "--port", str(port), "--store", f"embedded:{tmp_path / 'store'}")
    assert told.exit_code == 2
    assert f"cannot listen on 127.0.0.1:{port}: Address already in use; choose another --port" in told.stderr
    assert not (tmp_path / "store").exists()
