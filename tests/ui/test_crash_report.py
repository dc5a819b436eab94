"""A bug of ours: one sentence, the truth about the file, and a report without any text of the board or of its user."""

from __future__ import annotations

import getpass
import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.store.personal import data_dir, private_dir
from evidenceboard.ui import crash, hard_crash, program
from evidenceboard.ui.crash_text import cleaned, place, report
from evidenceboard.ui.dialogs.crash_report import CrashReport
from evidenceboard.ui.window import Window, show_file

SECRET = "the name of an informant"


@pytest.fixture
def window(board_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    program.application()
    # Put back when the test ends.
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    shown = show_file(board_path)
    qtbot.waitExposed(shown)
    crash.install(program.front)
    yield shown
    for dialog in dialogs(shown):
        dialog.close()


def dialogs(window: Window) -> list[CrashReport]:
    return [one for one in window.findChildren(CrashReport) if one.isVisible()]


def caught(act: Callable[[], object]) -> BaseException:
    with pytest.raises(Exception) as raised:
        act()
    return raised.value


def bug() -> None:
    raise KeyError(SECRET)


def throw(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def read(window: Window) -> CrashReport:
    offered = [one for one in window.notices.findChildren(QPushButton) if one.text() == "Read the report…"]
    offered[-1].click()
    (dialog,) = dialogs(window)
    return dialog


def test_it_is_told_in_words_and_the_file_is_looked_through_before_it_is_called_whole(
    window: Window, qtbot: QtBot
) -> None:
    window.perform("Add", lambda tx: commands.add_entity(tx, "note", title=SECRET))
    throw(caught(bug))
    assert "went wrong" in window.notices.text() and "Nothing is lost" not in window.notices.text()
    qtbot.waitUntil(
        lambda: "with every confirmed change in it. Nothing is lost." in window.notices.text(), timeout=20_000
    )
    assert list(data_dir("snapshots").iterdir()) == []
    dialog = read(window)
    assert "Nothing is lost" in dialog.file.text()
    told = dialog.report.toPlainText()
    assert "KeyError" in told and "Evidenceboard" in told and SECRET not in told + window.notices.text()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == told
    window.perform("Add", lambda tx: commands.add_entity(tx, "note", title="the window goes on"))
    assert window.session.operation_count() == 4


def test_a_file_that_is_not_whole_is_never_called_so(window: Window, qtbot: QtBot) -> None:
    path = window.session.path
    path.rename(path.with_name("elsewhere.db"))
    throw(caught(bug))
    qtbot.waitUntil(lambda: "could not be confirmed" in window.notices.text(), timeout=20_000)
    assert "Nothing is lost" not in window.notices.text() and "Save a copy" in window.notices.text()


def test_the_same_bug_again_and_again_does_not_stack_up(window: Window, qtbot: QtBot) -> None:
    error = caught(bug)
    throw(error)
    read(window)
    for _ in range(30):
        throw(error)
    (dialog,) = dialogs(window)
    assert "31 times" in dialog.happened.text()
    assert read(window) is dialog


def test_what_a_worker_or_a_slot_raises_is_told_too(window: Window, qtbot: QtBot) -> None:
    worker = threading.Thread(target=bug)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: "went wrong" in window.notices.text(), timeout=5000)
    window.notices.dismiss()
    crash.install(program.front)
    with qtbot.capture_exceptions() as raised:
        QTimer.singleShot(0, window, bug)
        qtbot.waitUntil(lambda: bool(raised), timeout=5000)


def test_a_failure_with_words_of_its_own_says_them(window: Window) -> None:
    throw(InvalidValueError("This is not taken.", "Try another."))
    assert window.notices.text() == "This is not taken. Try another."


def test_pythons_own_sentences_are_kept_and_everything_else_is_not() -> None:
    assert "'NoneType' object has no attribute '…'" in report(caught(lambda: None.informant))
    assert "list index out of range" in report(caught(lambda: [][1]))
    assert "unsupported operand type(s) for +: 'int' and 'str'" in report(caught(lambda: 1 + "a"))
    gone = OSError(2, "No such file", "/people/anna/a.db")
    for error in (ValueError(SECRET), KeyError("x"), gone, TypeError(SECRET)):
        said = report(error)
        assert SECRET not in said and "anna" not in said
        assert said.splitlines()[-1] == type(error).__name__


def test_causes_are_named_and_endless_ones_end() -> None:
    def chained() -> None:
        try:
            bug()
        except KeyError as error:
            raise RuntimeError(SECRET) from error

    said = report(caught(chained))
    assert said.index("RuntimeError") < said.index("because of") < said.index("KeyError")

    def deep() -> None:
        deep()

    said = report(caught(deep))
    assert "more" in said and len(said.splitlines()) < 60


@given(
    st.text(min_size=6), st.sampled_from([KeyError, ValueError, TypeError, AttributeError, IndexError, RuntimeError])
)
def test_no_text_of_an_exception_comes_through(text: str, kind: type[Exception]) -> None:
    plain = report(kind(""))
    assert report(kind(text)) == plain
    assert report(kind(f"'{text}' object has no attribute '{text}'")).replace(
        ": '…' object has no attribute '…'", ""
    ) == plain or text in ("object",)


def test_a_place_names_code_and_never_a_folder_of_the_user() -> None:
    assert place(crash.__file__) == "evidenceboard/ui/crash.py"
    assert place(threading.__file__) == "threading.py"
    assert place(pytest.__file__) == "pytest/__init__.py"
    assert place("/people/anna/informants/x.py") == "elsewhere"
    assert place("/people/anna/lib/python3/site-packages/numpy/core/x.py") == "numpy/core/x.py"
    assert place("<frozen runpy>") == "<frozen runpy>"
    assert place("<informant>") == "elsewhere"


def test_a_report_holds_neither_path_nor_name_of_user_or_machine(window: Window) -> None:
    said = report(caught(lambda: window.session.document.get(int, "x"))) + report(caught(bug))
    assert str(Path.home()) not in said and str(window.session.path) not in said and "/tmp" not in said
    assert platform.node() not in said or len(platform.node()) < 4
    assert getpass.getuser() not in said.replace("root", "") or getpass.getuser() == "root"


DIES = """
import ctypes, os, sys
from evidenceboard.ui import hard_crash, program
app = program.application()
watch = hard_crash.Watch()
def informant():
    os.abort()
informant()
"""


def test_after_a_hard_crash_the_next_start_says_so_once(
    window: Window, own_config: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    script = tmp_path / "anna.py"
    script.write_text(DIES, "utf-8")
    done = subprocess.run([sys.executable, str(script)], env=dict(os.environ), capture_output=True, check=False)
    assert done.returncode != 0
    (left,) = private_dir("crashes").iterdir()
    assert left.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"
    told = hard_crash.take_report()
    assert "Evidenceboard" in told and "Aborted" in told and "elsewhere:" in told
    assert "anna" not in told and str(tmp_path) not in told
    assert hard_crash.take_report() == "" and list(private_dir("crashes").iterdir()) == []
    crashes = crash.install(program.front)
    crashes.tell_of_last(told)
    assert "broke down the last time" in window.notices.text()
    qtbot.waitUntil(lambda: "Nothing is lost" in window.notices.text(), timeout=20_000)
    assert read(window).report.toPlainText() == told


def test_a_program_that_ends_as_it_should_leaves_nothing() -> None:
    code = (
        "from evidenceboard.ui import hard_crash, program; program.application();"
        " watch = hard_crash.Watch(); watch.end(); print(hard_crash.take_report() == '')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"
    assert list(private_dir("crashes").iterdir()) == []


@given(st.text(), st.text())
def test_of_a_dump_only_known_lines_come_through(before: str, path: str) -> None:
    lines = [before, "Fatal Python error: Segmentation fault", f'  File "/people/anna/{path}", line 3 in f', before]
    said = cleaned("\n".join(lines))
    assert said.splitlines()[0] == "Segmentation fault"
    assert all(line in ("Segmentation fault", "  elsewhere:3 f") for line in said.splitlines())
    assert cleaned(json.dumps(before)) == ""
