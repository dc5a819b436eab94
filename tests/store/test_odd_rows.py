"""Rows that another program wrote: shown with something plain in their place, never hidden without a word."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.model.records import Card, Entity


def run(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement, values)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("value", ["null", "'far away'", "9e999", "-9e999", "x'00ff'", "1e300"])
@pytest.mark.parametrize("column", ["x", "y", "w", "h", "z"])
def test_a_place_that_is_no_number_becomes_one_and_is_told(board_path: Path, column: str, value: str) -> None:
    # The columns refuse NULL, so what stands in the file for NaN is text.
    run(board_path, f"update or ignore cards set {column} = {value}")
    before = board_path.read_bytes()
    with Session.open(board_path) as session:
        assert len(session.document.cards) == 5
        assert all(abs(card.x) <= 1e9 and 1 <= card.w <= 1e9 and card.h >= 1 for card in session.document.cards)
        assert value == "null" or any("cards" in problem for problem in session.problems)
        with session.transaction("Move") as tx:
            commands.move_cards(tx, [card.id for card in session.document.cards[1:3]], -1, -1)
            commands.resize_card(tx, session.document.cards[0].id, x=0, y=0, w=200)
        session.undo()
    assert board_path.read_bytes() != before


@pytest.mark.parametrize("width", [0, -5, 0.25])
def test_a_card_without_width_gets_one(board_path: Path, width: float) -> None:
    run(board_path, f"update cards set w = {width}")
    with Session.open(board_path) as session:
        assert {card.w for card in session.document.cards} == {1.0}
        assert len(session.problems) == 5


def test_a_text_is_cut_only_where_its_column_takes_no_more(board_path: Path) -> None:
    run(board_path, "update entities set title = ?, notes = ?", values=("a\x00" + "b" * 99_999, "c\x00" + "d" * 9_999))
    run(board_path, "update cards set colour = ?", values=("e" * 500,))
    with Session.open(board_path) as session:
        entity = session.document.entities[0]
        assert entity.title == "a�" + "b" * 99_998
        assert entity.notes == "c�" + "d" * 9_999
        assert {card.colour for card in session.document.cards} == {"e" * 200}
        assert len(session.problems) == 10


def test_bytes_that_are_no_text_are_shown_with_a_mark(board_path: Path) -> None:
    run(board_path, "update entities set title = cast(x'4c6f7272c3' as text) where number = 'C1'")
    with Session.open(board_path) as session:
        assert session.document.entity("C1").title == "Lorr�"
        assert session.document.entity("C2").title == "드론 부대가 도착했다"
        assert len(session.problems) == 1
        assert "Lorr" not in session.problems[0]


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[1,2]", "3", "null", '{"a": NaN}', '{"a": 1e999}', '{"role": "a\\u0000b"}', '{"a": "\\ud800"}'],
)
def test_properties_that_cannot_be_are_replaced_and_the_rest_is_kept(board_path: Path, text: str) -> None:
    run(board_path, "update entities set props = ?", values=(text,))
    with Session.open(board_path) as session:
        assert len(session.document.entities) == 5
        assert session.problems
        actor = session.document.entity("A1")
        if "role" in text:
            assert actor.props == {"role": "a�b"}
        with session.transaction("Write") as tx:
            commands.set_fields(tx, actor.id, title="still works")
        session.undo()


def test_properties_nested_a_hundred_thousand_deep_do_not_end_the_program(board_path: Path) -> None:
    run(board_path, "update entities set props = ?", values=('{"a":' + "[" * 100_000 + "]" * 100_000 + "}",))
    with Session.open(board_path) as session:
        assert len(session.document.entities) == 5
        assert session.problems


def test_tags_that_are_no_list_of_words_are_mended(board_path: Path) -> None:
    run(board_path, "update entities set tags = ? where number = 'C1'", values=(json.dumps(["a", 5, None, "b" * 300]),))
    run(board_path, "update entities set tags = 'x' where number = 'C2'")
    with Session.open(board_path) as session:
        assert session.document.entity("C1").tags == ("a", "5", "?", "b" * 200)
        assert session.document.entity("C2").tags == ()


def test_what_points_to_nothing_is_left_out_told_and_untouched(board_path: Path) -> None:
    run(
        board_path,
        "pragma foreign_keys=off",
        "update cards set entity_id = 'nobody' where rowid = 1",
        "update cards set board_id = 'nowhere' where rowid = 2",
        "update cards set frame_id = 'no frame' where rowid = 3",
        "update links set to_id = 'nobody' where rowid = 1",
        "update links set from_id = 'nobody' where rowid = 2",
        "insert into frames values ('f', 'nowhere', 'F', 0, 0, 10, 10, 0, 0, '', 0)",
        "insert into attachments values ('a', 'nobody', 'n', 'm', 1, 's', '', '', '', '', '', '', 0)",
    )
    with Session.open(board_path) as session:
        document = session.document
        assert (len(document.cards), len(document.links), len(document.frames)) == (3, 1, 0)
        assert all(document.find("entities", card.entity_id) for card in document.cards)
        assert [card.frame_id for card in document.cards] == [None] * 3
        assert len(session.problems) == 7
        with session.transaction("Write") as tx:
            commands.set_fields(tx, document.entity("C2").id, title="goes on")
    connection = sqlite3.connect(board_path)
    assert connection.execute("select count(*) from cards where entity_id = 'nobody'").fetchone() == (1,)
    assert connection.execute("select count(*) from links").fetchone() == (3,)
    connection.close()


def test_removing_what_an_unseen_row_hangs_on_is_refused_in_words(board_path: Path) -> None:
    from evidenceboard.errors import SaveFailedError

    # The card of C1 stands on a board that is not there, so it is not shown; it still names C1.
    run(board_path, "pragma foreign_keys=off", "update cards set board_id = 'nowhere' where rowid = 2")
    with Session.open(board_path) as session:
        claim, before = session.document.entity("C1"), board_path.read_bytes()
        with pytest.raises(SaveFailedError, match="hangs on this"), session.transaction("Remove") as tx:
            commands.remove(tx, [claim.id])
        assert session.document.find("entities", claim.id) == claim
    assert board_path.read_bytes() == before


def test_unknown_types_and_properties_are_kept_and_can_be_worked_with(board_path: Path) -> None:
    run(board_path, 'update entities set type = \'vessel\', props = \'{"flag":"KP","tonnes":[1,{"a":2.5}]}\'')
    run(board_path, "update links set type = 'refuels', props = '{\"where\":\"at sea\"}'")
    with Session.open(board_path) as session:
        entity, link = session.document.entities[0], session.document.links[0]
        assert session.problems == []
        with session.transaction("Write") as tx:
            commands.set_fields(tx, entity.id, title="Lady R", flag="RU")
            commands.set_link(tx, link.id, notes="seen twice", where="in port")
    with Session.open(board_path) as session:
        assert session.document.get(Entity, entity.id).props == {"flag": "RU", "tonnes": [1, {"a": 2.5}]}
        assert session.document.links[0].props == {"where": "in port"}
        assert session.document.links[0].type == "refuels"


def test_a_grade_that_is_on_no_scale_is_shown_and_comes_last(board_path: Path) -> None:
    from evidenceboard.model.reports import best_pair
    from evidenceboard.model.types import entity_type

    run(board_path, "update assessments set value = 'Ω' where field = 'reliability'")
    with Session.open(board_path) as session:
        claim = session.document.entity("C1")
        assert best_pair(session.document, claim.id) == "Ω2"
        assert entity_type("claim").face(claim, session.document).chips
        assert session.document.find("cards", session.document.cards[0].id) is not None
        assert isinstance(session.document.cards[0], Card)
