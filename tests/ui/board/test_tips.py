"""A pointer that rests on a chip or a link of the board is told what it means."""

from __future__ import annotations

from hands import Hand
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from evidenceboard import commands
from evidenceboard.model import card_size
from evidenceboard.ui.board.tips import said_at


def foot(hand: Hand, number: str, across: int = 12) -> QPointF:
    """Return a place on the first chip of a card."""
    rect, zoom = hand.surface.rect_of(number), hand.surface.zoom
    return QPointF(rect.left() + (card_size.PADDING + across) * zoom, rect.bottom() - 20 * zoom)


def near(hand: Hand) -> None:
    hand.surface.put_camera(1.0, 0, 0)


def test_the_best_grade_of_a_claim_is_defined_on_its_chip(hand: Hand) -> None:
    near(hand)
    assert said_at(hand.surface, foot(hand, "C1")) == "B2: usually reliable · probably true (AJP-2.1)"
    assert said_at(hand.surface, QPointF(hand.at("C1"))) == ""


def test_the_reliability_of_a_source_is_defined_on_its_chip(hand: Hand) -> None:
    near(hand)
    assert said_at(hand.surface, foot(hand, "S1")) == "B: usually reliable (AJP-2.1, source reliability)"


def test_a_likelihood_shows_its_range(hand: Hand) -> None:
    scenario = hand.of("H1").id
    hand.window.perform("Judge", lambda tx: commands.set_fields(tx, scenario, likelihood="likely"))
    near(hand)
    said = {said_at(hand.surface, foot(hand, "H1", across)) for across in range(8, 200, 8)}
    assert "likely: 55–80 % (ICD 203)" in said


def test_a_link_tells_its_grade_or_judgement(hand: Hand) -> None:
    near(hand)
    report, cell = hand.link("S1", "C1"), hand.link("C2", "H1")
    assert said_at(hand.surface, QPointF(hand.middle_of(report))).startswith("B2: usually reliable")
    assert said_at(hand.surface, QPointF(hand.middle_of(cell))).startswith("C: consistent")
    assert said_at(hand.surface, QPointF(hand.middle_of(hand.link("C1", "C2")))) == ""


def test_cards_too_small_for_chips_tell_nothing(hand: Hand) -> None:
    hand.surface.put_camera(0.3, 0, 0)
    assert said_at(hand.surface, foot(hand, "C1")) == ""


def test_the_tip_comes_when_the_pointer_rests(hand: Hand) -> None:
    near(hand)
    at = foot(hand, "C1").toPoint()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, hand.surface.mapToGlobal(at))
    QApplication.sendEvent(hand.surface, event)
    assert "usually reliable" in QToolTip.text()
    QToolTip.hideText()
    nothing = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(2, 2), hand.surface.mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(hand.surface, nothing)
    assert not nothing.isAccepted()
