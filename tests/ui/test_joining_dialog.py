"""Cards that may be one are looked through by keyboard; joining and splitting is done from the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.in_steps import ended
from evidenceboard.model.records import Entity
from evidenceboard.ui.dialogs.lookalikes import Lookalikes
from evidenceboard.ui.panels.name_list import NameList
from evidenceboard.ui.panels.prose import Prose
from evidenceboard.ui.window import Window

pytestmark = pytest.mark.qt


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    path = tmp_path / "board.db"
    with Session.create(path, title="Winter") as made, made.transaction("Add cards") as tx:
        board = made.document.boards[0].id
        names = ("Kim Jong-un", "김정은", "Сергей Шойгу", "Sergei Shoigu")
        actors = [commands.add_entity(tx, "actor", title=name) for name in names]
        claim = commands.add_entity(tx, "claim", title="He was there")
        source = commands.add_entity(tx, "source", title="KCNA")
        commands.link(tx, "states", source.id, claim.id)
        commands.link(tx, "asserts", actors[1].id, claim.id)
        for place, entity in enumerate((*actors, claim, source)):
            commands.place(tx, board, entity.id, x=place * 300, y=0)
    shown = Window(Session.open(path))
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown


def opened(qtbot: QtBot, window: Window) -> Lookalikes:
    dialog = Lookalikes(window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    return dialog


def test_the_keys_join_judge_and_put_off(qtbot: QtBot, window: Window) -> None:
    dialog = opened(qtbot, window)
    both = dialog.pair()
    assert both is not None and {one.number for one in both} == {"A1", "A2"}
    qtbot.keyClick(dialog.list, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert window.document.entity("A1").props["aliases"] == ["김정은"]
    qtbot.keyClick(dialog.list, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    assert not dialog.join.isEnabled() and window.document.size("entities") == 5
    window.session.undo()
    dialog.look()
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_L)
    assert dialog.list.count() == 0
    assert window.session.undo_label() == "Join two cards"


def test_the_other_one_can_be_kept(qtbot: QtBot, window: Window) -> None:
    dialog = opened(qtbot, window)
    qtbot.keyClick(dialog.list, Qt.Key.Key_O)
    qtbot.keyClick(dialog.list, Qt.Key.Key_J)
    assert window.document.entity("A2").props["aliases"] == ["Kim Jong-un"]


def test_the_inspector_tells_which_source_uses_which_name_and_splits(qtbot: QtBot, window: Window) -> None:
    kept, gone = window.document.entity("A1"), window.document.entity("A2")
    before = dict(window.document.table("entities"))
    window.perform("Join two cards", lambda tx: commands.join(tx, kept.id, gone.id))
    names = NameList(window, kept.id)
    qtbot.addWidget(names)
    ended(names.looking())
    (button,) = names.splits
    said = [line.words for line in names.findChildren(Prose)]
    assert "김정은" in said and "was A2 · came with what S1 said" in said
    button.click()
    assert dict(window.document.table("entities")) == before
    assert window.document.get(Entity, gone.id).title == "김정은"


def test_nothing_can_be_joined_where_the_file_is_open_for_reading_only(qtbot: QtBot, window: Window) -> None:
    with Session.open(window.session.path) as second:
        assert second.read_only
        other = Window(second)
        qtbot.addWidget(other)
        dialog = Lookalikes(other)
        qtbot.addWidget(dialog)
        qtbot.waitUntil(lambda: dialog.list.count() == 2)
        assert not dialog.join.isEnabled() and not dialog.unlike.isEnabled()


def test_the_pair_of_the_selected_card_is_shown_first(qtbot: QtBot, window: Window) -> None:
    window.show_entity(window.document.entity("A4").id)
    both = opened(qtbot, window).pair()
    assert both is not None and [one.number for one in both] == ["A3", "A4"]
