"""The band above a board that shows the past: when that was, what became of it since, other states, and ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QSlider

from evidenceboard.model.since import CHANGED, MOVED, REMOVED
from evidenceboard.ui.plain import one_line, plain_label

if TYPE_CHECKING:
    from evidenceboard.ui.past_window import PastWindow

_SIDE_BY_SIDE: Final = 980
"""Pixels from which on words and controls stand side by side."""
_WIDE: Final = 120
"""Pixels that the slider has at least."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Past", text)


class PastBand(QFrame):
    """Say without doubt that this is the past; a slider and two buttons go to other states."""

    def __init__(self, window: PastWindow) -> None:
        super().__init__(window)
        self.setObjectName("past")
        self._window = window
        self.said = plain_label("", self, name="pastSaid")
        self.step = plain_label("", self, name="pastStep")
        self.since = plain_label("", self, name="pastSince")
        for label in (self.said, self.step, self.since):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.back = self._button("◀", "past_back", _say("One step back (Alt+Left)"))
        self.forward = self._button("▶", "past_forward", _say("One step forward (Alt+Right)"))
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(_say("Step of the history"))
        self.slider.setMinimumWidth(_WIDE)
        self.slider.setTracking(False)  # the way to each state on the way would have to be gone
        self.slider.valueChanged.connect(window.go_to)
        self.slider.sliderMoved.connect(self._point_at)
        self.restore = self._button(_say("Restore here"), "past_restore", _say("One step, and undo takes it back"))
        self.copy = self._button(_say("Save as a copy…"), "save_copy", _say("A board of its own that begins here"))
        self.end = self._button(_say("Back to now"), "past_end", _say("Close this window"))
        self._controls = QHBoxLayout()
        self._controls.setSpacing(8)
        for widget in (self.back, self.slider, self.forward, self.restore, self.copy, self.end):
            self._controls.addWidget(widget)
        self._controls.setStretch(1, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 12, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for place, label in enumerate((self.said, self.step, self.since)):
            self._grid.addWidget(label, place, 0)
        self._grid.setColumnStretch(0, 1)
        self._is_wide: bool | None = None
        self._arrange(wide=True)
        window.board.surface.brought.connect(self.tell)
        self.tell()

    def _arrange(self, *, wide: bool) -> None:
        """Put the controls beside the words, or beneath them where both have no room."""
        if wide == self._is_wide:
            return
        self._is_wide = wide
        self._grid.removeItem(self._controls)
        self._grid.addLayout(self._controls, *((0, 1, 3, 1) if wide else (3, 0, 1, 1)))
        self._grid.setColumnStretch(1, 1 if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= _SIDE_BY_SIDE)

    def _button(self, text: str, action_id: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAccessibleName(tip if len(text) == 1 else text)
        button.clicked.connect(lambda: self._window.run(action_id))
        return button

    def tell(self) -> None:
        """Say which state is shown, and what became of it since."""
        window, past = self._window, self._window.past
        names = [one_line(one.name, 60) for one in past.now.document.snapshots if one.operation_id == past.operation_id]
        called = f" · “{'”, “'.join(names)}”" if names else ""
        self.said.setText(_say("As it was on {time}{name} · read only").format(time=window.at(), name=called))
        self._tell_step(past.place)
        self.since.setText(self._became())
        self.slider.blockSignals(True)
        self.slider.setRange(1, len(past))
        self.slider.setPageStep(max(1, len(past) // 20))
        self.slider.setValue(past.place)
        self.slider.blockSignals(False)
        self.back.setEnabled(past.place > 1)
        self.forward.setEnabled(past.place < len(past))
        self.restore.setEnabled(past.place < len(past) and not past.now.read_only)
        self.setAccessibleName(f"{self.said.text()}. {self.step.text()}. {self.since.text()}")

    def _point_at(self, place: int) -> None:
        """Say where the slider would go while it is held."""
        self._tell_step(place)

    def _tell_step(self, place: int) -> None:
        window, past = self._window, self._window.past
        operation = window.told(lambda: past.header(past.ids[place - 1]))
        if operation is not None:
            who = (
                _say("you")
                if operation.author_id == past.author_id
                else one_line(past.author_name(operation.author_id), 60)
            )
            did = one_line(operation.label, 120)
            parts = (
                _say("Step {n} of {all}").format(n=f"{place:,}", all=f"{len(past):,}"),
                did,
                who or _say("another analyst"),
            )
            self.step.setText(" · ".join(parts))

    def _became(self) -> str:
        """Return in words what became of the cards of the board that is shown."""
        past, found = self._window.past, self._window.marks.since
        if not self._window.board.surface.is_whole:
            return _say("The board is being put together: not every card is shown yet.")
        if past.place == len(past):
            return _say("This is the newest state; step back to see what was.")
        counts = [
            (found.count(CHANGED), _say("{n} changed")),
            (found.count(MOVED), _say("{n} moved")),
            (found.count(REMOVED), _say("{n} removed")),
            (len(found.added), _say("{n} added")),
        ]
        said = [words.format(n=f"{n:,}") for n, words in counts if n]
        if links := found.links:
            said.append(_say("1 link different") if links == 1 else _say("{n} links different").format(n=f"{links:,}"))
        if not said:
            return _say("This board has not changed since then.")
        return _say("On this board since then: {counts}").format(counts=" · ".join(said))
