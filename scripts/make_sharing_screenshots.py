"""Take the pictures of docs/sharing.md: what a merge would bring, what is undecided, and two copies over each other.

Run it on a screen of at least 1680 x 1050: python scripts/make_sharing_screenshots.py
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from make_screenshots import LOOKS, PICTURES, ROOT, SIZE, opened, save
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

sys.path.insert(0, str(ROOT / "tests"))


def main() -> None:
    from two_analysts import Day

    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder), os.environ.__setitem__)
        day.work()
        day.sit_down(day.anna)
        take(day.anna.path, day.borys.path)


def take(mine: Path, theirs: Path) -> None:
    """Take a merge before and after, in both looks, and the comparison."""
    from evidenceboard.merge import merge, plan
    from evidenceboard.session import Session
    from evidenceboard.ui import comparing
    from evidenceboard.ui.dialogs.merging import MergeDialog
    from evidenceboard.ui.dialogs.share import Share
    from evidenceboard.ui.theme import theme

    app, window = opened(mine)
    theme().choose("light")
    window.board.surface.fit()
    while window.session.read_only:
        app.processEvents()
    shown = comparing.compare(window, theirs)
    assert shown is not None
    shown.resize(*SIZE)
    shown.move(20, 30)
    different = next(one for one in shown.found if one.line.number == "C8")
    shown.list.choose(different.line.id)
    picture(app, window, shown, "compare-light")
    shown.close()
    with Session.open(theirs, read_only=True) as other:
        dialog = MergeDialog(window, other, plan(window.session, other))
        dialog.show()
        picture(app, window, dialog, "merge-light")
        dialog.close()
        merge(window.session, other)
    window.docks["conflicts"].bring()
    window.show_entity(window.document.entity("C8").id)
    panel = window.docks["conflicts"].widget()
    panel.list.choose(next(row.id for row in panel.list.model.rows if getattr(row, "number", "") == "C8"))
    theme().choose("light")
    share = Share(window)
    share.show()
    picture(app, window, share, "share-light")
    share.close()
    for look in LOOKS:
        theme().choose(look)
        save(app, window, f"conflicts-{look}")
    window.close()


def picture(app: QApplication, window: Window, shown: QWidget, name: str) -> None:
    """Take another window than that of the board, when all of it is there."""
    save(app, window, name)
    app.processEvents()
    corner = shown.mapToGlobal(QPoint(0, 0))
    grabbed = window.screen().grabWindow(0, corner.x(), corner.y(), shown.width(), shown.height())
    grabbed.save(str(PICTURES / f"{name}.png"))


if __name__ == "__main__":
    main()
