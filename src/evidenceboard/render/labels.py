"""Finding places for the words of links once, so that painting only has to look them up."""

from __future__ import annotations

import numpy as np

from evidenceboard.model.label_places import label_places
from evidenceboard.render.board_paint import Picture
from evidenceboard.render.frame_paint import title_boxes
from evidenceboard.render.link_paint import LABEL_PATCH, label_room, telling


def settle_labels(picture: Picture) -> None:
    """Choose where along their lines the words of all links stand."""
    scene = picture.scene
    if scene.m and scene.can_be_followed:
        routes = picture.routes
        picture.document.expect("links", scene.link_ids[: scene.m])
        half = np.array([label_room(picture, index) / 2 + LABEL_PATCH for index in range(scene.m)])
        # What a type of link says by itself may wait until somebody points at it; words of the analyst's own may not.
        own = telling(scene.kind[: scene.m])
        routes.label_t = label_places(scene, routes.points, routes.shown, half, own, title_boxes(picture))
