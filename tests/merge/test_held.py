"""What is kept although nobody worked on it, because something cannot do without it, is the same in every copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.merge.conftest import Opened

from evidenceboard import Session, commands
from evidenceboard.merge import merge_file
from evidenceboard.model.records import Conflict


def titles(session: Session) -> set[str]:
    return {one.title for one in session.document.boards}


def questions(session: Session) -> list[tuple[str, str, str]]:
    """Return what is asked about deletions, and what was answered."""
    found = session.document.table("conflicts").values()
    return sorted((one.record_table, one.record_id, one.decision) for one in found if isinstance(one, Conflict))


def test_two_people_who_removed_each_others_last_board_keep_both_whatever_is_added_afterwards(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("olena") as hers, hers.transaction("Add a board") as tx:
        commands.add_board(tx, "Second")
    for name in ("min", "lea"):
        shutil.copy(tmp_path / "olena.db", tmp_path / f"{name}.db")
    with copies("olena") as hers, hers.transaction("Remove") as tx:
        commands.remove_board(tx, next(one.id for one in hers.document.boards if one.title == "Second"))
    with copies("min") as mine:
        first = next(one for one in mine.document.boards if one.title != "Second")
        with mine.transaction("Remove") as tx:
            commands.remove_board(tx, first.id)
        merge_file(mine, tmp_path / "olena.db")
        assert titles(mine) == {first.title, "Second"}
        with mine.transaction("Add a board") as tx:
            commands.add_board(tx, "Third")
        asked = questions(mine)
        assert len(asked) == 2
    with copies("lea") as theirs:
        merge_file(theirs, tmp_path / "olena.db")
        merge_file(theirs, tmp_path / "min.db")
        assert titles(theirs) == {first.title, "Second", "Third"}
        assert questions(theirs) == asked
    with copies("olena") as hers:
        merge_file(hers, tmp_path / "min.db")
        assert titles(hers) == {first.title, "Second", "Third"}
        assert questions(hers) == asked


def test_what_came_back_keeps_what_it_needs_also_for_those_who_merge_after_it_was_removed_for_good(
    copies: Opened, tmp_path: Path
) -> None:
    with copies("olena") as hers:
        link = hers.document.links[0]
        source = hers.document.find("entities", link.from_id)
        with hers.transaction("Remove the link") as tx:
            commands.remove(tx, [link.id])
    with copies("min") as mine, mine.transaction("Note") as tx:
        commands.set_fields(tx, link.id, notes="Seen by two")
    with copies("third") as third:
        merge_file(third, tmp_path / "olena.db")
        with third.transaction("Remove what it came from") as tx:
            commands.remove(tx, [link.from_id])
        merge_file(third, tmp_path / "min.db")
        assert third.document.find("links", link.id)
        assert third.document.find("entities", link.from_id) == source
        with third.transaction("Remove the link for good") as tx:
            commands.remove(tx, [link.id])
        asked = questions(third)
    for name, order in (("olena", ("min", "third")), ("min", ("third", "olena")), ("lea", ("olena", "third", "min"))):
        with copies(name) as theirs:
            for other in order:
                merge_file(theirs, tmp_path / f"{other}.db")
            assert theirs.document.find("links", link.id) is None
            assert theirs.document.find("entities", link.from_id) == source
            assert questions(theirs) == asked, name
