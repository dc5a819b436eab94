"""The colours of classes: scales and kinds that people who see few colours can tell apart, in each palette.

Steps go from violet and blue (most) over teal to brown and orange (least); `for` and `against` go away from a grey
middle to blue and to orange. A test simulates the three kinds of colour blindness and measures how far apart they are.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from evidenceboard.model.geometry import UNKNOWN_TYPE
from evidenceboard.model.scene import Scene
from evidenceboard.model.styled import Styled
from evidenceboard.model.types import TYPES
from evidenceboard.render.palette import Palette

GREYS: Final = frozenset({"unknown", "plain", "outside"})
"""Roles that are told apart by sign and border rather than by colour; `outside` says nothing, so it stands back."""
_ROLES: Final = (
    *("step1", "step2", "step3", "step4", "step5"),
    *("for3", "for2", "for1", "even", "against1", "against2", "against3"),
    *("red", "strict", "amber", "green", "clear"),
    *("alarm", "bare", "few", "some", "many"),
    *("unknown", "plain", "outside"),
)
_LIGHT: Final = (
    *("#3B2C5F", "#095EAE", "#2E92A5", "#6D6125", "#C67A19"),
    *("#1B2C4B", "#205B97", "#1398AE", "#686762", "#D17329", "#975E33", "#48211B"),
    *("#AD1A01", "#664840", "#DA6D00", "#498A47", "#162E3F"),
    *("#9C3E22", "#5A2C9D", "#1B95C9", "#4E6680", "#192C4A"),
    *("#8C8880", "#7C7870", "#C4C0B6"),
)
_DARK: Final = (
    *("#C6D2ED", "#59C7FC", "#89C9B9", "#79A16D", "#AF6C3A"),
    *("#BDDEFF", "#30B9F9", "#5E8CA5", "#878278", "#BB8651", "#E98923", "#FFC58F"),
    *("#F77856", "#EC9D89", "#AC6F08", "#7FE5BB", "#CEDDF6"),
    *("#FE4D1C", "#AD63D9", "#4185A2", "#8ABAEF", "#CEE6FF"),
    *("#8F8D88", "#9C9992", "#54575B"),
)
_CONTRAST: Final = (
    *("#211468", "#0E4784", "#007389", "#514D09", "#9B6716"),
    *("#08203B", "#11477B", "#647482", "#4F4A41", "#856F4A", "#802B01", "#3B1300"),
    *("#911703", "#331A00", "#866D3E", "#0F4E35", "#222A33"),
    *("#74001E", "#6933A5", "#007BA2", "#394D66", "#151F39"),
    *("#6B6B6B", "#5C5C5C", "#A0A0A0"),
)
COLOURS: Final = {
    name: dict(zip(_ROLES, colours, strict=True))
    for name, colours in (("light", _LIGHT), ("paper", _LIGHT), ("dark", _DARK), ("contrast", _CONTRAST))
}
"""The colour of each role of a class, by the name of the palette."""


def role_colour(palette: Palette, role: str) -> QColor:
    """Return the colour of a class, of a type, or of a hand's choice."""
    colour = COLOURS[palette.name].get(role)
    return palette.type_colour(role) if colour is None else QColor(colour)


def patches(styled: Styled | None, scene: Scene, palette: Palette) -> tuple[NDArray[Any], list[QColor]]:
    """Return for each slot the place of its colour, and the colours: what cards too small for words are painted in."""
    if styled is None:
        roles = [kind.colour for kind in TYPES] + ["note"] * (UNKNOWN_TYPE + 1 - len(TYPES))
        return scene.type, [palette.type_colour(role) for role in roles]
    roles = [*(one.colour for one in styled.styling.classes), "outside", *styled.by_hand]
    places = styled.painted
    if len(places) < scene.n:
        places = np.concatenate([places, np.full(scene.n - len(places), styled.pending, places.dtype)])
    return places, [role_colour(palette, role) for role in roles]
