"""Exporting and printing from the window: what is chosen is what is written, and a refusal loses nothing."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QProgressDialog
from pytestqt.qtbot import QtBot

from evidenceboard import commands
from evidenceboard.commands.generate import generated
from evidenceboard.errors import StoppedError
from evidenceboard.render.progress import stopped
from evidenceboard.ui import program
from evidenceboard.ui.dialogs import waiting as waiting_
from evidenceboard.ui.dialogs.export import Export
from evidenceboard.ui.dialogs.printing import print_board
from evidenceboard.ui.window import Window, show_file

pytestmark = pytest.mark.qt


@pytest.fixture
def window(board_path: Path, qtbot: QtBot) -> Window:
    program.application()
    shown = show_file(board_path)
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def dialog(window: Window, qtbot: QtBot) -> Export:
    made = Export(window)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(dialog: Export, format_id: str, product: str) -> None:
    places = range(dialog.what.count())
    dialog.what.setCurrentIndex(next(p for p in places if dialog.what.itemData(p) == (format_id, product)))


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_a_poster_is_written_where_one_chose_and_the_window_says_so(
    dialog: Export, window: Window, tmp_path: Path
) -> None:
    out = tmp_path / "board.pdf"
    assert dialog.write_to(out)
    assert "Lorries carried 3,000 soldiers" in text_of(out.read_bytes())
    assert str(out) in window.notices.text()
    assert not dialog.isVisible()


@pytest.mark.parametrize(("format_id", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("json", b"{"), ("md", b"#")])
def test_every_format_is_offered_and_written(dialog: Export, tmp_path: Path, format_id: str, start: bytes) -> None:
    choose(dialog, format_id, "")
    out = tmp_path / f"board.{format_id}"
    assert dialog.write_to(out)
    assert out.read_bytes().startswith(start)


def test_a_board_is_written_in_the_styling_that_its_window_shows(
    dialog: Export, window: Window, tmp_path: Path
) -> None:
    window.run("style_standing")
    assert dialog.options().styling == "standing"
    assert dialog.write_to(tmp_path / "board.pdf")
    assert "unsourced (1)" in text_of((tmp_path / "board.pdf").read_bytes())


def test_the_preview_shows_the_pages_that_will_be_written(dialog: Export, window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.preview.settled)
    assert dialog.preview.said.text().startswith("page 1 of 1")
    picture = dialog.preview.sheet.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)
    }
    assert len(colours) > 10
    choose(dialog, "pdf", "atlas")
    qtbot.waitUntil(lambda: dialog.preview.settled)
    assert dialog.paper.isVisible() and dialog.paper.currentText() == "A4"
    assert dialog.preview.sheet.pages is not None and len(dialog.preview.sheet.pages.pages) > 1
    dialog.preview.on.click()
    qtbot.waitUntil(lambda: dialog.preview.settled)
    assert dialog.preview.said.text().startswith("page 2 of")
    choose(dialog, "json", "")
    assert "no pages" in dialog.preview.said.text() and not dialog.paper.isVisible()


def test_what_stands_above_the_chosen_marking_is_left_out_and_counted(
    dialog: Export, window: Window, tmp_path: Path
) -> None:
    secret = window.document.entity("C1")
    window.perform("Mark a card", lambda tx: commands.set_fields(tx, secret.id, marking="RED"))
    dialog.at_most.setCurrentIndex(dialog.at_most.findData("TLP:GREEN"))
    out = tmp_path / "board.pdf"
    assert dialog.write_to(out)
    said = text_of(out.read_bytes())
    assert "Lorries" not in said and "Weekly report" in said
    assert "were left out" in window.notices.text()


def test_a_place_that_refuses_leaves_the_dialog_open_with_the_reason(dialog: Export, tmp_path: Path) -> None:
    assert not dialog.write_to(tmp_path / "nowhere" / "board.pdf")
    assert "no such folder" in dialog.note.text() and dialog.isVisible()


def test_the_board_itself_is_never_written_over(dialog: Export, window: Window) -> None:
    before = window.session.path.read_bytes()
    assert not dialog.write_to(window.session.path)
    assert window.session.path.read_bytes() == before


def test_printing_gives_the_printer_every_page(window: Window, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_board(window, printer)
    said = text_of((tmp_path / "printed.pdf").read_bytes())
    assert "Lorries carried 3,000 soldiers" in said and "Weekly report" in said


def test_the_preview_shows_only_what_was_wanted_last(dialog: Export, qtbot: QtBot) -> None:
    for product in ("atlas", "poster", "atlas"):
        choose(dialog, "pdf", product)
    dialog.at_most.setCurrentIndex(dialog.at_most.findData("TLP:GREEN"))
    qtbot.waitUntil(lambda: dialog.preview.settled)
    pages = dialog.preview.sheet.pages
    assert pages is not None and pages.paper.included.at_most == "TLP:GREEN" and len(pages.pages) > 1
    dialog.reject()
    assert not dialog.isVisible()


def test_a_preview_of_nothing_says_why(dialog: Export, window: Window, qtbot: QtBot) -> None:
    window.perform("Mark the file", lambda tx: commands.set_file(tx, marking="TLP:RED"))
    dialog.at_most.setCurrentIndex(dialog.at_most.findData("TLP:GREEN"))
    qtbot.waitUntil(lambda: dialog.preview.settled)
    assert "Everything on this board is marked above" in dialog.preview.said.text()
    assert not dialog.preview.on.isVisible()


def test_the_banner_says_what_is_not_in_an_export_and_that_nothing_was_withheld(
    dialog: Export, window: Window, tmp_path: Path
) -> None:
    choose(dialog, "png", "")
    assert dialog.write_to(tmp_path / "board.png")
    assert "Not in it: text that can be searched." in window.notices.text()
    assert "Nothing was withheld." in window.notices.text()


def test_an_export_can_be_stopped_and_leaves_nothing(
    dialog: Export, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_, "AFTER", 0)
    monkeypatch.setattr(waiting_, "_EACH", 0.0)

    def stop() -> None:
        box = dialog.findChild(QProgressDialog, "waiting")
        if box is not None and box.isVisible():
            box.cancel()
        else:
            QTimer.singleShot(1, dialog, stop)

    QTimer.singleShot(0, dialog, stop)
    assert not dialog.write_to(tmp_path / "board.pdf")
    assert "stopped; nothing was written" in dialog.note.text() and dialog.isVisible()
    assert not list(tmp_path.glob("board.pdf")) and not list(tmp_path.glob(".*.part"))


@pytest.fixture
def large(window: Window, qtbot: QtBot, tmp_path: Path) -> Export:
    """Return the dialog over a board of 1,000 cards, for an atlas of hundreds of pages."""
    path = tmp_path / "large.db"
    generated(path, cards=1000, links=2000, seed=2)
    shown = show_file(path)
    made = Export(shown)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    choose(made, "pdf", "atlas")
    return made


def test_a_window_lives_on_while_hundreds_of_pages_are_written(large: Export, tmp_path: Path) -> None:
    beats = [perf_counter()]
    heart = QTimer(large, interval=0)
    heart.timeout.connect(lambda: beats.append(perf_counter()))
    heart.start()
    begun = perf_counter()
    assert large.write_to(tmp_path / "large.pdf"), large.note.text()
    whole = perf_counter() - begun
    heart.stop()
    reader = PdfReader(tmp_path / "large.pdf")
    assert len(reader.pages) > 100
    gaps = [end - start for start, end in pairwise([*beats, begun + whole])]
    assert len(beats) > 20 and max(gaps) < whole / 5


def test_an_export_of_hundreds_of_pages_can_be_stopped_half_way(large: Export, tmp_path: Path) -> None:
    def stop() -> None:
        box = large.findChild(QProgressDialog, "waiting")
        if box is not None and box.value() > 500:
            box.cancel()
        else:
            QTimer.singleShot(1, large, stop)

    QTimer.singleShot(0, large, stop)
    assert not large.write_to(tmp_path / "large.pdf")
    assert "stopped; nothing was written" in large.note.text() and large.isVisible()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".db", ".db"]


def test_printing_can_be_stopped(window: Window, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    def stop(share: float) -> None:
        if share > 0.5:
            raise stopped()

    with pytest.raises(StoppedError):
        print_board(window, printer, stop)


def test_what_a_focus_leaves_out_goes_along_unless_one_says_only_what_is_shown(window: Window, qtbot: QtBot) -> None:
    c1 = window.document.entity("C1").id
    window.sight.only("test", [c1], "a focus")
    dialog = Export(window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.cards.isVisible()
    assert dialog.cards.currentText() == "All 5, also those left out now"
    assert dialog.cards.itemText(1) == "Only what is shown (1 of 5)"
    choose(dialog, "svg", "")
    everything = dialog._made().data
    assert isinstance(everything, bytes)
    dialog.cards.setCurrentIndex(1)
    shown = dialog._made().data
    assert isinstance(shown, bytes)
    for data, sources in ((everything, 1), (shown, 0)):
        assert b"Lorries" in data
        assert data.count(b"Weekly") == sources
    choose(dialog, "json", "")
    assert not dialog.cards.isVisible()
    assert dialog.options().only is None


def test_where_nothing_is_left_out_there_is_nothing_to_choose(dialog: Export) -> None:
    assert not dialog.cards.isVisible()
    assert dialog.options().only is None
