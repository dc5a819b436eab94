"""Copies that cannot be merged: a clear word, and both files byte for byte as they were."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.promises.worlds import ends_well, in_a_child
from tests.merge.conftest import Opened
from tests.merge.test_taking_in import change

from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError, SaveFailedError
from evidenceboard.merge import merge_file, questions
from evidenceboard.store.gate import quick_check

Spoil = Callable[[sqlite3.Connection], object]
SPOILED: dict[str, tuple[str, str]] = {
    "a value of an operation": ("update changes set after = replace(after, 'Ten', 'Six')", "not as it was written"),
    "a label": ("update operations set label_key = 'Do' where counter = 3", "not as it was written"),
    "a missing operation": ("delete from operations where counter = 3", "missing"),
    "the same id with other content": (
        "update operations set hash = iif(hash like 'b%', 'c', 'b') || substr(hash, 2) where counter = 1",
        "",
    ),
    "a counter beyond all counting": ("update operations set counter = 9007199254740993 where counter = 4", "damaged"),
}


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as board:
        board.execute(statement)
        board.commit()


@pytest.mark.parametrize("name", sorted(SPOILED))
def test_a_history_that_was_cut_or_written_anew_is_refused(copies: Opened, tmp_path: Path, name: str) -> None:
    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
        change(hers, "C1", notes="Seen")
    with copies("min") as mine:
        change(mine, "C2", title="Drones")
    paths = [tmp_path / "min.db", tmp_path / "olena.db"]
    statement, word = SPOILED[name]
    spoil(paths[1], statement)
    before = [path.read_bytes() for path in paths]
    with copies("min") as mine, pytest.raises(EvidenceBoardError) as refused:
        merge_file(mine, paths[1])
    assert word in str(refused.value)
    assert [path.read_bytes() for path in paths] == before


def test_another_board_is_refused(copies: Opened, tmp_path: Path) -> None:
    Session.create(tmp_path / "other.db", title="Other").close()
    with copies("min") as mine:
        before = mine.path.read_bytes()
        with pytest.raises(EvidenceBoardError, match="another board"):
            merge_file(mine, tmp_path / "other.db")
        assert mine.path.read_bytes() == before


def test_a_clock_in_1970_changes_nothing(copies: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidenceboard.model.seam.RandomSeam.now", lambda self: "1970-01-01T00:00:00.000Z")
    with copies("olena") as hers:
        for number in range(4):
            change(hers, "C1", title=f"{number} lorries")
    monkeypatch.undo()
    with copies("min") as mine:
        change(mine, "C2", title="Drones")
        assert merge_file(mine, tmp_path / "olena.db").conflicts == []
        assert mine.document.entity("C1").title == "3 lorries"


def test_a_merge_killed_in_the_middle_is_there_or_not(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers:
        for number in range(30):
            change(hers, "C1", title=f"{number} lorries")
    with copies("min") as mine:
        before = mine.operation_count()
    theirs = (tmp_path / "olena.db").read_bytes()
    for wait in (0.0, 0.01, 0.02, 0.04):
        path = Path(shutil.copy(tmp_path / "min.db", tmp_path / f"killed{wait}.db"))
        reading, writing = os.pipe()

        def work(path: Path = path, writing: int = writing) -> None:
            with Session.open(path) as session:
                os.write(writing, b"x")
                merge_file(session, tmp_path / "olena.db")

        child = in_a_child(work)
        os.read(reading, 1)
        signal.sigtimedwait([], wait)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with Session.open(path) as session:
            assert session.operation_count() in (before, before + 31)
            merge_file(session, tmp_path / "olena.db")
            assert session.document.entity("C1").title == "29 lorries"
        assert quick_check(path) == []
    assert (tmp_path / "olena.db").read_bytes() == theirs


def test_a_full_disk_leaves_both_files_as_they_were(copies: Opened, tmp_path: Path) -> None:
    with copies("olena") as hers, hers.transaction("Add") as tx:
        for number in range(20):
            commands.add_entity(tx, "note", title=f"{number}", notes="ж" * 20_000)
    with copies("min"):
        pass
    paths = [tmp_path / "min.db", tmp_path / "olena.db"]
    before = [path.read_bytes() for path in paths]

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        with Session.open(paths[0]) as session:
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(before[0]) + 50_000, hard))
            with pytest.raises(SaveFailedError):
                merge_file(session, paths[1])
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            assert session.document.conflicts == []

    assert ends_well(in_a_child(fill))
    assert [path.read_bytes() for path in paths] == before


def test_a_copy_without_its_history_is_compared_and_every_difference_is_a_question(
    copies: Opened, tmp_path: Path
) -> None:
    from evidenceboard.formats import json as json_format
    from evidenceboard.formats.format import ExportOptions
    from evidenceboard.formats.importing import import_file

    with copies("olena") as hers:
        change(hers, "C1", title="Ten lorries")
        (tmp_path / "clean.json").write_bytes(json_format.write(hers, ExportOptions()).data)
    import_file(tmp_path / "clean.db", tmp_path / "clean.json")
    with copies("min") as mine:
        change(mine, "C2", title="Drones")
        done = merge_file(mine, tmp_path / "clean.db")
        assert done.operation is not None and done.taken == 0
        told = {(one.number, one.field, one.mine, one.theirs) for one in questions(mine.document, mine.author_id)}
        assert ("C1", "title", "Lorries carried 3,000 soldiers", "Ten lorries") in told
        assert ("C2", "title", "Drones", "드론 부대가 도착했다") in told
        assert merge_file(mine, tmp_path / "clean.db").operation is None
