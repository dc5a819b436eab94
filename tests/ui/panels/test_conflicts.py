"""Fields of which two copies say different things: the panel, its keys, the inspector and the line below."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.merge import merge_file
from evidenceboard.ui.bridge import Bridge
from evidenceboard.ui.panels.conflicts import Conflicts
from evidenceboard.ui.panels.deciding import Deciding
from evidenceboard.ui.panels.folding import Line
from evidenceboard.ui.statusline import StatusLine
from evidenceboard.ui.window import Window

MINE = {"C1": {"title": "Lorries carried 3,000 men"}, "A1": {"role": "Minister"}, "S1": {"published": "2024-10-18"}}
THEIRS = {"C1": {"title": "Trains carried 3,000 men"}, "A1": {"role": "Speaker"}, "S1": {"published": "2024-10-20"}}


def change(path: Path, changes: dict[str, dict[str, str]], removed: str = "") -> None:
    with Session.open(path) as session:
        for number, fields in changes.items():
            with session.transaction("Change") as tx:
                commands.set_fields(tx, tx.document.entity(number).id, **fields)
        if removed:
            with session.transaction("Remove") as tx:
                commands.remove(tx, [tx.document.entity(removed).id])


@pytest.fixture
def merged(board_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a board into which another analyst's copy was taken: three fields and a deletion are undecided."""
    other = tmp_path / "other.db"
    shutil.copyfile(board_path, other)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "colleague"))
        change(other, THEIRS, removed="C2")
    change(board_path, {**MINE, "C2": {"notes": "<b>Seen twice</b>"}})
    with Session.open(board_path) as session:
        assert merge_file(session, other).taken == 4
    return board_path


@pytest.fixture
def window(merged: Path, qtbot: QtBot) -> Iterator[Window]:
    session = Session.open(merged)
    shown = Window(session)
    qtbot.addWidget(shown)
    shown.resize(1300, 900)
    shown.show()
    qtbot.waitUntil(shown.board.surface.is_settled, timeout=30_000)
    yield shown
    shown.close()


@pytest.fixture
def panel(window: Window) -> Conflicts:
    window.docks["conflicts"].bring()
    made = window.docks["conflicts"].widget()
    assert isinstance(made, Conflicts)
    return made


def listed(panel: Conflicts) -> list[tuple[str, str, str]]:
    return [(row.number, row.title.partition(" · ")[0], row.beneath) for row in panel.list.model.rows
            if isinstance(row, Line)]  # fmt: skip


def test_every_undecided_field_is_listed_by_card_with_its_values(panel: Conflicts) -> None:
    assert listed(panel) == [
        ("A1", "Role", "“Minister” or “Speaker”"),
        ("C1", "Title", "“Lorries carried 3,000 men” or “Trains carried 3,000 men”"),
        ("C2", "Deletion", "deleted by another analyst, changed by you"),
        ("S1", "Published", "“18 Oct 2024” or “20 Oct 2024”"),
    ]
    assert panel.head.words == "4 fields are not decided."


def test_the_keys_decide_one_after_the_other_and_each_is_one_step_that_undo_takes_back(
    panel: Conflicts, window: Window, qtbot: QtBot
) -> None:
    view, document = panel.list.view, window.document
    qtbot.keyClick(view, Qt.Key.Key_M)
    assert document.entity("A1").props["role"] == "Minister" and window.session.undo_label() == "Decide role"
    qtbot.keyClick(view, Qt.Key.Key_T)
    assert document.entity("C1").title == "Trains carried 3,000 men"
    qtbot.keyClick(view, Qt.Key.Key_B)
    assert len(document.conflicts) == 2, "there is nothing to keep both of"
    qtbot.keyClick(view, Qt.Key.Key_T)
    assert "C2" not in {one.number for one in document.entities}
    assert [number for number, *_ in listed(panel)] == ["S1"]
    window.run("undo")
    qtbot.waitUntil(lambda: len(listed(panel)) == 2)
    assert document.entity("C2").notes == "<b>Seen twice</b>"


def test_another_value_is_written_as_anywhere_else_and_a_wrong_one_stays_with_the_reason(
    panel: Conflicts, window: Window, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel.list.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    panel.list.choose("", 99)
    qtbot.keyClick(panel.list.view, Qt.Key.Key_O)
    assert panel.deciding is not None and panel.deciding.editor is not None
    editor = panel.deciding.editor
    editor.selectAll()  # type: ignore[union-attr]
    qtbot.keyClicks(editor, "no such day")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "date" in panel.deciding.refused.words and len(window.document.conflicts) == 4
    editor.selectAll()  # type: ignore[union-attr]
    qtbot.keyClicks(editor, "19 Oct 2024")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert window.document.entity("S1").props["published"] == "2024-10-19"
    assert len(window.document.conflicts) == 3


def test_enter_goes_to_the_card_and_the_inspector_shows_both_values_at_the_field(
    panel: Conflicts, window: Window, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel.list.view, Qt.Key.Key_Return)
    inspector = window.docks["inspector"].widget()
    inspector.show_selected()  # type: ignore[union-attr]
    page = inspector.page  # type: ignore[union-attr]
    row = page.form.row("role")
    (box,) = row.findChildren(Deciding)
    assert [side.words for side in box.told.sides] == ["Minister", "Speaker"]
    button = next(one for one in box.findChildren(QPushButton) if one.text() == "Mine")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.document.entity("A1").props["role"] == "Minister"
    assert not [one for one in row.findChildren(Deciding) if not one.isHidden()]


def test_the_line_below_says_how_many_and_leads_to_the_panel(window: Window, qtbot: QtBot) -> None:
    button = window.status.undecided
    assert isinstance(window.status, StatusLine) and button.isVisible() and button.text() == "4 undecided"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.docks["conflicts"].isVisible()
    for _ in range(4):
        panel = window.docks["conflicts"].widget()
        assert isinstance(panel, Conflicts)
        qtbot.keyClick(panel.list.view, Qt.Key.Key_M)
    assert not window.document.conflicts and not button.isVisible()
    assert panel.head.words.startswith("Nothing is undecided")


def test_where_the_file_is_for_reading_only_the_values_are_shown_and_nothing_can_be_decided(
    merged: Path, qtbot: QtBot
) -> None:
    with Session.open(merged, read_only=True) as session:
        window = Window(session)
        qtbot.addWidget(window)
        window.show()
        window.docks["conflicts"].bring()
        panel = window.docks["conflicts"].widget()
        assert isinstance(panel, Conflicts) and isinstance(window.bridge, Bridge)
        assert len(listed(panel)) == 4
        qtbot.keyClick(panel.list.view, Qt.Key.Key_M)
        assert len(session.document.conflicts) == 4
        window.close()
