"""Which links are drawn: all where there is room, and where there is none, always the same ones of them."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from evidenceboard import commands
from evidenceboard.commands.generate import generated
from evidenceboard.model.lots import lots_of
from evidenceboard.model.routes import Routes
from evidenceboard.model.scene import Scene
from evidenceboard.model.thinning import FAR, LONG, MOST, ROOM, SQUARE, Thinning, is_long
from evidenceboard.model.transaction import Transaction
from evidenceboard.session import Session

EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)
SCALES = (0.01, 0.03, 0.1, 0.11, 0.3, 1.0, 4.0)
AROUND = 1500


@pytest.fixture(scope="module")
def star(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scene, Routes]:
    """Return a board with one card that all others are linked to, and few links between these."""
    path = tmp_path_factory.mktemp("star") / "board.db"
    generated(path, cards=AROUND + 1, links=1200, seed=3)
    with Session.open(path) as session:
        hub, *others = [entity.id for entity in session.document.entities]
        with session.transaction("Link") as tx:
            for other in others:
                commands.link(tx, "related", hub, other)
        scene = Scene(session.document, session.document.boards[0].id)
        assert scene.slot_of_entity[hub] == 0
        return scene, Routes(scene)


def drawn(thinning: Thinning, scale: float) -> np.ndarray:
    return thinning.crossing(EVERYWHERE, 0.0, scale)


def at_hub(scene: Scene, links: np.ndarray) -> int:
    return int((scene.ends[:, links] == 0).any(axis=0).sum())


@pytest.mark.parametrize("scale", SCALES)
def test_what_is_drawn_in_a_part_is_what_is_drawn_of_the_whole(star: tuple[Scene, Routes], scale: float) -> None:
    scene, routes = star
    thinning, whole = Thinning(scene, routes), set(drawn(Thinning(scene, routes), scale).tolist())
    for area in ((0.0, 0.0, 900.0, 700.0), (3000.0, 500.0, 9000.0, 2500.0), (-50.0, 0.0, 20_000.0, 40.0)):
        part = thinning.crossing(area, 0.0, scale)
        assert set(part.tolist()) == whole & set(routes.crossing(area).tolist())
        assert thinning.drawn(part, scale).all()


@pytest.mark.parametrize("scale", SCALES[3:])
def test_a_card_has_as_many_lines_as_its_edge_has_room_for(star: tuple[Scene, Routes], scale: float) -> None:
    scene, routes = star
    room = 2 * float(scene.box[2:, 0].sum()) * scale / ROOM
    found = drawn(Thinning(scene, routes), scale)
    short = found[~is_long(routes.points[:, :, found], scale)]
    total = np.flatnonzero(~is_long(routes.points, scale))
    expected = at_hub(scene, total) * min(1.0, room / AROUND)
    assert abs(at_hub(scene, short) - expected) <= 6 * max(1.0, expected) ** 0.5


def test_where_there_is_room_every_link_is_drawn(tmp_path: Path) -> None:
    generated(tmp_path / "board.db", cards=60, links=90, seed=4)
    with Session.open(tmp_path / "board.db") as session:
        scene = Scene(session.document, session.document.boards[0].id)
    thinning = Thinning(scene, Routes(scene))
    for scale in (0.11, 0.3, 1.0, 4.0):
        assert len(drawn(thinning, scale)) == 90 and thinning.not_drawn(scale) == 0


@pytest.mark.parametrize("scale", SCALES[:3])
def test_far_out_no_square_has_many_more_lines_than_it_may(star: tuple[Scene, Routes], scale: float) -> None:
    scene, routes = star
    found = drawn(Thinning(scene, routes), scale)
    side = 2.0 ** np.ceil(np.log2(SQUARE / scale))
    squares = np.floor(routes.points[::3][:, :, found] / side).transpose(0, 2, 1).reshape(-1, 2)
    assert 0 < np.unique(squares, axis=0, return_counts=True)[1].max() <= MOST + 6 * MOST**0.5


def test_long_lines_are_faint_and_cover_no_more_than_they_may(star: tuple[Scene, Routes]) -> None:
    scene, routes = star
    thinning = Thinning(scene, routes)
    assert not thinning.has_faint(0.01) and thinning.has_faint(4.0)
    far = np.array([[0.0, 1.0, 2.0, LONG + 1], [0.0, 0.0, 0.0, 0.0]]).T[:, :, None]
    assert is_long(far, 1.0).all() and is_long(far, 4.0).all() and not is_long(far, 0.9).any()


@pytest.mark.parametrize("scale", SCALES)
def test_all_links_of_some_cards_are_drawn_and_the_others_stay_as_they_are(
    star: tuple[Scene, Routes], scale: float
) -> None:
    scene, routes = star
    before = Thinning(scene, routes)
    whole = before.with_whole(frozenset({0}))
    assert at_hub(scene, drawn(whole, scale)) == at_hub(scene, np.arange(scene.m))
    others = {link for link in drawn(whole, scale).tolist() if 0 not in scene.ends[:, link]}
    assert others == {link for link in drawn(before, scale).tolist() if 0 not in scene.ends[:, link]}
    assert whole.not_drawn(scale) == scene.m - len(drawn(whole, scale))
    assert before.with_whole(frozenset()) is before


def test_links_that_recede_take_no_room_from_the_others(star: tuple[Scene, Routes]) -> None:
    scene, routes = star
    receding = np.ones(scene.n, np.bool_)
    few = scene.ends[:, scene.links_at([0])[:12]].reshape(-1)
    receding[few] = False
    found = set(drawn(Thinning(scene, routes, receding), FAR).tolist())
    bright = np.flatnonzero(~receding[scene.ends[:, : scene.m]].any(axis=0)).tolist()
    assert len(bright) >= 12 and found >= set(bright)


def test_lots_are_the_same_for_an_id_wherever_it_stands_and_evenly_strewn() -> None:
    ids = [f"{number:032x}" for number in range(20_000)]
    lots = lots_of(ids)
    assert np.array_equal(lots_of(ids[::-1])[::-1], lots)
    assert np.array_equal(lots_of(ids[300:400]), lots[300:400])
    shares = np.histogram(lots, 20, (0.0, 1.0))[0]
    assert abs(shares - 1000).max() < 130
    assert len(lots_of([])) == 0


def test_which_lines_are_drawn_after_changes_is_what_a_board_that_is_looked_at_anew_says(tmp_path: Path) -> None:
    chance = random.Random(6)
    generated(tmp_path / "board.db", cards=700, links=2600, seed=7)
    with Session.open(tmp_path / "board.db") as session:
        document, board = session.document, session.document.boards[0].id
        scene = Scene(document, board)
        routes = Routes(scene)
        thinning = Thinning(scene, routes)
        served = 0

        def move(tx: Transaction) -> None:
            commands.move_cards(tx, [one.id for one in chance.sample(document.cards, 3)], 2500.0, -70.0)

        def stretch(tx: Transaction) -> None:
            card = chance.choice(document.cards)
            commands.resize_card(tx, card.id, x=card.x, y=card.y, w=800.0)

        def join(tx: Transaction) -> None:
            first, *others = (one.entity_id for one in chance.sample(document.cards, 40))
            for other in others:
                commands.link(tx, "related", first, other)

        def part(tx: Transaction) -> None:
            commands.remove(tx, [one.id for one in chance.sample(document.links, 5)])

        def rename(tx: Transaction) -> None:
            commands.set_fields(tx, chance.choice(document.entities).id, title="Another name")

        def fold(tx: Transaction) -> None:
            frame = chance.choice(document.frames)
            commands.collapse_frame(tx, frame.id, not frame.collapsed)

        def shelve(tx: Transaction) -> None:
            cards = [one.id for one in chance.sample(document.cards, 4)]
            commands.put_into_frame(tx, cards, chance.choice(document.frames).id)

        for change in chance.choices((move, stretch, join, part, rename, fold, shelve), k=40):
            for scale in SCALES:
                drawn(thinning, scale)  # what is known already is what may be out of date
            with session.transaction("Change") as tx:
                change(tx)
            touched = scene.update(session.operation(session.history(1)[0][0].id), document)
            hung = touched.moved | touched.lines
            if touched.everything or (hung and not routes.follow(scene, hung)):
                routes = Routes(scene)
            if thinning.serves(scene, routes, None):
                served += 1
            else:
                thinning = Thinning(scene, routes, None, thinning)
            anew = Thinning(scene, routes)
            for scale in SCALES:
                assert np.array_equal(drawn(thinning, scale), drawn(anew, scale)), (change.__name__, scale)
                assert thinning.not_drawn(scale) == anew.not_drawn(scale)
        assert served > 0
