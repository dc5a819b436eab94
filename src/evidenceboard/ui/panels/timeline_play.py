"""Playing by date of report: a day after the other on which something came to be known, by timer, hand and key."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSlider, QStyle, QWidget

from evidenceboard.ui.plain import plain_tip

SPEEDS: Final = (2000, 1000, 500, 250)
"""Milliseconds from one day with reports to the next."""
_USUAL: Final = 1


def _say(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)


class PlayBar(QWidget):
    """Go through days that are given, those without a report left out.

    Where the system asks for less motion nothing runs by itself: each press goes on by one day.
    """

    moved = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timelinePlayBar")
        self._days: Sequence[int] = ()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self.run = self._button("timelineRun", self.toggle)
        self.back = self._button("timelineBack", lambda: self.step(-1), "‹", _say("The day of reports before"))
        self.on = self._button("timelineOn", lambda: self.step(1), "›", _say("The next day of reports"))
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setObjectName("timelineSlider")
        self.slider.setAccessibleName(_say("Day up to which reports are shown"))
        self.slider.setMinimumWidth(60)
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderPressed.connect(self.pause)
        self.speed = QComboBox(self)
        self.speed.setObjectName("timelineSpeed")
        self.speed.setAccessibleName(_say("Speed"))
        for pause, words in zip(
            SPEEDS,
            (_say("slowly"), _say("a day a second"), _say("2 days a second"), _say("4 days a second")),
            strict=True,
        ):
            self.speed.addItem(words, pause)
        self.speed.setCurrentIndex(_USUAL)
        self.speed.currentIndexChanged.connect(lambda: self._clock.setInterval(int(self.speed.currentData())))
        self.end = self._button("timelineEnd", self.ended.emit, _say("End"), _say("End playing: show the whole board"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        for widget in (self.run, self.back, self.on):
            row.addWidget(widget)
        row.addWidget(self.slider, 1)
        row.addWidget(self.speed)
        row.addWidget(self.end)
        self._dress()

    def _button(self, name: str, pressed: object, text: str = "", said: str = "") -> QPushButton:
        made = QPushButton(text, self)
        made.setObjectName(name)
        made.setAccessibleName(said or text)
        made.setToolTip(plain_tip(said) if said else "")
        made.clicked.connect(pressed)
        return made

    # -- what is played ----------------------------------------------------------------------------------------

    @property
    def day(self) -> int | None:
        """Return the day that is shown, in days since 1970; None where there is none."""
        at = self.slider.value()
        return self._days[at] if 0 <= at < len(self._days) else None

    @property
    def is_running(self) -> bool:
        """Return whether it goes on by itself."""
        return self._clock.isActive()

    @property
    def calm(self) -> bool:
        """Return whether the system asks for less motion."""
        return not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animate)

    def show_days(self, days: Sequence[int]) -> None:
        """Go through other days, from the one that was shown, or what comes before it."""
        was = self.day
        self._days = days
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(days) - 1))
        self.slider.setValue(0 if was is None else max(0, bisect_right(days, was) - 1))
        self.slider.blockSignals(False)
        self._dress()

    def start(self) -> None:
        """Go from the first day on."""
        self.slider.setValue(0)
        self._go()

    def toggle(self) -> None:
        """Go on, pause, or from the last day begin anew; where nothing runs by itself, go on by one day."""
        if self.is_running:
            self.pause()
        elif self._at_end:
            self.start()
        elif self.calm:
            self.step(1)
        else:
            self._go()

    def pause(self) -> None:
        """Stay on the day that is shown."""
        self._clock.stop()
        self._dress()

    def step(self, by: int) -> None:
        """Go so many days with reports on or back, and stay there."""
        self._clock.stop()
        self.slider.setValue(self.slider.value() + by)
        self._dress()

    @property
    def _at_end(self) -> bool:
        return self.slider.value() >= self.slider.maximum()

    def _go(self) -> None:
        if not self.calm and not self._at_end:
            self._clock.start(int(self.speed.currentData()))
        self._dress()

    def _tick(self) -> None:
        if self.calm:  # the system asked for it meanwhile
            self.pause()
            return
        self.slider.setValue(self.slider.value() + 1)
        if self._at_end:
            self.pause()

    def _moved(self) -> None:
        self._dress()
        self.moved.emit()

    def _dress(self) -> None:
        words = _say("Pause") if self.is_running else _say("Next") if self.calm and not self._at_end else _say("Play")
        self.run.setText(words)
        self.run.setAccessibleName(words)
        self.speed.setVisible(not self.calm)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pause()
