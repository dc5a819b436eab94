"""The matrix under a supposition and with deception twins: rows stay, figures say what they were, twins are apart."""

from __future__ import annotations

import pytest
from desk import Desk, row_of
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.ui.panels.entity_page import EntityPage
from evidenceboard.ui.panels.health import Health
from evidenceboard.ui.panels.inspector import Inspector
from evidenceboard.ui.panels.matrix import MatrixPanel


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> MatrixPanel:
    """C1: I against H1, C against H2; C2: CC, II; C1 alone is stated."""
    h1, h2 = desk.of("H1").id, desk.of("H2").id
    for row, scenario, value in (("C1", h2, "C"), ("C2", h1, "CC"), ("C2", h2, "II")):
        desk.perform("Judge", lambda tx, row=row, to=scenario, v=value: commands.rate(tx, desk.of(row).id, to, v))
    made = MatrixPanel(desk)
    qtbot.addWidget(made)
    made.resize(1100, 420)
    made.show()
    qtbot.waitExposed(made)
    return made


def drawn(panel: MatrixPanel) -> list[str]:
    return [row.entity.number for row in panel.model.rows]


def marks(panel: MatrixPanel) -> dict[str, float]:
    return {one.entity.number: one.weighted for one in panel.model.scores}


def offered(panel: MatrixPanel, number: str) -> dict[str, object]:
    """Return the menu of a row's head, by text."""
    at = drawn(panel).index(number)
    y = panel.table.claims.sectionViewportPosition(at) + 5
    panel.table.claims.customContextMenuRequested.emit(QPoint(20, y))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {item.text(): item for item in menu.actions()}


def choose(panel: MatrixPanel, number: str, text: str) -> None:
    item = offered(panel, number)[text]
    item.trigger()  # type: ignore[attr-defined]
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def test_rows_that_fall_stay_in_their_place_and_figures_say_what_they_were(
    panel: MatrixPanel, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.session.operation_count()
    assert marks(panel) == {"H1": 1, "H2": 2}
    choose(panel, "C2", "Suppose this is false")
    assert drawn(panel) == ["C1", "C2"] and marks(panel) == {"H1": 1, "H2": 0}
    first, second = panel.model.scores
    was = panel.model.before(second)
    assert was is not None and (was.weighted, was.rank, second.rank) == (2, 2, 1)
    assert panel.model.falls(panel.model.rows[1]) == "C2 is supposed false." and not panel.model.falls(
        panel.model.rows[0]
    )
    panel.table.go(panel.model.place(desk.of("C2").id, second.entity.id))
    assert panel.side.terms.words == (
        "H2: 0: nothing is inconsistent with it\nIn the file 2 = C2 II 2\nC2 is supposed false"
    )
    tip = panel.model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert tip.endswith("In the file 2 = C2 II 2") and first.entity.number == "H1"
    choose(panel, "C2", "Suppose this no longer")
    assert marks(panel) == {"H1": 1, "H2": 2} and panel.model.before(panel.model.scores[1]) is None
    assert desk.session.operation_count() == before


def test_cells_can_be_judged_while_supposing_and_the_figures_follow(panel: MatrixPanel, desk: Desk) -> None:
    desk.supposing.suppose([desk.of("C2").id], true=False)
    panel.table.go(panel.model.place(desk.of("C1").id, desk.of("H2").id))
    panel.judge("II")
    assert marks(panel) == {"H1": 1, "H2": 2}
    was = panel.model.before(panel.model.scores[1])
    assert was is not None and was.weighted == 4
    desk.session.undo()
    assert marks(panel) == {"H1": 1, "H2": 0}


def test_linchpins_are_those_of_what_is_supposed(panel: MatrixPanel, desk: Desk, qtbot: QtBot) -> None:
    desk.supposing.suppose([desk.of("C2").id], true=False)
    panel.show_linchpins()
    assert panel.side.title.words == "What the order would hang on"
    assert panel.side.linchpins[0].words == ("If C1 is wrong, nothing is left to tell the scenarios apart.")
    desk.supposing.end()
    panel.show_linchpins()
    assert panel.side.title.words == "What the order hangs on"


def test_a_twin_is_drawn_beneath_its_first_in_both_orders_and_rated_apart(
    panel: MatrixPanel, desk: Desk, qtbot: QtBot
) -> None:
    choose(panel, "C1", "Add a deception twin")
    number = drawn(panel)[1]
    assert drawn(panel) == ["C1", number, "C2"] and desk.of(number).title == "If C1 is deception"
    here = panel.table.currentIndex()
    assert (here.row(), here.column()) == (1, 1)
    panel.judge("C")
    panel.table.go(panel.model.index(1, 2))
    panel.judge("II")
    assert marks(panel) == {"H1": 1, "H2": 2}
    panel.by_rank.click()
    assert drawn(panel) == ["C2", "C1", number], "by what tells the scenarios apart, the twin beneath its first"
    panel.show_linchpins()
    assert [line.words for line in panel.side.swaps] == ["If C1 is deception, the order stands."]
    panel.table.go(panel.model.place(desk.of(number).id, desk.of("H2").id))
    assert "adds nothing to it: it counts only in place of C1" in panel.side.terms.words
    choose(panel, number, "Suppose it is deception")
    assert marks(panel) == {"H1": 0, "H2": 4}
    assert "adds nothing" not in panel.side.terms.words
    assert "Add a deception twin" not in offered(panel, number)
    QApplication.activePopupWidget().close()
    choose(panel, number, "Remove this deception twin")
    assert drawn(panel) == ["C2", "C1"] and not desk.supposing
    desk.session.undo()
    assert drawn(panel) == ["C2", "C1", number]


def test_a_line_about_deception_leads_to_the_row_of_the_twin(panel: MatrixPanel, desk: Desk) -> None:
    made = desk.perform("Add", lambda tx: commands.add_deception_twin(tx, desk.of("C2").id))
    assert made is not None
    panel.show_linchpins()
    panel.table.go(QModelIndex())
    panel.side.swaps[0].click()
    assert panel.model.row_at(panel.table.currentIndex()).entity.id == made.id


def test_row_by_row_hides_what_deception_would_change(panel: MatrixPanel, desk: Desk) -> None:
    desk.perform("Add", lambda tx: commands.add_deception_twin(tx, desk.of("C2").id))
    panel.row_by_row.click()
    panel.show_linchpins()
    assert panel.side.swaps == [] and not panel.side.deception.isVisible()


def test_the_inspector_and_board_health_show_what_would_be(desk: Desk, qtbot: QtBot) -> None:
    inspector, health = Inspector(desk), row_of("health").make(desk)
    assert isinstance(health, Health)
    for widget in (inspector, health):
        qtbot.addWidget(widget)
        widget.show()
    desk.selection.set(entity=desk.of("C1").id)
    inspector.show_selected()
    told = {line.finding.number for line in health.model.rows if hasattr(line, "finding")}
    assert "C2" in told
    desk.supposing.suppose([desk.of("S1").id, desk.of("C2").id], true=False)
    assert isinstance(inspector.page, EntityPage)
    said = inspector.page.facts.lines[0].words.words
    assert said == "C1 falls: only S1 and S2 state it, and none of them stands."
    health.refresh()
    told = {line.finding.number for line in health.model.rows if hasattr(line, "finding")}
    assert not told & {"C1", "C2"}
    desk.supposing.end()
    assert inspector.page.facts.lines[0].words.words != said
