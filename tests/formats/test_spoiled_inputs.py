"""Inputs spoiled at random: each comes in whole or not at all, and nothing but a named error or problem shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from evidenceboard import Session
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.format import Written
from evidenceboard.formats.importing import Importing

Export = Callable[..., Written]
BITS = (
    b'"', b",", b"\n", b"{", b"}", b"[", b"]", b"null", b"NaN", b"1e999", b"\x00", b"\xff", b"-1", b'""', b"true",
    b"9" * 30, b'"\\ud800"', b":", b"';", b"S1", b"type", b"[" * 2000, b"\r", b"'=",
)  # fmt: skip
MUTANTS = 120


def spoiled(chance: random.Random, sound: bytes) -> bytes:
    data = bytearray(sound)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, way = chance.randrange(len(data)), chance.random()
        if way < 0.3:
            del data[at : at + chance.choice((1, 5, 50))]
        elif way < 0.7:
            data[at : at + chance.choice((0, 1, 8, 30))] = chance.choice(BITS)
        else:
            other = chance.randrange(len(data))
            data[at:at] = data[other : other + chance.choice((5, 100))]
    return bytes(data)


def write(place: Path, data: bytes | dict[str, bytes]) -> None:
    """Write a file, or a folder of files in place of the one before."""
    if isinstance(data, bytes):
        place.write_bytes(data)
        return
    place.mkdir(exist_ok=True)
    for name, one in data.items():
        (place / name).write_bytes(one)


@pytest.mark.parametrize("kind", ["json", "csv", "tables"])
def test_a_spoiled_input_comes_in_whole_or_not_at_all(rich: Path, export: Export, tmp_path: Path, kind: str) -> None:
    chance = random.Random(f"spoiled {kind}")
    sound = export(rich, "csv" if kind == "tables" else kind, folder=kind == "tables").data
    refused = 0
    for number in range(MUTANTS):
        if isinstance(sound, dict):
            name = chance.choice(sorted(sound))
            data: bytes | dict[str, bytes] = {**sound, name: spoiled(chance, sound[name])}
        else:
            data = spoiled(chance, sound)
        path = tmp_path / f"{number}.db"
        source = path.with_name("links.csv")
        with Session.create(path) as session:
            before, count = path.read_bytes(), session.operation_count()
            try:
                write(source, data)
                taken = Importing(source, format_id="json" if kind == "json" else "csv").into(session)
            except EvidenceBoardError as error:
                assert str(error)
                taken = None
            if taken and not taken.report.problems:
                assert session.operation_count() == count + (taken.operation is not None)
            else:
                refused += 1
                assert path.read_bytes() == before
                assert session.document.entities == []
        with Session.open(path, read_only=True) as session:
            assert session.problems == []
        path.unlink()
    assert 10 < refused < MUTANTS
