"""The program itself, started as a user starts it, with a watch on its event loop instead of the usual one.

`leave`: stand at reading zoom in a window of full size, and close. `watch`: print when the picture was sharp, when
everything could be found and when the file was looked over, how long one turn of the loop took at most in between, and
the most memory that was used.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from benchmarks.children import HIGH, WIDE
from benchmarks.peak import peak
from evidenceboard.ui.unread import leave_sources_unread


def main() -> int:
    """Start the program on a board and do what is asked."""
    path, what = sys.argv[1:3]
    answer: dict[str, Any] = {}
    leave_sources_unread()  # as the program itself does first
    from PySide6.QtWidgets import QApplication

    QApplication.exec = staticmethod(lambda: _watch(what, answer))
    sys.argv = ["evidenceboard", path]
    from evidenceboard.__main__ import main as program

    code = program()
    print(json.dumps(answer))
    return code


def _watch(what: str, answer: dict[str, Any]) -> int:
    # Not before the program has done so itself, so that nothing is there sooner than for a user.
    from benchmarks import loop
    from benchmarks.desk import is_coming
    from benchmarks.stolen import Clock
    from evidenceboard.ui.window import windows

    window = windows()[0]
    session = window.session
    surface = window.board.surface
    if what == "leave":
        while is_coming(session):
            loop.turned()
        window.resize(WIDE, HIGH)
        surface.fit()
        surface.zoom_by(0.9 / surface.zoom)
    while not surface.is_settled():
        loop.turned()
    answer["sharp"] = time.time()
    longest, clock = 0.0, Clock()
    while what != "leave" and (is_coming(session) or not window.finder.ready):
        clock.start()
        came = loop.turned()
        longest = max(longest, clock.seconds())
        if not came:
            loop.rest()
        if session.reading is None and window.finder.ready:
            answer.setdefault("ready", time.time())
    answer["over"] = time.time()
    answer.setdefault("ready", answer["over"])
    answer["longest"] = longest
    answer["peak"] = peak()
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
