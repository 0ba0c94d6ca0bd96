"""What the reader refuses, and how it says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from loaders.catalogue import CatalogueError, load_catalogue
from loaders.catalogue.reader import DATA
from loaders.catalogue.yaml_file import read_yaml

TURKEY = "- id: TUR\n  name: Turkey\n"
WIRE = "- id: wire.example\n  name: Wire\n  kind: agency\n  country: TUR\n  owner: Wire Group\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("file", "content", "place", "words"),
    [
        ("countries.yaml", TURKEY + "  colour: red\n", "countries.yaml:3: colour", "unknown field"),
        ("countries.yaml", "- id: TUR\n", "countries.yaml:1: name", "is missing"),
        ("countries.yaml", "- id: Turkey\n  name: Turkey\n", "countries.yaml:1: id", "'Turkey'"),
        ("countries.yaml", "- id: NOR\n  name: NO\n", "countries.yaml:2: name", "in quotes"),
        ("countries.yaml", TURKEY + "  since: 1923\n", "countries.yaml:3: since", '"1923"'),
        ("countries.yaml", TURKEY + '  since: "1923-13-01"\n', "countries.yaml:3: since", "no date '1923-13-01'"),
        ("countries.yaml", TURKEY + '  since: "1923-02-30"\n', "countries.yaml:3: since", "no date '1923-02-30'"),
        ("countries.yaml", TURKEY + "  since: October 1923\n", "countries.yaml:3: since", "write YYYY"),
        ("countries.yaml", TURKEY + '  since: "1999"\n  until: "1998"\n', "countries.yaml:4: until", "ends before"),
        ("countries.yaml", TURKEY + "  aliases: Türkiye\n", "countries.yaml:3: aliases", "a list expected"),
        ("outlets.yaml", WIRE + "  colour: red\n", "outlets.yaml:6: colour", "unknown field"),
        ("outlets.yaml", WIRE.replace("agency", "wire"), "outlets.yaml:3: kind", "'agency'"),
        ("countries.yaml", TURKEY + "  aliases: []\n  aliases: []\n", "countries.yaml:4: aliases", "stands twice"),
        ("countries.yaml", TURKEY + "  aliases:\n", "countries.yaml:3: aliases", "is empty"),
        (
            "countries.yaml",
            TURKEY + "  aliases:\n    - Türkiye\n    - Turkey\n",
            "countries.yaml:5: aliases.2",
            "stands in 'name' already",
        ),
        (
            "countries.yaml",
            TURKEY + "  adjectives: [Turkish]\n  organs: [Turkish]\n",
            "countries.yaml:4: organs.1",
            "'adjectives'",
        ),
        (
            "countries.yaml",
            TURKEY + "  ambiguous: [Chad]\n",
            "countries.yaml:3: ambiguous",
            "none of the entry's names",
        ),
        ("countries.yaml", TURKEY + TURKEY, "countries.yaml:3: id", "is taken"),
        (
            "countries.yaml",
            TURKEY + '  succeeded_by: [{id: XXX, date: "1991"}]\n',
            "countries.yaml:3: succeeded_by.1.id",
            "no entry 'XXX'",
        ),
        ("countries.yaml", TURKEY + "- Russia\n", "countries.yaml:3: entry", "a mapping of fields"),
        ("countries.yaml", "id: TUR\nname: Turkey\n", "countries.yaml:1: entry", "a list of entries"),
        ("countries.yaml", "- id: [TUR\n", "countries.yaml:2: entry", "is not YAML"),
        ("countries.yaml", "- &a [x]\n- *a\n", "countries.yaml:1: entry", "aliases are not allowed"),
        ("countries.yaml", "- name: !!python/name:os.system x\n", "countries.yaml:1: name", "plain text expected"),
        ("countries.yaml", "[" * 100_000, "countries.yaml:1: 1.1.1.1.1.1", "levels deep"),
        ("countries.yaml", TURKEY + "---\n" + TURKEY, "countries.yaml:3: entry", "second document"),
        ("planets.yaml", "- id: x\n", "planets.yaml:1: file", "no kind of catalogue file"),
        (
            "people.yaml",
            "- id: a\n  name: A\n  offices:\n    - title: King\n      of: XXX\n",
            "people.yaml:5: offices.1.of",
            "no entry 'XXX'",
        ),
        (
            "people.yaml",
            '- id: a\n  name: A\n  offices: [{title: King, of: XXX, since: "2001", until: "2000"}]\n',
            "people.yaml:3: offices.1.until",
            "ends before",
        ),
        ("people.yaml", "- id: a\n  name: A\n  surname: A\n", "people.yaml:3: surname", "stands in 'name' already"),
        ("companies.yaml", "- id: a\n  name: A\n  kind: circus\n", "companies.yaml:3: kind", "circus"),
        (
            "companies.yaml",
            "- id: a\n  name: A\n  kind: maker\n  country: XXX\n",
            "companies.yaml:4: country",
            "no entry 'XXX'",
        ),
        (
            "organisations.yaml",
            "- id: a\n  name: A\n  kind: body\n  members: [XXX]\n",
            "organisations.yaml:4: members.1",
            "no entry 'XXX'",
        ),
        (
            "weapon_classes.yaml",
            "- id: class/a\n  name: a\n  category: other\n  parent: class/b\n"
            "- id: class/b\n  name: b\n  category: other\n  parent: class/a\n",
            "weapon_classes.yaml:4: parent",
            "in a circle",
        ),
        (
            "weapons/a.yaml",
            "- id: a\n  name: A\n  kind: model\n  class: class/a\n",
            "weapons/a.yaml:4: class",
            "no entry 'class/a'",
        ),
        ("weapons/a.yaml", "- id: a\n  name: A\n  kind: model\n", "weapons/a.yaml:1: class", "is missing"),
        (
            "instruments.yaml",
            "- id: a\n  name: A\n  kind: list\n  sender: XXX\n",
            "instruments.yaml:4: sender",
            "no entry 'XXX'",
        ),
        (
            "instruments.yaml",
            "- id: a\n  name: A\n  kind: list\n  patterns: ['A \\d']\n",
            "instruments.yaml:4: patterns.1",
            "has no group",
        ),
        (
            "instruments.yaml",
            "- id: a\n  name: A\n  kind: list\n  patterns: ['A (']\n",
            "instruments.yaml:4: patterns.1",
            "not a regular expression",
        ),
        (
            "instruments.yaml",
            "- id: a\n  name: A\n  kind: list\n  patterns: ['A (\\d)']\n",
            "instruments.yaml:1: entry",
            "belong together",
        ),
    ],
)
def test_names_file_line_and_field(tmp_path: Path, file: str, content: str, place: str, words: str) -> None:
    first = problems(write(tmp_path, {file: content}))[0]
    assert first.startswith(place + ": ")
    assert words in first.removeprefix(place)


def test_reports_everything_at_once(tmp_path: Path) -> None:
    files = {
        "countries.yaml": TURKEY + "  colour: red\n- id: RUS\n",
        "people.yaml": "- id: a\n",
        "weapons/x.yaml": "- id: b\n  name: B\n  kind: toy\n  class: class/c\n",
    }
    places = [problem.split(": ")[0:2] for problem in problems(write(tmp_path, files))]
    assert places == [
        ["countries.yaml:3", "colour"],
        ["countries.yaml:4", "name"],
        ["people.yaml:1", "name"],
        ["weapons/x.yaml:3", "kind"],
    ]


def test_ids_are_unique_over_files(tmp_path: Path) -> None:
    files = {
        "armed_groups.yaml": "- id: a\n  name: A\n",
        "people.yaml": "- id: a\n  name: A\n",
    }
    assert problems(write(tmp_path, files)) == ["people.yaml:1: id: the id 'a' is taken; ids are unique over all files"]


def test_a_folder_without_files(tmp_path: Path) -> None:
    assert "has no *.yaml" in problems(tmp_path)[0]


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "countries.yaml").write_bytes("- id: TUR\n  name: Türkiye\n".encode("latin-1"))
    assert problems(tmp_path)[0].startswith("countries.yaml:1: file: is not UTF-8")


def test_newlines_do_not_change_the_version(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix", tmp_path / "windows"
    shutil.copytree(DATA, unix)
    for path in DATA.rglob("*.yaml"):
        copy = windows / path.relative_to(DATA)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_catalogue(unix).version == load_catalogue(windows).version == load_catalogue().version


def test_a_changed_file_changes_the_version(tmp_path: Path) -> None:
    before = write(tmp_path / "before", {"countries.yaml": TURKEY})
    after = write(tmp_path / "after", {"countries.yaml": TURKEY + "  iso2: TR\n"})
    assert load_catalogue(before).version != load_catalogue(after).version


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1)


@given(st.lists(st.dictionaries(PLAIN, PLAIN | st.lists(PLAIN, min_size=1), min_size=1), min_size=1))
def test_reads_back_what_yaml_writes(value: list[dict[str, str | list[str]]]) -> None:
    written = yaml.safe_dump(value, allow_unicode=True, default_style='"')
    assert read_yaml("x.yaml", written)[0] == value


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(content: str) -> None:
    try:
        value, lines = read_yaml("x.yaml", content)
    except CatalogueError as error:
        assert error.problems
        assert all(problem.file == "x.yaml" and problem.line >= 1 for problem in error.problems)
    else:
        assert isinstance(value, list | dict | str)
        assert lines.of((0, "name")) >= 1


def test_a_former_id_is_no_entrys(tmp_path: Path) -> None:
    folder = write(tmp_path, {"countries.yaml": TURKEY + "- id: XTR\n  name: Turkiye\n  former_ids: [TUR]\n"})
    [problem] = problems(folder)
    assert "countries.yaml:5: former_ids.1" in problem and "'TUR' is the id of an entry" in problem


@pytest.mark.parametrize(
    ("outlets", "place", "words"),
    [
        (WIRE + WIRE.replace("wire.", "other."), "outlets.yaml:6: entry", "'wire' stands for 'wire.example'"),
        (WIRE.replace("TUR", "XXX"), "outlets.yaml:4: country", "there is no entry 'XXX'"),
        (WIRE + "  domains: [wire.example.org, wire.example.org]\n", "", ""),
    ],
)
def test_outlets_are_checked_as_a_whole(tmp_path: Path, outlets: str, place: str, words: str) -> None:
    folder = write(tmp_path, {"countries.yaml": TURKEY, "outlets.yaml": outlets})
    if not place:
        assert load_catalogue(folder).outlets["wire.example"].name == "Wire"
        return
    [problem] = problems(folder)
    assert place in problem and words in problem
