"""The look of the window around the board: one palette and one stylesheet made from the board's own colours."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from evidenceboard.render import fonts
from evidenceboard.render.palette import DARK, HIGH_CONTRAST, LIGHT, Palette
from evidenceboard.ui import settings
from evidenceboard.ui.stylesheet import stylesheet

LOOKS: Final = ("system", "light", "dark", "contrast")


class Theme(QObject):
    """The colours in use for every window of the program."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.look = str(settings.get("look", "system"))
        app.setStyle("Fusion")
        font = QFont(fonts.family())
        font.setPixelSize(13)
        app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.palette_ = self._wanted()
        self._apply()

    def choose(self, look: str) -> None:
        """Take another look: system, light, dark or contrast. It is remembered."""
        self.look = look if look in LOOKS else "system"
        settings.put(look=self.look)
        self._follow()

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.palette_:
            self.palette_ = wanted
            self._apply()
            self.changed.emit()

    def _wanted(self) -> Palette:
        dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        named = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}
        return named.get(self.look, DARK if dark else LIGHT)

    def _apply(self) -> None:
        self._app.setPalette(qt_palette(self.palette_))
        self._app.setStyleSheet(stylesheet(self.palette_))


def theme() -> Theme:
    """Return the theme of the running application; made at first use."""
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("there is no application to dress")
    found = app.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Theme) else Theme(app)


def qt_palette(colours: Palette) -> QPalette:
    """Return Qt's palette in the board's colours."""
    role = QPalette.ColorRole
    made = QPalette()
    for name, colour in (
        (role.Window, colours.chrome),
        (role.WindowText, colours.ink),
        (role.Base, colours.card),
        (role.AlternateBase, colours.chip),
        (role.Text, colours.ink),
        (role.PlaceholderText, colours.muted),
        (role.Button, colours.chrome),
        (role.ButtonText, colours.ink),
        (role.ToolTipBase, colours.card),
        (role.ToolTipText, colours.ink),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.card),
        (role.Link, colours.selection),
        (role.Mid, colours.edge),
        (role.Light, colours.card),
        (role.Midlight, colours.edge),
        (role.Dark, colours.muted),
        (role.Shadow, colours.edge),
    ):
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.muted))
    return made
