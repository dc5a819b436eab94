"""When a bug of ours shows: one readable sentence that says what is safe, and where it happened."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from evidenceboard import __version__
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.ui.notices import Banner

_say = QCoreApplication.translate


def report(error: BaseException) -> str:
    """Return where a bug showed, for those who mend it. It holds no text of a record: messages are left out."""
    lines = [f"Evidenceboard {__version__}: {type(error).__name__}"]
    for frame in traceback.extract_tb(error.__traceback__):
        place = Path(frame.filename)
        lines.append(f"  {'/'.join(place.parts[-3:])}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


def install(banner: Callable[[], Banner | None]) -> None:
    """Show what nobody caught in the banner of the window in front."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        where = banner()
        if isinstance(error, EvidenceBoardError):
            message, hint, told = error.message, error.hint, ""
        else:
            message = _say("Crash", "Something in this program went wrong; the last step may not have been done.")
            hint = _say("Crash", "All that was done before is in your file. Nothing is lost.")
            told = report(error)
        if where is None:
            print(f"{message} {hint}", file=sys.stderr)
            return
        copy = (_say("Crash", "Copy the details"), lambda: QGuiApplication.clipboard().setText(told))
        where.say(message, hint, alarm=True, offers=(copy,) if told else ())

    sys.excepthook = show
