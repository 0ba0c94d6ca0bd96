"""`embargo import`: a database made without a server is the one that a load leaves, and goes on like it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bench.copies.pairs import copies as made_copies
from cli import app
from dev import neo4j_server
from graph.claims import Claim, Entity
from graph.dump import dump
from graph.lines import ArticleLine, ClaimLine
from graph.log import START, Event, end, read
from graph.migrations import MIGRATIONS, migrate
from graph.model import constraints, indexes, relationship_indexes
from graph.store import Store, connect
from graph.writer import Writer
from tests.store.examples import Loaded, article, claim, mention, on, story
from tests.store.test_copies import told

ROOT = Path(__file__).parents[2]
ADMIN = ROOT / "dev" / "neo4j-admin"
HOSTILE = 'He said "x", then \\"y\\";\n\r\n\ttab, \x00\x1f\x7f\u2028 𝔘nicode, \'q\', a;b|c,\n"" ,"\\'
SHOWN = {"ABOUT", "ALLEGED", "BECAUSE_OF", "COPY_OF", "MENTIONS", "OF_CLASS", "SANCTIONS", "SPEAKS_FOR", "SUPPLIES"}
"""Types of relationships that there have to be, lest nothing be compared."""
SAMPLES = (
    "2011-06-17-russia-signs-mistral-contract",
    "2014-07-31-eu-arms-embargo-on-russia",
    "2014-08-07-russia-bans-western-food",
    "2015-08-05-france-and-russia-cancel-mistral-contract",
    "2015-08-05-mistral-deal-cancelled-paris-to-repay-moscow",
)
CLASS = Entity(id="class/fighter-aircraft", name="fighter aircraft", label="Weapon")


def lines(loaded: list[Loaded], **fields: Any) -> list[dict[str, Any]]:
    """As `embargo export jsonl` writes them, each article with its claims after it."""
    found = []
    for source, claims in loaded:
        found.append(ArticleLine(**dict(source), extractors={"rules": "1.0"}, **fields).model_dump(by_alias=True))
        found += [ClaimLine(**dict(one)).model_dump(by_alias=True, mode="json") for one in claims]
    return found


def odd() -> list[dict[str, Any]]:
    """What makes loading more than copying: reasons, later versions, later readers, copies, what is to be forgotten,
    names that articles do not agree on, and text that no parser of CSV likes."""
    jet = mention("jet-9", "Weapon", name="Jet 9", of_class=CLASS)
    same = mention("jet-9", "Weapon", name="A Jet 9", text=HOSTILE[:30])
    old, new = (article("twice", text, published="2020-01-01", modified=day) for text, day in
                (("First told.", None), ("Told anew.", "2020-01-02")))  # fmt: skip
    hostile = article("hostile", HOSTILE, title=HOSTILE, outlet="someone.example", published=None)
    quoted = claim(hostile, "FRA", "supplies", same, "completed", recipient=mention("acme", "Company"), reason=HOSTILE)
    reason = article("reason", published="2019-05-05")
    bought = claim(reason, "IND", "purchases", jet, "completed", supplier=mention("FRA"), **on("2019-05-01"))
    punished = claim(reason, "USA", "sanctions", mention("IND"), "threatened", because_of=[bought.id])
    gone, erased = article("gone"), article("erased")
    copied = [told(f"{kind}-{n}", text, "2021-03-01") for n, pair in enumerate(made_copies()[:2])
              for kind, text in (("own", pair.one), ("copy", pair.other))]  # fmt: skip
    return [
        *lines([(old, []), (hostile, [quoted])]),
        lines([(old, [claim(old, "TUR", "tests", jet, "completed")])])[1] | {"article_version": old.version},
        *lines([(new, [claim(new, "TUR", "tests", jet, "planned")])]),
        *lines([(reason, [bought, punished, with_unknown_sender(reason)])]),
        *lines([(new, [claim(new, "TUR", "uses", jet, "completed", extractor_version="1.1")])]),
        *lines([(gone, [claim(gone, "IRN", "tests", jet, "completed")])], forgotten=True),
        *lines([(erased.model_copy(update={"text": "", "title": None}), [])], forgotten=True, erased=True),
        *lines(copied),
        *lines(story()),
    ]


def with_unknown_sender(of: Any) -> Claim:
    return claim(of, None, "sanctions", mention("IND"), "completed", measure="arms embargo")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Lines of an export, and articles that are read."""
    path = tmp_path_factory.mktemp("press") / "odd.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in odd()), encoding="utf-8")
    return [str(path), *(str(ROOT / "samples" / f"{name}.txt") for name in SAMPLES)]


def command(*arguments: str, **environment: str) -> Result:
    return CliRunner(env=environment | {"COLUMNS": "1000"}).invoke(app, list(arguments))


