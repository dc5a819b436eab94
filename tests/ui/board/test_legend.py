"""The legend over the board: it counts what is shown, lives with every operation, isolates and selects."""

from __future__ import annotations

from pathlib import Path

import pytest
from hands import CONTROL, LEFT, NONE, SHIFT, Hand, Key
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.commands.generate import generated
from evidenceboard.model.styling import STYLINGS
from evidenceboard.render.palette import LIGHT
from evidenceboard.render.style_colours import role_colour
from evidenceboard.ui import settings
from evidenceboard.ui.board import doings
from evidenceboard.ui.legend_row import LegendRow
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt


def rows(window: Window) -> dict[str, LegendRow]:
    """Return the lines of the legend that show, by the id of their class."""
    return {row.one.id: row for row in window.board.legend.findChildren(LegendRow) if row.isVisible()}


def counts(window: Window) -> dict[str, int]:
    return {name: row.count for name, row in rows(window).items() if row.count}


def click(qtbot: QtBot, row: LegendRow, modifier: Qt.KeyboardModifier = NONE) -> None:
    qtbot.mouseClick(row, LEFT, modifier, QPoint(60, row.height() // 2))


def receding(window: Window, hand: Hand) -> set[str]:
    """Return the numbers of the cards that recede."""
    surface = window.board.surface
    mask = surface.picture.receding
    if mask is None:
        return set()
    return {n for n in hand.numbers() if mask[surface.scene.slot_of_entity[hand.of(n).id]]}


def test_choosing_a_styling_opens_the_legend_with_the_count_of_each_class(window: Window) -> None:
    legend = window.board.legend
    assert not legend.isVisible()
    operations = window.session.operation_count()
    window.run("style_standing")
    assert legend.isVisible() and legend.title.text() == "Standing"
    assert counts(window) == {"unsourced": 1, "origin not recorded": 1, "outside": 4}
    assert rows(window)["unsourced"].accessibleName() == "unsourced: 1 card"
    assert window.session.operation_count() == operations, "how one looks at a board is nothing the file knows"
    window.run("style_type")
    assert not legend.isVisible()


def test_the_counts_follow_every_operation_and_its_undo(window: Window, hand: Hand) -> None:
    window.run("style_reliability")
    assert counts(window) == {"B": 2, "": 1, "outside": 3}
    window.perform("Judge", lambda tx: commands.set_fields(tx, hand.of("S1").id, reliability="D"))
    assert counts(window) == {"D": 2, "": 1, "outside": 3}
    window.run("undo")
    assert counts(window) == {"B": 2, "": 1, "outside": 3}


def test_the_legend_counts_no_card_that_is_not_shown(window: Window, hand: Hand) -> None:
    window.run("style_reliability")
    window.sight.only("test", [hand.of("S1").id, hand.of("C2").id])
    assert counts(window) == {"B": 1, "": 1}
    window.sight.only("test", None)
    frame = hand.frame()
    window.perform("Fold", lambda tx: commands.collapse_frame(tx, frame.id, True))
    assert counts(window) == {"B": 2, "": 1, "outside": 1}


def test_a_click_isolates_a_class_shift_adds_another_and_a_click_again_ends_it(
    window: Window, hand: Hand, qtbot: QtBot
) -> None:
    window.run("style_reliability")
    click(qtbot, rows(window)["B"])
    assert receding(window, hand) == {"C2", "H1", "A1", "E1"}
    assert rows(window)["B"].isChecked()
    click(qtbot, rows(window)[""], SHIFT)
    assert receding(window, hand) == {"H1", "A1", "E1"}
    click(qtbot, rows(window)["B"], CONTROL)
    assert receding(window, hand) == {"S1", "C1", "H1", "A1", "E1"}
    click(qtbot, rows(window)[""])
    assert receding(window, hand) == set() and not rows(window)[""].isChecked()
    assert not window.selection


def test_what_is_isolated_follows_what_becomes_of_the_cards(window: Window, hand: Hand, qtbot: QtBot) -> None:
    window.run("style_reliability")
    click(qtbot, rows(window)["B"])
    window.perform("Judge", lambda tx: commands.set_fields(tx, hand.of("S1").id, reliability="D"))
    assert receding(window, hand) == hand.numbers()
    window.run("undo")
    assert receding(window, hand) == {"C2", "H1", "A1", "E1"}
    card_id = doings.new_card(window.board.surface, "actor", 900.0, 900.0)
    assert card_id is not None
    assert receding(window, hand) == {"C2", "H1", "A1", "E1"}, "a card that is made now does not recede"


def test_a_double_click_selects_the_cards_of_a_class_and_isolates_nothing(
    window: Window, hand: Hand, qtbot: QtBot
) -> None:
    window.run("style_reliability")
    row = rows(window)["B"]
    at = QPoint(60, row.height() // 2)
    qtbot.mouseClick(row, LEFT, NONE, at)
    qtbot.mouseDClick(row, LEFT, NONE, at)
    QApplication.sendEvent(
        row, QMouseEvent(QEvent.Type.MouseButtonRelease, QPointF(at), row.mapToGlobal(QPointF(at)), LEFT, LEFT, NONE)
    )
    assert hand.selected() == {"S1", "C1"}
    assert receding(window, hand) == set()
    click(qtbot, rows(window)["outside"])
    assert window.board.legend.select.text() == "Select 3"
    qtbot.mouseClick(window.board.legend.select, LEFT)
    assert hand.selected() == {"H1", "A1", "E1"}
    qtbot.mouseClick(window.board.legend.end, LEFT)
    assert receding(window, hand) == set()


def test_the_legend_is_worked_without_a_mouse(window: Window, hand: Hand, qtbot: QtBot) -> None:
    window.run("style_reliability")
    row = rows(window)["B"]
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Key.Key_Space)
    assert receding(window, hand) == {"C2", "H1", "A1", "E1"}
    qtbot.keyClick(row, Key.Key_Return)
    assert hand.selected() == {"S1", "C1"}
    qtbot.keyClick(row, Key.Key_Escape)
    assert receding(window, hand) == set()
    assert all(one.accessibleName() for one in rows(window).values())


def test_another_styling_or_board_lets_go_of_what_was_isolated(window: Window, hand: Hand, qtbot: QtBot) -> None:
    window.run("style_reliability")
    click(qtbot, rows(window)["B"])
    window.run("style_marking")
    assert not window.sight.is_wished("legend")
    click(qtbot, rows(window)["TLP:CLEAR"])
    window.run("next_board")
    assert not window.sight.is_wished("legend")
    assert not window.board.legend.isVisible(), "the second board is coloured by type"
    window.run("previous_board")
    assert window.board.legend.title.text() == "Marking"


def test_a_colour_from_a_hand_wins_and_the_legend_says_so(window: Window, hand: Hand, qtbot: QtBot) -> None:
    surface = window.board.surface
    window.run("style_reliability")
    qtbot.waitUntil(surface.is_settled)
    assert stripe(window, "S1") == role_colour(LIGHT, "step2").name()
    window.perform("Colour", lambda tx: commands.set_colour(tx, [hand.card("S1").id], "question"))
    qtbot.waitUntil(surface.is_settled)
    assert stripe(window, "S1") == LIGHT.question.lower()
    assert window.board.legend.note.text() == "coloured by hand: 1"
    assert counts(window) == {"B": 2, "": 1, "outside": 3}
    surface.put_camera(0.1, 0.0, 0.0)
    qtbot.waitUntil(surface.is_settled)
    assert stripe(window, "S1") == LIGHT.question.lower(), "also from far away"
    assert stripe(window, "C1") == role_colour(LIGHT, "step2").name()


def stripe(window: Window, number: str) -> str:
    """Return the colour at the left edge of a card."""
    surface = window.board.surface
    box = surface.rect_of(number)
    image: QImage = surface.grab(box).toImage()
    return image.pixelColor(1, box.height() // 2).name()


def test_the_scenario_is_chosen_one_after_the_other_and_its_end_is_the_end_of_its_styling(
    window: Window, hand: Hand
) -> None:
    with window.session.transaction("Add a scenario") as tx:
        other = commands.add_entity(tx, "scenario", title="They leave")
        commands.link(tx, "bears on", hand.of("C1").id, other.id, props={"consistency": "II"})
    window.run("style_scenario")
    assert window.board.legend.title.text() == "For and against H1"
    assert counts(window) == {"C": 1, "": 1, "outside": 4}
    window.run("style_scenario")
    assert counts(window) == {"II": 1, "": 1, "outside": 4}
    window.perform("Remove", lambda tx: commands.remove(tx, [other.id]))
    assert window.board.surface.styles.styling.is_plain
    window.run("undo")
    assert window.board.legend.title.text() == "For and against H2"


def test_under_a_supposition_the_classes_are_those_that_would_be(window: Window, hand: Hand, qtbot: QtBot) -> None:
    window.run("style_standing")
    click(qtbot, rows(window)["unsourced"])
    before = receding(window, hand)
    window.supposing.suppose([hand.of("S1").id], true=False)
    assert counts(window) == {"unsourced": 2, "outside": 4}
    assert receding(window, hand) == before - {"C1"}
    window.perform("Retitle", lambda tx: commands.set_fields(tx, hand.of("C2").id, title="Another title"))
    assert counts(window) == {"unsourced": 2, "outside": 4}
    window.supposing.end()
    assert counts(window) == {"unsourced": 1, "origin not recorded": 1, "outside": 4}
    assert receding(window, hand) == before


def test_another_yardstick_of_the_file_gives_the_legend_its_words(window: Window, hand: Hand) -> None:
    window.perform("Judge", lambda tx: commands.set_fields(tx, hand.of("C1").id, likelihood="almost certain"))
    window.run("style_likelihood")
    assert rows(window)["almost certain"].words == "almost certain, 95–99 %"
    window.perform("Choose a yardstick", lambda tx: commands.set_file(tx, yardstick="phia"))
    assert rows(window)["almost certain"].words == "almost certain, 95–100 %"
    assert "realistic possibility" in rows(window)
    window.run("undo")
    assert "realistic possibility" not in rows(window)


def test_the_choice_is_kept_for_the_user_and_not_in_the_file(window: Window, qtbot: QtBot) -> None:
    path = window.session.path
    window.run("style_grade")
    window.board.legend.set_folded(True)
    assert not rows(window)
    operations = window.session.operation_count()
    window.close()
    again = show_file(path)
    qtbot.waitExposed(again)
    assert again.board.surface.styles.styling.id == "grade"
    assert again.board.legend.isVisible() and again.board.legend.folded
    assert again.session.operation_count() == operations


def test_the_legend_is_dragged_stays_on_the_board_and_keeps_clear_of_the_map(window: Window, qtbot: QtBot) -> None:
    legend = window.board.legend
    window.run("legend")
    assert legend.isVisible() and settings.get("legend", False)
    qtbot.mousePress(legend, LEFT, pos=QPoint(2, 2))
    qtbot.mouseMove(legend, QPoint(-4000, -4000))
    qtbot.mouseRelease(legend, LEFT, pos=QPoint(2, 2))
    assert legend.pos() == QPoint(0, 0)
    window.board.surface.put_camera(3.0, 0.0, 0.0)
    assert window.board.minimap.isVisible()
    qtbot.mousePress(legend, LEFT, pos=QPoint(2, 2))
    qtbot.mouseMove(legend, QPoint(4000, 4000))
    qtbot.mouseRelease(legend, LEFT, pos=QPoint(2, 2))
    assert not legend.geometry().intersects(window.board.minimap.geometry())
    qtbot.mouseClick(legend.away, LEFT)
    assert not legend.isVisible() and not settings.get("legend", True)


def test_every_styling_is_an_action_that_says_whether_it_is_on(window: Window) -> None:
    from evidenceboard.ui.actions import ACTIONS

    for one in STYLINGS:
        window.run(f"style_{one.id}")
        on = [a.id for a in ACTIONS.values() if a.id.startswith("style_") and a.checked and a.checked(window)]
        assert on == [f"style_{one.id}"]


def test_a_large_board_is_counted_while_the_window_lives_and_the_legend_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    generated(tmp_path / "large.db", cards=6000, links=9000, seed=3)
    window = show_file(tmp_path / "large.db")
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.session.reading is None, timeout=60_000)
    legend, styles = window.board.legend, window.board.surface.styles
    window.run("style_standing")
    assert styles.styled.counting and legend.note.text() == "counting…"
    assert sum(styles.styled.counts()) < 6000
    qtbot.waitUntil(lambda: not styles.styled.counting, timeout=20_000)
    assert not legend.note.isVisible()
    shown = {row.one.id: row.count for row in legend.findChildren(LegendRow)}
    assert sum(shown.values()) == sum(styles.styled.counts()) == window.board.surface.scene.counts()[0]
