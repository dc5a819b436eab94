"""A board laid out for paper: every card as high as its text, and what stands below it moved down."""

from __future__ import annotations

import numpy as np

from evidenceboard.model.card_size import full_height
from evidenceboard.model.document import Document
from evidenceboard.model.gradings import TLP
from evidenceboard.model.records import Board, Entity, changed
from evidenceboard.model.routes import Routes, bezier
from evidenceboard.model.scene import Box, Floats, Scene, around
from evidenceboard.render.board_paint import Picture, face_of
from evidenceboard.render.labels import settle_labels
from evidenceboard.render.palette import PAPER, Palette


def on_paper(document: Document, board_id: str, palette: Palette = PAPER) -> Picture:
    """Return a board ready to be printed: nothing is cut, nothing overlaps that does not overlap on the screen."""
    scene = Scene(document, board_id)
    _grow(document, scene)
    routes = Routes(scene)
    picture = Picture(document, scene, routes, palette, dots=False, complete=True)
    settle_labels(picture)
    return picture


def _grow(document: Document, scene: Scene) -> None:
    slots = scene.order()
    grown: list[tuple[float, float, float]] = []
    for slot in slots.tolist():
        _, y, w, h = scene.box[:, slot]
        needed = full_height(face_of(document, scene, slot)[0], float(w))
        if needed > h:
            grown.append((float(y), float(y + h), needed - float(h)))
            scene.box[3, slot] = needed
    if not grown:
        return
    at, by = _inserted(grown)
    scene.box[1, slots] += shift(scene.box[1, slots], at, by)
    frames = []
    for frame in scene.frames:
        top = frame.y + float(shift(np.array([frame.y]), at, by)[0])
        bottom = frame.y + frame.h + float(shift(np.array([frame.y + frame.h]), at, by)[0])
        frames.append(changed(frame, y=top, h=bottom - top))
    scene.frames = frames


def _inserted(grown: list[tuple[float, float, float]]) -> tuple[Floats, Floats]:
    """Return where space is put in, in board units, and how much, so that each card (top, bottom, growth) has room.

    Cards of one row share the space that is put in below them.
    """
    places: list[float] = []
    amounts: list[float] = []
    for top, bottom, growth in sorted(grown, key=lambda one: one[1]):
        there = sum(amount for place, amount in zip(places, amounts, strict=True) if top < place <= bottom)
        if there < growth:
            places.append(bottom)
            amounts.append(growth - there)
    return np.array(places), np.array(amounts)


def shift(y: Floats, places: Floats, amounts: Floats) -> Floats:
    """Return how far things at heights `y` move down where space is put in."""
    made: Floats = (amounts * (places[None, :] <= y[:, None])).sum(axis=1)
    return made


def extent(picture: Picture) -> Box:
    """Return the box around everything that is painted, lines included; a small empty one where nothing is."""
    boxes = [box for box in (picture.scene.bounds(),) if box is not None]
    shown = np.flatnonzero(picture.routes.shown)
    if len(shown):
        at = bezier(picture.routes.points[:, :, shown], np.linspace(0.0, 1.0, 17))
        boxes.append((float(at[0].min()), float(at[1].min()), float(at[0].max()), float(at[1].max())))
    return around(boxes) or (0.0, 0.0, 400.0, 200.0)


def highest_marking(document: Document, board_id: str) -> str:
    """Return the highest marking that is present on a board: its own, its file's, that of its cards and links."""
    board = document.find("boards", board_id)
    found = {str(document.setting("marking", "") or "TLP:CLEAR")}
    if isinstance(board, Board):
        found.add(board.marking)
    shown = {card.entity_id for card in document.cards_on(board_id)}
    for entity_id in shown:
        entity = document.find("entities", entity_id)
        if isinstance(entity, Entity):
            found.add(entity.marking)
        found.update(link.marking for link in document.links_from(entity_id) if link.to_id in shown)
    return next((marking for marking in TLP.caution if marking in found), "TLP:CLEAR")
