"""The way in: a verb goes to the command line, a path or nothing to the window."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType


def main() -> int:
    """Run the words of the command line and return the exit code."""
    sys.excepthook = _tell_of_a_bug
    words = sys.argv[1:]
    if words[:1] == ["--look-over"]:
        # How a frozen program, which has no interpreter beside it, begins a process that looks a file over.
        from evidenceboard.store.examiner import main as look_over

        return look_over(words[1:])
    if words[:1] == ["--gather"]:
        # And how it begins one that gathers what is searched.
        from evidenceboard.store.gatherer import main as gather

        return gather(words[1:])
    if words[:1] == ["--lines"]:
        # And how it begins one that writes the lines of a large board for a PDF.
        from evidenceboard.render.pdf_liner import main as write_lines

        return write_lines(words[1:])
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
