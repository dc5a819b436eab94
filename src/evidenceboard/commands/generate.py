"""Boards of made-up things for load tests: mixed types, three scripts, valid in every way, the same for one seed."""

from __future__ import annotations

import math
import random
from collections import Counter
from pathlib import Path
from typing import Any, Final

from evidenceboard.commands.cards import place
from evidenceboard.commands.entities import add_entity
from evidenceboard.commands.frames import add_frame
from evidenceboard.commands.links import link
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.confirmed import CONFIRMED
from evidenceboard.model.gradings import CONSISTENCY, CREDIBILITY, INDEPENDENT, RELIABILITY
from evidenceboard.model.link_types import LINK_TYPES, fits, link_type
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.seam import RandomSeam, SeededSeam
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.yardsticks import ICD203
from evidenceboard.session import Session

SHARES: Final = {
    "claim": 40, "source": 22, "actor": 16, "event": 7, "place": 5, "note": 5, "question": 3, "scenario": 2,
}  # fmt: skip
"""How many of a hundred cards are of each type."""
LINKS: Final = {
    "states": 38, "denies": 6, "cites": 9, "author of": 6, "asserts": 6, "about": 10, "supports": 6,
    "contradicts": 4, "depends on": 4, "bears on": 6, "independent of": 2, "related": 5,
}  # fmt: skip
FRAME: Final = 400
"""Cards in one frame; every fifth stretch of cards lies outside any."""
STEP_X: Final = 320.0
STEP_Y: Final = 220.0
_LATIN: Final = """the convoy, crossed, a bridge, near the harbour, before dawn, with lorries, reported, confirmed,
the ministry, an order, of spare parts, in the northern district, two witnesses, saw, the warehouse, was empty,
since autumn, technicians, arrived, by rail, without insignia, according to a notice"""
_HANGUL: Final = """부대가, 항구에, 도착했다, 기술자들이, 철도로, 이동했다, 국방부는, 확인했다, 새벽에, 다리를, 건넜다,
보고서에, 따르면, 창고는, 비어, 있었다, 가을부터, 두 목격자가, 트럭을, 보았다"""
_CYRILLIC: Final = """колона, перетнула, міст, біля порту, на світанку, вантажівки, міністерство, підтвердило, наказ,
склад, був порожній, з осені, двоє свідків, бачили, техніків, прибули, залізницею, без відзнак, за повідомленням"""
GRADES: Final = tuple(number for number in CREDIBILITY.words if number != CONFIRMED)
"""Nothing here is confirmed: no two origins of a made-up board are established as independent."""
WORDS: Final = tuple([word.strip() for word in said.split(",")] for said in (_LATIN, _HANGUL, _CYRILLIC))
"""Words to make sentences of: Latin, Hangul, Cyrillic."""


def generated(path: Path, *, cards: int, links: int, seed: int | None = None) -> dict[str, Any]:
    """Make a new file with a made-up board and return how much is in it. Refuses a file that is there.

    With a seed ids, times and text are the same every time; without one the ids are random as always.
    """
    seam = RandomSeam() if seed is None else SeededSeam(f"made up {seed}")
    session = Session.create(path, title="A made-up board", seam=seam)
    made = False
    try:
        with session:
            with session.transaction("Make up {cards} cards and {links} links", cards=cards, links=links) as tx:
                generate(tx, session.document.boards[0].id, cards=cards, links=links, seed=seed or 0)
            made = True
            counted = Counter(entity.type for entity in session.document.entities)
            return {"cards": cards, "links": len(session.document.links), "entities": dict(sorted(counted.items()))}
    finally:
        if not made:
            path.unlink()  # made a moment ago by this very function, and holding nothing


def generate(tx: Transaction, board_id: str, *, cards: int, links: int, seed: int = 0) -> None:
    """Add made-up entities with cards on a grid in frames, and links between them that fit."""
    chance = random.Random(seed)
    entities = [_entity(tx, chance, type_id) for type_id in _types(chance, cards)]
    _lay_out(tx, board_id, entities)
    _join(tx, chance, entities, links)


def _types(chance: random.Random, count: int) -> list[str]:
    # One of each first, so that a small board has every kind of link too.
    chosen = list(SHARES)[:count]
    return chosen + chance.choices(list(SHARES), list(SHARES.values()), k=count - len(chosen))


