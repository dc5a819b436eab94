"""The way in: a verb goes to the command line, a path or nothing to the window."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Final

_BESIDE: Final = {
    "--look-over": "evidenceboard.store.examiner",
    "--gather": "evidenceboard.store.gatherer",
    "--lines": "evidenceboard.render.pdf_liner",
    "--read-back": "evidenceboard.render.pdf_reader",
}
"""How a frozen program, which has no interpreter beside it, begins the processes that work beside it."""


def main() -> int:
    """Run the words of the command line and return the exit code."""
    sys.excepthook = _tell_of_a_bug
    words = sys.argv[1:]
    if words and words[0] in _BESIDE:
        return int(import_module(_BESIDE[words[0]]).main(words[1:]))
    if not words or (len(words) == 1 and words[0].endswith(".db") and Path(words[0]).is_file()):
        # The usual start, which need not wait for the command line to be loaded.
        return _show_window(*words)
    from evidenceboard.cli import run

    return run(words, _show_window)


def _tell_of_a_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from evidenceboard.cli import tell_of_a_bug

    tell_of_a_bug(kind, error, trace)


def _show_window(path: str | None = None) -> int:
    from evidenceboard.ui.app import main as show

    return show(path)


if __name__ == "__main__":
    sys.exit(main())
