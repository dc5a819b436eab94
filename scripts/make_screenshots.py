"""Take pictures of the real window for the documents: of the sample board in both looks, and of a large one.

Run it on a screen of at least 1680 x 1050: python scripts/make_screenshots.py [sample] [large]
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
SIZE = (1600, 960)
LOOKS = ("light", "dark")
READING = 1.0
LARGE = 100_000
"""Cards of the large board; twice as many links."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVIDENCEBOARD_CONFIG_DIR"] = f"{folder}/config"
        PICTURES.mkdir(exist_ok=True)
        wanted = sys.argv[1:] or ["sample", "large"]
        if "sample" in wanted:
            board = Path(folder) / "sample_board.db"
            shutil.copy(ROOT / "sample_board.db", board)
            board.chmod(0o600)
            take(board)
        if "large" in wanted:
            take_large(Path(folder) / "large.db")


def opened(board: Path) -> tuple[QApplication, Window]:
    """Show a file in a window of the size of the pictures."""
    from evidenceboard.ui import program
    from evidenceboard.ui.window import show_file

    app = program.application()
    window = show_file(board)
    window.resize(*SIZE)
    window.move(20, 30)
    return app, window


def take_large(board: Path) -> None:
    """Take a large board as a whole, where titles begin to be seen, and where one reads."""
    from evidenceboard.commands.generate import generated
    from evidenceboard.ui.theme import theme

    generated(board, cards=LARGE, links=2 * LARGE, seed=1)
    app, window = opened(board)
    while window.session.reading is not None or not window.finder.ready:
        app.processEvents()
    surface = window.board.surface
    theme().choose("light")
    for name, zoom in (("overview", None), ("middle", 0.3), ("reading", READING)):
        surface.fit()
        if zoom is not None:
            surface.zoom_by(zoom / surface.zoom)
        save(app, window, f"large-{name}-light")
    window.close()


def take(board: Path) -> None:
    """Take the sample board at three zooms, and what hangs on it."""
    from evidenceboard.ui.theme import theme

    app, window = opened(board)
    surface = window.board.surface
    claim = window.document.entity("C20")
    card = next(card for card in window.document.cards_of(claim.id) if card.board_id == window.board_id)
    for look in LOOKS:
        theme().choose(look)
        window.selection.clear()
        surface.fit()
        save(app, window, f"overview-{look}")
        surface.put_camera(0.6, card.x - 1640, card.y - 700)
        save(app, window, f"middle-{look}")
        window.run("style_standing")
        surface.put_camera(0.6, card.x - 1640, card.y - 700)
        save(app, window, f"legend-{look}")
        window.run("style_type")
        window.selection.set(cards=[card.id])
        surface.put_camera(READING, card.x - 900, card.y - 380)
        save(app, window, f"reading-{look}")
        timeline(app, window, look)
        matrix(app, window, look)
        table(app, window, look)
        app.processEvents()  # the board has its whole height back before one looks at it
        show_chain(window, "C13")
        save(app, window, f"chain-{look}")
        surface.chain.end()
    window.selection.clear()
    shutil.copy(PICTURES / "reading-light.png", ROOT / "resources" / "screenshot.png")
    window.close()


def timeline(app: QApplication, window: Window, look: str) -> None:
    """Take the timeline with October 2024 brushed, and the board that it dims."""
    from evidenceboard.model.edtf import Day
    from evidenceboard.ui.panels.timeline import Timeline

    window.selection.clear()
    window.run("panel_timeline")
    shown = window.docks["timeline"].fill()
    assert isinstance(shown, Timeline)
    shown.dates.setCurrentIndex(shown.dates.findData("reported"))
    shown.view.brush.put((Day(2024, 10, 1).number, Day(2024, 10, 31).number))
    window.board.surface.fit()
    save(app, window, f"timeline-{look}")
    shown.dates.setCurrentIndex(shown.dates.findData("happened"))
    window.run("panel_timeline")


def matrix(app: QApplication, window: Window, look: str) -> None:
    """Take the matrix as it is, and as it would be if C10 were false."""
    claim = window.document.entity("C10")
    window.run("panel_matrix")
    window.show_entity(claim.id)
    save(app, window, f"matrix-{look}")
    window.supposing.suppose([claim.id], true=False)
    save(app, window, f"supposing-{look}")
    window.supposing.end()
    window.run("panel_matrix")


def table(app: QApplication, window: Window, look: str) -> None:
    """Take the table of the claims, those with most origins first, one of them selected."""
    from evidenceboard.ui.panels.table import Table

    window.run("panel_table")
    shown = window.docks["table"].fill()
    assert isinstance(shown, Table)
    keys = [column.key for column in shown.model.columns]
    shown.view.horizontalHeader().setSortIndicator(keys.index("origins"), Qt.SortOrder.DescendingOrder)
    shown.model.finish()
    window.show_entity(window.document.entity("C13").id)
    save(app, window, f"table-{look}")
    window.run("panel_table")


def show_chain(window: Window, number: str) -> None:
    """Draw where a claim comes from."""
    claim = window.document.entity(number)
    window.selection.set(cards=[card.id for card in window.document.cards_of(claim.id)][:1])
    window.board.surface.chain.show(claim.id)


def save(app: QApplication, window: Window, name: str) -> None:
    """Wait until the picture stands still, then take it from the screen."""
    until = time.monotonic() + 1.5
    while time.monotonic() < until or not window.board.surface.is_settled():
        app.processEvents()
    screen = window.screen()
    path = PICTURES / f"{name}.png"
    screen.grabWindow(window.winId()).save(str(path))
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
