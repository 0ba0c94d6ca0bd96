"""`embargo explain` names the rule, the words and the reason, for claims and for what is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli import app
from loaders.document import Document
from loaders.explain import explain
from loaders.pipeline import extract


def run(text: str, *options: str) -> str:
    result = CliRunner().invoke(app, ["explain", "-", *options], input=text)
    assert result.exit_code == 0, result.output
    return result.stdout


def told(text: str, *options: str) -> Any:
    [article] = json.loads(run(text, "--format", "json", *options))
    return article


SHOWN = [
    ("Ankara bought S-400s from Russia.", ["purchases by 'bought' (transfer.yaml, rule 1)"]),
    ("Ankara bought S-400s from Russia.", ["supplier in from: Russia 'Russia'", "weapon in object: S-400 'S-400s'"]),
    ("Ankara bought S-400s from Russia.", ["Ankara → Turkey (Country TUR): metonym", "bought VBD ROOT: nsubj Ankara"]),
    ("Ankara intends to buy S-400s from Russia.", ["planned by 'intends'", "planned, asserted: nothing casts doubt"]),
    ("Turkey will buy S-400s from Russia.", ["planned by 'will': modal"]),
    ("Turkey did not buy S-400s from Russia.", ["refused by 'not': negates 'buy'"]),
    ("Turkey reportedly bought S-400s from Russia.", ["alleged by 'reportedly': hedge", "alleged: by 'reportedly'"]),
    ("Russia denied that it had sold tanks to Iran.", ["denied by 'denied'", "it → Russia (Country RUS): pronoun for"]),
    ("Turkey met Russia. The United States threatened to sanction it.", ["threatened by 'threatened'"]),
    (
        "The shop sold bread to Turkey. Iran has no tanks.",
        ["dropped, missing role: needs weapon; weapon not in object ('bread')"],
    ),
    ("The shop sold bread to Turkey.", ["not parsed: its words tell of weapons, and the article names none"]),
    ("It snowed.", ["not parsed: no word that sets a rule off"]),
    (
        "Washington accuses Iran of supplying drones to Russia. Tehran denies the charge.",
        ["supplies by 'denies the charge' (denials, rule 1)", "Iran denies supplies by 'supplying' of sentence 1"],
    ),
    ("France would prevent Iran from buying missiles.", ["hypothetical by 'prevent'", "dropped, hypothetical"]),
    ("France supported France.", ["dropped, missing role: needs target", "'France' already actor"]),
    ("The United States threatens to impose sanctions on Iran.", ["dropped, guard not met: unless_words"]),
    (
        "Russia sold Su-35 jets to Egypt. Egypt received Su-35 jets.",
        [
            "supplier Russia taken over from supplies by 'sold' of sentence 1",
            "merged: into supplies by 'sold' of sentence 1",
            "holds receives by 'received' of sentence 2 as well",
        ],
    ),
    (
        "Iran reportedly sold Shahed drones to Russia. Iran sold Shahed drones to Russia.",
        ["completed, asserted as told there", "completed, asserted: nothing casts doubt on it"],
    ),
    (
        "Turkey was hit by sanctions. It fell under CAATSA in December.",
        ["sender United States taken over from CAATSA, which is its law"],
    ),
    ("Poland opposed the plan of Poland.", ["dropped, missing role: needs target"]),
]


@pytest.mark.parametrize(("text", "lines"), SHOWN)
def test_it_says(text: str, lines: list[str]) -> None:
    output = run(text)
    assert [line for line in lines if line not in output] == [], output


def test_one_sentence() -> None:
    text = "Turkey bought S-400s from Russia. Iran tested a missile."
    assert [sentence["number"] for sentence in told(text, "--sentence", "2")["sentences"]] == [2]
    assert "S-400" not in run(text, "--sentence", "2")


@pytest.mark.parametrize("options", [["--sentence", "9"], ["--article", "other"], ["--format", "xml"]])
def test_called_wrongly(options: list[str]) -> None:
    assert CliRunner().invoke(app, ["explain", "-", *options], input="It snowed.").exit_code == 2


def test_articles_of_a_file(tmp_path: Path) -> None:
    """Each is explained, or the one that is asked for; what cannot be read is a reject."""
    file = tmp_path / "two.jsonl"
    file.write_text('{"id": "a", "text": "It snowed."}\n{"id": "b", "text": "Iran tested a missile."}\n', "utf-8")
    runner = CliRunner()
    both = json.loads(runner.invoke(app, ["explain", str(file), "--format", "json"]).stdout)
    one = json.loads(runner.invoke(app, ["explain", str(file), "--format", "json", "--article", "b"]).stdout)
    assert [a["article"] for a in both] == ["a", "b"]
    assert [a["article"] for a in one] == ["b"]
    missing = runner.invoke(app, ["explain", str(tmp_path / "none.txt"), "--format", "json"])
    assert (missing.exit_code, json.loads(missing.stdout)) == (1, [])


def test_json_leads_to_the_claim() -> None:
    text = "Ankara bought S-400s from Russia."
    article = told(text)
    [sentence] = article["sentences"]
    [attempt] = [attempt for attempt in sentence["attempts"] if attempt["filled"]]
    [draft] = attempt["told"]
    assert (attempt["predicate"], attempt["file"], attempt["trigger"]) == ("purchases", "transfer.yaml", "bought")
    assert {f["role"]: f["slot"] for f in attempt["filled"]} == {
        "weapon": "object",
        "supplier": "from",
        "recipient": "subject",
    }
    assert draft["outcome"] == "claim" and len(draft["claim"]) == 20
    assert all(text[m["start"] : m["end"]] == m["text"] for m in sentence["mentions"])
    assert [w["text"] for w in sentence["words"] if w["head"] == w["index"]] == ["bought"]


def test_an_article_cannot_move_the_cursor() -> None:
    assert "\x1b" not in run("Russia \x1b[2J sold tanks to Iran.")


NAMES = ["Russia", "Iran", "Putin", "it", "its", "the country", "tanks", "S-400s"]
VERBS = ["sold", "bought", "imposes", "sanctions", "delivery", "will", "not", "reportedly", "said"]
OTHERS = ["to", "of", "from", "over", "if", "and", ",", ".", "\n\n"]


@settings(max_examples=40)
@example("sold Russia Iran tanks sold to")
@given(st.lists(st.sampled_from([*NAMES, *VERBS, *OTHERS]), max_size=40).map(" ".join))
def test_watching_changes_nothing(text: str) -> None:
    """The claims are those of `extract`, and each of them is told once."""
    document = Document(source_id="a", source="a.txt", text=text, published="2021-09-26")
    told = [t for s in explain(document).sentences for a in s.attempts for t in a.told]
    assert sorted(t.claim for t in told if t.claim) == sorted(claim.id for claim in extract(document))
    assert all(t.why for t in told if not t.claim)
