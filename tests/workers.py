"""Workers beside a window, as the tests of who goes first have them."""

from __future__ import annotations

from threading import Event, Thread

from evidenceboard.model import giving_way


def passes(seconds: float) -> bool:
    """Tell whether a worker that gives way goes on within so long."""
    done = Event()

    def work() -> None:
        giving_way.give_way()
        done.set()

    Thread(target=work, daemon=True).start()
    return done.wait(seconds)
