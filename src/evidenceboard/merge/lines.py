"""What came before what: the operations of two logs as lines that part and join, told by hashes and never by clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.store.taking import Header

_NOWHERE: Final = -1


@dataclass(slots=True)
class _Place:
    """Where an operation stands: the line it is on, how far along, and how far along other lines its past reaches."""

    line: int
    at: int
    past: dict[int, int]


class Lines:
    """Hold the operations of both logs, those of mine first, each after all that it follows on.

    An operation is named by its place in `headers`. A merge is neutral: it only says what was joined. What an undone
    merge had brought is not in the past of what follows.
    """

    def __init__(self, mine: Sequence[Header], theirs: Sequence[Header]) -> None:
        """Raises `EvidenceBoardError` for a history with a gap, or with another operation under a known id."""
        self.headers: list[Header] = []
        self.of_hash: dict[str, int] = {}
        self.of_id: dict[str, int] = {}
        self.neutral: set[int] = set()
        self._places: list[_Place] = []
        self._ends: list[int] = []
        self._groups: dict[str, list[int]] | None = None
        for header in mine:
            self._add(header)
        own = len(self.headers)
        for header in theirs:
            known = self.of_id.get(header.id)
            if known is None:
                self._add(header)
            elif self.headers[known].hash != header.hash:
                raise EvidenceBoardError(
                    "The two files have an operation of one id that is not the same in both, so nothing was merged; "
                    "both files are as they were.",
                    "One of the histories was written anew: ask where that file comes from.",
                )
        self.theirs_new = range(own, len(self.headers))
        self.head_mine, self.head_theirs = self._head(mine), self._head(theirs)

    def _head(self, headers: Sequence[Header]) -> int:
        return next((self.of_hash[one.hash] for one in reversed(headers) if not one.brought), _NOWHERE)

    def _add(self, header: Header) -> None:
        parents = [self.of_hash.get(parent, _NOWHERE) for parent in header.parents]
        if _NOWHERE in parents or header.hash in self.of_hash:
            raise EvidenceBoardError(
                "A part of the history of one of the files is missing, so nothing was merged; both files are as they "
                "were.",
                "Ask for a whole copy.",
            )
        index = len(self.headers)
        target = self.of_id.get(header.target or "", _NOWHERE)
        if (header.kind == "merge" and len(parents) > 1) or (
            header.kind in ("undo", "redo") and target in self.neutral
        ):
            self.neutral.add(index)
        self.headers.append(header)
        self.of_hash[header.hash] = self.of_id[header.id] = index
        self._places.append(self._placed(index, parents, target))

    def _placed(self, index: int, parents: list[int], target: int) -> _Place:
        if not parents:
            self._ends.append(index)
            return _Place(len(self._ends) - 1, 0, {})
        first = self._places[parents[0]]
        goes_on = self._ends[first.line] == parents[0]
        past = first.past
        if len(parents) > 1:
            past = self._joined(first.past, parents[1:])
        elif target in self.neutral:
            merge = self.headers[target]
            if self.headers[index].kind == "undo":
                before = self._places[self.of_hash[merge.parents[0]]]
                past = {**before.past, before.line: before.at}
            else:
                past = self._joined(first.past, [target])
        if goes_on:
            self._ends[first.line] = index
            past = {line: at for line, at in past.items() if line != first.line} if first.line in past else past
            return _Place(first.line, first.at + 1, past)
        self._ends.append(index)
        return _Place(len(self._ends) - 1, 0, {**past, first.line: max(first.at, past.get(first.line, _NOWHERE))})

    def _joined(self, past: dict[int, int], others: Iterable[int]) -> dict[int, int]:
        made = dict(past)
        for other in others:
            place = self._places[other]
            for line, at in (*place.past.items(), (place.line, place.at)):
                made[line] = max(at, made.get(line, _NOWHERE))
        return made

    def before(self, one: int, other: int) -> bool:
        """Tell whether an operation is in the past of another one."""
        a, b = self._places[one], self._places[other]
        return a.at < b.at if a.line == b.line else b.past.get(a.line, _NOWHERE) >= a.at

    def apart(self, one: int, other: int) -> bool:
        """Tell whether neither of two operations knew of the other one."""
        return one != other and not self.before(one, other) and not self.before(other, one)

    def reached(self, head: int) -> set[int]:
        """Return an operation and all in its past, neutral ones left out."""
        if head == _NOWHERE:
            return set()
        place = self._places[head]
        reach = {**place.past, place.line: place.at}
        found = (index for index, one in enumerate(self._places) if reach.get(one.line, _NOWHERE) >= one.at)
        return {index for index in found if index not in self.neutral}

    def unsettled(self, delta: Collection[int], common: Collection[int]) -> set[int]:
        """Return what has to be looked at together: all but what is in the past of every single one of these.

        What an undo took back belongs to it, in whatever copy.
        """
        found, firsts = set[int](), dict[tuple[int, int], int]()
        waiting: list[int] = list(delta)
        rest = set(common)
        while waiting:
            for index in waiting:
                found.add(index)
                place = self._places[index]
                key = (place.line, id(place.past))
                if key not in firsts or self._places[firsts[key]].at > place.at:
                    firsts[key] = index
            rest -= found
            known = list(firsts.values())
            waiting = [one for one in rest if not all(self.before(one, first) for first in known)]
            waiting += [one for index in found for one in self.taken_back(index) if one in rest]
        return found

    def taken_back(self, index: int) -> Iterator[int]:
        """Yield what an undo or a redo is about: its target, and what was done together with it."""
        header = self.headers[index]
        if header.kind not in ("undo", "redo"):
            return
        target = self.of_id.get(header.target or "", _NOWHERE)
        if target == _NOWHERE or target in self.neutral:
            return
        yield target
        group = self.headers[target].group
        if group:
            yield from (one for one in self._grouped(group) if one != target and self.before(one, index))

    def _grouped(self, group: str) -> list[int]:
        if self._groups is None:
            self._groups = {}
            for index, header in enumerate(self.headers):
                if header.group and header.kind not in ("undo", "redo"):
                    self._groups.setdefault(header.group, []).append(index)
        return self._groups.get(group, [])

    def undone(self, among: Iterable[int]) -> set[int]:
        """Return those that were taken back and not done again since."""
        steps: dict[int, tuple[list[int], list[int]]] = {}
        for index in among:
            kind = self.headers[index].kind
            for target in self.taken_back(index):
                steps.setdefault(target, ([], []))[kind == "redo"].append(index)
        return {
            target
            for target, (undos, redos) in steps.items()
            if undos and not any(not any(self.before(redo, undo) for undo in undos) for redo in redos)
        }

    def rank(self, index: int) -> tuple[int, str]:
        """Return what decides between two values where nobody has to: the counter, then the id."""
        header = self.headers[index]
        return (header.counter, header.id)
