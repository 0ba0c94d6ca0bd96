"""Parses of news sentences, offsets and the model's own record."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import LOWER

from loaders.text import Parser, Sentence, split_sentences
from loaders.text.parser import MODEL


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser.load()


ARCS = [
    ("Turkey bought S-400 missiles from Russia.", "Turkey nsubj bought, missiles obj bought"),
    ("Turkey bought S-400 missiles from Russia.", "S-400 compound missiles, from case Russia, bought ROOT bought"),
    (
        "The United States has sanctioned Turkey over its purchase.",
        "has aux sanctioned, Turkey obj sanctioned, purchase obl sanctioned",
    ),
    ("Turkey was removed from the programme.", "Turkey nsubj:pass removed, programme obl removed"),
    ("North Korea test-fired a ballistic missile.", "Korea nsubj test-fired, missile obj test-fired"),
    ("The missiles were delivered to Turkey by Russia.", "missiles nsubj:pass delivered, Russia obl:agent delivered"),
    ("Russia has sold India five fighter jets.", "Russia nsubj sold, India iobj sold, jets obj sold"),
    ("Washington imposed sanctions on Ankara.", "Washington nsubj imposed, sanctions obj imposed"),
    pytest.param(
        "Iran's missile program worries Israel.",
        "Iran nmod:poss program, program nsubj worries, Israel obj worries",
        marks=pytest.mark.xfail(strict=True, reason="the model reads `worries` as a noun"),
    ),
    ("Egypt plans to buy tanks.", "Egypt nsubj plans, buy xcomp plans, tanks obj buy"),
    ("France refused to deliver the warships that Russia ordered.", "ordered acl:relcl warships, Russia nsubj ordered"),
    ("The deal was signed in Moscow.", "deal nsubj:pass signed, was aux:pass signed, Moscow obl signed"),
    ("Germany and Norway will build submarines.", "Germany nsubj build, Norway conj Germany, will aux build"),
    ("China did not supply weapons to Syria.", "not advmod supply, weapons obj supply"),
    ("Putin said that Russia would supply the system.", "supply ccomp said, Russia nsubj supply, system obj supply"),
]


@pytest.mark.parametrize(("text", "arcs"), ARCS)
def test_dependencies(parser: Parser, text: str, arcs: str) -> None:
    (doc,) = parser.parse(text, split_sentences(text))
    found = {f"{token.text} {token.dep_} {token.head.text}" for token in doc}
    assert set(arcs.split(", ")) <= found


WORDS = [
    ("The systems were bought in 2017.", "bought", "VBN", "VERB", "buy"),
    ("The systems were bought in 2017.", "systems", "NNS", "NOUN", "system"),
    ("The systems were bought in 2017.", "were", "VBD", "AUX", "be"),
    ("Turkey stopped the deliveries.", "stopped", "VBD", "VERB", "stop"),
    ("Turkey stopped the deliveries.", "deliveries", "NNS", "NOUN", "delivery"),
    ("Officials are discussing the purchase.", "discussing", "VBG", "VERB", "discuss"),
    ("The United States sanctioned two firms.", "sanctioned", "VBD", "VERB", "sanction"),
    ("Moscow has sent missiles to Damascus.", "Damascus", "NNP", "PROPN", "Damascus"),
    ("They didn't buy it.", "n't", "RB", "PART", "not"),
]


@pytest.mark.parametrize(("text", "word", "tag", "pos", "lemma"), WORDS)
def test_words(parser: Parser, text: str, word: str, tag: str, pos: str, lemma: str) -> None:
    (doc,) = parser.parse(text, split_sentences(text))
    (token,) = [token for token in doc if token.text == word]
    assert (token.tag_, token.pos_, token.lemma_) == (tag, pos, lemma)


PIECES = st.sampled_from(
    [
        *"-.,'’\"$ \n\t\0",
        "  ",
        "\n\n",
        " \u00a0",
        "S-400",
        "U.S.",
        "Turkey",
        "bought",
        "e\u0301",
        "🚀",
        "\u202eabc",
        "\ud800",
    ]
)


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)))
def test_tokens_point_into_the_text_and_form_one_tree(parser: Parser, text: str) -> None:
    sentences = split_sentences(text)
    docs = parser.parse(text, sentences)
    assert len(docs) == len(sentences)
    for doc, (start, end) in zip(docs, sentences, strict=True):
        readable = text.encode("utf-8", "replace").decode("utf-8")
        for token in doc:
            place = start + token.idx
            assert readable[place : place + len(token)] == token.text
            assert token in token.sent.root.subtree
        assert len(doc.text) == end - start
        assert len([token for token in doc if token.head.i == token.i]) == 1
        assert len(list(doc.sents)) == 1


def test_runs_of_blanks_change_no_parse(parser: Parser) -> None:
    tight = "Turkey bought missiles from Russia."
    wide = tight.replace(" ", "  \t")
    parses = []
    for text in (tight, wide):
        (doc,) = parser.parse(text, split_sentences(text))
        parses.append([(token.text, token.tag_, token.dep_, token.head.text) for token in doc if not token.is_space])
    assert parses[0] == parses[1]


def test_any_stretch_may_be_parsed(parser: Parser) -> None:
    text = "Ankara said: Turkey bought missiles."
    assert parser.parse(text, []) == []
    (doc,) = parser.parse(text, [Sentence(13, len(text))])
    assert (doc[0].text, doc[0].idx) == ("Turkey", 0)


def test_model_tells_its_sources_and_scores() -> None:
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    assert {"Universal Dependencies English EWT", "GUM"} <= {source["name"] for source in meta["sources"]}
    assert all(source["license"] for source in meta["sources"])
    assert {"en_gum-news", "en_ewt-test"} <= set(meta["performance"])
    assert 0 < meta["performance"]["en_gum-news"]["las"] <= 100


def test_vectors_are_looked_up_without_regard_to_case() -> None:
    settings = json.loads((MODEL / "vocab" / "vectors.cfg").read_text(encoding="utf-8"))
    assert settings["attr"] == LOWER


def test_model_is_small_and_names_no_folder() -> None:
    files = [path for path in MODEL.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 15_000_000
    assert not any(b"/ud" in path.read_bytes() for path in files if path.suffix in {".json", ".cfg"})


def test_version_is_stable(parser: Parser) -> None:
    assert parser.version == Parser(MODEL).version
