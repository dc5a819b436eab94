"""An export that is too large for memory: the same bytes, in a file that nobody else sees and that goes away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from evidenceboard.formats.kept import Kept
from evidenceboard.formats.safe_write import write_whole


@given(some.lists(some.binary(max_size=40), max_size=20), some.integers(0, 200), some.data())
def test_what_was_written_is_given_back_wherever_it_lies(parts: list[bytes], most: int, data: some.DataObject) -> None:
    kept, whole = Kept(in_memory=most), b"".join(parts)
    for part in parts:
        kept.write(part)
    assert len(kept) == len(whole) and b"".join(kept.chunks()) == whole
    start = data.draw(some.integers(0, len(whole)))
    assert kept.part(start, start + 10) == whole[start : start + 10]
    assert (kept.settled() == whole) is (len(whole) <= most)


def test_a_large_export_takes_its_place_like_a_small_one(tmp_path: Path) -> None:
    kept, place = Kept(in_memory=100), tmp_path / "large.pdf"
    whole = b"%PDF-1.4\n" + os.urandom(3_000_000) + b"\n%%EOF\n"
    kept.write(whole)
    write_whole(place, kept)
    assert place.read_bytes() == whole and place.stat().st_mode & 0o777 == 0o600
    short = Kept(in_memory=100)
    short.write(whole[:-10])
    with pytest.raises(Exception, match="incomplete"):
        write_whole(place, short)
    assert place.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["large.pdf"]


def test_no_room_for_it_is_said_and_leaves_no_file(tmp_path: Path) -> None:
    program = (
        "import resource, signal\n"
        "from evidenceboard.errors import EvidenceBoardError\n"
        "from evidenceboard.formats.kept import Kept\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "kept = Kept(in_memory=100)\n"
        "try:\n"
        "    for _ in range(10):\n"
        "        kept.write(bytes(5_000))\n"
        "    kept.part(0, 10)\n"
        "except EvidenceBoardError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True
    )
    assert "no room for the export" in done.stdout and "nothing was written" in done.stdout, done.stderr
    assert list(tmp_path.iterdir()) == []