def _entity(tx: Transaction, chance: random.Random, type_id: str) -> Entity:
    props: dict[str, Any] = {}
    if type_id == "actor":
        props = {"kind": chance.choice(("person", "organisation", "military unit")), "role": _said(chance, 2, 4)}
    elif type_id == "claim":
        props = {"happened": _date(chance), "where": _said(chance, 1, 2)}
        if chance.random() < 0.15:
            props["likelihood"] = chance.choice(list(ICD203.words))
    elif type_id == "source":
        props = {"kind": chance.choice(("article", "official statement", "interview")), "published": _date(chance)}
        props |= {"author": _said(chance, 1, 2), "reliability": chance.choice(list(RELIABILITY.words))}
        props |= {"first_hand": True} if chance.random() < 0.2 else {}
    elif type_id == "event":
        props = {"happened": _date(chance)}
    elif type_id == "place":
        props = {"coordinates": f"{chance.uniform(-60, 70):.4f}, {chance.uniform(-180, 180):.4f}"}
    elif type_id == "scenario":
        props = {"statement": _said(chance, 8, 14)}
    notes = _said(chance, 6, 20) if chance.random() < 0.2 else ""
    tags = chance.sample(("troops", "transport", "numbers", "supply", "law"), chance.choice((0, 0, 1, 2)))
    title = _said(chance, *((6, 14) if type_id in ("claim", "question") else (2, 5)))
    return add_entity(tx, type_id, title=title, props=props, notes=notes, tags=tags)


def _said(chance: random.Random, least: int, most: int) -> str:
    words = chance.choices(chance.choices(WORDS, (6, 2, 2))[0], k=chance.randint(least, most))
    return " ".join(words).capitalize()


def _date(chance: random.Random) -> str:
    year, month, day = chance.randint(2022, 2025), chance.randint(1, 12), chance.randint(1, 28)
    return chance.choice((f"{year}", f"{year}-{month:02}~", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"))


def _lay_out(tx: Transaction, board_id: str, entities: list[Entity]) -> None:
    across = max(1, math.isqrt(FRAME))
    down = math.ceil(FRAME / across)
    blocks = math.ceil(len(entities) / FRAME)
    wide = max(1, math.isqrt(max(0, blocks - 1)) + 1)
    for block in range(blocks):
        some = entities[block * FRAME : (block + 1) * FRAME]
        left, top = block % wide * (across * STEP_X + 200), block // wide * (down * STEP_Y + 200)
        frame = None
        if block % 5 != 4:
            width, height = min(across, len(some)) * STEP_X, math.ceil(len(some) / across) * STEP_Y
            title = f"Group {block + 1}"
            frame = add_frame(tx, board_id, title=title, x=left - 40, y=top - 60, w=width + 40, h=height + 60).id
        for at, entity in enumerate(some):
            x, y = left + at % across * STEP_X, top + at // across * STEP_Y
            place(tx, board_id, entity.id, x=x, y=y, frame_id=frame)


def _join(tx: Transaction, chance: random.Random, entities: list[Entity], count: int) -> None:
    by_type: dict[str, list[int]] = {}
    for at, entity in enumerate(entities):
        by_type.setdefault(entity.type, []).append(at)
    ends = {
        kind.id: [
            (start, end)
            for start in by_type
            for end in by_type
            if fits(kind, start, end) and (start != end or len(by_type[start]) > 1)
        ]
        for kind in LINK_TYPES
    }
    possible = [type_id for type_id, found in ends.items() if found]
    if not possible and count:
        raise InvalidValueError("Links need two cards at least; nothing was made.")
    weights = [LINKS.get(type_id, 1) for type_id in possible]
    joined: set[str] = set()
    made = 0
    while made < count:
        type_id = chance.choices(possible, weights)[0]
        start, end = chance.choice(ends[type_id])
        first = chance.choice(by_type[start])
        second = _near(chance, by_type[end], first)
        if first == second:
            continue
        if type_id in ("cites", "depends on") and first < second:
            first, second = second, first  # towards what was there before, so that nothing goes round in a circle
        pair = link_type(type_id).pair_id(str(first), str(second))
        if pair:
            # A claim bears on a scenario once; where the few pairs are used up, another type is taken.
            if pair in joined:
                continue
            joined.add(pair)
        _link(tx, chance, type_id, entities[first], entities[second])
        made += 1


def _near(chance: random.Random, places: list[int], first: int) -> int:
    """Return one of a type, most often one whose card lies near."""
    if chance.random() < 0.15:
        return chance.choice(places)
    middle = first * len(places) // max(1, places[-1] + 1)
    return places[min(len(places) - 1, max(0, middle + chance.randint(-12, 12)))]


def _link(tx: Transaction, chance: random.Random, type_id: str, start: Entity, end: Entity) -> Link:
    props: dict[str, Any] = {}
    if type_id in ("states", "denies"):
        props = {"credibility": chance.choice(GRADES), "basis": chance.choice(("own", "as cited", ""))}
        props |= (
            {"quote": _said(chance, 4, 9), "locator": f"p. {chance.randint(1, 90)}"} if chance.random() < 0.4 else {}
        )
    elif type_id == "bears on":
        props = {"consistency": chance.choice(list(CONSISTENCY.words)), "reason": _said(chance, 3, 8)}
    elif type_id == "independent of":
        props = {"independent": chance.choice(list(INDEPENDENT.words)), "reason": _said(chance, 3, 8)}
    elif type_id == "related":
        props = {"label": _said(chance, 1, 2)}
    return link(tx, type_id, start.id, end.id, props={key: value for key, value in props.items() if value})
