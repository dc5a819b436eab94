"""A value that was taken out stays out: of the file's bytes, of the history, and of what an older copy brings."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.merge.conftest import Opened
from tests.merge.test_taking_in import change

from evidenceboard.cli.checking import checked
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.merge import merge_file
from evidenceboard.session.redacting import redact

SECRET = "Olena K. told us at the depot"


def test_a_value_that_was_taken_out_is_in_no_byte_and_the_chain_still_holds(copies: Opened, tmp_path: Path) -> None:
    with copies("min") as mine:
        change(mine, "C1", notes=SECRET)
        change(mine, "C1", notes="Told at the depot")
        operation = redact(mine, "entities", mine.document.entity("C1").id, "notes", "names a person")
        assert (operation.kind, mine.document.entity("C1").notes, mine.undo()) == ("redact", "", None)
    assert SECRET.encode() not in (tmp_path / "min.db").read_bytes()
    assert checked(tmp_path / "min.db")["problems"] == []


def test_an_older_copy_does_not_bring_it_back_and_a_copy_that_has_it_loses_it(copies: Opened, tmp_path: Path) -> None:
    with copies("min") as mine:
        change(mine, "C1", notes=SECRET)
    (tmp_path / "olena.db").write_bytes((tmp_path / "min.db").read_bytes())
    with copies("olena") as hers:
        change(hers, "C2", title="Drones")
    with copies("min") as mine:
        redact(mine, "entities", mine.document.entity("C1").id, "notes")
        merge_file(mine, tmp_path / "olena.db")
        assert mine.document.entity("C1").notes == ""
    with copies("olena") as hers:
        merge_file(hers, tmp_path / "min.db")
        assert hers.document.entity("C1").notes == ""
        with pytest.raises(EvidenceBoardError, match="the way back ends here"):
            hers.undo()
    for name in ("min", "olena"):
        assert SECRET.encode() not in (tmp_path / f"{name}.db").read_bytes()
        assert checked(tmp_path / f"{name}.db")["problems"] == []
