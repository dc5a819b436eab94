"""The panels beside the board: docked, closed until wanted, and remembered where they were put."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QTabWidget, QToolButton, QWidget

from evidenceboard.ui.panels import PANELS, Panel
from evidenceboard.ui.plain import plain_label

if TYPE_CHECKING:
    from evidenceboard.ui.panels.inspector import Inspector
    from evidenceboard.ui.window import Window

AREAS: Final = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
WIDTH: Final = 300


class Dock(QDockWidget):
    """One panel; its widget is made when it is first shown."""

    def __init__(self, window: Window, panel: Panel) -> None:
        super().__init__(QCoreApplication.translate("Panel", panel.title), window)
        self._window = window
        self.panel = panel
        self.setObjectName(f"dock_{panel.id}")
        if panel.shown_at_first:
            self.setTitleBarWidget(QWidget(self))
        else:
            self.setTitleBarWidget(self._title())
        self.visibilityChanged.connect(self._fill_when_shown)

    def _title(self) -> QWidget:
        bar = QWidget(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 8, 4)
        row.addWidget(plain_label(self.windowTitle(), bar, name="dockTitle"), 1)
        close = QToolButton(bar)
        close.setObjectName("dockClose")
        close.setText("×")
        said = QCoreApplication.translate("Panel", "Close {panel}")
        close.setAccessibleName(said.format(panel=self.windowTitle()))
        close.clicked.connect(self.close)
        row.addWidget(close)
        return bar

    def fill(self) -> QWidget:
        """Return the panel's widget, made now where it is not there yet.

        While a large file is being read, a panel that asks for all of it has a line in its place.
        """
        made = self.widget()
        waits = self._window.session.reading is not None and not self.panel.shown_at_first
        if made is None and waits:
            said = QCoreApplication.translate("Panel", "This comes when the file is read.")
            made = plain_label(said, self, name="waits")
            made.setContentsMargins(16, 8, 16, 8)
            made.setAlignment(Qt.AlignmentFlag.AlignTop)
            made.setWordWrap(True)
            self.setWidget(made)
        elif made is None or (made.objectName() == "waits" and not waits):
            if made is not None:
                made.deleteLater()
            made = self.panel.make(self._window)
            if not made.objectName():
                made.setObjectName(self.panel.id)
            self.setWidget(made)
        if self.panel.shown_at_first:
            cast("Inspector", made).begin()
        return made

    def bring(self) -> None:
        """Show the panel and give it the keyboard."""
        first = self.widget() is None
        self.fill()
        beside = self._others_below() if first and self.isHidden() else []
        if beside:
            # A matrix or a timeline needs the whole width; a click on its tab brings the other one back.
            self._window.tabifyDockWidget(beside[-1], self)
        self.show()
        self.raise_()
        if first:
            # Half the height beside a panel that is open already, and as wide as its lines need.
            self._window.resizeDocks([self], [max(WIDTH, self.width())], Qt.Orientation.Horizontal)
            self._window.resizeDocks([self], [self._window.height() * 2 // 5], Qt.Orientation.Vertical)
        self.fill().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _others_below(self) -> list[QDockWidget]:
        """Return the other panels that stand open below the board, where this one belongs there too."""
        if self.panel.area != "bottom":
            return []
        return [
            dock
            for dock in self._window.docks.values()
            if dock is not self
            and not dock.isHidden()
            and not dock.isFloating()
            and self._window.dockWidgetArea(dock) == AREAS["bottom"]
        ]

    def _fill_when_shown(self, visible: bool) -> None:
        # What stands open at the start comes after the first frame.
        if visible and self._window.later.begun:
            self.fill()


def make(window: Window) -> dict[str, Dock]:
    """Put every panel beside the board; only those shown at first are open."""
    made: dict[str, Dock] = {}
    window.setTabPosition(AREAS["bottom"], QTabWidget.TabPosition.North)
    for panel in PANELS:
        dock = Dock(window, panel)
        window.addDockWidget(AREAS[panel.area], dock)
        dock.setVisible(panel.shown_at_first)
        if panel.shown_at_first:
            dock.setWidget(panel.make(window))
        made[panel.id] = dock
    shown = [dock for dock in made.values() if dock.panel.shown_at_first]
    window.resizeDocks(shown, [WIDTH] * len(shown), Qt.Orientation.Horizontal)
    return made


def bring(window: Window, panel_id: str) -> None:
    """Show a panel and give it the keyboard."""
    window.docks[panel_id].bring()


def fill_shown(window: Window) -> None:
    """Make the widgets of the panels that stand open."""
    for dock in window.docks.values():
        if not dock.isHidden():
            dock.fill()
