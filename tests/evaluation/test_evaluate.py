"""`embargo evaluate`: what counts as right, extra and missing, told as cases; and what happens with bad files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli import app
from loaders.evaluation import Counts, Scores, evaluate
from loaders.evaluation.scores import bootstrap

Record = dict[str, Any]
SALE: Record = {"frame": "transfer", "supplier": "Russia", "recipient": "Turkey", "weapon": "S-400", "stage": "agreed"}
UNSENT: Record = {"frame": "sanction", "target": "Iran", "stage": "ongoing", "assertion": "asserted"}


def claim(subject: str | None, predicate: str, target: str, **more: Any) -> Record:
    named = {"name": subject} if subject else None
    return {"article": "a", "subject": named, "predicate": predicate, "object": {"name": target}, **more}


def lines(path: Path, records: list[Record]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def scored(folder: Path, claims: list[Record], frames: list[Record], second: list[Record] | None = None) -> Scores:
    first = lines(folder / "gold.jsonl", [{"id": "a", "frames": frames}])
    other = lines(folder / "second.jsonl", [{"id": "a", "frames": second}]) if second is not None else None
    return evaluate(lines(folder / "claims.jsonl", claims), first, other)[0]


CASES = [
    ("Türkiye", "purchases", "S-400", {"supplier": {"name": "Moscow"}}, {"acquires", "supplies", "arms"}),
    ("Turkey", "receives", "the S-400 Triumf system", {}, {"acquires"}),
    ("Russian Federation", "supplies", "the S-400 system", {"recipient": "Turkey"}, {"acquires", "supplies", "arms"}),
    ("Kremlin", "supplies", "S-400", {}, {"supplies"}),
    ("Greece", "purchases", "S-400", {"supplier": {"name": "Russia"}}, {"supplies"}),
    ("Turkey", "purchases", "S-300", {}, set()),
    ("Turkey", "opposes", "Russia", {}, set()),
]


@pytest.mark.parametrize(("subject", "predicate", "target", "qualifiers", "right"), CASES)
def test_a_transfer_counts_in_all_its_views(
    tmp_path: Path, subject: str, predicate: str, target: str, qualifiers: Record, right: set[str]
) -> None:
    found = scored(tmp_path, [claim(subject, predicate, target, qualifiers=qualifiers)], [SALE])
    assert {view for view in ("acquires", "supplies", "arms") if found.counts(view).right} == right
    assert found.counts().gold == 3


def test_who_sends_an_unsent_sanction_counts_neither_way(tmp_path: Path) -> None:
    assert scored(tmp_path, [claim("United States", "sanctions", "Iran")], [UNSENT]).counts() == Counts()
    assert scored(tmp_path, [claim("United States", "sanctions", "Syria")], [UNSENT]).counts().extra == 1


def test_what_only_one_reader_found_counts_neither_way(tmp_path: Path) -> None:
    told = [claim("Turkey", "purchases", "S-400")]
    assert scored(tmp_path, told, [SALE], second=[]).counts() == Counts()
    assert scored(tmp_path, [], [SALE], second=[SALE]).counts().missing == 3


STAGES = [
    ("completed", "completed", 1, 1),
    ("completed", "ongoing", 0, 1),
    ("completed", "planned", 0, 0),
    ("agreed", "approved", 1, 1),
]


@pytest.mark.parametrize(("there", "claimed", "stage", "phase"), STAGES)
def test_stages_and_phases(tmp_path: Path, there: str, claimed: str, stage: int, phase: int) -> None:
    test = {"frame": "test", "actor": "Iran", "weapon": "missile", "stage": there, "assertion": "asserted"}
    found = scored(tmp_path, [claim("Iran", "tests", "missiles", stage=claimed, assertion="denied")], [test])
    assert (found.counts().stage_right, found.counts().phase_right) == (stage, phase)
    assert found.counts().assertion_right == 0
    assert [error.kind for error in found.errors] == ["?"]


def test_texts_without_an_event_that_yield_a_claim_are_told(tmp_path: Path) -> None:
    found = scored(tmp_path, [claim("Iran", "tests", "missile")], [])
    assert (found.false_alarms, found.empty) == (1, 1)


GOLD = '{"id": "a", "frames": []}'
CLAIM = '{"article": "a", "subject": "Iran", "predicate": "tests", "object": "missile"}'
BAD = [
    ("claims.jsonl", None, "No such file"),
    ("gold.jsonl", None, "No such file"),
    ("gold.jsonl", "", "no texts in it"),
    ("gold.jsonl", f"{GOLD}\n{GOLD}", "gold.jsonl:2: the text a stands here twice"),
    ("gold.jsonl", '{"id": "a", "frames": [{"frame": "tset"}]}', "gold.jsonl:1: frames.0.frame"),
    ("gold.jsonl", '{"id": "a", "frames": [{"frame": "treaty", "actor": "Iran"}]}', "a treaty frame needs an action"),
    ("second.jsonl", '{"id": "b", "frames": []}', "no line for the text a"),
    ("claims.jsonl", f"{CLAIM}\nnot JSON", "claims.jsonl:2: Invalid JSON"),
    ("claims.jsonl", CLAIM.replace("tests", "tested"), "predicate 'tested' is not in the vocabulary"),
    ("claims.jsonl", '{"article": "a"}', "claims.jsonl:1: predicate: Field required"),
    ("claims.jsonl", CLAIM.replace("}", ', "stage": "done"}'), "claims.jsonl:1: stage"),
]


@pytest.mark.parametrize(("file", "content", "message"), BAD)
def test_bad_files_are_named_with_line_and_reason(tmp_path: Path, file: str, content: str | None, message: str) -> None:
    files = {"claims.jsonl": CLAIM, "gold.jsonl": GOLD, "second.jsonl": GOLD, file: content}
    for name, text in files.items():
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
    files_given = [str(tmp_path / name) for name in files]
    result = CliRunner(env={"COLUMNS": "1000"}).invoke(app, ["evaluate", *files_given])
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_command_prints_rows_errors_and_a_summary(tmp_path: Path) -> None:
    told = lines(
        tmp_path / "claims.jsonl",
        [claim("Turkey", "purchases", "S-400", stage="planned"), claim("Iran", "tests", "missile")],
    )
    gold = lines(tmp_path / "gold.jsonl", [{"id": "a", "frames": [SALE]}])
    table = CliRunner().invoke(app, ["evaluate", str(told), str(gold), "--format", "json"])
    assert table.exit_code == 0
    everything = json.loads(table.stdout)[-1]
    assert (everything["predicate"], everything["gold"], everything["claimed"]) == ("all", 3, 2)
    assert "precision 0.500" in table.stderr
    listed = CliRunner().invoke(app, ["evaluate", str(told), str(gold), "--errors"]).stdout.splitlines()
    assert [line.split("\t")[1:] for line in listed] == [
        ["+", "iran | tests | missile", ""],
        ["-", "russia | arms | turkey", ""],
        ["-", "russia | supplies | s 400", ""],
        ["?", "turkey | acquires | s 400", "planned, not agreed"],
    ]


COUNTS = st.builds(Counts, *[st.integers(0, 5)] * 3)


@given(st.lists(COUNTS, min_size=1, max_size=20))
def test_an_interval_lies_around_what_resampling_can_give(texts: list[Counts]) -> None:
    low, high = bootstrap(texts, lambda counts: counts.f1)
    each = [counts.f1 for counts in texts if counts.gold + counts.claimed]
    assert 0 <= low <= high <= 1
    if each:
        assert min(each) - 1e-9 <= low <= high <= max(each) + 1e-9
    assert bootstrap(texts, lambda counts: counts.f1) == (low, high)
