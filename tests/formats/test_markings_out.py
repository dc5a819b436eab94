"""Markings in every data format: they come back as they were, and none is lost on the way into another file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.formats.chosen import chosen
from evidenceboard.formats.format import ExportOptions, Input, Report, Written
from evidenceboard.formats.importing import format_named
from evidenceboard.model.markings import effective
from evidenceboard.model.records import Attachment

Export = Callable[..., Written]


@pytest.fixture
def marked(board_path: Path) -> Path:
    """Return an amber file with a red source, a file kept with it, and a claim and a link lowered with reasons."""
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        document = tx.document
        source, claim = document.entity("S1"), document.entity("C1")
        commands.set_file(tx, marking="AMBER")
        commands.set_marking(tx, source.id, "RED")
        commands.attach(tx, source.id, "planted.txt", b"planted bytes")
        open_one = commands.attach(tx, claim.id, "press.txt", b"press")
        commands.set_marking(tx, claim.id, "GREEN", "printed in a newspaper")
        commands.set_marking(tx, open_one.id, "GREEN", "a press release")
        link = next(link for link in document.links_from(source.id))
        commands.set_marking(tx, link.id, "AMBER", "names nobody")
    return board_path


def taken(path: Path, written: Written, format_id: str, name: str) -> tuple[Session, Report]:
    session = Session.create(path, title="Other")
    with session.transaction("Import") as tx:
        report = format_named(format_id).reader()(tx, Input(name, written.data, session.document.boards[0].id))
    return session, report


@pytest.mark.parametrize(("format_id", "options"), [("json", {}), ("csv", {"folder": True}), ("csv", {})])
def test_what_comes_into_a_file_marked_lower_is_as_high_as_it_was(
    marked: Path, export: Export, tmp_path: Path, format_id: str, options: dict[str, bool]
) -> None:
    written = export(marked, format_id, **options)
    session, report = taken(tmp_path / "other.db", written, format_id, f"x.{format_id}")
    assert not report.problems
    with session, Session.open(marked, read_only=True) as old:
        there = session.document
        for entity in there.entities:
            assert effective(there, entity).word == effective(old.document, old.document.entity(entity.number)).word
        was = {link.type: effective(old.document, link) for link in old.document.links}
        now = {link.type: effective(there, link) for link in there.links}
        assert {kind: found.word for kind, found in now.items()} == {kind: found.word for kind, found in was.items()}
        assert now["states"].reason == "names nobody"


def test_a_kept_file_stays_behind_where_it_is_marked_too_high_with_all_its_bytes(marked: Path, export: Export) -> None:
    with Session.open(marked, read_only=True) as session:
        document, _ = chosen(session.document, "TLP:GREEN")
        names = [one.name for one in document.table("attachments").values() if isinstance(one, Attachment)]
        assert names == ["press.txt"]
        assert [entity.number for entity in document.entities] == ["C1"]
    for options in ({"attachments": True}, {}):
        data = export(marked, "json", at_most="TLP:AMBER", **options).data
        assert isinstance(data, bytes)
        assert b"planted" not in data and b"cGxhbnRlZ" not in data and b"press.txt" in data


def test_an_outline_names_the_highest_marking_first_and_why_one_is_lower(marked: Path, export: Export) -> None:
    data = export(marked, "md").data
    assert isinstance(data, bytes)
    text = data.decode().replace("\\", "")
    assert text.split("\n")[2] == "TLP:RED"
    assert "- Marking: TLP:GREEN, lowered from TLP:AMBER because printed in a newspaper" in text
    assert "marking TLP:AMBER, lowered from TLP:RED because names nobody" in text
    assert export(marked, "md", at_most="TLP:AMBER").data.decode().split("\n")[2] == "TLP:AMBER"  # type: ignore[union-attr]


def test_a_marking_with_no_reason_of_a_stranger_is_kept_and_does_not_count(tmp_path: Path) -> None:
    table = b"type,title,marking,marking_reason\nclaim,One,GREEN,\nclaim,Two,GREEN,printed\n"
    with Session.create(tmp_path / "b.db") as session:
        with session.transaction("Import") as tx:
            commands.set_file(tx, marking="RED")
            report = format_named("csv").reader()(tx, Input("claims.csv", table, session.document.boards[0].id))
        assert not report.problems
        words = {entity.title: effective(session.document, entity) for entity in session.document.entities}
    assert (words["One"].word, words["One"].unheeded) == ("TLP:RED", "TLP:GREEN")
    assert (words["Two"].word, words["Two"].reason) == ("TLP:GREEN", "printed")


def test_options_without_a_limit_withhold_nothing(marked: Path) -> None:
    with Session.open(marked, read_only=True) as session:
        assert format_named("md").writer()(session, ExportOptions()).withheld == 0
