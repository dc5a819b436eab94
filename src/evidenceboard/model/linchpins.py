"""Linchpins of the matrix: which single row, source or origin, were it wrong, would change the order of scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from evidenceboard.model.ach import Matrix, Row
from evidenceboard.model.falling import origins_in_steps, sources_in_steps
from evidenceboard.model.in_steps import Steps
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

ROW: Final = "row"
SOURCE: Final = "source"
ORIGIN: Final = "origin"
BOTH: Final = "source and origin"
"""A source that takes the same rows along whether it is taken as a source or as an origin."""

_STEP: Final = 64
"""Removals that are tried in one step."""
Marks = dict[str, tuple[float, int]]
"""What scenarios are ranked by, under their numbers."""


@dataclass(frozen=True, slots=True)
class Linchpin:
    """A removal that changes the order. `rows` are the numbers of the rows that go.

    `before` and `after` are the marks of the scenarios, weighted and plain, with and without these rows.
    """

    kind: str
    entity_id: str
    removes: str
    rows: tuple[str, ...]
    before: Marks
    after: Marks
    change: str


def linchpins(document: Document, found: Matrix) -> list[Linchpin]:
    """Remove each row, source and origin in turn; return those whose removal changes the order, ties included."""
    *_, made = search(document, found)
    assert made is not None
    return made.first


@dataclass(frozen=True, slots=True)
class Linchpins:
    """How many linchpins there are, and the first of them."""

    first: list[Linchpin]
    count: int


def search(document: Document, found: Matrix, most: int | None = None) -> Iterator[Linchpins | None]:
    """Look for linchpins in small steps: yield None after each, and at the end the first `most` and their count.

    The document must not change between two steps.
    """
    ranks = Ranks(found)
    yield None
    rows = {row.entity.id: row for row in found.rows if not row.twin_of}
    telling = yield from telling_in_steps(rows.values())
    made: list[Linchpin] = []
    count = 0
    removals = yield from _removals(document, rows)
    for place, (kind, entity, going) in enumerate(removals, 1):
        if place % _STEP == 0:
            yield None
        after = ranks.without(going)
        if after is None:
            continue
        count += 1
        if most is not None and len(made) >= most:
            continue
        yield None
        gone = sum(1 for row in going if row.entity.id in telling)
        said = change(ranks.before, after, weighed=len(telling) > gone)
        numbers = tuple(sorted((row.entity.number for row in going), key=natural))
        wrong = f"{entity.number}, as an origin," if kind == ORIGIN else entity.number
        sentence = f"If {wrong} is wrong, {said}"
        made.append(Linchpin(kind, entity.id, entity.number, numbers, ranks.before, after, sentence))
        yield None
    yield Linchpins(made, count)


class Ranks:
    """The order of the scenarios of a matrix: their marks `before` anything is taken out, by number."""

    def __init__(self, found: Matrix) -> None:
        scores = found.scores_by_number
        self.before: Marks = {one.entity.number: one.marks for one in scores}
        self._names = {one.entity.id: one.entity.number for one in scores}
        self._groups = order(self.before)
        self._places = {number: place for place, group in enumerate(self._groups) for number in group}

    def without(self, going: list[Row]) -> Marks | None:
        """Return the marks without what some rows add to them; None where the order, ties included, stands."""
        moved = _moved(self.before, self._names, going)
        if _stands(self._groups, self._places, self.before, moved):
            return None
        return {**self.before, **moved}


def telling_in_steps(rows: Iterable[Row]) -> Steps[set[str]]:
    """Find the rows with a value in some cell, in small steps, each of which yields None."""
    found: set[str] = set()
    for place, row in enumerate(rows, 1):
        if any(cell.value for cell in row.cells.values()):
            found.add(row.entity.id)
        if place % (4 * _STEP) == 0:
            yield
    return found


@dataclass(frozen=True, slots=True)
class Swap:
    """What reading one row as deception does: the marks with the cells of its twin in place of its own."""

    twin_id: str
    twin: str
    first: str
    before: Marks
    after: Marks
    change: str


def swaps(found: Matrix) -> list[Swap]:
    """Return, for each deception twin, the order if its first row were deception; `change` is "" where it stands.

    Heuer asks of deception apart from the evidence itself, so a row and its twin never count together: the twin's
    cells and weight replace those of the first row.
    """
    if not any(row.twin_of for row in found.rows):
        return []
    rows = {row.entity.id: row for row in found.rows}
    scores = found.scores_by_number
    before = {one.entity.number: one.marks for one in scores}
    names = {one.entity.id: one.entity.number for one in scores}
    made: list[Swap] = []
    for twin in found.rows:
        first = rows.get(twin.twin_of)
        if first is None:
            continue
        after = without(without(before, names, [first]), names, [twin], add=True)
        others = (row for row in found.rows if row is twin or not (row.twin_of or row is first))
        weighed = any(cell.value for row in others for cell in row.cells.values())
        said = change(before, after, weighed=weighed)
        made.append(Swap(twin.entity.id, twin.entity.number, first.entity.number, before, after, said))
    return made


def _removals(document: Document, rows: dict[str, Row]) -> Steps[list[tuple[str, Entity, list[Row]]]]:
    ordered = sorted(rows.values(), key=lambda row: natural(row.entity.number))
    yield
    found = [(ROW, row.entity, [row]) for row in ordered]
    yield
    sources = yield from sources_in_steps(document, rows)
    origins = yield from origins_in_steps(document, rows)
    entities = [one for key in {**sources, **origins} if isinstance(one := document.find("entities", key), Entity)]
    yield
    for place, entity in enumerate(sorted(entities, key=lambda one: natural(one.number)), 1):
        if place % (8 * _STEP) == 0:
            yield
        with_source, with_origin = sources.get(entity.id, []), origins.get(entity.id, [])
        if set(with_source) == set(with_origin):
            found.append((BOTH, entity, [rows[row_id] for row_id in with_source]))
            continue
        for kind, going in ((SOURCE, with_source), (ORIGIN, with_origin)):
            if going:
                found.append((kind, entity, [rows[row_id] for row_id in going]))
    return found


def without(before: Marks, names: dict[str, str], going: list[Row], *, add: bool = False) -> Marks:
    """Return marks without what some rows add to them, `names` by the ids of scenarios; `add`: with it instead."""
    return {**before, **_moved(before, names, going, add=add)}


def _moved(before: Marks, names: dict[str, str], going: list[Row], *, add: bool = False) -> Marks:
    """Return the marks of those scenarios only that some rows add to, without them."""
    after, sign = Marks(), -1 if add else 1
    for row in going:
        for scenario_id, cell in row.cells.items():
            if cell.points:
                name = names[scenario_id]
                weighted, plain = after.get(name, before[name])
                after[name] = (weighted - sign * cell.points * row.factor, plain - sign * cell.points)
    return after


def _stands(groups: tuple[tuple[str, ...], ...], places: dict[str, int], before: Marks, moved: Marks) -> bool:
    """Tell whether an order, ties included, is still that of the marks of which some have moved.

    Only groups with a scenario that moved, and their neighbours, are looked at.
    """

    def mark(place: int) -> tuple[float, int]:
        number = groups[place][0]
        return moved.get(number, before[number])

    touched = {places[number] for number in moved}
    if sum(len(groups[place]) for place in touched) > len(moved):
        # Of some group one has moved and another has not.
        return all(moved[number] == before[number] for number in moved)
    for place in touched:
        here = mark(place)
        if any(moved[number] != here for number in groups[place]):
            return False
        if place and not mark(place - 1) < here:
            return False
        if place + 1 < len(groups) and not here < mark(place + 1):
            return False
    return True


def order(marks: Marks) -> tuple[tuple[str, ...], ...]:
    """Return the numbers of scenarios in rank order; those that are tied stand together, as they were given."""
    groups: dict[tuple[float, int], list[str]] = {}
    for number in sorted(marks, key=marks.__getitem__):
        groups.setdefault(marks[number], []).append(number)
    return tuple(map(tuple, groups.values()))


def change(before: Marks, after: Marks, *, weighed: bool = True) -> str:
    """Say in words how one order differs from another; "" where it does not. `weighed`: some cell is left."""
    names = sorted(before, key=natural)
    before, after = {name: before[name] for name in names}, {name: after[name] for name in names}
    was = {number: place for place, group in enumerate(order(before)) for number in group}
    groups = order(after)
    now = {number: place for place, group in enumerate(groups) for number in group}
    numbers = [number for group in groups for number in group]
    # Two scenarios whose marks are the same as before stand to each other as before.
    moved = [number for number in numbers if before[number] != after[number]]
    moves = set(moved)
    parts: list[str] = []
    for one in numbers:
        others = numbers if one in moves else moved
        passed = {other for other in others if was[one] > was[other] and now[one] < now[other]}
        if passed:
            parts.append(f"{one} overtakes {listed(sorted(passed, key=natural))}")
    for one in numbers:
        others = numbers if one in moves else moved
        left = [other for other in others if was[one] == was[other] and now[one] < now[other]]
        if left:
            parts.append(f"{one} gets ahead of {listed(left)}")
    for group in groups:
        if any(was[one] != was[group[0]] for one in group):
            parts.append(f"{listed(group)} tie")
    if parts and not weighed:
        return "nothing is left to tell the scenarios apart."
    return "; ".join(parts) + "." if parts else ""


def compared(before: Matrix, after: Matrix) -> str:
    """Say in words how the order of scenarios in one matrix differs from that in another; "" where it does not."""
    weighed = any(cell.value for row in after.rows if not row.twin_of for cell in row.cells.values())
    was, now = ({one.entity.number: one.marks for one in found.scores} for found in (before, after))
    return change(was, now, weighed=weighed)


def listed(numbers: Iterable[str]) -> str:
    """Return numbers as a sentence lists them: “H1, H2 and H3”."""
    *first, last = numbers
    return f"{', '.join(first)} and {last}" if first else last
