"""Nothing goes out without a question: addresses with their whole host, files as private copies, programs never."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.records import Attachment
from evidenceboard.store import private_copy
from evidenceboard.ui import outside
from evidenceboard.ui.window import Window

pytestmark = pytest.mark.qt


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[Window]:
    made = Window(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


class Program(QObject):
    """Stand where other programs stand: in a test nothing leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Return what was handed to other programs."""
    program = Program()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, program, "take")
    yield program.opened
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


def answering(press: str | Qt.Key) -> list[str]:
    """Press a button, or a key, at the question that comes next; return the list into which what it says is put."""
    said: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, look)
            return
        said.extend([box.text(), box.informativeText()])
        said.extend("rich" for label in box.findChildren(QLabel) if label.textFormat() != label.textFormat().PlainText)
        if isinstance(press, str):
            next(button for button in box.buttons() if button.text() == press).click()
        else:
            QTest.keyClick(box.focusWidget() or box, press)

    QTimer.singleShot(0, look)
    return said


def attached(window: Window, name: str, data: bytes = b"said") -> Attachment:
    with window.session.transaction("Attach") as tx:
        return commands.attach(tx, window.session.document.entity("S1").id, name, data)


def test_an_address_opens_only_after_a_question_that_shows_the_host_in_ascii(window: Window, opened: list[str]) -> None:
    said = answering("Open")
    outside.follow(window, window, "https://президент.рф/<img src=x>".replace(" ", "%20"))
    assert "Host: xn--d1abbgf6aiiy.xn--p1ai" in said[1]
    assert "In its own letters: президент.рф" in said[1]
    assert "rich" not in said
    assert opened == ["https://xn--d1abbgf6aiiy.xn--p1ai/%3Cimg%20src=x%3E"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_esc_leave_things_as_they_are(window: Window, opened: list[str], key: Qt.Key) -> None:
    said = answering(key)
    outside.follow(window, window, "https://example.org/")
    assert said
    assert not opened


def test_an_address_that_deceives_is_refused_without_a_question(window: Window, opened: list[str]) -> None:
    for text in ("file:///etc/hostname", "https://a@b.com", "https://\u0430pple.com", "javascript:alert(1)"):
        outside.follow(window, window, text)
        assert window.notices.isVisible() and "was not opened" in window.notices.accessibleName()
    assert not opened


def test_a_file_opens_as_a_private_copy_after_a_question(window: Window, opened: list[str], own_config: Path) -> None:
    kept = attached(window, "../../scan \u202efdp.pdf", b"%PDF-1.4")
    said = answering("Leave it")
    outside.open_copy(window, window, kept)
    assert "scan ‹RLO›fdp.pdf" in said[1] and not opened
    answering("Open a copy")
    outside.open_copy(window, window, kept)
    path = Path(QUrl(opened[0]).toLocalFile())
    assert path.name == "scan ‹RLO›fdp.pdf"
    assert own_config in path.parents
    assert path.read_bytes() == b"%PDF-1.4"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        for folder in list(path.parents)[: len(path.parents) - len(own_config.parents) - 1]:
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["run.exe", "a.desktop", "page.HTML", "x.svg", "no ending", "a.pdf.lnk", "b.js", "c.sh ."]
)
def test_a_file_that_can_be_a_program_is_saved_and_never_opened(window: Window, opened: list[str], name: str) -> None:
    outside.open_copy(window, window, attached(window, name))
    assert "can be a program" in window.notices.accessibleName()
    assert not opened


def test_copies_that_a_killed_run_left_are_removed_with_the_next_one(own_config: Path) -> None:
    left = private_copy._place() / "999999999-x"
    left.mkdir()
    (left / "secret.pdf").write_bytes(b"said")
    living = private_copy._place() / f"{os.getppid()}-x"
    living.mkdir()
    private_copy.sweep()
    assert not left.exists()
    assert living.exists() or os.name == "nt"
