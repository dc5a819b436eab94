"""Boards at the edge on paper: cards as far apart as they can be, all links at one card, titles that never end."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_reading import Make
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.records import FARTHEST, TITLE_LIMIT
from evidenceboard.model.transaction import Transaction

MANY = 400


def far_apart(tx: Transaction, board_id: str) -> None:
    for x, y in ((0, 0), (-1, -1), (1, -1), (-1, 1), (1, 1)):
        claim = commands.add_entity(tx, "claim", title=f"At {x}, {y}")
        commands.place(tx, board_id, claim.id, x=x * (FARTHEST - 1000), y=y * (FARTHEST - 1000))
        if tx.document.entities[0].id != claim.id:
            commands.link(tx, "supports", tx.document.entities[0].id, claim.id)


def all_at_one(tx: Transaction, board_id: str) -> None:
    middle = commands.add_entity(tx, "claim", title="What everybody says")
    commands.place(tx, board_id, middle.id, x=0, y=0)
    for number in range(MANY):
        source = commands.add_entity(tx, "source", title=f"Source {number}")
        commands.place(tx, board_id, source.id, x=300 + number % 20 * 300, y=number // 20 * 200)
        commands.link(tx, "states", source.id, middle.id)


def never_ending(tx: Transaction, board_id: str) -> None:
    for place, type_id in enumerate(("claim", "source", "note")):
        entity = commands.add_entity(tx, type_id, title="Ж" * TITLE_LIMIT)
        commands.place(tx, board_id, entity.id, x=place * 300, y=0)


BOARDS = {made.__name__: made for made in (far_apart, all_at_one, never_ending)}
TOLD = {"far_apart": "the full size of the board", "all_at_one": "", "never_ending": "the ends of"}
BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG", "svg": b"<?xml"}


@pytest.fixture(params=BOARDS)
def board(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    path = tmp_path / "board.db"
    with Session.create(path) as session, session.transaction("Make it up") as tx:
        BOARDS[request.param](tx, session.document.boards[0].id)
    return request.param, path


@pytest.mark.parametrize(("format_id", "product"), [("pdf", "poster"), ("pdf", "atlas"), ("png", ""), ("svg", "")])
def test_it_is_written_whole_or_what_is_missing_is_said(
    board: tuple[str, Path], made: Make, qtbot: QtBot, format_id: str, product: str
) -> None:
    name, path = board
    written = made(path, format_id, **({"product": product} if product else {}))
    assert bytes(written.data).startswith(BEGINS[format_id])
    said = " ".join(written.not_expressed)
    if product == "poster":
        assert TOLD[name] in said
    elif format_id != "pdf":
        # What a PDF may have is no limit to a picture.
        assert "PDF" not in said
        assert "the full size of the board" not in said


@pytest.mark.parametrize("board", ["far_apart"], indirect=True)
def test_the_pixels_that_a_picture_has_for_one_unit_of_the_board_are_those_that_are_said(
    board: tuple[str, Path], made: Make, qtbot: QtBot
) -> None:
    written = made(board[1], "png")
    assert QImage.fromData(bytes(written.data)).width() / (2 * FARTHEST) < 0.001
    assert "a picture so large has less than 0.001" in " ".join(written.not_expressed)
