"""The lines of a large board are written by a process of its own: the same pages, whatever becomes of it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from paper_reading import Make, reader_of

from evidenceboard.commands.generate import generated
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.render import pdf_grounds, pdf_liner
from evidenceboard.render.pdf_liner import Grounds, Liner

pytestmark = pytest.mark.qt
_NAMES = re.compile(rb"/X\d+")
"""Names of forms, in which stands the number that their object happens to have."""


@pytest.fixture
def board(tmp_path: Path, made: Make) -> Path:
    path = tmp_path / "board.db"
    generated(path, cards=120, links=260, seed=9)
    # The first one learns letters: before that Qt tells widths, in 64ths of a pixel.
    made(path, product="atlas", paper="A5")
    return path


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let a process write lines however few they are; return how many strips it is given, one entry for each PDF."""
    given: list[int] = []
    begin, write = Liner.__init__, Liner.write

    def begun(self: Liner) -> None:
        given.append(0)
        begin(self)

    def counted(self: Liner, grounds: Grounds, links: np.ndarray) -> object:
        given[-1] += 1
        return write(self, grounds, links)

    monkeypatch.setattr(pdf_liner, "FROM", 0)
    monkeypatch.setattr(Liner, "__init__", begun)
    monkeypatch.setattr(Liner, "write", counted)
    return given


def drawings(made: Make, path: Path, **options: str) -> list[bytes]:
    """Return what draws each page."""
    found = [page.get_contents() for page in reader_of(made(path, **options)).pages]
    return [_NAMES.sub(b"/X", one.get_data().replace(b"\n\n", b"\n")) for one in found if one is not None]


@pytest.mark.parametrize("options", [{"product": "atlas", "paper": "A5"}, {}])
def test_pages_are_the_same_as_where_lines_are_written_here(
    board: Path, made: Make, written: list[int], monkeypatch: pytest.MonkeyPatch, options: dict[str, str]
) -> None:
    monkeypatch.setattr(pdf_grounds, "_AHEAD", 1000)
    beside = drawings(made, board, **options)
    assert written and written[0] >= (3 if options else 1)
    monkeypatch.setattr(pdf_liner, "FROM", 10_000)
    assert drawings(made, board, **options) == beside
    assert any(drawing.count(b" c S\n") + drawing.count(b" l S\n") > 10 for drawing in beside)
    assert len(written) == 1


def test_strips_that_the_process_is_too_far_behind_for_are_written_here(
    board: Path, made: Make, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_grounds, "_AHEAD", 1)
    some = drawings(made, board, product="atlas", paper="A5")
    monkeypatch.setattr(pdf_grounds, "_AHEAD", 0)
    assert drawings(made, board, product="atlas", paper="A5") == some
    assert written[1] == 0 < written[0]


@pytest.mark.parametrize("strip", [1, 2, 3])
def test_a_process_that_ends_too_soon_is_made_up_for(
    board: Path, made: Make, written: list[int], monkeypatch: pytest.MonkeyPatch, strip: int
) -> None:
    monkeypatch.setattr(pdf_grounds, "_AHEAD", 1000)
    whole = drawings(made, board, product="atlas", paper="A5")
    write = Liner.write

    def ended(self: Liner, grounds: Grounds, links: np.ndarray) -> object:
        if written[-1] == strip - 1:
            self._process.kill()
        return write(self, grounds, links)

    monkeypatch.setattr(Liner, "write", ended)
    assert drawings(made, board, product="atlas", paper="A5") == whole
    assert written[1] >= strip


def test_where_no_process_can_be_begun_lines_are_written_here(
    board: Path, made: Make, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = drawings(made, board, product="atlas", paper="A4")
    monkeypatch.setattr(pdf_liner.own_process, "command", lambda *words: ["/nowhere/at/all"])
    assert drawings(made, board, product="atlas", paper="A4") == whole
    assert written == [written[0], 0]


def test_a_pdf_that_is_stopped_ends_the_process(
    board: Path, made: Make, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Liner] = []
    write = Liner.write

    def noted(self: Liner, grounds: Grounds, links: np.ndarray) -> object:
        begun.append(self)
        return write(self, grounds, links)

    monkeypatch.setattr(Liner, "write", noted)
    with pytest.raises(EvidenceBoardError, match="stopped"):
        made(board, product="atlas", paper="A4", progress=lambda share: not begun)
    assert begun[0]._process.wait(10) != 0
