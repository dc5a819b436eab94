"""The lock: addresses of no registry, hashes for all, and the window library that each Python can live with."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def pins() -> list[Requirement]:
    """Return every requirement of the lock."""
    return [Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)]


def test_the_lock_names_no_address_and_no_place_on_a_disk() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*(--(index|extra|find|trusted)|-[ief])", LOCK, re.MULTILINE)


def test_every_package_is_pinned_to_one_version_and_has_hashes() -> None:
    for block in re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip()):
        assert re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]


def test_everything_that_is_asked_for_is_locked_at_a_version_that_fits() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = pins()
    for asked in map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["test"]]):
        versions = [
            next(iter(pin.specifier)).version
            for pin in locked
            if canonicalize_name(pin.name) == canonicalize_name(asked.name)
        ]
        assert any(asked.specifier.contains(version) for version in versions), asked


@pytest.mark.parametrize(("python", "series"), [("3.11", "6.11."), ("3.12", "6.12."), ("3.13", "6.12.")])
def test_each_python_gets_the_window_library_that_does_not_kill_it(python: str, series: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.1"}
    found = [
        next(iter(pin.specifier)).version
        for pin in pins()
        if pin.name.lower() == "pyside6-essentials" and (pin.marker is None or pin.marker.evaluate(environment))
    ]
    assert len(found) == 1
    assert found[0].startswith(series)
