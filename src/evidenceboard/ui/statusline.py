"""The line below: saved when, what undo would take back, counts, what is hidden, zoom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from evidenceboard.model.dates import shown
from evidenceboard.model.thinning import LONG, MOST, ROOM, SQUARE, WHOLE
from evidenceboard.session import Session
from evidenceboard.ui.plain import menu_text, one_line, plain_label, plain_tip

_EDGES: Final = (11, 10)
_BEFORE_HINT: Final = 24
_AFTER_HINT: Final = 16
_SHORTEST: Final = 80
"""Pixels that what undo takes back has at least, or it is not shown."""
ZOOMS = (25, 50, 75, 100, 150, 200)


def saved_at(session: Session) -> str:
    """Return when the newest operation was written, as clock time here, with the day unless it is today."""
    return clock(session.saved_at())


def clock(utc: str) -> str:
    """Return a time in UTC as clock time here, with the day unless it is today; "" for what is no time."""
    at = here(utc)
    if at is None:
        return ""
    if at.date() == datetime.now().astimezone().date():
        return at.strftime("%H:%M")
    return f"{at:%H:%M}, {shown(at.date().isoformat())}"


def moment(utc: str) -> str:
    """Return a time in UTC as day and clock time here, such as “12 Oct 2024, 14:02”; "" for what is no time."""
    at = here(utc)
    return f"{shown(at.date().isoformat())}, {at:%H:%M}" if at else ""


def here(utc: str) -> datetime | None:
    """Return a time in UTC as the clock here has it; None for what is no time: a stranger's file may hold any text."""
    try:
        at = datetime.fromisoformat(utc.replace("Z", "+00:00"))
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def lines_rule() -> str:
    """Return the rule by which links are drawn faint or not at all."""
    said = QCoreApplication.translate(
        "StatusLine",
        "Where lines would lie too close to be told apart, some stand for all, always the same ones: one for every "
        "{room} pixels of a card's edge, and far out about {most} in a square of {low} to {high} pixels. Lines of more "
        "than {long} pixels are faint, with your own words only, and so many of them are drawn as cover a quarter of "
        "the board. All links of a card are drawn while it is selected, with up to {few} cards. Whatever is exported "
        "has all links.",
    )
    low, high = round(SQUARE), round(2 * SQUARE)
    return said.format(room=round(ROOM), most=MOST, low=low, high=high, long=f"{round(LONG):,}", few=WHOLE)


