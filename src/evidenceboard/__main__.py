"""The way in: a verb goes to the command line, a path or nothing to the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the words of the command line and return the exit code."""
    from evidenceboard.cli import run, tell_of_a_bug

    sys.excepthook = tell_of_a_bug
    return run(sys.argv[1:], _show_window)


def _show_window(path: str | None) -> int:
    from evidenceboard.ui.app import main as show

    return show(path)


if __name__ == "__main__":
    sys.exit(main())
