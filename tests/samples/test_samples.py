"""The sample articles keep the seed's layout and are plainly marked as samples."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
FIRST_LINE = re.compile(r" date (\d{4}-\d{2}-\d{2}) (https://\S+)")


def first_line(path: Path) -> tuple[str, str]:
    match = FIRST_LINE.fullmatch(path.read_text(encoding="utf-8").split("\n", 1)[0])
    assert match, f"{path.name}: the first line is not ' date YYYY-MM-DD URL'"
    return match[1], match[2]


def test_there_are_enough() -> None:
    assert len(SAMPLES) >= 40


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_layout(path: Path) -> None:
    content = path.read_bytes().decode("utf-8")
    blocks = content.split("\n\n")
    assert "\r" not in content
    assert content.endswith("\n")
    assert len(blocks) >= 4, "first line, title, lead and body"
    assert all(block.strip() and "\n" not in block.strip() for block in blocks)
    assert 90 <= sum(len(block.split()) for block in blocks[1:]) <= 220


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_date_and_address(path: Path) -> None:
    day, url = first_line(path)
    parts = urlsplit(url)
    assert date(2010, 1, 1) <= date.fromisoformat(day) < date.today()
    assert path.name.startswith(f"{day}-")
    assert parts.path.startswith(f"/{day.replace('-', '/')}/")
    assert (parts.hostname or "").endswith(".example")
    assert (parts.hostname or "").startswith("sample-")


def test_every_address_is_used_once() -> None:
    urls = [first_line(path)[1] for path in SAMPLES]
    assert len(set(urls)) == len(urls)


def test_some_credit_the_agency_and_reprints_repeat_its_words() -> None:
    bodies = {path: path.read_text(encoding="utf-8").strip().split("\n\n") for path in SAMPLES}
    credited = {path: body for path, body in bodies.items() if body[-1] == "(Sample Wire)"}
    reprints = [path for path in credited if "sample-wire" not in first_line(path)[1]]
    assert len(credited) >= 4
    assert reprints
    for reprint in reprints:
        paragraphs = set(credited[reprint][3:-1])
        originals = [path for path, body in credited.items() if path != reprint and paragraphs & set(body)]
        assert originals, f"{reprint.name} credits the agency but repeats none of its articles"
