"""The colours: every text can be read on its ground, every sign told from it, on screen and on paper."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor

from evidenceboard.render.palette import CHOICES, DARK, HIGH_CONTRAST, LIGHT, MARKINGS, PAPER, Palette, contrast, over

pytestmark = pytest.mark.qt
PALETTES = (LIGHT, DARK, HIGH_CONTRAST, PAPER)
TEXT, SIGN = 4.5, 3.0


def grounds(palette: Palette) -> dict[str, QColor]:
    """Return what text may stand on, opaque."""
    names = ("board", "card", "chip", "chrome")
    found = {name: QColor(getattr(palette, name)) for name in names}
    return {**found, "frame": over(QColor(palette.frame), found["board"])}


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_ink_and_muted_ink_can_be_read_on_every_ground(palette: Palette) -> None:
    for name, ground in grounds(palette).items():
        assert contrast(QColor(palette.ink), ground) >= TEXT, name
        assert contrast(QColor(palette.muted), ground) >= TEXT, name


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_word_of_each_type_and_the_words_of_each_link_can_be_read(palette: Palette) -> None:
    for name in CHOICES:
        assert contrast(QColor(getattr(palette, name)), QColor(palette.card)) >= TEXT, name
    for name in ("supports", "contradicts"):
        for ground in ("board", "chip", "frame"):
            assert contrast(QColor(getattr(palette, name)), grounds(palette)[ground]) >= TEXT, (name, ground)
    assert contrast(QColor(palette.card), QColor(palette.selection)) >= TEXT, "chosen words in a field"


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_glyphs_lines_and_the_selection_stand_out_from_their_ground(palette: Palette) -> None:
    for name in (*CHOICES, "link", "selection"):
        for ground in ("board", "card", "frame", "chrome"):
            assert contrast(QColor(getattr(palette, name)), grounds(palette)[ground]) >= SIGN, (name, ground)


@pytest.mark.parametrize("marking", MARKINGS)
def test_markings_can_be_read_on_their_black(marking: str) -> None:
    assert contrast(QColor(MARKINGS[marking]), QColor("#000000")) >= TEXT


def test_contrast_is_what_the_standard_says() -> None:
    black, white = QColor("#000000"), QColor("#FFFFFF")
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), white) == pytest.approx(4.48, abs=0.01)
    greys = [contrast(QColor(f"#{step:02x}{step:02x}{step:02x}"), white) for step in range(0, 256, 15)]
    assert all(darker > lighter for darker, lighter in pairwise(greys))
