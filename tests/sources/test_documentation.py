"""The examples of docs/formats.md are read as they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from loaders.sources.fields import SYNONYMS
from loaders.sources.formats import SUFFIXES
from tests.sources.reader import read_all, written

FORMATS = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```\w+ file=(\S+)\n(.*?)^```$", FORMATS, re.MULTILINE | re.DOTALL))
READINGS = dict(re.findall(r"^```json reads=(\S+)\n(.*?)^```$", FORMATS, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("name", sorted(FILES.keys() | READINGS.keys()))
def test_an_example_is_read_as_shown(name: str, tmp_path: Path) -> None:
    outcome = read_all(written(tmp_path, name, FILES[name]))
    expected = json.loads(READINGS[name])
    assert outcome.rejects == []
    assert len(outcome.documents) == len(expected)
    for document, shown in zip(outcome.documents, expected, strict=True):
        assert {field: getattr(document, field) for field in shown} == shown


def test_every_name_of_a_field_is_listed() -> None:
    for field, names in SYNONYMS.items():
        assert f"| {field} | {', '.join(f'`{name}`' for name in names)} |" in FORMATS


def test_every_ending_is_listed() -> None:
    listed = re.findall(r"`(\.\w+)`", FORMATS.partition("| format |")[2].partition("\n\n")[0])
    assert sorted(listed) == sorted(SUFFIXES)
