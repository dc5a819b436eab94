"""Workers let the window go first, and never wait for ever."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from evidenceboard.model import giving_way


def worker(times: int = 1) -> tuple[Event, Event, Thread]:
    """Return a worker that gives way some times, what tells that it has begun, and that it has done its work."""
    begun, done = Event(), Event()

    def work() -> None:
        begun.set()
        for _ in range(times):
            giving_way.give_way()
        done.set()

    thread = Thread(target=work)
    thread.start()
    begun.wait()
    return begun, done, thread


def test_a_worker_waits_as_long_as_the_window_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_way, "LONGEST", 60.0)
    giving_way.go_first()
    _, done, thread = worker()
    assert not done.wait(0.02)
    giving_way.let_pass()
    assert done.wait(60)
    thread.join()


def test_a_worker_that_a_window_may_be_waiting_for_goes_on_after_a_while() -> None:
    giving_way.go_first()
    _, done, thread = worker(times=1000)
    assert done.wait(60)
    thread.join()


def test_a_worker_beside_no_busy_window_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_way, "LONGEST", 60.0)
    giving_way.let_pass()
    giving_way.give_way()


def test_a_worker_that_goes_through_many_things_gives_way_after_each_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_way, "LONGEST", 60.0)
    giving_way.let_pass()
    taken: list[int] = []
    stopped = Event()

    def work() -> None:
        for thing in giving_way.giving_way(range(10), 3):
            taken.append(thing)
            if thing == 4:
                giving_way.go_first()
                stopped.set()

    thread = Thread(target=work)
    thread.start()
    assert stopped.wait(60)
    thread.join(0.05)
    assert thread.is_alive() and taken == [0, 1, 2, 3, 4, 5]
    giving_way.let_pass()
    thread.join(60)
    assert taken == list(range(10))
