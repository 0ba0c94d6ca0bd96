"""The header format: what is wrong is told with file, line and remedy; the stored files are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.store import Store
from queries.docs import PAGE, page
from queries.header import HeaderError
from queries.reader import read_query, stored_queries
from queries.runner import parameters_of, run
from tests.queries.fixtures import STORIES

GOOD = """\
// ---
// name: things
// title: Things
// answers: What is there?
// parameters:
//   - name: thing
//     type: entity
//     doc: Which.
//     example: TUR
//   - min_support
// columns:
//   - {name: id, doc: Its id.}
// ---
MATCH (n {id: $thing}) WHERE n.support >= $min_support
RETURN n.id AS id
"""


OF_EPISODES = GOOD.replace(
    "// parameters:", "// episodes:\n//   frames: [transfer]\n//   roles: {supplier: SUPPLIER}\n// parameters:"
).split("MATCH")[0]


def write(folder: Path, text: str) -> Path:
    path = folder / "things.cypher"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_is_read_and_taken_off(tmp_path: Path) -> None:
    query = read_query(write(tmp_path, GOOD))
    assert (query.header.name, query.header.answers) == ("things", "What is there?")
    assert [(p.name, p.type, p.default) for p in query.header.parameters] == [
        ("thing", "entity", None), ("min_support", "integer", 0),
    ]  # fmt: skip
    assert query.text.startswith("MATCH") and "---" not in query.text


def test_sparql_headers_are_the_same_behind_another_sign(tmp_path: Path) -> None:
    path = tmp_path / "things.rq"
    path.write_text(GOOD.replace("// ", "# "), encoding="utf-8")
    assert read_query(path).header == read_query(write(tmp_path, GOOD)).header


@pytest.mark.parametrize("parameter", ["supplier", "min_support", "known_on", "alleged"])
def test_the_beginning_uses_what_chooses_episodes(tmp_path: Path, parameter: str) -> None:
    text = OF_EPISODES.replace("//   - min_support", f"//   - {parameter}")
    query = read_query(write(tmp_path, f"{text}RETURN e.id AS id, $thing AS thing\n"))
    assert query.header.episodes and query.header.episodes.roles == {"supplier": "SUPPLIER"}
    assert [p.name for p in query.header.parameters] == ["thing", parameter]


def test_a_condition_on_episodes_uses_parameters_as_the_query_does(tmp_path: Path) -> None:
    where = '//   where: "$thing IS NULL OR supplier.id = $thing"\n// parameters:'
    query = read_query(write(tmp_path, f"{OF_EPISODES.replace('// parameters:', where)}RETURN e.id AS id\n"))
    assert query.header.episodes and query.header.episodes.where == "$thing IS NULL OR supplier.id = $thing"
    undeclared = where.replace("= $thing", "= $what")
    with pytest.raises(HeaderError, match=r"\$what is not declared"):
        read_query(write(tmp_path, f"{OF_EPISODES.replace('// parameters:', undeclared)}RETURN e.id AS id\n"))


def test_a_query_may_take_its_page_before_its_end(tmp_path: Path) -> None:
    query = read_query(write(tmp_path, GOOD.replace("RETURN", "WITH n SKIP $offset LIMIT $limit\nRETURN")))
    assert [p.name for p in query.header.parameters] == ["thing", "min_support"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("[transfer]", "[transfers]", 6, "episodes.frames.0"),
        ("[transfer]", "[]", 6, "episodes.frames"),
        ("supplier: SUPPLIER", "supplier: SELLER", 7, "episodes.roles.supplier"),
    ],
)
def test_what_is_wrong_about_the_episodes_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    text = f"{OF_EPISODES}RETURN e.id AS id, $thing AS thing\n".replace(old, new, 1)
    with pytest.raises(HeaderError, match=f"things.cypher:{line}: {words}"):
        read_query(write(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("// ---\n// name", "// name", 1, "begin the file with a line '// ---'"),
        ("// ---\nMATCH", "MATCH", 1, "not closed"),
        ("// title: Things", "title: Things", 3, "begin it with '// '"),
        ("title: Things", "title: 'Things", 3, "broken YAML"),
        ("name: things\n", "name: other\n", 2, "write 'name: things'"),
        ("name: things\n", "name: Some Things\n", 2, "name"),
        ("title: Things", "heading: Things", 3, "heading"),
        ("answers: What is there?", "answers: ''", 4, "answers"),
        ("type: entity", "type: thing", 7, "parameters.0.type"),
        ("type: entity", "type: choice", 6, "'values'"),
        ("- name: thing", "-name: thing", 7, "broken YAML"),
        ("- min_support", "- max_support", 10, "no common parameter"),
        ("{name: id, doc: Its id.}", "{name: id}", 12, "columns.0.doc"),
        ("name: id, ", "name: id, colour: red, ", 12, "colour"),
        ("$min_support", "$most", 14, "$most is not declared"),
        (">= $min_support", ">= 1", 2, "'min_support' is never used"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    with pytest.raises(HeaderError) as caught:
        read_query(write(tmp_path, GOOD.replace(old, new, 1)))
    assert str(caught.value).startswith(f"things.cypher:{line}: ")
    assert words in str(caught.value)
    assert caught.value.remedy


EXAMPLES = {
    "episode": "sanction/USA/TUR/2019-03-05/caatsa",
    "article": "caatsa-imposed",
    "claim": STORIES[0].claims[0].id,
}


@pytest.mark.parametrize("name", stored_queries())
def test_every_stored_query_runs_with_its_examples(store: Store, name: str) -> None:
    """Each parameter alone (beside those required), and each time the rows hold just the columns declared.

    Neo4j, which takes half a second to plan each, gets them all at once: it is to accept what they add to a statement.
    """
    query = stored_queries()[name]
    required = {p.name: EXAMPLES.get(p.type, p.example) for p in query.header.needed()}
    given = {p.name: EXAMPLES.get(p.type, p.example) for p in parameters_of(query)}
    alone = [{name: value} for name, value in given.items()] if store.dialect != "neo4j" else [{}, given]
    for chosen in alone:
        result = run(store, name, required | chosen)
        assert result.columns == [column.name for column in query.header.columns]
        assert all(list(row) == result.columns for row in result.rows)


@pytest.mark.parametrize("name", stored_queries())
def test_pages_fit_together(store: Store, name: str) -> None:
    query = stored_queries()[name]
    required = {p.name: EXAMPLES.get(p.type, p.example) for p in query.header.needed()}
    whole = run(store, name, required).rows
    pages = [
        row
        for start in range(0, len(whole), 2)
        for row in run(store, name, required | {"limit": 2, "offset": start}).rows
    ]
    assert pages == whole


def test_the_page_of_queries_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'python -m queries.docs'"
