"""Putting cards in order: align, distribute, raise and lower."""

from __future__ import annotations

from collections.abc import Iterable

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.records import Card
from evidenceboard.model.transaction import Transaction

SIDES = ("left", "centre", "right", "top", "middle", "bottom")


def align(tx: Transaction, ids: Iterable[str], side: str) -> None:
    """Line cards up on one side of the box around them: left, centre, right, top, middle or bottom."""
    if side not in SIDES:
        raise InvalidValueError(
            f"Cards cannot be aligned on “{side[:20]}”; nothing was changed.", "Sides: " + ", ".join(SIDES) + "."
        )
    cards = [tx.document.get(Card, card_id) for card_id in ids]
    if not cards:
        return
    left, right = min(c.x for c in cards), max(c.x + c.w for c in cards)
    top, bottom = min(c.y for c in cards), max(c.y + c.h for c in cards)
    for card in cards:
        place = {
            "left": {"x": left},
            "centre": {"x": (left + right - card.w) / 2},
            "right": {"x": right - card.w},
            "top": {"y": top},
            "middle": {"y": (top + bottom - card.h) / 2},
            "bottom": {"y": bottom - card.h},
        }[side]
        tx.change(card, **place)


def distribute(tx: Transaction, ids: Iterable[str], axis: str) -> None:
    """Make the gaps between cards equal along an axis, x or y; the outermost stay where they are."""
    if axis not in ("x", "y"):
        raise InvalidValueError(f"Cards cannot be distributed along “{axis[:20]}”; nothing was changed.", "Axes: x, y.")
    size = "w" if axis == "x" else "h"
    cards = sorted(
        (tx.document.get(Card, card_id) for card_id in dict.fromkeys(ids)), key=lambda card: float(getattr(card, axis))
    )
    if len(cards) < 3:
        return
    start, end = getattr(cards[0], axis), max(getattr(c, axis) + getattr(c, size) for c in cards)
    gap = (end - start - sum(getattr(card, size) for card in cards)) / (len(cards) - 1)
    at = start
    for card in cards:
        tx.change(card, **{axis: at})
        at += getattr(card, size) + gap


def raise_(tx: Transaction, ids: Iterable[str]) -> None:
    """Put cards in front of all others on their board, keeping their order among themselves."""
    cards = _from_the_back(tx, ids)
    if cards:
        _, top = tx.document.heights(cards[0].board_id)
        for step, card in enumerate(cards, start=1):
            tx.change(card, z=top + step)


def lower(tx: Transaction, ids: Iterable[str]) -> None:
    """Put cards behind all others on their board, keeping their order among themselves."""
    cards = _from_the_back(tx, ids)
    if cards:
        bottom, _ = tx.document.heights(cards[0].board_id)
        for step, card in enumerate(reversed(cards), start=1):
            tx.change(card, z=bottom - step)


def _from_the_back(tx: Transaction, ids: Iterable[str]) -> list[Card]:
    cards = [tx.document.get(Card, card_id) for card_id in dict.fromkeys(ids)]
    if len(cards) < 2:
        return cards
    # Cards of one height are painted in the order in which they were made.
    made = tx.document.ages("cards", {card.id for card in cards})
    return sorted(cards, key=lambda card: (card.z, made[card.id]))
