"""The colours of classes: told apart by people who see few colours, and seen on every ground that cards stand on."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from evidenceboard import Session
from evidenceboard.model.styling import STYLINGS, scenario_styling
from evidenceboard.render.badges import HIGH, SHAPES, badge_width, paint_badge
from evidenceboard.render.palette import DARK, HIGH_CONTRAST, LIGHT, PAPER, Palette, contrast
from evidenceboard.render.style_colours import COLOURS, GREYS, role_colour

pytestmark = pytest.mark.qt
PALETTES = (LIGHT, DARK, HIGH_CONTRAST, PAPER)
APART = 12.0
"""How far (ΔE*ab, CIE 1976) two classes of one styling are from each other, however they are seen; 2.3 is just seen."""
SEEN = {
    "by most": np.eye(3),
    # Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB.
    "without red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "without green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "without blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour: QColor, seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a colour in CIELAB as it is seen."""
    part = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    t = XYZ @ np.clip(seen @ linear, 0, 1) / (XYZ @ np.ones(3))
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def roles_together(session: Session) -> dict[str, list[str]]:
    """Return by styling the roles whose colours have to be told apart."""
    scenario = scenario_styling(session.document, session.document.entity("H1").id)
    assert scenario is not None
    made = [*STYLINGS[1:], scenario]
    return {
        one.id: list(dict.fromkeys(each.colour for each in one.classes if each.colour not in GREYS)) for one in made
    }


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_classes_of_a_styling_are_told_apart_by_those_who_see_fewer_colours(
    palette: Palette, session: Session
) -> None:
    for styling_id, roles in roles_together(session).items():
        for how, seen in SEEN.items():
            for one, other in combinations(roles, 2):
                far = np.linalg.norm(lab(role_colour(palette, one), seen) - lab(role_colour(palette, other), seen))
                assert far >= APART, (styling_id.split(":")[0], how, one, other, round(float(far), 1))


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_class_stands_out_from_card_board_and_frame(palette: Palette) -> None:
    for role in COLOURS[palette.name].keys() - {"outside"}:
        for ground in ("card", "board", "chrome"):
            assert contrast(role_colour(palette, role), QColor(getattr(palette, ground))) >= 3.0, (role, ground)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_letters_of_a_badge_can_be_read_on_it(palette: Palette) -> None:
    for role in COLOURS[palette.name]:
        best = max(contrast(QColor(ink), role_colour(palette, role)) for ink in ("#000000", "#FFFFFF"))
        assert best >= 4.5, role


def test_every_sign_leaves_another_mark(session: Session) -> None:
    signs = {each.sign for one in STYLINGS for each in one.classes if each.sign}
    pictures = {}
    for sign in signs:
        image = QImage(80, 40, QImage.Format.Format_RGB32)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(2, 2)
        paint_badge(painter, sign, QPointF(1, 1), QColor("#000000"))
        painter.end()
        pictures[sign] = bytes(image.constBits())
        assert 10 <= badge_width(sign) <= 2 * HIGH
    assert len(set(pictures.values())) == len(signs)
    assert signs >= SHAPES and badge_width("") == 0
