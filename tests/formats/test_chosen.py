"""What a marking lets out: what is above it, and all that hangs on it, stays behind in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.formats.chosen import chosen
from evidenceboard.formats.format import Written
from evidenceboard.model.gradings import TLP
from evidenceboard.model.markings import allowed
from evidenceboard.model.records import TABLES

Export = Callable[..., Written]
ORDER = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


def test_markings_are_in_order_and_what_is_on_no_scale_is_above_all() -> None:
    assert set(ORDER) == set(TLP.words)
    for place, marking in enumerate(ORDER):
        assert [allowed(marking, at_most) for at_most in ORDER] == [at >= place for at in range(len(ORDER))]
    assert not allowed("TLP:PURPLE", "TLP:RED")


@pytest.fixture
def marked(board_path: Path) -> Path:
    """Return a board in which a claim is red, with all that can hang on it."""
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        document = tx.document
        red, source = document.entity("C1"), document.entity("S1")
        commands.set_fields(tx, red.id, marking="RED", notes="planted word", likelihood="likely")
        commands.attach(tx, red.id, "planted.txt", b"planted word")
        commands.add_entity(tx, "question", title="Who?", props={"about": ["C1", "C2"]})
        commands.link(tx, "related", document.entity("A1").id, source.id, props={"rests_on": ["C1"], "label": "is of"})
        commands.link(tx, "asserts", document.entity("A1").id, document.entity("C2").id, marking="TLP:AMBER")
        hidden = commands.add_board(tx, "planted board")
        tx.change(hidden, marking="TLP:RED")
        commands.place(tx, hidden.id, source.id, x=0, y=0)
        commands.add_frame(tx, hidden.id, title="planted frame", x=0, y=0, w=9, h=9)
    return board_path


def test_a_thing_takes_its_cards_links_judgements_and_files_with_it(marked: Path) -> None:
    with Session.open(marked, read_only=True) as session:
        document, withheld = chosen(session.document, "TLP:GREEN")
        assert {e.number for e in document.entities} == {"A1", "C2", "S1", "H1", "Q1"}
        assert sorted(link.type for link in document.links) == ["asserts", "related"]
        assert len(document.cards) == 4
        assert [board.title for board in document.boards] == ["Main board"]
        assert (document.frames, document.table("attachments")) == ([], {})
        assert document.entity("Q1").props["about"] == [document.entity("C2").id]
        assert document.links_of(document.entity("S1").id)[0].props["rests_on"] == []
        missing = sum(len(session.document.table(table)) - len(document.table(table)) for table in TABLES)
        assert withheld == missing
        assert chosen(session.document, "TLP:AMBER")[1] == withheld - 1
        assert chosen(session.document, "TLP:RED")[1] == 0
        assert chosen(session.document, "") == (session.document, 0)


@pytest.mark.parametrize("options", [("json", {}), ("csv", {}), ("csv", {"folder": True}), ("md", {})])
def test_no_byte_of_what_stays_behind_is_in_any_format(
    marked: Path, export: Export, options: tuple[str, dict[str, bool]]
) -> None:
    written = export(marked, options[0], at_most="TLP:GREEN", attachments=True, **options[1])
    assert written.withheld > 5
    data = written.data if isinstance(written.data, bytes) else b"".join(written.data.values())
    with Session.open(marked, read_only=True) as session:
        red = session.document.entity("C1")
        for secret in ("planted", "Lorries", red.id, "cGxhbnRlZCB3b3Jk"):
            assert secret.encode() not in data
    assert b"planted" in b"".join(
        all_.values() if isinstance(all_ := export(marked, options[0], **options[1]).data, dict) else [all_]
    )


def test_a_file_that_is_marked_higher_keeps_its_title_and_all_that_has_no_marking_of_its_own(
    marked: Path, export: Export
) -> None:
    with Session.open(marked) as session, session.transaction("Mark the file") as tx:
        commands.set_file(tx, marking="AMBER", title="planted title")
        commands.set_fields(tx, tx.document.entity("C2").id, marking="GREEN", reason="printed in a newspaper")
    with Session.open(marked, read_only=True) as session:
        document, _ = chosen(session.document, "TLP:GREEN")
        assert [entity.number for entity in document.entities] == ["C2"]
        assert (document.boards, document.cards, document.links) == ([], [], [])
        assert (document.setting("title"), document.setting("marking")) == (None, "TLP:GREEN")
    for kind in ("json", "csv", "md"):
        data = export(marked, kind, at_most="TLP:GREEN").data
        assert isinstance(data, bytes)
        assert b"planted" not in data


def test_a_deception_twin_stays_behind_with_its_first_row(marked: Path) -> None:
    with Session.open(marked) as session:
        with session.transaction("Add a deception twin") as tx:
            made = commands.add_deception_twin(tx, tx.document.entity("C1").id)
            commands.set_fields(tx, made.id, marking="TLP:CLEAR")
        assert chosen(session.document, "TLP:GREEN")[0].find("entities", made.id) is None
        assert chosen(session.document, "TLP:RED")[0].find("entities", made.id) == session.document.entity(made.id)
