"""What holds of every layout of every board."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laid_boards import after, boards, frames_after, made, methods, on_grid, overlap, overlaps

from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.layouts import METHODS, Method, method
from evidenceboard.model.layouts.gathering import Content
from evidenceboard.model.layouts.laying import Wish, laid


@given(boards(framed=False, pins=False), methods)
def test_no_two_cards_overlap_afterwards(found: Content, way: Method) -> None:
    result = laid(found, Wish(way))
    boxes = after(found, result)
    assert not overlaps(boxes)
    assert result.cards == len(found.cards)
    assert on_grid(result)
    assert all(abs(x) <= 1e9 and abs(y) <= 1e9 for x, y, _, _ in boxes.values())


@given(boards(framed=False), methods)
def test_what_is_pinned_stays_and_the_others_keep_off(found: Content, way: Method) -> None:
    pinned = {card.id for card in found.cards if card.pinned}
    boxes = after(found, laid(found, Wish(way)))
    assert all(boxes[card.id] == (card.x, card.y, card.w, card.h) for card in found.cards if card.pinned)
    assert all({one, other} <= pinned for one, other in overlaps(boxes))


@given(boards(), methods)
def test_a_frame_moves_as_one_with_its_cards(found: Content, way: Method) -> None:
    result = laid(found, Wish(way))
    boxes, frames = after(found, result), frames_after(found, result)
    for card in found.cards:
        frame = next((one for one in found.frames if one.id == card.frame_id), None)
        if frame is not None:
            x, y, *_ = frames[frame.id]
            assert (boxes[card.id][0] - card.x, boxes[card.id][1] - card.y) == (x - frame.x, y - frame.y)
    fixed = any(card.pinned for card in found.cards)
    with_cards = {card.frame_id for card in found.cards}
    if not fixed:
        loose = {card.id: boxes[card.id] for card in found.cards if card.frame_id is None}
        assert not overlaps(loose | {name: box for name, box in frames.items() if name in with_cards})


@given(boards(), methods, st.integers(0, 5))
def test_one_seed_gives_one_picture(found: Content, way: Method, seed: int) -> None:
    one, other = (laid(found, Wish(way, seed=seed)) for _ in range(2))
    assert one.card_ids == other.card_ids and one.frames == other.frames
    assert np.array_equal(one.by, other.by)


@given(boards(pins=False), methods, st.data())
def test_only_the_selection_moves_and_comes_to_lie_on_nothing(found: Content, way: Method, data: st.DataObject) -> None:
    chosen = (
        data.draw(st.frozensets(st.sampled_from([card.id for card in found.cards]))) if found.cards else frozenset()
    )
    result = laid(found, Wish(way, card_ids=chosen))
    boxes = after(found, result)
    assert set(result.card_ids) <= chosen
    alone = {card.frame_id for card in found.cards if card.id in chosen} == {None}
    if alone and len(chosen) > 1:
        assert not [pair for pair in overlaps(boxes) if set(pair) & chosen]
        assert not any(
            overlap(boxes[card_id], (frame.x, frame.y, frame.w, frame.h))
            for card_id in chosen
            for frame in found.frames
        )


@pytest.mark.parametrize("way", METHODS, ids=lambda way: way.id)
def test_the_selection_keeps_off_a_card_that_sticks_out_of_its_frame(way: Method) -> None:
    stay, x = 2, 1000.0
    cards = [("claim", 0.0, 0.0, 100.0, 50.0), ("claim", x, 0.0, 100.0, 50.0), ("note", x / 2, -600.0, 100.0, 1200.0)]
    found = made(cards, frames=[(x / 2, -2000.0, 100.0, 100.0)], homes={stay: 0})
    boxes = after(found, laid(found, Wish(way, card_ids=frozenset({"k0", "k1"}))))
    assert not overlaps(boxes)


@given(boards(pins=False), methods)
def test_a_frame_that_is_laid_out_fits_its_cards_and_nothing_else_moves(found: Content, way: Method) -> None:
    for frame in found.frames:
        mine = {card.id for card in found.cards if card.frame_id == frame.id}
        result = laid(found, Wish(way, frame_id=frame.id))
        assert set(result.card_ids) <= mine and set(result.frames) <= {frame.id}
        boxes = after(found, result)
        x, y, w, h = frames_after(found, result)[frame.id]
        for card_id in mine:
            left, top, wide, high = boxes[card_id]
            assert x < left and y < top and left + wide < x + w and top + high < y + h
        assert not overlaps({card_id: boxes[card_id] for card_id in mine})


@pytest.mark.parametrize("way", METHODS, ids=lambda way: way.id)
def test_nothing_one_card_and_only_pinned_ones_are_no_trouble(way: Method) -> None:
    assert not laid(made([]), Wish(way)).changes
    one = made([("claim", 8.0, 8.0, 250.0, 90.0)])
    assert not laid(one, Wish(way)).changes
    pinned = made([("claim", n * 8.0, 0.0, 250.0, 90.0) for n in range(4)], pinned=frozenset(range(4)))
    assert not laid(pinned, Wish(way)).changes


@pytest.mark.parametrize("way", METHODS, ids=lambda way: way.id)
def test_thousands_of_cards_on_one_spot_and_one_that_all_are_linked_with(way: Method) -> None:
    n = 3000
    found = made(
        [("claim" if k else "source", 5.0, 5.0, 250.0, 90.0) for k in range(n)], [(0, "states", k) for k in range(1, n)]
    )
    boxes = after(found, laid(found, Wish(way)))
    assert not overlaps(boxes)
    x, y, w, h = np.array(list(boxes.values())).T
    room = ((x + w).max() - x.min()) * ((y + h).max() - y.min())
    assert (w * h).sum() / room > 0.05


@pytest.mark.parametrize("way", METHODS, ids=lambda way: way.id)
def test_cards_too_wide_for_the_board_are_refused_in_words(way: Method) -> None:
    found = made([("claim", 0.0, 0.0, 1e9, 1e9) for _ in range(9)])
    with pytest.raises(InvalidValueError, match="no room on the board"):
        laid(found, Wish(way))


def test_what_is_not_there_is_refused_in_words() -> None:
    found = made([("claim", 0.0, 0.0, 250.0, 90.0)] * 2)
    with pytest.raises(InvalidValueError, match="Methods: layered, force, grid, time"):
        method("circular")
    with pytest.raises(NotFoundError, match="nothing was changed"):
        laid(found, Wish(METHODS[0], frame_id="gone"))
    with pytest.raises(NotFoundError, match="nothing was changed"):
        laid(found, Wish(METHODS[0], card_ids=frozenset({"k0", "gone"})))


class _StoppedError(Exception):
    pass


@pytest.mark.parametrize("way", METHODS, ids=lambda way: way.id)
def test_a_layout_tells_how_far_it_is_and_can_be_stopped(way: Method) -> None:
    found = made([("claim", n * 3.0, 0.0, 250.0, 90.0) for n in range(60)], [(n, "supports", n + 1) for n in range(59)])
    shares: list[float] = []
    laid(found, Wish(way), shares.append)
    assert shares and shares == sorted(shares) and shares[0] >= 0 and shares[-1] <= 1

    def stop(share: float) -> None:
        raise _StoppedError

    with pytest.raises(_StoppedError):
        laid(found, Wish(way), stop)
