"""Placing, moving, sizing and arranging on a real file: the effect, the refusals, and that all can be undone."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError, NotFoundError
from evidenceboard.model.records import Board, Card, Frame
from evidenceboard.model.transaction import Transaction
from evidenceboard.store.gate import quick_check


def do(session: Session, work: Callable[[Transaction], Any]) -> Any:
    with session.transaction("Try") as tx:
        return work(tx)


def refused(session: Session, work: Callable[[Transaction], Any], match: str = ".") -> None:
    before, count = session.path.read_bytes(), session.operation_count()
    with pytest.raises((InvalidValueError, NotFoundError), match=match):
        do(session, work)
    assert (session.path.read_bytes(), session.operation_count()) == (before, count)


def boxes(session: Session) -> dict[str, tuple[float, float, float, float]]:
    return {card.id: (card.x, card.y, card.w, card.h) for card in session.document.cards}


@pytest.fixture
def row(session: Session) -> list[str]:
    """Return the ids of three cards of different widths, in a row with gaps."""
    sizes = ((0, 0, 100, 50), (300, 40, 200, 90), (900, 10, 300, 70))
    ids = [card.id for card in session.document.cards[:3]]

    def size(tx: Transaction) -> None:
        for card_id, (x, y, w, h) in zip(ids, sizes, strict=True):
            commands.resize_card(tx, card_id, x=x, y=y, w=w, h=h)

    do(session, size)
    return ids


@pytest.fixture
def second(session: Session) -> Board:
    board = do(session, lambda tx: commands.add_board(tx, "Second"))
    assert isinstance(board, Board)
    return board


def test_an_entity_has_one_card_on_a_board_and_may_stand_on_several(session: Session, second: Board) -> None:
    claim, main = session.document.entity("C1"), session.document.boards[0].id
    refused(session, lambda tx: commands.place(tx, main, claim.id, x=0, y=0), "C1 is on this board already")
    made = do(session, lambda tx: commands.place(tx, second.id, claim.id, x=1.05, y=-3, z=4))
    assert (made.x, made.y, made.z, made.w, made.fitted) == (1.0, -3.0, 4, 250.0, True)
    assert {card.board_id for card in session.document.cards_of(claim.id)} == {main, second.id}
    do(session, lambda tx: commands.take_off(tx, [made.id]))
    assert session.document.card_on(second.id, claim.id) is None
    assert session.document.entity("C1") == claim


@pytest.mark.parametrize(
    "values",
    [
        {"x": math.nan},
        {"y": math.inf},
        {"w": math.nan},
        {"w": -math.inf},
        {"w": 0},
        {"h": math.nan},
        {"x": 1e10},
        {"z": 10**30},
        {"w": math.nan, "h": 90},
        {"frame_id": "gone"},
        {"entity_id": "gone"},
        {"board_id": "gone"},
    ],
)
def test_a_place_that_cannot_be_is_refused(session: Session, second: Board, values: dict[str, Any]) -> None:
    whole = {"board_id": second.id, "entity_id": session.document.entity("C1").id, "x": 0, "y": 0, **values}
    refused(session, lambda tx: commands.place(tx, **whole), "othing was changed")


@pytest.mark.parametrize(("dx", "dy"), [(math.nan, 0), (0, math.inf), (2e9, 0)])
def test_a_move_to_nowhere_is_refused(session: Session, dx: float, dy: float) -> None:
    ids = [card.id for card in session.document.cards]
    refused(session, lambda tx: commands.move_cards(tx, ids, dx, dy), "Nothing was changed")
    frame = do(session, lambda tx: commands.add_frame(tx, tx.document.boards[0].id, title="F", x=0, y=0, w=9, h=9))
    refused(session, lambda tx: commands.move_frames(tx, [frame.id], dx, dy), "Nothing was changed")
    refused(session, lambda tx: commands.move_cards(tx, ["gone"], 1, 1))


def test_cards_that_move_together_keep_together_and_move_once(session: Session) -> None:
    def shake(tx: Transaction) -> None:
        for step, card in enumerate(tx.document.cards):
            tx.change(card, x=step / 8, y=0.0)

    do(session, shake)
    ids = [card.id for card in session.document.cards]
    do(session, lambda tx: commands.move_cards(tx, ids + ids, 0.1875, 1.4375))
    assert [card.x for card in session.document.cards] == [0.25 + step / 8 for step in range(5)]
    assert {card.y for card in session.document.cards} == {1.5}
    operation, records = session.history(1)[0]
    assert (len(session.operation(operation.id).changes), records) == (1, 5)


def test_a_size_by_hand_stays_until_the_text_is_followed_again(session: Session) -> None:
    card = session.document.cards[0]
    do(session, lambda tx: commands.resize_card(tx, card.id, x=5, y=6, w=400, h=300))
    assert boxes(session)[card.id] == (5, 6, 400, 300)
    assert not session.document.get(Card, card.id).fitted
    do(session, lambda tx: commands.fit_cards(tx, card.entity_id))
    assert boxes(session)[card.id] == (5, 6, 400, 300)
    do(session, lambda tx: commands.resize_card(tx, card.id, x=card.x, y=card.y, w=card.w))
    assert session.document.get(Card, card.id) == card
    for bad in ({"w": math.nan}, {"w": 0.0}, {"w": 100.0, "h": -1.0}, {"w": 1e10}):
        refused(session, lambda tx, bad=bad: commands.resize_card(tx, card.id, x=0, y=0, **bad))


def test_a_colour_by_hand_is_given_and_taken_back(session: Session) -> None:
    ids = [card.id for card in session.document.cards[:2]]
    do(session, lambda tx: commands.set_colour(tx, ids, "amber"))
    assert [card.colour for card in session.document.cards] == ["amber", "amber", "", "", ""]
    do(session, lambda tx: commands.set_colour(tx, ids, ""))
    assert {card.colour for card in session.document.cards} == {""}
    refused(session, lambda tx: commands.set_colour(tx, ids, "x" * 201))


@pytest.mark.parametrize(
    ("side", "places"),
    [
        ("left", [(0, 0), (0, 40), (0, 10)]),
        ("centre", [(550, 0), (500, 40), (450, 10)]),
        ("right", [(1100, 0), (1000, 40), (900, 10)]),
        ("top", [(0, 0), (300, 0), (900, 0)]),
        ("middle", [(0, 40), (300, 20), (900, 30)]),
        ("bottom", [(0, 80), (300, 40), (900, 60)]),
    ],
)
def test_cards_line_up_on_a_side_of_the_box_around_them(
    session: Session, row: list[str], side: str, places: list[tuple[float, float]]
) -> None:
    before = boxes(session)
    do(session, lambda tx: commands.align(tx, row, side))
    after = boxes(session)
    assert [after[one][:2] for one in row] == places
    assert all(after[one][2:] == before[one][2:] for one in row)
    assert all(after[one] == before[one] for one in set(before) - set(row))
    session.undo()
    assert boxes(session) == before


def test_lining_up_nothing_or_on_no_side(session: Session, row: list[str]) -> None:
    count = session.operation_count()
    do(session, lambda tx: commands.align(tx, [], "left"))
    do(session, lambda tx: commands.align(tx, row[:1], "left"))
    assert session.operation_count() == count
    for ids in (row, []):
        refused(session, lambda tx, ids=ids: commands.align(tx, ids, "inside"), "Sides: left")
    refused(session, lambda tx: commands.align(tx, [*row, "gone"], "left"), "no longer")


def test_gaps_become_equal_and_the_outermost_stay(session: Session, row: list[str]) -> None:
    do(session, lambda tx: commands.distribute(tx, [row[2], row[0], row[1]], "x"))
    after = boxes(session)
    assert [after[one][0] for one in row] == [0, 400, 900]
    do(session, lambda tx: commands.distribute(tx, row, "y"))
    after = boxes(session)
    assert [after[one][1] for one in (row[0], row[2], row[1])] == [0, 10, 40]
    count = session.operation_count()
    do(session, lambda tx: commands.distribute(tx, row, "x"))
    do(session, lambda tx: commands.distribute(tx, row[:2], "x"))
    do(session, lambda tx: commands.distribute(tx, [row[0]] * 5, "x"))
    assert session.operation_count() == count
    refused(session, lambda tx: commands.distribute(tx, row, "z"), "Axes: x, y")
    refused(session, lambda tx: commands.distribute(tx, row, "title"), "Axes: x, y")


def pile(session: Session) -> list[str]:
    """Return the cards as they are painted, the hindmost first."""
    return [card.id for card in sorted(session.document.cards, key=lambda card: card.z)]


def test_cards_are_raised_and_lowered_in_their_order(session: Session) -> None:
    a, b, c, d, e = pile(session)
    do(session, lambda tx: commands.raise_(tx, [c, a]))
    assert pile(session) == [b, d, e, a, c]
    do(session, lambda tx: commands.lower(tx, [c, e]))
    assert pile(session) == [e, c, b, d, a]
    do(session, lambda tx: commands.raise_(tx, []))
    do(session, lambda tx: commands.lower(tx, []))
    session.undo()
    session.undo()
    assert pile(session) == [a, b, c, d, e]


def test_a_frame_owns_cards_moves_them_once_and_lets_them_go(session: Session) -> None:
    board = session.document.boards[0].id
    ids = [card.id for card in session.document.cards]
    before = boxes(session)
    frame = do(
        session,
        lambda tx: commands.add_frame(tx, board, title="증거", x=-10, y=-10, w=600, h=400, cards=ids[:2]),
    )
    assert [card.id for card in session.document.cards_in(frame.id)] == ids[:2]
    do(session, lambda tx: commands.move_frames(tx, [frame.id, frame.id], 7, 8, also=[ids[1], ids[2], ids[2]]))
    moved = session.document.get(Frame, frame.id)
    assert (moved.x, moved.y) == (-3, -2)
    for place, card_id in enumerate(ids):
        by = (7, 8) if place < 3 else (0, 0)
        assert boxes(session)[card_id][:2] == (before[card_id][0] + by[0], before[card_id][1] + by[1])
    do(session, lambda tx: commands.put_into_frame(tx, [ids[0]], None))
    assert [card.id for card in session.document.cards_in(frame.id)] == ids[1:2]
    do(session, lambda tx: commands.resize_frame(tx, frame.id, x=0, y=0, w=50, h=50))
    do(session, lambda tx: commands.rename_frame(tx, frame.id, "Докази"))
    do(session, lambda tx: commands.collapse_frame(tx, frame.id, True))
    found = session.document.get(Frame, frame.id)
    assert (found.title, found.collapsed, found.w) == ("Докази", True, 50)
    do(session, lambda tx: commands.remove_frame(tx, frame.id))
    assert session.document.frames == []
    assert len(session.document.cards) == 5 and not any(card.frame_id for card in session.document.cards)
    session.undo()
    assert [card.id for card in session.document.cards_in(frame.id)] == ids[1:2]
    assert quick_check(session.path) == []


def test_frames_refuse_what_is_not_theirs(session: Session, second: Board) -> None:
    card = session.document.cards[0]
    size = {"title": "F", "x": 0, "y": 0, "w": 100, "h": 100}
    other = do(session, lambda tx: commands.add_frame(tx, second.id, **size))
    refused(session, lambda tx: commands.put_into_frame(tx, [card.id], other.id), "its own board")
    refused(session, lambda tx: commands.add_frame(tx, second.id, **size, cards=[card.id]), "its own board")
    refused(
        session,
        lambda tx: commands.place(tx, tx.document.boards[0].id, tx.new_id(), x=0, y=0, frame_id=other.id),
    )
    refused(session, lambda tx: commands.put_into_frame(tx, [card.id], "gone"), "frame is no longer")
    refused(session, lambda tx: commands.add_frame(tx, "gone", **size), "board is no longer")
    refused(session, lambda tx: commands.add_frame(tx, second.id, **{**size, "w": math.nan}))
    refused(session, lambda tx: commands.resize_frame(tx, other.id, x=0, y=0, w=0, h=9))
    refused(session, lambda tx: commands.rename_frame(tx, other.id, "x" * 1_000_000), "100,000")
    for command in (commands.remove_frame, commands.rename_frame, commands.collapse_frame):
        arguments = {commands.rename_frame: ("t",), commands.collapse_frame: (True,)}.get(command, ())
        refused(session, lambda tx, c=command, a=arguments: c(tx, "gone", *a), "no longer")


def test_boards_are_added_renamed_and_removed_with_what_stands_on_them(session: Session, second: Board) -> None:
    main = session.document.boards[0]
    assert [board.title for board in session.document.boards] == ["Main board", "Second"]
    do(session, lambda tx: commands.rename_board(tx, second.id, "둘째"))
    frame = do(session, lambda tx: commands.add_frame(tx, main.id, title="F", x=0, y=0, w=9, h=9))
    do(session, lambda tx: commands.put_into_frame(tx, [card.id for card in tx.document.cards[:2]], frame.id))
    do(session, lambda tx: commands.remove_board(tx, main.id))
    assert [board.title for board in session.document.boards] == ["둘째"]
    assert (session.document.cards, session.document.frames, len(session.document.entities)) == ([], [], 5)
    assert quick_check(session.path) == []
    refused(session, lambda tx: commands.remove_board(tx, second.id), "at least one board")
    refused(session, lambda tx: commands.remove_board(tx, "gone"), "no longer")
    refused(session, lambda tx: commands.rename_board(tx, "gone", "t"), "no longer")
    refused(session, lambda tx: commands.rename_board(tx, second.id, "x" * 100_001), "100,000")
    session.undo()
    assert len(session.document.cards_in(frame.id)) == 2
    third = do(session, lambda tx: commands.add_board(tx, "Third"))
    assert session.document.boards[-1] == third


def test_title_and_marking_belong_to_the_file(session: Session) -> None:
    do(session, lambda tx: commands.set_file(tx, title="Зима", marking="red", assessor="ann"))
    setting = session.document.setting
    assert (setting("title"), setting("marking"), setting("assessor"), setting("none", 5)) == (
        "Зима",
        "TLP:RED",
        "ann",
        5,
    )
    count = session.operation_count()
    do(session, lambda tx: commands.set_file(tx, title="Зима"))
    assert session.operation_count() == count
    for bad in (
        {"marking": "secret"},
        {"title": "x" * 100_001},
        {"title": 5},
        {"title": "a\x00"},
        {"x": math.nan},
        {"x" * 65: 1},
        {"x": object()},
    ):
        refused(session, lambda tx, bad=bad: commands.set_file(tx, **bad))
    session.undo()
    assert setting("title") == "Winter"


def test_a_tag_looks_at_no_card_and_a_title_fits_it_anew(session: Session) -> None:
    with session.transaction("Add a card") as tx:
        claim = commands.add_entity(tx, "claim", title="Short")
        card = commands.place(tx, session.document.boards[0].id, claim.id, x=0, y=0)
    with session.transaction("As another program left it") as tx:
        tx.change(card, h=card.h + 8)
    with session.transaction("Tag") as tx:
        commands.set_fields(tx, claim.id, tags="checked")
    assert session.document.get(Card, card.id).h == card.h + 8
    with session.transaction("Write") as tx:
        commands.set_fields(tx, claim.id, title="Brief", tags="")
    assert session.document.get(Card, card.id).h == card.h
