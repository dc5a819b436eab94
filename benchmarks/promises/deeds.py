"""What is done while a call to the disk is refused: each is done whole or told in words, and the next edit works."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Final

from benchmarks.promises.worlds import Records, records, small_board
from evidenceboard import Session, commands
from evidenceboard.cli import run
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.store.gate import quick_check

Armed = Callable[[], AbstractContextManager[None]]
"""In its block a call to the disk is refused."""
Deed = Callable[[Path, Armed], None]
BOARD: Final = "board.db"
_OLD: Final = b"what was here before\n"
_TABLE: Final = "type,title,notes\nclaim,First,a\nclaim,Second,b\nsource,Third,c\n"


def template(folder: Path) -> None:
    """Make what every deed finds in its folder: a board, one that a crash left in the middle of a change, a table."""
    path = small_board(folder / BOARD)
    with Session.open(path) as session:
        for number in range(2):
            with session.transaction("Add a note") as tx:
                note = commands.add_entity(tx, "note", title=f"Note {number}", notes="n" * 50_000)
                commands.place(tx, tx.document.boards[0].id, note.id, x=number * 320, y=400)
        session.undo()
    _left_by_a_crash(path, folder / "crashed.db")
    (folder / "table.csv").write_text(_TABLE, "utf-8")


def _left_by_a_crash(path: Path, crashed: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma cache_size=1")
        connection.execute("begin immediate")
        connection.execute("update entities set title = title || ?", ("half" * 5000,))
        shutil.copyfile(path, crashed)
        shutil.copyfile(f"{path}-journal", f"{crashed}-journal")
        connection.execute("rollback")


def _changed(session: Session, armed: Armed, act: Callable[[], object]) -> None:
    before, count = records(session), session.operation_count()
    try:
        with armed():
            act()
        if session.operation_count() != count + 1:
            raise AssertionError("said to be done, and is not")
    except EvidenceBoardError as error:
        in_words(error)
        if records(session) != before or session.operation_count() != count:
            raise AssertionError("said to be refused, and something is left of it") from error
    works(session)


def works(session: Session) -> None:
    """Raise where memory and file do not agree, or the next edit does not work."""
    _agree(session)
    count = session.operation_count()
    with session.transaction("Add a note") as tx:
        commands.add_entity(tx, "note", title="The next edit")
    if session.operation_count() != count + 1:
        raise AssertionError("the next edit was not kept")
    _agree(session)


def _agree(session: Session) -> None:
    with Session.open(session.path, read_only=True) as other:
        if records(other) != records(session) or quick_check(session.path) or other.problems or other.sidecars:
            raise AssertionError("memory and file do not agree")


def in_words(error: EvidenceBoardError) -> None:
    """Raise where an error says nothing."""
    if len(error.message) < 10 or not error.message.endswith((".", "?")):
        raise AssertionError(f"told without words: {error.message!r}") from error


def _in_session(act: Callable[[Session], object]) -> Deed:
    def deed(folder: Path, armed: Armed) -> None:
        with Session.open(folder / BOARD) as session:
            _changed(session, armed, lambda: act(session))

    return deed


def _gesture(session: Session) -> None:
    with session.transaction("Add a pair") as tx:
        pair = [commands.add_entity(tx, "claim", title=f"{step} of a pair") for step in range(2)]
        for step, entity in enumerate(pair):
            commands.place(tx, tx.document.boards[0].id, entity.id, x=0, y=step * 200)
        commands.link(tx, "supports", pair[0].id, pair[1].id, notes="n" * 30_000)


def _attach(session: Session) -> None:
    with session.transaction("Attach") as tx:
        commands.attach(tx, tx.document.entity("S1").id, "film.mp4", bytes(range(256)) * 600)


def _remove(session: Session) -> None:
    with session.transaction("Remove") as tx:
        commands.remove(tx, [tx.document.entity("C1").id])


def _undone(session: Session) -> None:
    session.undo()


def _redone(session: Session) -> None:
    session.redo()


def _saved_as(folder: Path, armed: Armed) -> None:
    copy = folder / "copy.db"
    with Session.open(folder / BOARD) as session:
        try:
            with armed():
                session.save_copy(copy)
        except EvidenceBoardError as error:
            in_words(error)
            if copy.exists():
                raise AssertionError("a copy that was refused is there") from error
            session.save_copy(copy)
        _same(copy, records(session))
        works(session)


def _same(copy: Path, wanted: Records) -> None:
    with Session.open(copy) as session:
        if records(session) != wanted:
            raise AssertionError("a copy is not what it was made of")
        works(session)


def _made(folder: Path, armed: Armed) -> None:
    path = folder / "new.db"
    try:
        with armed():
            Session.create(path, title="New").close()
    except EvidenceBoardError as error:
        in_words(error)
        if path.exists():
            raise AssertionError("a board that was refused is there") from error
        Session.create(path, title="New").close()
    with Session.open(path) as session:
        works(session)


def _opened(name: str) -> Deed:
    def deed(folder: Path, armed: Armed) -> None:
        try:
            with armed(), Session.open(folder / name) as session:
                session.history(10)
        except EvidenceBoardError as error:
            in_words(error)
        with Session.open(folder / name) as session:
            if session.read_only or any("half" in entity.title for entity in session.document.entities):
                raise AssertionError(f"the board is not as it was: {session.read_only}")
            works(session)

    return deed


def _verb(*words: str) -> tuple[int, str]:
    """Run a verb of the command line; return its exit code and what it said of it.

    Raises where a failure is not told as it should be.
    """
    out, said = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(said):
        code = run([*words, "--json"], lambda _: 3)
    if code not in (0, 1):
        raise AssertionError(f"ended with {code}: {said.getvalue()}")
    answer = json.loads(out.getvalue())
    if code and (answer["ok"] or not answer["error"] or not said.getvalue().strip()):
        raise AssertionError(f"failed without a word: {out.getvalue()}")
    return code, said.getvalue()


def _exported(name: str) -> Deed:
    def deed(folder: Path, armed: Armed) -> None:
        place = folder / name
        if not name.endswith("/"):
            place.write_bytes(_OLD)
        with armed():
            code, said = _verb("export", str(folder / BOARD), str(folder) + "/" + name)
        kept = not place.exists() if place.suffix == "" else place.read_bytes() == _OLD
        if code and kept == ("lies in its place" in said):
            raise AssertionError(f"an export was refused, and what lies there is not what was said: {said}")
        if code and _verb("export", str(folder / BOARD), str(folder) + "/" + name)[0]:
            raise AssertionError("the next export does not work")
        files = list(place.iterdir()) if place.is_dir() else [place]
        if not files or any(not file.read_bytes() or file.read_bytes() == _OLD for file in files):
            raise AssertionError("an export that was said to be done is not there")
        if left := [found.name for found in folder.rglob("*.part")]:
            raise AssertionError(f"left behind: {left}")
        with Session.open(folder / BOARD) as session:
            works(session)

    return deed


def _exported_over(folder: Path, armed: Armed) -> None:
    """Write tables over older ones: which of them are new after a failure is told."""
    place = folder / "older"
    words = ("export", str(folder / BOARD), f"{place}/")
    _verb(*words)
    tables = {file.name for file in place.iterdir()}
    for name in tables:
        (place / name).write_bytes(_OLD)
    with armed():
        code, said = _verb(*words)
    new = {name for name in tables if (place / name).read_bytes() != _OLD}
    told = tables if not code or "lies in its place" in said else set(re.findall(r"[\w-]+\.csv", said))
    if new != told or {file.name for file in place.iterdir()} != tables:
        raise AssertionError(f"new are {new}, and it was said: {said}")
    if _verb(*words)[0]:
        raise AssertionError("the next export does not work")


def _imported(name: str) -> Deed:
    def deed(folder: Path, armed: Armed) -> None:
        path = folder / name
        before = _held(path)
        with armed():
            code, _ = _verb("import", str(path), str(folder / "table.csv"))
        if code and _held(path) != before:
            raise AssertionError("an import that was refused left something behind")
        if code and _verb("import", str(path), str(folder / "table.csv"))[0]:
            raise AssertionError("the next import does not work")
        with Session.open(path) as session:
            if sum(entity.title in ("First", "Second", "Third") for entity in session.document.entities) != 3:
                raise AssertionError("an import that was said to be done is not there")
            works(session)

    return deed


def _held(path: Path) -> Records | None:
    if not path.exists():
        return None
    with Session.open(path, read_only=True) as session:
        return records(session)


DEEDS: Final[dict[str, Deed]] = {
    "a gesture": _in_session(_gesture),
    "an attachment": _in_session(_attach),
    "a removal": _in_session(_remove),
    "undo": _in_session(_undone),
    "redo": _in_session(_redone),
    "save a copy": _saved_as,
    "a new board": _made,
    "opening": _opened(BOARD),
    "opening after a crash": _opened("crashed.db"),
    "import into a board": _imported(BOARD),
    "import into a new board": _imported("new.db"),
    **{f"export as {name}": _exported(f"out.{name}") for name in ("csv", "json", "md", "png", "svg", "pdf")},
    "export as a folder of tables": _exported("tables/"),
    "export into a folder with tables": _exported_over,
}
