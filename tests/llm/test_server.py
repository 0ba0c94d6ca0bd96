"""Servers that are busy, slow, broken, gone or against us; keys, caches, bounds and what a run says at its end."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from graph.settings import LlmSettings
from loaders.document import Document, Reject
from loaders.llm import LlmError, LlmExtractor
from tests.llm.conftest import KEY, Extractors
from tests.llm.server import ModelServer, Request, Response, completion, failure, said

TEXT = "Turkey bought S-400 systems from Russia."
BOUGHT = {
    "predicate": "purchases", "subject": "Turkey", "object": "S-400", "supplier": "Russia", "stage": "completed",
    "assertion": "asserted", "quote": "Turkey bought S-400 systems", "confidence": 0.9,
}  # fmt: skip
GOOD = said(BOUGHT)


def document(text: str = TEXT, id: str = "a1") -> Document:
    return Document(source_id=id, source="a1.txt", text=text, published="2021-01-10")


def gaps(server: ModelServer) -> list[float]:
    times = [request.at for request in server.requests]
    return [later - sooner for sooner, later in pairwise(times)]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(server: ModelServer, extractor: Extractors, status: int) -> None:
    server.script(failure(status), failure(status), GOOD)
    assert len(extractor().extract(document())) == 1
    assert len(server.requests) == 3


def test_pauses_grow(server: ModelServer, extractor: Extractors) -> None:
    server.script(failure(500))
    with pytest.raises(LlmError, match="busy or out of order"):
        extractor(pause=0.1, retries=4).extract(document())
    first, *_, last = gaps(server)
    assert len(server.requests) == 5
    assert last > 3 * first


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept_to(server: ModelServer, extractor: Extractors, form: str) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    server.script(failure(429, Retry_After="1" if form == "seconds" else date), GOOD)
    assert len(extractor().extract(document())) == 1
    assert gaps(server)[0] >= 0.95


def test_all_requests_wait_for_a_retry_after(server: ModelServer, extractor: Extractors) -> None:
    server.script(failure(429, Retry_After="1"), GOOD)
    by = extractor(concurrency=1)
    assert len(list(by.extract_many(document(f"{TEXT} {i}") for i in range(3)))) == 3
    assert [round(gap) for gap in gaps(server)] == [1, 0, 0]


def test_a_server_that_asks_for_an_hour_is_left_alone(server: ModelServer, extractor: Extractors) -> None:
    server.script(failure(429, Retry_After="3600"))
    with pytest.raises(LlmError, match="asks to wait 3,600 seconds"):
        extractor().extract(document())
    assert len(server.requests) == 1


@pytest.mark.parametrize("slow", ["headers", "body"])
def test_a_slow_answer_is_cut_off(server: ModelServer, extractor: Extractors, slow: str) -> None:
    def late(_: Request) -> Response:
        if slow == "headers":
            time.sleep(5)
        return Response(body=GOOD.body, dribble=0.1 if slow == "body" else 0)

    server.behaviour = late
    begin = time.monotonic()
    with pytest.raises(LlmError, match=r"no whole answer within 0\.5 seconds"):
        extractor(timeout=0.5, retries=1).extract(document())
    assert time.monotonic() - begin < 4
    assert len(server.requests) == 2


UNUSABLE: list[tuple[str, Response]] = [
    ("no chat completion", Response(body=b"<html>welcome</html>")),
    ("no chat completion", Response(body=b"[]")),
    ("no chat completion", Response(body=b'{"choices": []}')),
    ("no chat completion", Response(body=b'{"choices": [{"message": 7}]}')),
    ("no chat completion", Response(body=b"[" * 100_000)),
    ("is not JSON", completion('{"statements": [')),
    ("is not JSON", completion("Sure! Here are the claims:")),
    ("is not JSON", completion("[" * 100_000)),
    ("not of the schema", completion("[]")),
    ("not of the schema", completion('"text"')),
    ("not of the schema", completion('{"claims": []}')),
    ("not of the schema", completion('{"statements": {"predicate": "sanctions"}}')),
    (r"gave no answer \(I cannot\)", completion(None, refusal="I cannot")),
    ("gave no answer", completion("")),
    ("longer than", Response(body=b" " * 9_000_000)),
    (r"sends elsewhere \(302\)", Response(302, headers={"Location": "http://127.0.0.1:1/steal"})),
    (r"refuses the request \(400: too long\)", failure(400, "too long")),
    (r"no such address or model \(404: no model\)", failure(404, "no model")),
]


@pytest.mark.parametrize(("reason", "response"), UNUSABLE)
def test_an_unusable_answer_rejects_the_article_and_is_not_kept(
    server: ModelServer, extractor: Extractors, reason: str, response: Response
) -> None:
    server.script(response, GOOD)
    with pytest.raises(LlmError, match=reason):
        extractor().extract(document())
    assert len(extractor().extract(document())) == 1
    assert len(server.requests) == 2


def test_one_bad_answer_does_not_stop_the_others(server: ModelServer, extractor: Extractors) -> None:
    server.behaviour = lambda request: completion("no") if "3" in request.article else GOOD
    outcomes = list(extractor().extract_many(document(f"{TEXT} {i}.", f"a{i}") for i in range(8)))
    assert [read.source_id for read, _ in outcomes] == [f"a{i}" for i in range(8)]
    [(rejected, reject)] = [(d, found) for d, found in outcomes if isinstance(found, Reject)]
    assert isinstance(reject, Reject)
    assert (rejected.source_id, reject.source_id) == ("a3", "a3")
    assert reject.reason == "the model's answer is not JSON"


@pytest.mark.parametrize("odd", [None, [], "many", {"prompt_tokens": "1e9"}, {"prompt_tokens": -5}])
def test_odd_token_counts_count_as_none(server: ModelServer, extractor: Extractors, odd: Any) -> None:
    record = json.loads(GOOD.body) | {"usage": odd}
    server.script(Response(body=json.dumps(record).encode()))
    by = extractor()
    assert len(by.extract(document())) == 1
    assert "0 tokens in, 0 out" in by.report()[0]


def test_models_without_a_temperature_are_asked_without(server: ModelServer, extractor: Extractors) -> None:
    server.behaviour = lambda r: failure(400, "unsupported 'temperature'") if "temperature" in r.body else GOOD
    by = extractor(concurrency=1)
    assert all(isinstance(found, list) for _, found in by.extract_many(document(f"{TEXT} {i}") for i in range(3)))
    assert len(server.requests) == 4


def test_requests_at_once_are_bounded(server: ModelServer, extractor: Extractors) -> None:
    barrier = threading.Barrier(3, timeout=10)

    def together(_: Request) -> Response:
        barrier.wait()
        return GOOD

    server.behaviour = together
    outcomes = list(extractor(concurrency=3).extract_many(document(f"{TEXT} {i}") for i in range(12)))
    assert len(outcomes) == 12
    assert all(isinstance(found, list) for _, found in outcomes)
    assert server.most_at_once == 3


def test_input_is_read_no_further_than_needed(server: ModelServer, extractor: Extractors) -> None:
    taken = 0

    def endless() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield document(f"{TEXT} {taken}")

    outcomes = extractor(concurrency=2).extract_many(endless())
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert taken <= 8


def test_an_answer_is_paid_for_once(server: ModelServer, extractor: Extractors, tmp_path: Path) -> None:
    server.script(GOOD)
    first, second = extractor(), extractor()
    assert first.extract(document()) == second.extract(document())
    assert len(server.requests) == 1
    assert second.report()[0].startswith("0 answers from the model, 1 from the cache; 0 tokens in")
    extractor(model="test-2").extract(document())
    extractor().extract(document(TEXT + " "))
    assert len(server.requests) == 3
    for file in (tmp_path / "cache").rglob("*.json"):
        file.write_text("broken", encoding="utf-8")
    extractor().extract(document())
    assert len(server.requests) == 4


def test_one_text_in_nine_papers_is_one_request(server: ModelServer, extractor: Extractors) -> None:
    server.script(GOOD)
    outcomes = list(extractor(concurrency=9).extract_many(document(id=f"paper{i}") for i in range(9)))
    assert len({read.source_id for read, _ in outcomes}) == 9
    assert len(server.requests) == 1


def test_an_answer_counts_where_it_cannot_be_kept(server: ModelServer, extractor: Extractors, tmp_path: Path) -> None:
    server.script(GOOD)
    (tmp_path / "file").write_text("", encoding="utf-8")
    by = extractor(cache=tmp_path / "file")
    assert len(by.extract(document())) == 1
    assert "EMBARGO_LLM_CACHE" in by.report()[-1]


def test_tokens_and_cost_are_told(server: ModelServer, extractor: Extractors) -> None:
    server.script(GOOD)
    by = extractor(price_input=2, price_output=30)
    list(by.extract_many(document(f"{TEXT} {i}") for i in range(5)))
    assert by.report() == [
        "5 answers from the model, 0 from the cache; 500 tokens in, 50 out; cost 0.0025",
        "5 claims verified, 0 dropped",
    ]


def test_the_version_follows_the_model(extractor: Extractors) -> None:
    assert extractor().version == extractor().version != extractor(model="other/Model:8b").version


ECHO = f"Incorrect API key provided: {KEY}\x1b[31m"


@pytest.mark.parametrize("status", [401, 403])
def test_a_bad_key_stops_at_once_and_is_told_without_the_key(
    server: ModelServer, extractor: Extractors, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script(failure(status, ECHO))
    by = extractor(concurrency=1)
    outcomes = list(by.extract_many(document(f"{TEXT} {i}") for i in range(20)))
    assert len(server.requests) == 1
    reasons = {found.reason for _, found in outcomes if isinstance(found, Reject)}
    assert reasons == {f"the server refuses the key ({status}: Incorrect API key provided: [key] [31m)"}
    assert KEY not in f"{caplog.text} {outcomes} {by!r} {vars(by)}"


def test_the_key_is_sent_and_shown_nowhere(
    server: ModelServer, extractor: Extractors, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script(GOOD)
    by = extractor()
    claims = by.extract(document())
    [request] = server.requests
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(request.body)
    kept = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "cache").rglob("*.json"))
    settings = LlmSettings(url=server.url, model="m", key=SecretStr(KEY))
    told = f"{settings!r} {settings} {settings.model_dump_json()} {by!r} {vars(by)} {by.report()} {claims}"
    assert KEY not in told + kept + caplog.text


def test_without_a_key_none_is_sent(server: ModelServer, extractor: Extractors) -> None:
    extractor(key=None).extract(document())
    assert "Authorization" not in server.requests[0].headers


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("EMBARGO_LLM_URL", {"url": None}),
    ("EMBARGO_LLM_URL", {"url": "ftp://host/v1"}),
    ("EMBARGO_LLM_URL", {"url": "localhost"}),
    ("EMBARGO_LLM_KEY", {"url": f"https://user:{KEY}@host/v1"}),
    ("EMBARGO_LLM_MODEL", {"model": None}),
    ("EMBARGO_LLM_KEY", {"key": f"{KEY}\nX-Other: 1"}),
    ("EMBARGO_LLM_KEY", {"key": f"{KEY}é"}),
]


@pytest.mark.parametrize(("named", "change"), WRONG)
def test_wrong_settings_are_named(named: str, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=named) as caught:
        LlmExtractor(LlmSettings(**{"url": "http://127.0.0.1:1/v1", "model": "m", **change}))
    assert KEY not in str(caught.value)


def embargo(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("EMBARGO_")}
    environment |= {f"EMBARGO_LLM_{name}": value for name, value in settings.items()}
    environment |= {"EMBARGO_LLM_CACHE": str(folder / "cache"), "NO_PROXY": "127.0.0.1", "COLUMNS": "300"}
    command = [str(Path(sys.executable).parent / "embargo"), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    lines = [{"id": f"a{i}", "date": "2021-01-10", "text": f"{TEXT} {i}."} for i in range(3)]
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_extract_on_the_command_line(server: ModelServer, articles: Path, tmp_path: Path) -> None:
    server.script(GOOD)
    given = {"URL": server.url, "MODEL": "test-1", "KEY": KEY, "PRICE_INPUT": "1"}
    done = embargo("extract", "--extractor", "llm", str(articles), folder=tmp_path, **given)
    assert done.returncode == 0, done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(c["article"], c["extractor"], c["object"]["id"]) for c in claims] == [
        (f"a{i}", "llm", "s-400") for i in range(3)
    ]
    assert "300 tokens in, 30 out; cost 0.0003" in done.stderr
    assert KEY not in done.stderr + done.stdout


def test_load_stores_the_claims_beside_those_of_the_rules(server: ModelServer, articles: Path, tmp_path: Path) -> None:
    server.script(said({**BOUGHT, "stage": "agreed"}))
    given = {"URL": server.url, "MODEL": "test-1"}
    store = f"embedded:{tmp_path / 'store'}"
    assert embargo("load", "--store", store, str(articles), folder=tmp_path).returncode == 0
    command = ("load", "--store", store, "--extractor", "llm", str(articles))
    again = [embargo(*command, folder=tmp_path, **given) for _ in range(2)]
    assert [done.returncode for done in again] == [0, 0], again
    assert "3 claims new" in again[0].stdout
    assert "3 known), 0 claims new" in again[1].stdout
    cypher = "MATCH (c:Claim) RETURN c.extractor AS by, count(c) AS n, count(c.retired_at) AS retired ORDER BY by"
    told = embargo("query", "--store", store, "--format", "json", "--cypher", cypher, folder=tmp_path)
    assert json.loads(told.stdout) == [{"by": "llm", "n": 3, "retired": 0}, {"by": "rules", "n": 3, "retired": 0}]


@pytest.mark.parametrize("trouble", ["gone", "key"])
def test_trouble_rejects_the_articles_and_ends_with_1(
    server: ModelServer, articles: Path, tmp_path: Path, trouble: str
) -> None:
    server.script(failure(401, ECHO))
    url = server.url if trouble == "key" else "http://127.0.0.1:9/v1"
    given = {"URL": url, "MODEL": "test-1", "KEY": KEY, "RETRIES": "0"}
    rejects = tmp_path / "rejects.jsonl"
    done = embargo("extract", "--extractor", "llm", str(articles), "--rejects", str(rejects), folder=tmp_path, **given)
    assert (done.returncode, done.stdout) == (1, "")
    lines = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert [line["source_id"] for line in lines] == ["a0", "a1", "a2"]
    reason, remedy = {
        "gone": ("no server answers at http://127.0.0.1:9/v1/chat/completions", "correct EMBARGO_LLM_URL"),
        "key": ("the server refuses the key (401", "correct EMBARGO_LLM_KEY"),
    }[trouble]
    assert all(line["reason"].startswith(reason) and remedy in line["remedy"] for line in lines)
    assert reason in done.stderr
    assert KEY not in done.stderr + str(lines)


@pytest.mark.parametrize(
    ("named", "arguments", "given"),
    [
        ("EMBARGO_LLM_URL", ["llm"], {}),
        ("EMBARGO_LLM_MODEL", ["llm"], {"URL": "http://127.0.0.1:9/v1"}),
        ("EMBARGO_LLM_TIMEOUT", ["llm"], {"TIMEOUT": "soon"}),
        ("choose one of rules, llm", ["magic"], {}),
    ],
)
def test_wrong_calls_end_with_2(
    articles: Path, tmp_path: Path, named: str, arguments: list[str], given: dict[str, str]
) -> None:
    done = embargo("extract", str(articles), "--extractor", *arguments, folder=tmp_path, **given)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
