"""Dates in the inspector: how one is understood stands below while it is typed; all three have their place."""

from __future__ import annotations

import pytest
from desk import Desk
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from reading import click, row, show, type_into, words

from evidenceboard import commands
from evidenceboard.session import Session
from evidenceboard.ui.panels.dates_typed import understanding
from evidenceboard.ui.panels.field_row import FieldRow, NotSaved
from evidenceboard.ui.panels.inspector import Inspector


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mid Oct 2024", "Understood as about 11 Oct 2024 to about 20 Oct 2024"),
        ("autumn 2024", "Understood as autumn 2024 (1 Sep 2024 to 30 Nov 2024)"),
        ("18 Oct 2024", "Understood as 18 Oct 2024"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_date_is_told_as_it_is_understood(desk: Desk, typed: str, said: str) -> None:
    assert understanding(desk.session, typed) == said


def test_what_is_not_understood_says_what_is_missing_and_not_that_nothing_was_changed(session: Session) -> None:
    for typed, why in (
        ("03/04/2024", "two ways"),
        ("3/4/24", "two digits"),
        ("soon", "not understood"),
        ("?", "empty"),
    ):
        said = understanding(session, typed)
        assert why in said and "nothing was changed" not in said and "2024" in said


def test_a_year_that_is_assumed_is_said(session: Session) -> None:
    said = understanding(session, "since August")
    assert said.startswith("Understood as since Aug 20") and "no year is written, so 20" in said


def test_the_inspector_says_how_a_date_is_understood_while_it_is_typed(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    happened = row(inspector, "happened")
    type_into(qtbot, happened, "between 8 and 12 October 2024")
    assert happened.beneath.words == "Understood as 8 Oct 2024 to 12 Oct 2024"
    assert happened.editor is not None
    qtbot.keyClicks(happened.editor, " or so")
    assert "not understood" in happened.beneath.words
    qtbot.keyClick(happened.editor, Qt.Key.Key_Return)
    assert happened.findChild(NotSaved) is not None
    type_into(qtbot, happened, "c. 1914")
    assert happened.editor is not None
    qtbot.keyClick(happened.editor, Qt.Key.Key_Return)
    assert happened.editor is None and happened.value.words == "about 1914"
    assert desk.of("C1").props["happened"] == "1914~"


def test_happened_reported_and_captured_stand_in_their_places(inspector: Inspector, desk: Desk, qtbot: QtBot) -> None:
    with desk.session.transaction("Date them") as tx:
        commands.set_fields(tx, desk.of("C1").id, happened="2024-10-18")
        commands.set_fields(tx, desk.of("S1").id, published="2024-10-20")
        event = commands.add_entity(tx, "event", title="Arrival")
        commands.link(tx, "about", desk.of("C1").id, event.id)
    show(inspector, desk, "C1")
    said = words(inspector)
    assert "Happened" in said and "18 Oct 2024" in said
    assert "Reported\n20 Oct 2024" in said and "Captured" in said
    show(inspector, desk, "E1")
    assert "Reported\n20 Oct 2024" in words(inspector), "an event was reported with the first claim about it"
    [stated] = [link for link in desk.document.links_into(desk.of("C1").id) if link.from_id == desk.of("S1").id]
    desk.selection.set(links=[stated.id])
    inspector.show_selected()
    type_into(qtbot, row(inspector, "date"), "21 Oct 2024")
    assert row(inspector, "date").beneath.words == "Understood as 21 Oct 2024"
    editor = row(inspector, "date").editor
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    show(inspector, desk, "C1")
    assert "21 Oct 2024" in words(inspector)


def captured(inspector: Inspector) -> FieldRow:
    found = inspector.findChild(FieldRow, "field_captured_at")
    assert isinstance(found, FieldRow)
    return found


def test_when_a_file_was_captured_is_changed_in_place_and_undone(
    inspector: Inspector, desk: Desk, qtbot: QtBot
) -> None:
    show(inspector, desk, "C1")
    line = captured(inspector)
    before = line.value.words
    assert before.endswith("UTC")
    type_into(qtbot, line, "18 Oct 2024 at 14:30 UTC")
    assert line.beneath.words == "Understood as 18 Oct 2024, 14:30:00 UTC (18 Oct 2024)"
    assert line.editor is not None
    qtbot.keyClick(line.editor, Qt.Key.Key_Return)
    assert captured(inspector) is line and line.value.words == "18 Oct 2024, 14:30:00 UTC"
    desk.session.undo()
    qtbot.waitUntil(lambda: captured(inspector).value.words == before)
    type_into(qtbot, line, "about 18 Oct 2024")
    assert line.editor is not None
    qtbot.keyClick(line.editor, Qt.Key.Key_Return)
    refused = line.findChild(NotSaved)
    assert refused is not None and "part of what it proves" in refused.reason.words
    click(qtbot, refused.drop)
    assert line.value.words == before
