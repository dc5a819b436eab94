"""Finding places for the words of links once, so that painting only has to look them up."""

from __future__ import annotations

from typing import Final

import numpy as np

from evidenceboard.model.label_places import LINKS_LIMIT, label_places
from evidenceboard.model.link_types import LINK_TYPES
from evidenceboard.render.board_paint import Picture
from evidenceboard.render.link_paint import LABEL_PATCH, label_room

_TELLING: Final = ("related", "bears on", "independent of")


def settle_labels(picture: Picture) -> None:
    """Choose where along their lines the words of all links stand."""
    scene, routes = picture.scene, picture.routes
    if 0 < scene.m <= LINKS_LIMIT:
        picture.document.expect("links", scene.link_ids[: scene.m])
        half = np.array([label_room(picture, index) / 2 + LABEL_PATCH for index in range(scene.m)])
        # What a type of link says by itself may wait until somebody points at it; words of the analyst's own may not.
        telling = np.isin(
            scene.kind[: scene.m], [place for place, kind in enumerate(LINK_TYPES) if kind.id in _TELLING]
        )
        routes.label_t = label_places(scene, routes.points, routes.shown, half, telling)
