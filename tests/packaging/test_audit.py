"""Locked versions against advisories; what the service of advisories says is not ours to test."""

from __future__ import annotations

import pytest
import yaml

from dev.audit import ADVISORIES, LOCK, by_hand, locked

TEXT = """\
h11==0.14.0 \\
    --hash=sha256:00
numpy==1.26.4 ; python_full_version < '3.12' \\
    --hash=sha256:01
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:02
    # via embargo==9
"""


def test_every_locked_version_is_looked_at() -> None:
    assert locked(TEXT) == [("h11", "0.14.0"), ("numpy", "1.26.4"), ("numpy", "2.5.5")]


@pytest.mark.parametrize(
    ("package", "fixed", "weak"),
    [
        ("h11", "0.16.0", ["0.14.0"]),
        ("h11", "0.14.0", []),
        ("h11", "0.9.0", []),
        ("numpy", "2.0", ["1.26.4"]),
        ("numpy", "2.10", ["1.26.4", "2.5.5"]),
        ("lxml", "99", []),
    ],
)
def test_versions_before_the_fixed_one_are_weak(package: str, fixed: str, weak: list[str]) -> None:
    found = by_hand(locked(TEXT), [{"package": package, "id": "CVE-1", "fixed": fixed}])
    assert [(weakness.package, weakness.version) for weakness in found] == [(package, version) for version in weak]
    assert all(fixed in str(weakness) and "CVE-1" in str(weakness) for weakness in found)


def test_our_own_list_is_of_what_is_locked() -> None:
    told = yaml.safe_load(ADVISORIES.read_text(encoding="utf-8"))["advisories"]
    versions = locked(LOCK.read_text(encoding="utf-8"))
    assert {advisory["package"] for advisory in told} <= {package for package, _ in versions}
    assert by_hand(versions, told) == []
