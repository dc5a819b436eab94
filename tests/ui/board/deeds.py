"""What a hand can do on a board: each deed takes the hand and two numbers that choose what it is done to, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hands import ALT, CONTROL, NONE, Hand, Key
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from evidenceboard import commands
from evidenceboard.model.link_types import fitting
from evidenceboard.model.records import Card, Entity
from evidenceboard.model.transaction import Transaction

T = TypeVar("T")
MADE = "Make the board"
Deed = Callable[[Hand, int, int], None]


def one_of(found: Sequence[T], number: int) -> T | None:
    return found[number % len(found)] if found else None


def seen(hand: Hand) -> list[str]:
    """Return the numbers of the cards that can be taken by their title, in a fixed order."""
    numbers = (hand.of(card.entity_id).number for card in hand.document.cards_on(hand.window.board_id))
    return [number for number in sorted(numbers) if hand.surface.card_at(hand.at(number)) == number]


def choose(hand: Hand, number: int) -> str | None:
    """Select a card by its place in the list."""
    found = one_of(seen(hand), number)
    hand.window.selection.set(cards=[hand.card(found).id] if found else [])
    return found


def step(number: int) -> QPoint:
    """Return a way on the screen."""
    return QPoint(number * 37 % 400 - 200, number * 61 % 320 - 160)


def drag(hand: Hand, a: int, b: int) -> None:
    if number := choose(hand, a):
        hand.drag(hand.at(number), hand.at(number) + step(b), ALT if b % 2 else NONE, pressed=NONE)


def drag_several(hand: Hand, a: int, b: int) -> None:
    if (number := choose(hand, a)) and (other := one_of(seen(hand), b)):
        hand.window.selection.set(cards=[hand.card(number).id, hand.card(other).id])
        hand.drag(hand.at(number), hand.at(number) + step(a + b))


def give_up_a_drag(hand: Hand, a: int, b: int) -> None:
    if number := choose(hand, a):
        hand.press(hand.at(number))
        hand.move(hand.at(number) + step(b))
        hand.key(Key.Key_Escape, to=hand.surface)
        hand.release(hand.at(number) + step(b))


def drag_a_frame(hand: Hand, a: int, b: int) -> None:
    if frame := one_of(hand.document.frames_on(hand.window.board_id), a):
        title = hand.spot(frame.x + 90, frame.y + 12)
        hand.drag(title, title + step(b))


def fold(hand: Hand, a: int, b: int) -> None:
    if frame := one_of(hand.document.frames_on(hand.window.board_id), a):
        hand.window.selection.set(frames=[frame.id])
        hand.window.run("collapse")


def show_hidden(hand: Hand, a: int, b: int) -> None:
    hand.window.run("show_hidden")


def size(hand: Hand, a: int, b: int) -> None:
    if number := choose(hand, a):
        rect = hand.surface.rect_of(number)
        corner = QPoint(rect.right(), rect.bottom())
        hand.drag(corner, corner + step(b) / 4)


def write(hand: Hand, a: int, b: int) -> None:
    if choose(hand, a):
        hand.window.run("edit_title")
        hand.type("long words " * (b % 9))
        hand.key(Key.Key_Return)


def add(hand: Hand, a: int, b: int) -> None:
    hand.key(one_of([Key.Key_C, Key.Key_S, Key.Key_A, Key.Key_H], a) or Key.Key_N, to=hand.surface)
    if b % 3:
        hand.type("New")
        hand.key(Key.Key_Return)
    else:
        hand.key(Key.Key_Escape)


def next_card(hand: Hand, a: int, b: int) -> None:
    if choose(hand, a):
        hand.key(Key.Key_Return, CONTROL, to=hand.surface)
        hand.key(Key.Key_Return)


def connect(hand: Hand, a: int, b: int) -> None:
    start, end = one_of(seen(hand), a), one_of(seen(hand), b)
    if start and end and start != end:
        hand.window.selection.clear()
        hand.drag(hand.handle(start), hand.at(end))
        if hand.chooser.isVisible():
            hand.chooser.take(b % len(hand.chooser.choices))


def retype(hand: Hand, a: int, b: int) -> None:
    if link := one_of(hand.document.links, a):
        start, end = hand.document.get(Entity, link.from_id), hand.document.get(Entity, link.to_id)
        fit = fitting(start.type, end.type)
        kind, turned = fit[b % len(fit)]
        ends = (end.id, start.id) if turned else (start.id, end.id)
        hand.window.perform("Change", lambda tx: commands.relink(tx, link, kind.id, *ends))


def drop_a_link(hand: Hand, a: int, b: int) -> None:
    if link := one_of(hand.document.links, a):
        hand.window.selection.set(links=[link.id])
        hand.window.run("delete")


def turn(hand: Hand, a: int, b: int) -> None:
    if link := one_of(hand.document.links, a):
        hand.window.selection.set(links=[link.id])
        hand.window.run("turn_link")


def delete(hand: Hand, a: int, b: int) -> None:
    if choose(hand, a):
        hand.key(Key.Key_Delete, to=hand.surface)


def take_off(hand: Hand, a: int, b: int) -> None:
    if choose(hand, a):
        hand.window.run("take_off")


def duplicate(hand: Hand, a: int, b: int) -> None:
    if choose(hand, a):
        hand.window.run("duplicate")


def cut_and_paste(hand: Hand, a: int, b: int) -> None:
    if choose(hand, a):
        hand.window.run("cut")
        hand.window.run("paste")


def to_the_front_or_back(hand: Hand, a: int, b: int) -> None:
    if choose(hand, a):
        hand.window.run("raise" if b % 2 else "lower")


def colour(hand: Hand, a: int, b: int) -> None:
    if number := choose(hand, a):
        card = hand.card(number).id
        hand.window.perform("Colour", lambda tx: commands.set_colour(tx, [card], ("event", "place", "")[b % 3]))


def mark(hand: Hand, a: int, b: int) -> None:
    marking = ("TLP:RED", "TLP:GREEN", "")[b % 3]
    if entity := one_of(hand.document.entities, a):
        hand.window.perform("Mark", lambda tx: commands.set_fields(tx, entity.id, marking=marking))


def mark_the_file(hand: Hand, a: int, b: int) -> None:
    marking = ("TLP:RED", "TLP:GREEN", "TLP:CLEAR")[b % 3]
    hand.window.perform("Mark the file", lambda tx: commands.set_file(tx, marking=marking))


def judge(hand: Hand, a: int, b: int) -> None:
    sources = [entity for entity in hand.document.entities if entity.type == "source"]
    if source := one_of(sources, a):
        fields = ({"reliability": "ABCDEF"[b % 6]}, {"first_hand": "yes" if b % 2 else "no"}, {"unnamed": "yes"})[a % 3]
        hand.window.perform("Judge", lambda tx: commands.set_fields(tx, source.id, **fields))


def grade(hand: Hand, a: int, b: int) -> None:
    stated = [link for link in hand.document.links if link.type in ("states", "denies", "bears on")]
    if link := one_of(stated, a):
        fields = {"consistency": ("CC", "I", "II", "NA")[b % 4]} if link.type == "bears on" else {
            "credibility": "123456"[b % 6]}  # fmt: skip
        hand.window.perform("Grade", lambda tx: commands.set_fields(tx, link.id, **fields))


def cite(hand: Hand, a: int, b: int) -> None:
    sources = [entity for entity in hand.document.entities if entity.type == "source"]
    start, end = one_of(sources, a), one_of(sources, b)
    if start and end and start.id != end.id:
        hand.window.perform("Cite", lambda tx: commands.link(tx, "cites", start.id, end.id))


def add_off_the_board(hand: Hand, a: int, b: int) -> None:
    """Let a source that has no card here state a claim that has one."""
    claims = [entity for entity in hand.document.entities if entity.type == "claim"]

    def state(tx: Transaction) -> None:
        source = commands.add_entity(tx, "source", title="Elsewhere", props={"reliability": "ABF"[b % 3]})
        if claim := one_of(claims, a):
            commands.link(tx, "states", source.id, claim.id, props={"credibility": "123"[b % 3]})

    hand.window.perform("State", state)


def place_elsewhere(hand: Hand, a: int, b: int) -> None:
    """Put a card of an entity on the other board, or take it off there."""
    other = next(board.id for board in hand.document.boards if board.id != hand.window.board_id)
    if entity := one_of(hand.document.entities, a):
        card = hand.document.card_on(other, entity.id)

        def change(tx: Transaction) -> Card | None:
            return commands.remove(tx, [card.id]) if card else commands.place(tx, other, entity.id, x=b, y=b)

        hand.window.perform("Place", change)


def place_here(hand: Hand, a: int, b: int) -> None:
    board = hand.window.board_id
    absent = [entity for entity in hand.document.entities if not hand.document.card_on(board, entity.id)]
    if entity := one_of(absent, a):
        hand.window.perform("Place", lambda tx: commands.place(tx, board, entity.id, x=b % 90 * 8, y=b % 70 * 8))


def frame_selection(hand: Hand, a: int, b: int) -> None:
    if choose(hand, a):
        hand.window.run("frame_selection")
        hand.key(Key.Key_Return)


def drop_a_frame(hand: Hand, a: int, b: int) -> None:
    if frame := one_of(hand.document.frames_on(hand.window.board_id), a):
        hand.window.selection.set(frames=[frame.id])
        hand.window.run("delete")


def undo(hand: Hand, a: int, b: int) -> None:
    for _ in range(1 + a % 3):
        if hand.window.session.undo_label() != MADE:
            hand.window.run("undo")


def redo(hand: Hand, a: int, b: int) -> None:
    for _ in range(1 + a % 3):
        hand.window.run("redo")


def pan(hand: Hand, a: int, b: int) -> None:
    hand.surface.pan_by(step(a).x(), step(b).y())


def look_from(hand: Hand, a: int, b: int) -> None:
    hand.surface.zoom_by((0.5, 0.8, 1.25, 2.0)[a % 4])
    if not 0.4 <= hand.surface.zoom <= 2.0:
        hand.surface.put_camera(1.0, 0.0, 0.0)


def wait(hand: Hand, a: int, b: int) -> None:
    QApplication.processEvents()
    if a % 2:
        hand.settled()


DEEDS: tuple[Deed, ...] = (
    drag, drag_several, give_up_a_drag, drag_a_frame, fold, show_hidden, size, write, add, next_card, connect, retype,
    drop_a_link, turn, delete, take_off, duplicate, cut_and_paste, to_the_front_or_back, colour, mark, mark_the_file,
    judge, grade, cite, add_off_the_board, place_elsewhere, place_here, frame_selection, drop_a_frame, undo, redo, pan,
    look_from, wait,
)  # fmt: skip