@pytest.fixture(scope="module")
def loaded(press: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    uri = f"embedded:{tmp_path_factory.mktemp('loaded')}"
    assert command("load", *press, "--store", uri).exit_code == 0
    with connect(uri) as store:
        yield store


@pytest.fixture(scope="module")
def imported(press: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if reason := neo4j_server.missing_tools():
        if os.environ.get("EMBARGO_REQUIRE_NEO4J") == "1":
            pytest.fail(reason)
        pytest.skip(f"no Neo4j: {reason}")
    home, files = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("files")
    options = ["--into", str(files), "--neo4j-admin", str(ADMIN)]
    result = command("import", *press, *options, NEO4J_HOME=str(home))
    assert result.exit_code == 0, result.output
    with neo4j_server.running(home, heap="512m") as uri, connect(uri) as store:
        yield store


def kept(store: Store, label: str) -> list[dict[str, Any]]:
    found = store.read(f"MATCH (n:{label}) RETURN properties(n) AS p ORDER BY n.id")
    return [row["p"] for row in found]


def remembered(store: Store) -> list[tuple[str, bool, tuple[str, ...]]]:
    notes = [(lock["id"], bool(lock.get("told")), tuple(lock.get("fits") or ())) for lock in kept(store, "Lock")]
    return [note for note in notes if note[1:] != (False, ())]


def changes(store: Store) -> set[Event]:
    return set(read(store, START, end(store), 10_000)[0])


def test_an_imported_database_is_the_loaded_one(loaded: Store, imported: Store) -> None:
    names = [module.__name__.rpartition(".")[2] for module in MIGRATIONS]
    assert set(migrate(imported)) <= set(names)
    assert sorted(row["id"] for row in kept(imported, "Migration")) == names
    ours, theirs = dump(imported), dump(loaded)
    assert {json.loads(line)[0] for line in theirs if line[1] == '"'} >= SHOWN
    assert [line for line in ours if line not in theirs] == [line for line in theirs if line not in ours] == []
    assert ours == theirs
    for label in ("Spoke", "Sketch", "Catalogue"):
        assert kept(imported, label) == kept(loaded, label), label
    assert remembered(imported) == remembered(loaded)
    assert {event.id for event in changes(imported)} == {event.id for event in changes(loaded)}
    [mine], [other] = kept(imported, "Run"), kept(loaded, "Run")
    assert mine["summary"].split("claims")[0].split("(")[0] == other["summary"].split("claims")[0].split("(")[0]


def test_it_has_every_key_and_index(imported: Store) -> None:
    migrate(imported)
    made = {row["name"] for query in ("CONSTRAINTS", "INDEXES") for row in imported.read(f"SHOW {query} YIELD name")}
    wanted = {statement.split()[2] for statement in constraints() + indexes() + relationship_indexes()}
    assert wanted <= made


def test_later_articles_change_both_alike(loaded: Store, imported: Store) -> None:
    later = article("later", published="2022-05-05")
    jet, shared = mention("jet-9", "Weapon", name="A", of_class=CLASS), mention("IND")
    claims = [
        claim(later, "IND", "purchases", jet, "completed", supplier=mention("RUS"), **on("2019-05-02")),
        claim(later, "USA", "sanctions", shared, "ended"),
        claim(later, "FRA", "supplies", mention("s-400", "Weapon"), "planned", recipient=mention("TUR")),
    ]
    graphs = []
    for store in (loaded, imported):
        Writer(store, {"rules": "1.0"}).write([(later, claims)])
        graphs.append((dump(store), kept(store, "Spoke")))
    assert graphs[0] == graphs[1]


def test_files_without_the_tool(press: list[str], tmp_path: Path) -> None:
    broken = article("broken", "A text with \ufffe in it.")
    path = tmp_path / "more.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines([(broken, []), *story()])), encoding="utf-8")
    result = command("import", str(path), "--into", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "6 articles (6 new" in result.stdout
    assert "U+FFFE" in result.stderr and "load it into the database afterwards" in result.stderr
    assert "neo4j-admin database import full neo4j @neo4j-admin.args" in result.stderr
    assert "embargo migrate" in result.stderr
    again = command("import", str(path), "--into", str(tmp_path / "out"))
    assert again.exit_code == 2 and "not empty" in again.stderr
    within = command("import", str(tmp_path), "--into", str(tmp_path / "in"))
    assert within.exit_code == 2 and "give a folder beside it" in within.stderr
    nowhere = command("import", str(path), "--into", str(tmp_path / "b"), "--neo4j-admin", "/nowhere/neo4j-admin")
    assert nowhere.exit_code == 2
    assert "no program '/nowhere/neo4j-admin'" in nowhere.stderr and f"cd {tmp_path / 'b'} && " in nowhere.stderr
