"""Handing a board on: what it becomes, what goes along, how it will look, and where it is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QVBoxLayout,
)

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import ExportOptions, Format, Written
from evidenceboard.formats.kept import Kept
from evidenceboard.formats.outgoing import check_export
from evidenceboard.formats.safe_write import write_whole
from evidenceboard.model.gradings import TLP
from evidenceboard.model.records import Board
from evidenceboard.render.progress import beside as done_beside
from evidenceboard.ui import beside, collecting
from evidenceboard.ui.dialogs.preview import Preview
from evidenceboard.ui.dialogs.waiting import waiting
from evidenceboard.ui.plain import one_line, plain_label

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

PAPERS: Final = ("A4", "A3", "Letter")
_say = QCoreApplication.translate


def ask(window: Window) -> None:
    """Ask what the board shall become, and write it."""
    if window.board.finish():
        Export(window).exec()


def ask_print(window: Window) -> None:
    """Ask for a printer and print the board, tile by tile where it is larger than the paper."""
    from evidenceboard.ui.dialogs import printing

    if window.board.finish():
        printing.ask(window)


class Export(QDialog):
    """Choose format, paper and marking beside a preview of the pages."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("export")
        self.setWindowTitle(_say("Export", "Export"))
        self.resize(920, 560)
        self.what = QComboBox(self)
        for text, format_id, product in _offers():
            self.what.addItem(text, (format_id, product))
        self.board = QComboBox(self)
        for board in window.document.boards:
            self.board.addItem(one_line(board.title or "–"), board.id)
        self.board.setCurrentIndex(max(0, self.board.findData(window.board_id)))
        self.paper = QComboBox(self)
        self.paper.addItem(_say("Export", "As large as the board"), "")
        for name in PAPERS:
            self.paper.addItem(name, name)
        self.at_most = QComboBox(self)
        self.at_most.addItem(_say("Export", "Everything"), "")
        for word in reversed(list(TLP.words)):
            self.at_most.addItem(_say("Export", "At most {marking}").format(marking=word), word)
        self.cards = QComboBox(self)
        self._shown = _shown(window)
        n, shown = len(window.board.surface.scene.slot_of_entity), len(self._shown)
        self.cards.addItem(_say("Export", "All {n}, also those left out now").format(n=f"{n:,}"), False)
        self.cards.addItem(
            _say("Export", "Only what is shown ({n} of {all})").format(n=f"{shown:,}", all=f"{n:,}"), True
        )
        self._some_left_out = 0 < shown < n
        self.pixels = QCheckBox(_say("Export", "Pages are pictures: no text to copy or to search"), self)
        self.note = plain_label("", self, name="quiet")
        self.note.setWordWrap(True)
        self.preview = Preview(self)
        self._arrange()
        for choice in (self.what, self.board, self.cards, self.paper, self.at_most):
            choice.currentIndexChanged.connect(self._show)
        self._show()

    def _arrange(self) -> None:
        self._form = QFormLayout()
        self._form.setSpacing(10)
        self._form.addRow(_say("Export", "As"), self.what)
        self._form.addRow(_say("Export", "Board"), self.board)
        self._form.addRow(_say("Export", "Cards"), self.cards)
        self._form.addRow(_say("Export", "Paper"), self.paper)
        self._form.addRow(_say("Export", "What goes along"), self.at_most)
        self._form.addRow(_say("Export", "Pixels only"), self.pixels)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Cancel, self)
        self.go = buttons.addButton(_say("Export", "Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self._ask_place)
        buttons.rejected.connect(self.reject)
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addLayout(self._form)
        left.addWidget(self.note)
        left.addStretch(1)
        left.addWidget(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 16)
        row.setSpacing(20)
        row.addLayout(left, 2)
        row.addWidget(self.preview, 3)

    # -- what is chosen ----------------------------------------------------------------------------------------

    @property
    def format(self) -> Format:
        """Return the format that is chosen."""
        format_id = self.what.currentData()[0]
        return next(kind for kind in FORMATS if kind.id == format_id)

    @property
    def _may_narrow(self) -> bool:
        """Tell whether cards of the chosen board are left out in the window."""
        return self._some_left_out and self.format.paints and self.board.currentData() == self._window.board_id

    def options(self, progress: Callable[[float], None] | None = None) -> ExportOptions:
        """Return what is chosen as a writer is asked for it."""
        product = self.what.currentData()[1]
        paper = self.paper.currentData() if product else ""
        only = self._shown if self._may_narrow and self.cards.currentData() else None
        return ExportOptions(
            board_id=self.board.currentData(), only=only, product=product or "poster", paper=paper,
            at_most=self.at_most.currentData(), pixels=bool(product) and self.pixels.isChecked(), progress=progress,
            styling=self._window.board.surface.styles.chosen(self.board.currentData()),
        )  # fmt: skip

    def _show(self) -> None:
        format_id, product = self.what.currentData()
        self._form.setRowVisible(self.paper, bool(product))
        if product == "atlas" and not self.paper.currentData():
            self.paper.setCurrentIndex(1)
        self._form.setRowVisible(self.pixels, bool(product))
        self._form.setRowVisible(self.board, self.format.paints)
        self._form.setRowVisible(self.cards, self._may_narrow)
        self.note.setText(" ".join([_notes(format_id, product), *file_alone(self._window)]))
        self.preview.show_options(self._window.session, self.options() if self.format.paints else None)

    # -- writing -----------------------------------------------------------------------------------------------

    def _ask_place(self) -> None:
        kind = self.format
        path = self._window.session.path
        board = self._window.document.find("boards", self.board.currentData())
        several = len(self._window.document.boards) > 1 and kind.paints and isinstance(board, Board)
        name = f"{path.stem} {_file_name(board.title)}" if several and isinstance(board, Board) else path.stem
        proposed = str(path.with_name(f"{name}.{kind.endings[0]}"))
        words = f"{kind.words} (*.{kind.endings[0]})"
        chosen, _ = QFileDialog.getSaveFileName(self, _say("Export", "Where shall it lie?"), proposed, words)
        if chosen:
            place = Path(chosen)
            self.write_to(place if place.suffix else place.with_suffix(f".{kind.endings[0]}"))

    def write_to(self, path: Path) -> bool:
        """Write what is chosen; the window then says where it lies and what is not in it."""
        try:
            written = self._made()
            self._check(written)
            if not isinstance(written.data, dict):
                _write(path, written.data)
        except EvidenceBoardError as error:
            self.note.setText(f"{error.message} {error.hint}".strip())
            return False
        self._window.banner(_told(path, written), *file_alone(self._window))
        self.accept()
        return True

    def _check(self, written: Written) -> None:
        """Search what was made for what is to stay behind. Raises `EvidenceBoardError`."""
        if options := self.options() if self.at_most.currentData() else None:
            session, words = self._window.session, _say("Export", "Searching it for what is to stay behind…")
            beside.look_up(self._window, lambda tick: check_export(session, options, written), words)

    def _made(self) -> Written:
        """Return what the writer makes, the window staying alive meanwhile."""
        with waiting(self, _say("Export", "Writing the export…")) as progress, collecting.held_off():
            return self.format.writer()(self._window.session, self.options(progress))

    def done(self, result: int) -> None:
        self.preview.give_up()
        super().done(result)


def _write(path: Path, data: bytes | Kept) -> None:
    """Write a file while the window goes on to be painted: a disk may have to be waited for, which nobody can stop."""
    painting = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    done_beside(partial(write_whole, path, data), lambda share: QCoreApplication.processEvents(painting))


def file_alone(window: Window) -> list[str]:
    """Say, where something is supposed, that the file goes out without it."""
    return [_say("Export", "What you suppose is left out: this is the file as it is.")] if window.supposing else []


def _shown(window: Window) -> frozenset[str]:
    """Return the entities whose cards no focus or filter leaves out, those in folded frames included."""
    scene = window.board.surface.scene
    return frozenset(one for one, slot in scene.slot_of_entity.items() if not scene.left_out[slot])


def _offers() -> list[tuple[str, str, str]]:
    """Return text, format and product of everything that can be chosen."""
    found = [
        (_say("Export", "PDF, one page"), "pdf", "poster"),
        (_say("Export", "PDF, pages to print and join"), "pdf", "atlas"),
    ]
    return found + [(kind.words, kind.id, "") for kind in FORMATS if kind.write is not None and kind.id != "pdf"]


def _notes(format_id: str, product: str) -> str:
    if product == "poster":
        return _say("Export", "One page as large as the board. All its text can be searched and copied.")
    if product == "atlas":
        return _say("Export", "Tiles that overlap a little, with a map of them on the first page.")
    if format_id == "png":
        return _say("Export", "A picture, two pixels for one of the board at 100 %.")
    if format_id == "svg":
        return _say("Export", "Lines and text for drawing programs.")
    return _say("Export", "The whole file, without its history.")


def _told(path: Path, written: Written) -> str:
    parts = [_say("Export", "Written: {path}.").format(path=path)]
    if written.withheld:
        parts.append(_say("Export", "{n} things above the marking were left out.").format(n=written.withheld))
    else:
        parts.append(_say("Export", "Nothing was withheld."))
    if written.not_expressed:
        parts.append(_say("Export", "Not in it: {what}.").format(what="; ".join(written.not_expressed)))
    return " ".join(parts)


def _file_name(title: str) -> str:
    return "".join(sign if sign.isalnum() or sign in " -_" else "_" for sign in title)[:60].strip()
