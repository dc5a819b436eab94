"""The history: who did what when, named states, pages, and an operation in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.merge.taking_in import merge_file
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.panels.history import History
from evidenceboard.ui.panels.history_model import PAGE
from evidenceboard.ui.panels.history_steps import Step, Telling
from evidenceboard.ui.panels.history_words import Teller
from evidenceboard.ui.panels.prose import ProseButton


@pytest.fixture
def history(desk: Desk, qtbot: QtBot) -> History:
    made = History(desk)
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def steps(history: History) -> list[Step]:
    return [row for row in history.model.rows if isinstance(row, Step)]


def told(desk: Desk) -> list[str]:
    """Return the newest operation in words."""
    lines, left = Teller(desk.document, desk.newest()).lines(200)
    assert left == 0
    return [line.words for line in lines]


def choose(history: History, qtbot: QtBot, label: str) -> None:
    row = next(n for n, step in enumerate(history.model.rows) if isinstance(step, Step) and step.label == label)
    rect = history.list.visualRect(history.model.index(row))
    qtbot.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_operations_stand_newest_first_under_their_day(history: History) -> None:
    assert history.model.rows[0] == "Today"
    assert [step.label for step in steps(history)] == ["Add cards", "Make a new board"]
    newest = steps(history)[0]
    assert newest.who == "you" and newest.changes > 10 and len(newest.time) == 5


def test_an_operation_appears_as_it_is_done_and_undo_says_so(history: History, desk: Desk) -> None:
    desk.perform("Add an actor", lambda tx: commands.add_entity(tx, "actor", title="Seoul"))
    assert steps(history)[0].label == "Add an actor" and history.model.rows.count("Today") == 1
    desk.session.undo()
    assert steps(history)[0].kind == "undo" and steps(history)[0].detail.startswith("undone")
    desk.session.redo()
    assert steps(history)[0].detail.startswith("done again")
    again = History(desk)
    assert steps(again) == steps(history)
    again.deleteLater()


def test_a_named_state_is_shown_at_its_operation(history: History, desk: Desk) -> None:
    operation_id = desk.newest().id
    desk.perform("Name this state", lambda tx: commands.name_snapshot(tx, "Before <b>Seoul</b>", operation_id))
    assert [step.names for step in steps(history)][:2] == [(), ("Before <b>Seoul</b>",)]
    desk.session.undo()
    assert all(not step.names for step in steps(history))


def test_the_button_names_the_state_through_the_window(history: History, desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(history.naming, Qt.MouseButton.LeftButton)
    assert desk.ran == ["name_state"]


def test_pages_are_loaded_as_one_scrolls(desk: Desk, qtbot: QtBot) -> None:
    c1 = desk.of("C1").id
    for n in range(PAGE + 20):
        desk.perform("Change {field}", lambda tx, n=n: commands.set_fields(tx, c1, notes=str(n)), field=f"Notes {n}")
    history = History(desk)
    qtbot.addWidget(history)
    assert len(steps(history)) == PAGE
    history.model.fetchMore()
    assert len(steps(history)) == PAGE + 22 == desk.session.operation_count()
    assert not history.model.canFetchMore()
    assert [step.label for step in steps(history)][-2:] == ["Add cards", "Make a new board"]
    assert len({step.operation_id for step in steps(history)}) == PAGE + 22


def test_the_filter_finds_what_lies_beyond_the_first_page(desk: Desk, qtbot: QtBot) -> None:
    c1 = desk.of("C1").id
    for n in range(PAGE + 5):
        desk.perform("Change {field}", lambda tx, n=n: commands.set_fields(tx, c1, notes=str(n)), field="Notes")
    history = History(desk)
    qtbot.addWidget(history)
    qtbot.keyClicks(history.filter, "new board")
    qtbot.waitUntil(lambda: [step.label for step in steps(history)] == ["Make a new board"])
    history.filter.setText("never done")
    history.narrow()
    assert not history.model.rows and not history.empty.isHidden()


def test_an_operation_is_told_field_by_field_and_leads_to_the_entity(
    history: History, desk: Desk, qtbot: QtBot
) -> None:
    s1 = desk.of("S1").id
    desk.perform("Change a source", lambda tx: commands.set_fields(tx, s1, author="<i>Kim</i>", reliability="B"))
    choose(history, qtbot, "Change a source")
    assert [line.words for line in history.lines] == ["S1 · Author: – → <i>Kim</i>", "S1 · Reliability: C → B"]
    button = next(b for b in history.told.findChildren(ProseButton) if b.words.startswith("S1 · Author"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.went_to == [s1]


def test_what_is_gone_is_named_and_leads_nowhere(history: History, desk: Desk, qtbot: QtBot) -> None:
    c1 = desk.of("C1").id
    desk.perform("Remove a claim", lambda tx: commands.remove(tx, [c1]))
    choose(history, qtbot, "Remove a claim")
    said = [line.words for line in history.lines]
    assert "Claim C1 removed: 200 soldiers offer <b>to come</b> & talk" in said
    assert "Link S1 states C1 removed" in said and "C1 bears on H1 · Consistency: I → –" in said
    button = next(b for b in history.told.findChildren(ProseButton) if b.words.startswith("Claim C1 removed"))
    assert not button.isEnabled()


def test_moves_frames_boards_and_the_file_are_told_in_words(desk: Desk) -> None:
    cards = [card.id for card in desk.document.cards]
    desk.perform("Move", lambda tx: commands.move_cards(tx, cards, 24, -8))
    assert told(desk) == ["5 cards moved by 24, -8"]
    desk.perform("Move", lambda tx: commands.move_cards(tx, cards[:1], 24, 0))
    assert told(desk) == ["S1 moved"]
    frame = desk.document.frames[0].id
    desk.perform("Rename", lambda tx: commands.rename_frame(tx, frame, "Claims"))
    assert told(desk) == ["Frame Claims · Title: What is claimed → Claims"]
    desk.perform("Collapse", lambda tx: commands.collapse_frame(tx, frame, True))
    assert told(desk) == ["Frame Claims · Collapsed: no → yes"]
    desk.perform("Add", lambda tx: commands.add_board(tx, "Second"))
    assert told(desk) == ["Board added: Second"]
    desk.perform("Change", lambda tx: commands.set_file(tx, marking="RED"))
    assert told(desk) == ["File · marking: TLP:CLEAR → TLP:RED"]
    desk.perform("Mark", lambda tx: commands.set_marking(tx, desk.of("A1").id, "GREEN", "printed"))
    assert told(desk) == ["A1 · Marking: – → TLP:GREEN", "A1 · Why lower: – → printed"]
    desk.perform("Mark", lambda tx: commands.set_marking(tx, desk.board_id, "AMBER", "for the press"))
    assert told(desk)[-1].endswith("Why lower: – → for the press")
    a1 = desk.of("A1").id
    desk.perform("Place", lambda tx: commands.place(tx, desk.board_id, a1, x=900, y=0))
    assert told(desk) == ["A1 placed on Main board"]


def test_silence_and_verification_are_told_in_words(desk: Desk) -> None:
    rule, claim = "claim without a source", desk.of("C2").id
    kept = desk.document.attachments_of(desk.of("C1").id)[0].id
    desk.perform("Silence", lambda tx: commands.silence(tx, rule, claim, "Assumed"))
    assert told(desk) == ["Silenced: claim without a source: – → Assumed"]
    desk.perform("Tell again", lambda tx: commands.unsilence(tx, rule, claim))
    assert told(desk) == ["No longer silenced: claim without a source: Assumed → –"]
    desk.perform("Verify", lambda tx: commands.note_verified(tx, [kept]))
    assert told(desk) == ["Attachment verified"]


def test_references_are_told_by_numbers(desk: Desk) -> None:
    s1 = desk.of("S1").id
    desk.perform("Change", lambda tx: commands.set_fields(tx, s1, known_through="S2"))
    assert told(desk) == ["S1 · Known through: – → S2"]


def test_a_long_operation_is_told_in_part(history: History, desk: Desk, qtbot: QtBot) -> None:
    def add(tx: Transaction) -> None:
        for n in range(300):
            commands.add_entity(tx, "note", title=f"Note {n}")

    desk.perform("Add notes", add)
    choose(history, qtbot, "Add notes")
    assert len(history.lines) == 200 and history.told.isVisible()


def test_a_time_that_cannot_be_read_has_a_heading_of_its_own(history: History, desk: Desk) -> None:
    odd = replace(desk.newest(), at="yesterday, I think")
    step = Telling(desk.session).step(odd, 1)
    assert step.day is None and step.time == ""


def test_a_saved_search_is_told_by_its_name_and_words(desk: Desk) -> None:
    made = desk.perform("Save a search", lambda tx: commands.save_search(tx, "Weak", "origins:1"))
    assert made is not None
    assert told(desk) == ["Saved search: – → Weak · origins:1"]
    desk.perform("Rename a search", lambda tx: commands.rename_search(tx, made.id, "Thin"))
    assert told(desk) == ["Saved search: Weak · origins:1 → Thin · origins:1"]


def test_it_is_narrowed_to_the_selected_card_and_follows_the_selection(history: History, desk: Desk) -> None:
    c1, s1 = desk.of("C1").id, desk.of("S1").id
    desk.perform("Change a claim", lambda tx: commands.set_fields(tx, c1, notes="x"))
    desk.perform("Change a source", lambda tx: commands.set_fields(tx, s1, notes="y"))
    assert not history.filters.card.isEnabled()
    desk.show_entity(c1)
    assert history.filters.card.text() == "C1 only"
    history.filters.card.click()
    assert [step.label for step in steps(history)] == ["Change a claim", "Add cards"]
    desk.perform("Change it again", lambda tx: commands.set_fields(tx, c1, notes="z"))
    desk.perform("Change the source again", lambda tx: commands.set_fields(tx, s1, notes="z"))
    assert [step.label for step in steps(history)] == ["Change it again", "Change a claim", "Add cards"]
    desk.show_entity(s1)
    assert [step.label for step in steps(history)] == ["Change the source again", "Change a source", "Add cards"]
    history.filters.card.click()
    assert len(steps(history)) == 6


def test_it_is_narrowed_by_author_and_by_a_time_that_is_chosen_or_written(history: History, desk: Desk) -> None:
    assert [history.filters.who.itemText(n) for n in range(history.filters.who.count())] == ["everybody", "you"]
    history.filters.who.setCurrentIndex(1)
    assert len(steps(history)) == 2
    for written, count in (("today", 2), ("since Oct 2024", 2), ("Oct 2024", 0), ("any time", 2)):
        history.filters.when.setCurrentText(written)
        history.narrow()
        assert len(steps(history)) == count, written
        assert history.filters.note.isHidden()
    history.filters.when.setCurrentText("whenever it was")
    history.narrow()
    assert len(steps(history)) == 2 and not history.filters.note.isHidden()


def test_what_a_merge_brought_is_shown_as_theirs_with_the_merge(
    history: History, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    desk.session.save_copy(copy)
    with monkeypatch.context() as there:
        there.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "colleague"))
        with Session.open(copy) as theirs, theirs.transaction("There") as tx:
            commands.add_entity(tx, "note", title="Theirs")
    merge_file(desk.session, copy)
    merge, brought = steps(history)[:2]
    assert merge.kind == "merge" and merge.who == "you" and not merge.brought
    assert (brought.label, brought.who) == ("There", "another analyst") and "merged " in brought.detail
    history.filters.who.setCurrentText("another analyst")
    assert [step.label for step in steps(history)] == ["There"]


def test_only_named_states_can_be_listed_and_their_names_changed(history: History, desk: Desk, qtbot: QtBot) -> None:
    newest = desk.newest().id
    desk.perform("Name this state", lambda tx: commands.name_snapshot(tx, "Before", newest))
    history.filters.named.click()
    assert [step.names for step in steps(history)] == [("Before",)]
    choose(history, qtbot, "Add cards")
    assert history.chosen() == newest
    for action in ("see_past", "rename_state", "unname_state"):
        button = history.told.findChild(QPushButton, action)
        assert isinstance(button, QPushButton)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert desk.ran[-1] == action
