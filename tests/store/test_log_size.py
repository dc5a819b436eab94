"""How much the log grows: a large operation costs less than what it is about."""

from __future__ import annotations

from pathlib import Path

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generated

CARDS = 3000


def log_size(session: Session) -> int:
    newest = session.history(1)[0][0]
    changes = session.operation(newest.id).changes
    return sum(len(str(change.before)) + len(str(change.after)) for change in changes)


def test_moving_every_card_costs_a_fraction_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "board.db"
    generated(path, cards=CARDS, links=CARDS, seed=8)
    before = path.stat().st_size
    with Session.open(path) as session:
        cards = [card.id for card in session.document.cards]
        session.begin("Move", lambda tx: commands.move_cards(tx, cards, 40, 80), size=CARDS).carry_out()
        assert len(session.operation(session.history(1)[0][0].id).changes) == 1
        assert log_size(session) < 60 * CARDS
    assert path.stat().st_size - before < before / 4


def test_moving_every_card_by_a_distance_of_its_own_costs_less_than_the_file(tmp_path: Path) -> None:
    path = tmp_path / "board.db"
    generated(path, cards=CARDS, links=CARDS, seed=8)
    before = path.stat().st_size
    with Session.open(path) as session:
        cards = [card.id for card in session.document.cards]
        session.begin("Align", lambda tx: commands.align(tx, cards, "left"), size=CARDS).carry_out()
    assert path.stat().st_size - before < before / 2
