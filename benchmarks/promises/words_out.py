"""Random boards exported with a limit of marking: no word of what is marked above it goes out, in any format."""

from __future__ import annotations

import random
import re
import signal
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.promises.outcome import Tried
from benchmarks.promises.worlds import ends_well, in_a_child
from evidenceboard import Session, commands
from evidenceboard.cli.exporting import Wanted, exported
from evidenceboard.model.gradings import TLP
from evidenceboard.model.markings import allowed
from evidenceboard.render.pdf_reading import PdfReading
from evidenceboard.render.pdf_texts import texts

LONGEST: Final = 300
"""Seconds that the exports of one board may take."""
ORDER: Final = tuple(reversed(TLP.caution))
_TYPES: Final = ("claim", "source", "actor", "event", "place", "note", "question", "scenario")
_LETTERS: Final = "бвгджзкbcdfghjkmpqrstvwxz"


def _export(ending: str, board: Path, at_most: str) -> bytes:
    out = board.with_name(f"out.{ending}")
    exported(board, str(out), Wanted(at_most=at_most))
    return out.read_bytes()


WAYS_OUT: Final[dict[str, Callable[[Path, str], bytes]]] = {
    ending: partial(_export, ending) for ending in ("pdf", "png", "svg", "json", "csv", "md")
}
"""What leaves the machine: each makes its bytes of a board at a limit of marking."""
_ALL_TEXT: Final = ("json", "md")
"""Formats that hold every title that may go out, so that it shows that the words can be found at all."""


def failures(folder: Path, n: int) -> Tried:
    """Export so many random boards in every format; count those of which anything goes out that may not."""
    broken = 0
    for number in range(n):
        place = folder / str(number)
        place.mkdir()
        broken += not ends_well(in_a_child(partial(_try, place, random.Random(number))))
    return Tried(n, broken)


def _try(folder: Path, chance: random.Random) -> None:
    signal.alarm(LONGEST)
    board, at_most = folder / "board.db", chance.choice(ORDER[:-1])
    may, may_not = _made(board, chance, at_most)
    for name, way_out in WAYS_OUT.items():
        found = _texts(way_out(board, at_most))
        if out := [word for word in may_not if any(word in text for text in found)]:
            raise AssertionError(f"{name} at {at_most} holds {len(out)} words that may not go out")
        if name in _ALL_TEXT and not all(any(word in text for text in found) for word in may):
            raise AssertionError(f"{name} at {at_most} lacks words that may go out")


def _made(path: Path, chance: random.Random, at_most: str) -> tuple[list[str], list[str]]:
    """Make a board; return the words in its titles that may go out, and all words that may not."""
    may: list[str] = []
    may_not: list[str] = []
    with Session.create(path, title="Winter") as session, session.transaction("Add cards") as tx:
        kept: dict[str, bool] = {}
        for number in range(chance.randrange(2, 14)):
            # A board of which nothing may go out is refused as a whole.
            mark, words = chance.choice(ORDER) if number else ORDER[0], [_word(chance) for _ in range(4)]
            made = commands.add_entity(
                tx, chance.choice(_TYPES), title=f"{words[0]} {number}", notes=words[1], tags=(words[2],), marking=mark
            )
            kept[made.id] = allowed(mark, at_most)
            if chance.random() < 0.3:
                commands.attach(tx, made.id, f"{words[3]}.txt", f"{words[3]} said".encode())
            commands.place(tx, tx.document.boards[0].id, made.id, x=number % 4 * 300, y=number // 4 * 260)
            (may if kept[made.id] else may_not).extend(words[:1] if kept[made.id] else words)
        for _ in range(chance.randrange(6)):
            (first, one), (second, other) = chance.sample(list(kept.items()), 2)
            word = _word(chance)
            commands.link(tx, "related", first, second, notes=word, props={"label": word})
            if not (one and other):
                may_not.append(word)
    return may, may_not


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_LETTERS) for _ in range(12))


def _texts(data: bytes) -> list[str]:
    """Return all that can be read out of an export: as it is, unpacked, as UTF-16, and as a PDF shows it."""
    unpacked = [data]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(stream[1]))
        except zlib.error:
            unpacked.append(stream[1])
    found = [one.decode(code, "ignore") for one in unpacked for code in ("utf-8", "utf-16-le", "utf-16-be")]
    if data.startswith(b"%PDF-"):
        found.append("\n".join(texts(PdfReading(data))))
        found.append(re.sub(r"\s", "", found[-1]))
    return found
