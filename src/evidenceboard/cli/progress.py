"""Progress of long work, on the error stream and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_STEPS = 1000


@contextmanager
def progress(words: str) -> Iterator[Callable[[float], None] | None]:
    """Show a bar; give what moves it, from 0 to 1."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=_STEPS)
        yield lambda share: bar.update(task, completed=share * _STEPS)


@contextmanager
def waiting(words: str) -> Iterator[None]:
    """Show that work goes on whose end is not known."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield
