"""Places of cards and links by their ids, noted bit by bit."""

from __future__ import annotations

from threading import Thread

import pytest

from evidenceboard.model.placing import Placing

CARDS = [f"card {number}" for number in range(5500)]
LINKS = [f"link {number}" for number in range(3200)]


def test_all_are_noted_in_steps_and_nobody_who_asks_before_gets_less() -> None:
    places = Placing(CARDS, LINKS)
    assert places.note()
    assert places.slots == {card: slot for slot, card in enumerate(CARDS)}
    assert places.indexes == {link: index for index, link in enumerate(LINKS)}
    assert not places.note()


@pytest.mark.parametrize("steps", [0, 1, 100])
def test_a_few_are_found_whether_noted_or_not(steps: int) -> None:
    places = Placing(CARDS, LINKS)
    for _ in range(steps):
        places.note()
    assert sorted(places.some({"card 3", "card 5400", "card 6000"})) == [3, 5400]
    assert places.index("link 3100") == 3100
    assert places.index("link 3300") is None
    assert sorted(places.some(frozenset(CARDS))) == list(range(len(CARDS)))


def test_several_threads_may_note_and_ask() -> None:
    places = Placing(CARDS, LINKS)
    found: list[int] = []
    threads = [Thread(target=lambda: found.append(len(places.slots) + len(places.indexes))) for _ in range(8)]
    for thread in threads:
        thread.start()
    while places.note():
        pass
    for thread in threads:
        thread.join()
    assert found == [len(CARDS) + len(LINKS)] * 8