class StatusLine(QWidget):
    """Tell the state of the file in one quiet line."""

    undo_wanted = Signal()
    show_hidden_wanted = Signal()
    lines_wanted = Signal()
    undecided_wanted = Signal()
    stop_wanted = Signal()
    zoom_wanted = Signal(str)
    """An action's id, or a number of per cent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusline")
        self._trouble = self._published = ""
        self._looking: int | None = None
        """Hundredths of the file that were looked over, where that is said."""
        self.setMinimumWidth(1)  # whatever is said, the window can be made less wide
        self._warned = False
        self.saved = plain_label("", self, name="saved")
        self.stop = self._button("stopLooking")
        self.stop.setText(QCoreApplication.translate("StatusLine", "Stop looking"))
        self.stop.clicked.connect(self.stop_wanted)
        self.undo = self._button("undoHint")
        self.undo.clicked.connect(self.undo_wanted)
        self.counts = plain_label("", self, name="counts")
        self.hidden_cards = self._button("hiddenHint")
        self.hidden_cards.clicked.connect(self.show_hidden_wanted)
        self.undecided = self._button("undecidedHint")
        self.undecided.clicked.connect(self.undecided_wanted)
        self.lines = self._button("linesHint")
        self.lines.clicked.connect(self.lines_wanted)
        self.hint = plain_label("", self, name="hint")
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.zoom = self._button("zoom")
        self.zoom.setAccessibleName(QCoreApplication.translate("StatusLine", "Zoom"))
        menu = QMenu(self.zoom)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.zoom.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGES[0], 0, _EDGES[1], 0)
        row.setSpacing(0)
        self._dots = []
        self._parts: tuple[QWidget, ...] = (
            self.saved, self.stop, self.undo, self.undecided, self.counts, self.hidden_cards, self.lines,
        )  # fmt: skip
        self._silent: set[QWidget] = {*self._parts[1:]}
        """Parts that have nothing to say now."""
        self._undo_said = ""
        for place, widget in enumerate(self._parts):
            if place:
                dot = plain_label("·", self)
                dot.setObjectName("dot")
                self._dots.append(dot)
                row.addWidget(dot)
            row.addWidget(widget)
        row.addSpacing(_BEFORE_HINT)
        row.addWidget(self.hint, 1)
        row.addSpacing(_AFTER_HINT)
        row.addWidget(self.zoom)
        self.set_zoom(1.0)
        self.tell_lines(0, 0, False)

        for label in (self.saved, self.counts, self.hint, *self._dots):
            label.setIndent(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _speak(self, *parts: tuple[QWidget, bool]) -> None:
        """Note of parts whether they have something to say; what fits is shown."""
        for part, speaks in parts:
            (self._silent.discard if speaks else self._silent.add)(part)
        self._fit()

    def _fit(self) -> None:
        """Show whole parts alone, as many as there is room for; what is left out, the tip of the line says."""
        room = self.width() - sum(_EDGES) - _BEFORE_HINT - _AFTER_HINT - self.zoom.sizeHint().width()
        self.undo.setText(menu_text(self._undo_said))
        shown = [part for part in self._parts if part not in self._silent]
        # What undo takes back may be long: first it is shortened, the rest is left out beginning with what tells least.
        more = [part for part in (self.lines, self.counts) if part in shown]
        nothing_hidden = [] if self.hidden_cards.isEnabled() else [self.hidden_cards]
        part: QWidget
        for part in (*nothing_hidden, self.undo, *more, self.hidden_cards, self.undecided, self.stop, self.saved):
            over = self._wide(shown) - room
            if over <= 0:
                break
            if part not in shown:
                continue
            if part is self.undo and (left := part.sizeHint().width() - over) >= _SHORTEST:
                frame = part.sizeHint().width() - self.undo.fontMetrics().horizontalAdvance(self._undo_said)
                elided = Qt.TextElideMode.ElideRight
                self.undo.setText(menu_text(self.undo.fontMetrics().elidedText(self._undo_said, elided, left - frame)))
                continue
            shown.remove(part)
        for place, part in enumerate(self._parts):
            part.setVisible(part in shown)
            if place:
                self._dots[place - 1].setVisible(part in shown[1:])
        out = [said for part, said in self._all_said() if part not in shown and part not in self._silent]
        self.setToolTip(plain_tip(" · ".join(out)) if out else "")

    def _wide(self, parts: list[QWidget]) -> int:
        dots = sum(dot.sizeHint().width() for dot in self._dots[: len(parts) - 1])
        return sum(part.sizeHint().width() for part in parts) + dots

    def _all_said(self) -> list[tuple[QWidget, str]]:
        texts = (
            self.saved.text(), self.stop.text(), self._undo_said, self.undecided.text(), self.counts.text(),
            self.hidden_cards.text(), self.lines.text(),
        )  # fmt: skip
        return list(zip(self._parts, texts, strict=True))

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setFlat(True)
        button.setProperty("quiet", True)
        return button

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        say = QCoreApplication.translate
        offers = [
            (say("StatusLine", "Fit the whole board"), "zoom_fit"),
            (say("StatusLine", "Fit the selection"), "zoom_selection"),
            *((f"{percent} %", str(percent)) for percent in ZOOMS),
        ]
        for text, wanted in offers:
            act = QAction(text, menu)
            act.triggered.connect(lambda _=False, wanted=wanted: self.zoom_wanted.emit(wanted))
            menu.addAction(act)

    def tell_saved(self, session: Session) -> None:
        """Say when the file was saved, or why it is not, and what undo would take back."""
        say = QCoreApplication.translate
        if self._trouble:
            self.saved.setText(self._trouble)
        elif session.reading is not None:
            said = say("StatusLine", "Reading the file: {n} %").format(n=int(session.reading * 100))
            if self._looking is not None:
                said = say("StatusLine", "{said}, looking it over: {n} %").format(said=said, n=self._looking)
            self.saved.setText(said)
        elif session.hold.entry.left_off:
            self.saved.setText(say("StatusLine", "Not looked over"))
        elif self._looking is not None:
            self.saved.setText(say("StatusLine", "Looking the file over: {n} %").format(n=self._looking))
        elif session.hold.entry.waits:
            self.saved.setText(say("StatusLine", "Looking the file over"))
        elif session.read_only:
            self.saved.setText(say("StatusLine", "For reading only"))
        else:
            at = saved_at(session)
            said = say("StatusLine", "Saved {time}").format(time=at) if at else say("StatusLine", "Saved")
            self.saved.setText(", ".join(part for part in (said, self._published) if part))
        label = "" if session.read_only else session.undo_label()
        self._undo_said = say("StatusLine", "Undo: {label}").format(label=label)
        count = len(session.document.conflicts) if session.document.size("conflicts") else 0
        self.undecided.setText(say("StatusLine", "{n} undecided").format(n=f"{count:,}"))
        self.undecided.setToolTip(plain_tip(say("StatusLine", "Two copies differ here: open the list and decide")))
        self._speak((self.undo, bool(label)), (self.undecided, bool(count)))

    def tell_looking(self, session: Session, share: float | None) -> None:
        """Say how much of the file was looked over, with a way to stop that; None where it is over."""
        looking = None if share is None else int(share * 100)
        if looking != self._looking:
            self._looking = looking
            self._speak((self.stop, looking is not None))
            self.tell_saved(session)

    def tell_published(self, said: str, *, alarm: bool) -> None:
        """Say how far a board that is worked on through a copy has been put back to its place."""
        self._published, self._warned = said, alarm
        self._alarm(alarm)

    def _alarm(self, alarm: bool) -> None:
        self.saved.setProperty("alarm", alarm)
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)

    def tell_trouble(self, said: str) -> None:
        """Say instead of when the file was saved why nothing is; "" where all is well again."""
        self._trouble = said
        self.saved.setText(said)
        self._alarm(bool(said) or self._warned)
        self._fit()

    def tell_cards(self, cards: int | None) -> None:
        """Say how many cards stand on a board that is still being brought; None: that is not known yet."""
        said = QCoreApplication.translate("StatusLine", "more cards may come")
        if cards is not None:
            said = QCoreApplication.translate("StatusLine", "{n} cards on this board").format(n=f"{cards:,}")
        self.counts.setText(said)
        self._speak((self.counts, True))

    def tell_counts(self, cards: int, links: int, hidden: int, reasons: Sequence[str] = ()) -> None:
        """Say how much stands on this board, how many of its cards are hidden, and why."""
        say = QCoreApplication.translate
        cards_said = say("StatusLine", "1 card") if cards == 1 else say("StatusLine", "{n} cards")
        links_said = say("StatusLine", "1 link") if links == 1 else say("StatusLine", "{n} links")
        said = say("StatusLine", "{cards}, {links} on this board")
        self.counts.setText(
            said.format(cards=cards_said.format(n=f"{cards:,}"), links=links_said.format(n=f"{links:,}"))
        )
        self.hidden_cards.setEnabled(bool(hidden))
        if hidden:
            self.hidden_cards.setText(say("StatusLine", "{n} hidden · show").format(n=f"{hidden:,}"))
        else:
            self.hidden_cards.setText(say("StatusLine", "no card hidden"))
        self.hidden_cards.setToolTip(plain_tip("; ".join(reasons)) if hidden else "")
        self._speak((self.counts, True), (self.hidden_cards, True))

    def tell_lines(self, drawn: int, links: int, faint: bool) -> None:
        """Say how many links are drawn one by one at this zoom, where that is not all of them, each as plain as all."""
        say = QCoreApplication.translate
        said = say("StatusLine", "{n} of {all} links drawn").format(n=f"{drawn:,}", all=f"{links:,}")
        if drawn == links:
            said = say("StatusLine", "long links faint") if faint else ""
        elif faint:
            said = say("StatusLine", "{said}, long ones faint").format(said=said)
        self.lines.setText(said)
        self.lines.setToolTip(plain_tip(lines_rule()) if said else "")
        self._speak((self.lines, bool(said)))

    def set_zoom(self, zoom: float) -> None:
        """Say how large the board is shown."""
        self.zoom.setText(f"{round(zoom * 100)} %")

    def set_hint(self, text: str) -> None:
        """Say what the gesture under way does."""
        self.hint.setText(one_line(text))
