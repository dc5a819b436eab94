"""Writing a PDF beside the drawing of it: in order, whole, and told of while the disk is waited for."""

from __future__ import annotations

import io
import threading

import pytest

from evidenceboard.errors import SaveFailedError
from evidenceboard.render import pdf_file
from evidenceboard.render.pdf_file import Behind
from evidenceboard.render.progress import stopped, unheard


class Slow:
    """Takes nothing before it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.taken: list[bytes] = []

    def write(self, data: bytes, /) -> None:
        assert self.let.wait(20)
        self.taken.append(data)


def test_what_is_written_comes_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "_AT_ONCE", 50)
    target = io.BytesIO()
    behind = Behind(target, unheard)
    for number in range(1000):
        behind.write(b"%d " % number)
    behind.close()
    behind.give_up()
    assert target.getvalue() == b"".join([b"%d " % number for number in range(1000)])


def test_while_a_slow_disk_is_waited_for_it_is_told_that_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "_AT_ONCE", 50)
    target, told = Slow(), list[float]()

    def tick(share: float) -> None:
        told.append(share)
        if len(told) == 5:
            target.let.set()

    behind = Behind(target, tick)
    for _ in range(20):
        behind.write(bytes(60))
    behind.close()
    behind.give_up()
    assert len(told) >= 5
    assert b"".join(target.taken) == bytes(20 * 60)


def test_it_can_be_stopped_while_the_disk_is_waited_for() -> None:
    target = Slow()

    def tick(share: float) -> None:
        target.let.set()
        raise stopped()

    behind = Behind(target, tick)
    behind.write(b"some")
    with pytest.raises(type(stopped())):
        behind.close()
    behind.give_up()


def test_a_disk_that_is_full_is_told_of_in_words() -> None:
    class Full:
        def write(self, data: bytes, /) -> None:
            raise SaveFailedError("There is no room.")

    behind = Behind(Full(), unheard)
    behind.write(b"some")
    with pytest.raises(SaveFailedError, match="no room"):
        behind.close()
    behind.give_up()
