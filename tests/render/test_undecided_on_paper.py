"""What is not decided between two copies, on cards, in a PDF and its legend, also below a marking."""

from __future__ import annotations

import pytest
from paper_reading import Make, text_of

from evidenceboard import Session, commands
from evidenceboard.model.conflicts import conflict_id
from evidenceboard.model.records import Conflict
from evidenceboard.model.scene import Scene
from evidenceboard.render.board_paint import face_of

pytestmark = pytest.mark.qt


@pytest.fixture
def undecided(session: Session) -> Session:
    """Return a board of which the title of C1 and the role of A1 are not decided."""
    with session.transaction("Ask") as tx:
        for number, table, field, values in (
            ("C1", "entities", "title", ("Lorries carried 3,000 soldiers", "Zeppelins did")),
            ("A1", "entities", "props.role", ("", "Quartermaster")),
        ):
            record = tx.document.entity(number).id
            said = {f"op{place}": {"value": value, "author": f"a{place}", "counter": place, "at": ""}
                    for place, value in enumerate(values)}  # fmt: skip
            tx.put(Conflict(conflict_id(table, record, field), table, record, field, said))
    return session


def test_a_card_knows_which_of_its_fields_are_undecided(undecided: Session) -> None:
    document = undecided.document
    scene = Scene(document, document.boards[0].id)
    faces = {document.entity(number).id: number for number in ("C1", "A1", "C2")}
    found = {
        faces[scene.entity_ids[slot]]: face_of(document, scene, slot)[0].undecided
        for slot in range(scene.n)
        if scene.entity_ids[slot] in faces
    }
    assert found == {"C1": ("title",), "A1": ("role",), "C2": ()}


@pytest.mark.parametrize("at_most", ["", "TLP:GREEN"])
def test_a_pdf_says_what_is_undecided_instead_of_one_value_silently(
    undecided: Session, made: Make, at_most: str
) -> None:
    said = text_of(made(undecided.path, at_most=at_most))
    assert "title undecided" in said and "role undecided" in said
    assert "two copies of the file" in said
    assert "Zeppelins" not in said and "Quartermaster" not in said


def test_without_conflicts_a_pdf_says_nothing_of_them(session: Session, made: Make) -> None:
    assert "undecided" not in text_of(made(session.path))


def test_a_decision_takes_the_mark_away(undecided: Session) -> None:
    with undecided.transaction("Decide") as tx:
        for conflict in list(tx.document.conflicts):
            commands.decide(tx, conflict.id, "op1")
    document = undecided.document
    scene = Scene(document, document.boards[0].id)
    assert all(not face_of(document, scene, slot)[0].undecided for slot in range(scene.n))
    assert document.entity("C1").title == "Zeppelins did"
