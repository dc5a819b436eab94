"""Board health in the window: findings by rule, a click that leads there, silence with a reason, and back."""

from __future__ import annotations

import pytest
from desk import Desk, row_of
from PySide6.QtCore import QCoreApplication, QRect, Qt
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.model.health import BARE, UNSOURCED, UNTRIED, UNVERIFIED
from evidenceboard.ui.panels.health import Health
from evidenceboard.ui.panels.health_listing import Line
from evidenceboard.ui.panels.health_model import Heading


@pytest.fixture
def health(desk: Desk, qtbot: QtBot) -> Health:
    made = Health(desk)
    qtbot.addWidget(made)
    made.resize(320, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def told(health: Health) -> list[str]:
    """Return the lines as they can be read."""
    return [
        row.words if isinstance(row, Heading) else f"{row.finding.number} {row.beneath}" for row in health.model.rows
    ]


def rect_of(health: Health, words: str) -> QRect:
    return health.list.visualRect(health.model.index(told(health).index(words)))


def click(health: Health, qtbot: QtBot, words: str) -> None:
    qtbot.mouseClick(health.list.viewport(), Qt.MouseButton.LeftButton, pos=rect_of(health, words).center())


def test_findings_stand_under_the_headings_of_their_rules(health: Health) -> None:
    assert told(health) == [
        "Claims without a source",
        "C2 No source states this claim.",
        "Scenarios nobody tried to refute",
        "H2 Nothing is rated inconsistent with this scenario.",
        "Attachments never verified",
        "C1 A file kept with it was never compared with its digest.",
    ]
    assert health.empty.isHidden() and health.foot.isHidden() and health.other.isHidden()


def test_a_click_leads_to_the_entity_and_says_all_of_what_was_found(health: Health, desk: Desk, qtbot: QtBot) -> None:
    click(health, qtbot, "C2 No source states this claim.")
    assert desk.went_to == [desk.of("C2").id]
    assert health.foot.isVisible() and health.what.words == "C2: No source states this claim."
    assert not health.hush.isEnabled()


def test_a_finding_about_a_link_leads_to_the_link(health: Health, desk: Desk, qtbot: QtBot) -> None:
    with desk.session.transaction("Relate") as tx:
        other = commands.add_entity(tx, "actor", title="Regiment")
        link = commands.link(tx, "related", tx.document.entity("A1").id, other.id)
    health.refresh()
    click(health, qtbot, "A1 A1 to A2: this relation rests on no claim.")
    assert desk.went_to == [desk.of("A1").id] and desk.selection.links == {link.id}
    assert any(isinstance(row, Heading) and row.rule == BARE for row in health.model.rows)


def test_a_finding_is_silenced_with_a_reason_and_told_again(health: Health, desk: Desk, qtbot: QtBot) -> None:
    click(health, qtbot, "C2 No source states this claim.")
    qtbot.keyClicks(health.reason, "   ")
    qtbot.keyClick(health.reason, Qt.Key.Key_Return)
    assert not health.hush.isEnabled() and "C2 No source states this claim." in told(health)
    health.reason.clear()
    qtbot.keyClicks(health.reason, "Assumed <b>for now</b>")
    qtbot.mouseClick(health.hush, Qt.MouseButton.LeftButton)
    assert "Claims without a source" not in told(health) and health.reason.text() == ""
    assert health.other.text() == "1 silenced · show"
    assert desk.newest().label == "Silence a finding" and "Assumed" not in desk.newest().label
    qtbot.mouseClick(health.other, Qt.MouseButton.LeftButton)
    assert told(health) == ["Claims without a source", "C2 Assumed <b>for now</b>"]
    click(health, qtbot, "C2 Assumed <b>for now</b>")
    assert health.what.words.endswith("claim. Assumed <b>for now</b>") and health.reason.isHidden()
    qtbot.mouseClick(health.again, Qt.MouseButton.LeftButton)
    assert health.empty.words == "Nothing is silenced."
    qtbot.mouseClick(health.other, Qt.MouseButton.LeftButton)
    assert "C2 No source states this claim." in told(health)


def test_enter_in_the_reason_silences_and_the_next_finding_is_chosen(health: Health, desk: Desk, qtbot: QtBot) -> None:
    click(health, qtbot, "H2 Nothing is rated inconsistent with this scenario.")
    qtbot.keyClicks(health.reason, "Too early")
    qtbot.keyClick(health.reason, Qt.Key.Key_Return)
    assert UNTRIED not in {row.rule for row in health.model.rows if isinstance(row, Heading)}
    assert health.list.currentIndex().isValid()
    desk.session.undo()
    qtbot.waitUntil(lambda: "Scenarios nobody tried to refute" in told(health))


def test_an_attachment_is_verified_from_its_line(health: Health, desk: Desk, qtbot: QtBot) -> None:
    click(health, qtbot, "C1 A file kept with it was never compared with its digest.")
    qtbot.mouseClick(health.check, Qt.MouseButton.LeftButton)
    assert UNVERIFIED not in {row.rule for row in health.model.rows if isinstance(row, Heading)}
    assert desk.banners == [] and desk.newest().label == "Verify an attachment"
    click(health, qtbot, "C2 No source states this claim.")
    assert health.check.isHidden()


def test_keys_walk_fold_and_lead(health: Health, desk: Desk, qtbot: QtBot) -> None:
    health.list.setFocus()
    health.list.setCurrentIndex(health.model.index(0))
    qtbot.keyClick(health.list, Qt.Key.Key_Left)
    assert told(health)[:2] == ["Claims without a source", "Scenarios nobody tried to refute"]
    qtbot.keyClick(health.list, Qt.Key.Key_Right)
    assert told(health)[1] == "C2 No source states this claim."
    qtbot.keyClick(health.list, Qt.Key.Key_Down)
    qtbot.keyClick(health.list, Qt.Key.Key_Return)
    assert desk.went_to == [desk.of("C2").id]
    click(health, qtbot, "Attachments never verified")
    assert told(health)[-1] == "Attachments never verified"


def test_the_list_follows_operations_and_says_so_when_nothing_is_left(health: Health, desk: Desk, qtbot: QtBot) -> None:
    with desk.session.transaction("Remove") as tx:
        commands.remove(tx, [entity.id for entity in tx.document.entities if entity.number != "S1"])
    qtbot.waitUntil(lambda: not health.model.rows)
    assert health.empty.isVisible() and health.empty.words == "No rule found anything on this board."
    assert health.list.isHidden()
    desk.session.undo()
    qtbot.waitUntil(lambda: len(health.model.rows) == 6)
    assert health.empty.isHidden()


def test_every_line_can_be_heard(health: Health) -> None:
    heard = [str(health.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(6)]
    assert heard[0] == "Claims without a source, 1"
    assert heard[1].startswith("C2, Полк") and heard[1].endswith("No source states this claim.")
    lines = [row for row in health.model.rows if isinstance(row, Line)]
    assert lines[0].finding.rule == UNSOURCED
    assert row_of("health").id == health.objectName() == "health" and health.focusProxy() is health.list


def test_a_large_file_is_looked_over_bit_by_bit_and_a_change_begins_it_anew(desk: Desk, qtbot: QtBot) -> None:
    desk.perform("Fill", lambda tx: [commands.add_entity(tx, "claim", title=f"Claim {n}") for n in range(20_000)])
    made = Health(desk)
    qtbot.addWidget(made)
    made.show()
    assert told(made) == []
    assert made.empty.words == "Looking the file over…"
    desk.perform("Add", lambda tx: commands.add_entity(tx, "claim", title="One more"))
    qtbot.waitUntil(lambda: bool(made.model.rows), timeout=20_000)
    assert told(made)[0] == "Claims without a source"
    assert told(made)[20_002] == "C20003 No source states this claim."
    assert made.list.isVisible() and made.empty.isHidden()


def test_what_was_found_before_a_change_is_said_to_be_of_before_until_the_rules_are_applied_anew(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.perform("Fill", lambda tx: [commands.add_entity(tx, "claim", title=f"Claim {n}") for n in range(5_000)])
    made = Health(desk)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.model.rows), timeout=20_000)
    assert made.late.isHidden() and made.is_of_now
    desk.perform("Add", lambda tx: commands.add_entity(tx, "claim", title="One more"))
    assert made.late.isVisible() and "C5003 No source states this claim." not in told(made)
    qtbot.waitUntil(lambda: made.late.isHidden(), timeout=20_000)
    assert "C5003 No source states this claim." in told(made)
    desk.session.undo()
    assert made.late.isVisible()
    desk.session.redo()
    qtbot.waitUntil(lambda: made.late.isHidden(), timeout=20_000)
    assert "C5003 No source states this claim." in told(made)


def test_a_small_file_is_looked_over_before_anybody_could_read_what_was_before(health: Health, desk: Desk) -> None:
    desk.perform("Add", lambda tx: commands.add_entity(tx, "claim", title="One more"))
    assert health.late.isHidden()
    QCoreApplication.processEvents()
    assert "C3 No source states this claim." in told(health)


def test_where_nothing_else_is_found_the_list_is_not_begun_anew(health: Health, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(health.model.modelReset), qtbot.waitSignal(health.model.dataChanged):
        desk.perform("Rename", lambda tx: commands.set_fields(tx, desk.of("C2").id, title="Of another title"))
    line = health.model.rows[1]
    assert isinstance(line, Line) and health.model.about(line)[1] == "Of another title"


def test_every_line_is_found_where_it_stands(health: Health, desk: Desk) -> None:
    desk.perform("Fill", lambda tx: [commands.add_entity(tx, "claim", title=f"Claim {n}") for n in range(30)])
    health.refresh()
    lines = [(row, line.finding) for row, line in enumerate(health.model.rows) if isinstance(line, Line)]
    assert [health.model.place_of(finding).row() for _, finding in lines] == [row for row, _ in lines]
    health.model.fold(UNSOURCED)
    assert not health.model.place_of(lines[0][1]).isValid()
    assert health.model.place_of(lines[-1][1]).row() == len(health.model.rows) - 1


def test_the_list_stays_where_it_is_when_something_else_is_found(desk: Desk, qtbot: QtBot) -> None:
    desk.perform("Fill", lambda tx: [commands.add_entity(tx, "claim", title=f"Claim {n}") for n in range(100)])
    made = Health(desk)
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    made.list.verticalScrollBar().setValue(40)
    desk.perform("Add", lambda tx: commands.add_entity(tx, "claim", title="One more"))
    qtbot.waitUntil(lambda: "C103 No source states this claim." in told(made))
    assert made.list.verticalScrollBar().value() == 40
