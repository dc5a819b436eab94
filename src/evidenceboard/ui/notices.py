"""The banner above the board: what went wrong or is worth knowing, as plain text, until closed or outdated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from evidenceboard.model.values import dataclass
from evidenceboard.ui.plain import plain_label

Offer = tuple[str, Callable[[], object]]
"""The text of a button and what it does."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence with what to do about it."""

    message: str
    hint: str = ""
    alarm: bool = False
    offers: tuple[Offer, ...] = ()


class Banner(QFrame):
    """Show the newest notice; one that stands (why a file is read-only) comes back when that is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._standing: Notice | None = None
        self._kept: Notice | None = None
        self._shown: Notice | None = None
        self._message = plain_label("", self, name="bannerMessage")
        self._message.setWordWrap(True)
        self._message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._offers = QHBoxLayout()
        self._offers.setSpacing(8)
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setObjectName("bannerClose")
        self._close.setAccessibleName(QCoreApplication.translate("Banner", "Close this message"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._message, 1)
        row.addLayout(self._offers)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def text(self) -> str:
        """Return what is shown, or ""."""
        return self._message.text() if self._shown else ""

    def say(self, message: str, hint: str = "", *, alarm: bool = False, offers: Sequence[Offer] = ()) -> None:
        """Show a notice until it is closed or outdated."""
        self._show(Notice(message, hint, alarm, tuple(offers)))

    def stand(self, message: str, hint: str = "", *, alarm: bool = False, offers: Sequence[Offer] = ()) -> None:
        """Show a notice that stays true: it comes back when a newer one is closed."""
        self._standing = self._kept = Notice(message, hint, alarm, tuple(offers))
        self._show(self._standing)

    def stand_again(self) -> None:
        """Show what stood last once more, also where it was closed: a change has just been refused for it."""
        self._standing = self._kept
        self._show(self._standing)

    def sit_down(self) -> None:
        """Take back what stands: it is true no longer."""
        if self._shown is self._standing:
            self._show(None)
        self._standing = self._kept = None

    def outdate(self) -> None:
        """Close a notice that the newest change has overtaken; what stands stays."""
        if self._shown is not None and self._shown is not self._standing:
            self.dismiss()

    def dismiss(self) -> None:
        """Close what is shown."""
        if self._shown is self._standing:
            self._standing = None
        self._show(self._standing)

    def _show(self, notice: Notice | None) -> None:
        self._shown = notice
        while (item := self._offers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._message.setText(f"{notice.message} {notice.hint}".strip())
        self.setAccessibleName(self._message.text())
        for text, act in notice.offers:
            button = QPushButton(text, self)
            button.clicked.connect(act)
            self._offers.addWidget(button)
        self.setProperty("alarm", notice.alarm)
        self.style().unpolish(self)
        self.style().polish(self)
