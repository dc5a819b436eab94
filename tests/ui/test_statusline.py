"""The line below in windows of every width: what it says is whole, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.ui.statusline import StatusLine

pytestmark = pytest.mark.qt
WIDTHS = (200, 330, 480, 620, 700, 900, 1300, 1900)
TITLE = "Change the assessment & the title of a card"


@pytest.fixture
def line(board_path: Path, qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    with Session.open(board_path) as session:
        with session.transaction(TITLE) as tx:
            commands.add_entity(tx, "note", title="One more")
        made.tell_saved(session)
    made.tell_counts(100_000, 200_000, 0)
    made.tell_lines(4_000, 200_000, True)
    made.set_zoom(0.29)
    made.resize(1900, 27)
    made.show()
    return made


def shown(line: StatusLine) -> list[QLabel | QPushButton]:
    parts = (line.saved, line.undo, line.counts, line.hidden_cards, line.lines, line.zoom)
    return [part for part in parts if part.isVisible()]


def dots(line: StatusLine) -> list[QWidget]:
    return [dot for dot in line.findChildren(QLabel, "dot") if dot.isVisible()]


def sweep(line: StatusLine, width: int, qtbot: QtBot) -> None:
    line.resize(width, 27)
    qtbot.wait(1)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_part_that_is_shown_is_whole_with_one_dot_between_two(line: StatusLine, qtbot: QtBot, width: int) -> None:
    sweep(line, width, qtbot)
    assert line.zoom in shown(line)
    for part in shown(line):
        assert part.width() >= part.sizeHint().width()
        assert line.rect().contains(part.geometry())
    assert len(dots(line)) == max(0, len(shown(line)) - 2)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_left_out_is_said_by_the_tip(line: StatusLine, qtbot: QtBot, width: int) -> None:
    sweep(line, width, qtbot)
    said = line.toolTip() + "".join(part.text() for part in shown(line))
    for words in ("100,000 cards", "no card hidden", "4,000 of 200,000"):
        assert words in said


def test_what_undo_takes_back_is_shortened_before_it_goes_and_whole_again_when_there_is_room(
    line: StatusLine, qtbot: QtBot
) -> None:
    said = {}
    for width in range(1900, 300, -20):
        sweep(line, width, qtbot)
        said[width] = line.undo.text() if line.undo.isVisible() else ""
    texts = list(dict.fromkeys(said.values()))
    assert texts[0] == f"Undo: {TITLE.replace('&', '&&')}"
    assert texts[-1] == ""
    assert all(text.endswith("…") for text in texts[1:-1])
    sweep(line, 1900, qtbot)
    assert line.undo.text() == texts[0]


def test_that_cards_are_hidden_is_the_last_thing_to_go(line: StatusLine, qtbot: QtBot) -> None:
    line.tell_counts(100_000, 200_000, 7)
    sweep(line, 390, qtbot)
    assert line.hidden_cards in shown(line)
    assert line.counts not in shown(line)
