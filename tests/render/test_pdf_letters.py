"""Lines that are set without Qt: each letter stands where Qt would put it, and what is not plain is left to Qt."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF

from evidenceboard.render import application, fonts
from evidenceboard.render.pdf_drawn import Drawn
from evidenceboard.render.pdf_file import PdfFile
from evidenceboard.render.pdf_letters import Letters

pytestmark = pytest.mark.qt
LINES = (
    "AVATAR To We, “quotes” and (A-B) – 10:30 … 3x4",
    "Kyiv’s Yard. WAVE fiasco -> office flag Ty P.",
    "Прибули підтвердило колона був порожній",
    "Müller façade Łódź ñ",
    "드론 12대가 Kyiv 상공에서",
)


@pytest.fixture
def drawn() -> Iterator[Drawn]:
    application.ensure()
    made = Drawn(PdfFile(io.BytesIO()))
    yield made
    made.close()


@pytest.mark.parametrize("weight", ["regular", "medium", "semibold"])
def test_lines_are_as_wide_as_qt_has_them(drawn: Drawn, weight: str) -> None:
    letters = Letters(drawn)
    metrics = QFontMetricsF(fonts.font(1000, weight))
    for line in LINES:
        said = letters.lines((line,), (0, 0), 13, weight, 18, "#000000", 1.0)
        assert said is not None
        wide = -sum(float(step) for step in re.findall(rb">([-0-9.e]+)[<>]", said))
        count = 0
        for part in said.split(b"BT\n")[1].split(b"/")[1:]:
            widths = drawn.widths[part.split()[0]]
            signs = b"".join(re.findall(rb"<([0-9A-F]+)>", part)).decode()
            wide += sum(widths[int(signs[at : at + 4], 16)] for at in range(0, len(signs), 4))
            count += len(signs) // 4
        assert count == len(line)
        assert abs(wide - metrics.horizontalAdvance(line)) < 0.3 * len(line)


def test_a_line_is_set_alike_whether_its_letters_were_met_in_it_or_in_others(drawn: Drawn) -> None:
    apart, together = Letters(drawn), Letters(drawn)
    pairs = {one + other for line in LINES for one, other in pairwise(line)}
    for pair in sorted(pairs):
        apart.lines((pair,), (0, 0), 13, "regular", 18, "#000000", 1.0)
    for line in LINES:
        rows, at = (line,), (3.0, 4.0)
        one, other = (letters.lines(rows, at, 11, "regular", 15, "#123456", 0.75) for letters in (apart, together))
        assert one == other is not None


def test_what_is_no_plain_letter_of_the_typeface_is_left_to_qt(drawn: Drawn) -> None:
    letters = Letters(drawn)
    lines = ("e\u0301", "שלום", "drone שלום", "سلام")
    for line in lines:
        assert letters.lines(("drone", line), (0, 0), 13, "regular", 18, "#000000", 1.0) is None
    assert letters.lines(("drone",), (0, 0), 13, "regular", 18, "#000000", 1.0)
    assert letters.lines((), (0, 0), 13, "regular", 18, "#000000", 1.0) == b""
