"""Every call to the disk refused once: no room, a fault, or half of it done. Nothing is damaged and all is told."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.children import ROOT
from benchmarks.promises import calls
from benchmarks.promises.deeds import DEEDS, template
from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import ends_well, in_a_child

LONGEST: Final = 60
"""Seconds that a deed may take with all that is looked at afterwards."""
_WAYS: Final = {calls.NO_SPACE: "no room", calls.IO_ERROR: "a fault", calls.HALF: "half done"}


def failures(folder: Path, n: int) -> Tried:
    """Refuse so many calls, one at a time, or all where there are fewer; count those after which all is not well."""
    own = calls.loaded_before(folder)
    place = folder / "place"
    place.mkdir()
    words = [sys.executable, "-m", "benchmarks.promises.refused", str(place), str(n)]
    done = subprocess.run(words, env=own, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    answer = json.loads(done.stdout)
    return Tried(answer["n"], answer["failures"])


def main() -> None:
    """Try the deeds in a process that was started with the library; print how many calls and how many were broken."""
    folder, most = Path(sys.argv[1]), int(sys.argv[2])
    made = folder / "template"
    made.mkdir()
    template(made)
    cases = [
        (name, number, way)
        for name in DEEDS
        for number in range(1, _calls_of(folder, name) + 1)
        for way in (calls.NO_SPACE, calls.IO_ERROR, calls.HALF)
    ]
    chosen = cases if len(cases) <= most else random.Random(23).sample(cases, most)
    broken = sum(not _tried(folder, *case) for case in chosen)
    print(json.dumps({"n": len(chosen), "failures": broken}))


def _calls_of(folder: Path, name: str) -> int:
    """Do a deed with nothing refused and return how many calls it makes."""
    count = folder / "count"
    if not _tried(folder, name, 0, 0, count):
        raise RuntimeError(f"{name} does not work at all")
    return int(count.read_text("utf-8"))


def _tried(folder: Path, name: str, number: int, way: int, count: Path | None = None) -> bool:
    """Do a deed in a child of its own; return whether all was well."""
    place = folder / "deed"
    shutil.copytree(folder / "template", place)

    @contextmanager
    def armed() -> Iterator[None]:
        calls.watch(place)
        calls.refuse(number, way)
        try:
            yield
        finally:
            if count:
                count.write_text(str(calls.made()), "utf-8")
            calls.refuse(0, 0)

    def work() -> None:
        signal.alarm(LONGEST)
        DEEDS[name](place, armed)

    well = ends_well(in_a_child(work))
    if not well:
        print(f"That was {name}, call {number}: {_WAYS.get(way, 'nothing refused')}.", file=sys.stderr)
    shutil.rmtree(place)
    return well


if __name__ == "__main__":
    main()
