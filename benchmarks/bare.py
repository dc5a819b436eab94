"""A window of Qt with nothing in it: no window can be there sooner, nor take less memory."""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.children import HIGH, WIDE


class Bare(QWidget):
    """Note when it was painted first."""

    painted = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = self.painted or time.time()


def main() -> None:
    """Show the window, print when it was painted, and leave."""
    app = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(WIDE, HIGH)
    window.show()
    while not window.painted:
        app.processEvents()
    print(json.dumps({"painted": window.painted}))


if __name__ == "__main__":
    main()
