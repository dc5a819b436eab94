"""A board on paper in the styling of the window: the same colours and signs, and a legend that is true."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_reading import Make, text_of

from evidenceboard import Session, commands
from evidenceboard.model.styling import STYLINGS
from evidenceboard.render.included import included
from evidenceboard.render.pages import planned
from evidenceboard.render.palette import PAPER
from evidenceboard.render.paper import laid_out
from evidenceboard.render.style_colours import patches, role_colour

pytestmark = pytest.mark.qt


def test_the_legend_on_paper_explains_the_classes_that_occur_and_counts_them(board_path: Path, made: Make) -> None:
    with Session.open(board_path) as session, session.transaction("Colour") as tx:
        card = tx.document.card_on(tx.document.boards[0].id, tx.document.entity("C2").id)
        assert card is not None
        commands.set_colour(tx, [card.id], "question")
    said = text_of(made(board_path, styling="standing"))
    for words in ("Standing:", "unsourced (1)", "origin not recorded (1)", "not a claim (3)", "coloured by hand: 1"):
        assert words in said, words
    assert "contested" not in said
    plain = text_of(made(board_path))
    assert "Standing:" not in plain and "not a claim" not in plain


@pytest.mark.parametrize("styling_id", [one.id for one in STYLINGS])
def test_every_styling_is_printed_with_no_word_that_is_not_there(styling_id: str, board_path: Path, made: Make) -> None:
    title = next(one.title for one in STYLINGS if one.id == styling_id)
    assert (f"{title}:" in text_of(made(board_path, styling=styling_id))) == (styling_id != "type")


def test_a_card_on_paper_wears_what_it_wears_on_the_screen(session: Session) -> None:
    board = session.document.boards[0].id
    pages = planned(laid_out(included(session.document, board), lambda share: None, "reliability"), "poster", "")
    picture = pages.paper.picture
    places, colours = patches(picture.styled, picture.scene, PAPER)
    slot = picture.scene.entity_ids.index(session.document.entity("S1").id)
    worn = pages.paper.faces[slot].worn
    assert (worn.colour, worn.sign, worn.classed) == ("step2", "B", True)
    assert colours[places[slot]] == role_colour(PAPER, "step2")


def test_a_scenario_that_may_not_go_out_is_not_what_the_paper_is_coloured_by(board_path: Path, made: Make) -> None:
    with Session.open(board_path) as session:
        scenario = session.document.entity("H1")
        with session.transaction("Mark") as tx:
            commands.set_fields(tx, scenario.id, marking="TLP:RED")
    said = text_of(made(board_path, styling=f"scenario:{scenario.id}", at_most="TLP:GREEN"))
    assert "H1" not in said
    assert "For and against H1:" in text_of(made(board_path, styling=f"scenario:{scenario.id}"))
