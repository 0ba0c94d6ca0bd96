"""What the encoder makes of a window does not hang on how its sums are taken."""

from __future__ import annotations

import re

import pytest
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from graph.vocabulary import Label
from loaders.learned.candidates import Kind
from loaders.learned.encoding import Mention
from loaders.learned.model import FOLDER, Model, default_model

KNOWN: dict[str, tuple[Kind, Label]] = {
    "Turkey": (Kind.COUNTRY, "Country"),
    "Russia": (Kind.COUNTRY, "Country"),
    "Iran": (Kind.COUNTRY, "Country"),
    "S-400": (Kind.WEAPON, "Weapon"),
    "CAATSA": (Kind.INSTRUMENT, "Instrument"),
}


def mentions(text: str) -> list[Mention]:
    found = re.finditer("|".join(map(re.escape, KNOWN)), text)
    return [(m.start(), m.end(), int(KNOWN[m[0]][0]), KNOWN[m[0]][1], m[0]) for m in found]


@pytest.fixture(scope="module")
def fused() -> Model:
    """The same weights, sums taken within the steps that follow them: other last bits."""
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    session = InferenceSession((FOLDER / "reader.onnx").read_bytes(), options, providers=["CPUExecutionProvider"])
    return Model(session, Tokenizer.from_file(str(FOLDER / "tokenizer.json")), "fused")


@pytest.mark.parametrize(
    "text",
    [
        "Turkey, which took the S-400 from Russia in July 2019, was punished under CAATSA seventeen months "
        "later. Iran had waited for its own systems for years: the contract was frozen in 2010, and only in "
        "2016 did the first of them come. Officials in Ankara said that another batch was being talked about, "
        "and that no law of a third state would keep them from it; those in Moscow spoke of joint production.",
        "Iran has denied that it sent drones to Russia. Lawmakers asked whether CAATSA, written for deals "
        "such as that of Turkey over the S-400, could be turned on buyers of spare parts as well, and were "
        "told that each case was looked at by itself. Nobody could say how many of the aircraft had been "
        "handed over before the war began, or who paid.",
    ],
    ids=["a delivery and its end", "a denial and a law"],
)
def test_other_last_bits_leave_the_chances_as_they_are(fused: Model, text: str) -> None:
    one = {(s.relation, s.subject, s.object): s for s in default_model().scores(text, mentions(text), least=0.02)}
    other = {(s.relation, s.subject, s.object): s for s in fused.scores(text, mentions(text), least=0.01)}
    assert any(score.chance > 0.3 for score in one.values())
    for key, score in one.items():
        assert other[key].chance == pytest.approx(score.chance, abs=1e-4)
        assert other[key].stage_chance == pytest.approx(score.stage_chance, abs=1e-4)
        assert other[key].assertion_chance == pytest.approx(score.assertion_chance, abs=1e-4)
