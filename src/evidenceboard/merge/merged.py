"""The records after a merge: one answer for one set of operations, whoever merges and in whatever order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from evidenceboard.merge.deletions import Fate, fate
from evidenceboard.merge.effects import FIRM, Effects, Key, Rank, by_counter, references
from evidenceboard.merge.hanging import has_board, is_named, let_go_of_missing
from evidenceboard.merge.lines import Lines
from evidenceboard.merge.numbers import told_apart
from evidenceboard.merge.places import Places, moves_of
from evidenceboard.merge.registers import BEFORE, NOTHING, Write, standing, written
from evidenceboard.merge.side import Side
from evidenceboard.model.conflicts import ABSENT, DELETED, Row, conflict_id, fields_of, put, same, value_of
from evidenceboard.model.records import COLUMNS

_BY_HAND: Final = "conflicts"


class Merging:
    """Work out what becomes of every record that either side worked on."""

    def __init__(
        self, lines: Lines, found: Effects, undone: set[int], active: set[int], sides: tuple[Side, Side]
    ) -> None:
        self._lines = lines
        self._found = found
        self._undone = undone
        self._active = active
        self._sides = sides
        self._about = (sides[0].conflicts(), sides[1].conflicts())
        self._asked: dict[Key, dict[str, str]] = {}
        """The ids of the conflicts about each record, in either file, with their fields."""
        for about in self._about:
            for record_id, row in about.items():
                self._asked.setdefault((row["record_table"], row["record_id"]), {})[record_id] = row["field"]
        self._by_name = all(
            record_id == conflict_id(*key, name)
            for key, named in self._asked.items()
            for record_id, name in named.items()
        )
        """Whether each conflict has the id that its field gives it, so that none is there but those in `_asked`."""
        self._decided: dict[Key, set[str]] = {}
        for table, record_id, name in found.decided:
            self._decided.setdefault((table, record_id), set()).add(name)
        self._told: dict[Key, set[str]] = {}
        """The fields of each record that a question or an answer is about, on either side."""
        for table, record_id, name in (*found.decided, *found.reopened[0], *found.reopened[1]):
            self._told.setdefault((table, record_id), set()).add(name)
        for key, named in self._asked.items():
            self._told.setdefault(key, set()).update(named.values())
        away = {key for side, moved in zip(sides, found.moved, strict=True) for key in moved if side.row(key) is None}
        self._moves = moves_of(found, found.gone() | away)
        self._rows: dict[Key, Row | None] = {}

    def outcome(self) -> dict[Key, Row | None]:
        """Return the rows that are another one in the end than they are on the first side."""
        found = self._found
        held: set[int] = set()
        boards = {one for side in self._sides for one in side.document.table("boards")}
        while True:
            self._rows.clear()
            fates = fate(self._lines, found, self._undone, held, boards)
            for key in sorted({*found.touched[1], *fates.there}):
                if key not in fates.there:
                    self._rows[key] = self._merged(key)
                else:
                    # What is gone may come back, and what stood side by side in it with it.
                    made = self._again(key)
                    self._rows[key] = made if fates.there[key] else None
            more = self._needed(fates) - held
            if not more:
                break
            held |= more
        let_go_of_missing(self._rows, self._sides[0].document)
        self._questions(fates)
        self._number()
        mine = self._sides[0]
        return {key: row for key, row in self._rows.items() if row != mine.row(key)}

    def _needed(self, fates: Fate) -> set[int]:
        """Return the deletions that took what something that is there cannot do without."""
        missed = {
            one
            for (table, _), row in self._rows.items()
            if row is not None and table in FIRM
            for one in references(table, row)
            if not fates.there.get(one, True)
        }
        document = self._sides[0].document
        missed |= {key for key, there in fates.there.items() if not there and is_named(key, self._rows, document)}
        if not missed and not has_board(self._rows, document):
            missed = {key for key, there in fates.there.items() if key[0] == "boards" and not there}
        return {index for one in missed for index in fates.deletions.get(one, ())}

    # -- records -----------------------------------------------------------------------------------------------

    def _known_rows(self, key: Key) -> list[Row]:
        return [row for side in (0, 1) if (row := self._row(side, key)) is not None]

    def _row(self, side: int, key: Key) -> Row | None:
        """Return a record as a side has it, or as it was when that side deleted it."""
        row = self._sides[side].row(key)
        if row is None:
            steps = self._found.done.get(key, ())
            own = self._sides[side].own
            rows = [before for index, before, after in steps if after is None and before and index in own]
            row = dict(rows[-1]) if rows else None
        return row

    def _merged(self, key: Key) -> Row | None:
        mine, theirs = self._row(0, key), self._row(1, key)
        if mine is None or theirs is None:
            one = mine or theirs
            if one is not None and key in self._found.touched[1 if theirs is None else 0]:
                # It came with a merge that was taken back since; what was done to it in between counts nevertheless.
                return self._again(key)
            self._conflicts_about(key, 0 if theirs is None else 1)
            if one is None:
                rows = [before for _, before, after in self._found.done.get(key, ()) if after is None and before]
                one = rows[-1] if rows else None
            return one
        touched = tuple(key in one for one in self._found.touched)
        if not touched[0] or not touched[1]:
            side = 1 if touched[1] else 0
            self._conflicts_about(key, side)
            return theirs if side else mine
        return self._both(key, mine, theirs)

    def _again(self, key: Key) -> Row:
        """Return a record that was deleted as it is if it is there: each field from all that was done to it."""
        steps = self._found.done.get(key, [])
        rows = [*self._known_rows(key), *(row for _, *both in reversed(steps) for row in both if row and "id" in row)]
        writes = written(self._lines, key[0], steps)
        made = dict(rows[0])
        for name in dict.fromkeys(name for row in rows for name, _ in fields_of(key[0], row)):
            if by_counter(*key, name):
                put(made, name, self._last(key, name, rows))
            elif writes.get(name) or self._found.decided.get((*key, name)):
                put(made, name, self._standing(key, name, writes.get(name, []), made))
            else:
                self._left_open(key, name)
        return made

    def _last(self, key: Key, name: str, rows: list[Row]) -> Any:
        """Return the value of highest rank that was given to a column of a record."""
        if name in ("x", "y"):
            place = Places(self._lines, self._found, self._moves.get(key, ()), key, name).last(rows, name)
            return rows[0].get(name) if place is None else place
        steps = self._found.done[key]
        given = {index: after[name] for index, _, after in steps if after is not None and name in after}
        return given[max(given, key=self._lines.rank)] if given else rows[0].get(name)

    def _both(self, key: Key, mine: Row, theirs: Row) -> Row:
        table, record_id = key
        steps = self._found.done.get(key, [])
        writes = written(self._lines, table, steps)
        ranks = self._ranks(key)
        made = dict(mine)
        decided = self._decided.get(key, set())
        names = dict.fromkeys((*(n for n, _ in fields_of(table, mine)), *(n for n, _ in fields_of(table, theirs))))
        worked_on = {*writes, *ranks[1], *self._told.get(key, ())} if self._by_name else names.keys()
        for name in names:
            if name not in worked_on:
                continue
            if by_counter(table, record_id, name):
                own = [ranks[side].get(name, (-1, "")) for side in (0, 1)]
                if name == "frame_id" and own[0] != own[1]:
                    # As it was given: a side that did not have that frame has put the card into none.
                    put(made, name, self._last(key, name, [mine, theirs]))
                elif own[1] > own[0]:
                    put(made, name, value_of(theirs, name))
                continue
            by = [self._wrote(side, key, name, writes.get(name, ())) for side in (0, 1)]
            if all(by):
                put(made, name, self._standing(key, name, writes.get(name, []), made))
            else:
                self._conflict_of(key, name, 1 if by[1] else 0)
                if by[1]:
                    put(made, name, value_of(theirs, name))
        for name in decided - {DELETED} - names.keys():
            put(made, name, self._standing(key, name, writes.get(name, []), made))
        return made

    def _wrote(self, side: int, key: Key, name: str, writes: Iterable[Write]) -> bool:
        own = self._sides[side].own
        decided = self._found.decided.get((*key, name), ())
        reopened = (*key, name) in self._found.reopened[side]
        return reopened or any(one.index in own for one in (*writes, *decided))

    def _ranks(self, key: Key) -> tuple[dict[str, Rank], dict[str, Rank]]:
        """Return the highest rank with which each side wrote each column."""
        made: tuple[dict[str, Rank], dict[str, Rank]] = ({}, {})
        for side in (0, 1):
            moved = self._found.moved[side].get(key)
            if moved:
                made[side].update(x=moved, y=moved)
            for index, before, after in self._found.done.get(key, ()):
                if index in self._sides[side].own and after is not None:
                    rank = self._lines.rank(index)
                    for name in COLUMNS[key[0]] if before is None else after:
                        made[side][name] = max(rank, made[side].get(name, rank))
        return made

    # -- values side by side -----------------------------------------------------------------------------------

    def _standing(self, key: Key, name: str, writes: list[Write], row: Row) -> Any:
        """Return the value that stands in a field, and ask about it where others do too. `row`: as it is before."""
        decided = self._found.decided.get((*key, name), [])
        known = self._known(key, name)
        left = standing(self._lines, writes, decided, known, self._undone)
        if not left:
            # What was made, taken back and yet worked on elsewhere is as it was made; edits taken back stay so.
            makings = {one.index for one in writes if one.saw is NOTHING}
            left = standing(self._lines, writes, decided, known, self._undone - makings)
        if not left:
            # All that anybody did to it was a decision that was taken back.
            self._closed(key, name)
            return value_of(row, name)
        best = max(left, key=lambda one: (-1, "") if one.index == BEFORE else self._lines.rank(one.index))
        if all(same(one.value, best.value) for one in left):
            self._closed(key, name)
        else:
            left = [self._known_writer(key, name, one) for one in left]
            self._open(key, name, dict(self._candidate(one) for one in left))
        return best.value

    def _known(self, key: Key, name: str) -> list[Write]:
        """Return the values that stood side by side before all that is looked at, as either side still has them."""
        found: dict[int, Write] = {}
        if not self._may_be_asked(key, name):
            return []
        record_id = conflict_id(*key, name)
        for about in self._about:
            row = about.get(record_id)
            for operation_id, said in (row or {}).get("candidates", {}).items():
                index = self._lines.of_id.get(operation_id)
                if row and not row["decision"] and index is not None and index not in self._active:
                    value = said["value"]
                    found[index] = Write(index, ABSENT if value is None and "." in name else value, None)
        return list(found.values())

    def _known_writer(self, key: Key, name: str, one: Write) -> Write:
        """Return a write with the operation that made it: one from before all that is looked at is in the log."""
        if one.index != BEFORE:
            return one
        found: list[int] = []
        for operation_id, columns in self._sides[0].log.written(*key):
            index = self._lines.of_id[operation_id]
            settled = index not in self._active and index not in self._lines.neutral
            if settled and same(value_of(columns, name), one.value) and self._is_new(index):
                found.append(index)
        return Write(max(found, key=self._lines.rank), one.value, one.saw) if found else one

    def _candidate(self, one: Write) -> tuple[str, Row]:
        value = None if one.value is ABSENT else one.value
        if one.index == BEFORE:
            return "before", {"value": value, "author": "", "counter": 0, "at": ""}
        header = self._lines.headers[one.index]
        return header.id, {"value": value, "author": header.author_id, "counter": header.counter, "at": header.at}

    def _open(self, key: Key, name: str, candidates: dict[str, Row]) -> None:
        record_id = conflict_id(*key, name)
        self._rows[_BY_HAND, record_id] = {
            "id": record_id, "record_table": key[0], "record_id": key[1], "field": name,
            "candidates": dict(sorted(candidates.items())), "decision": "", "value": None, "decided_by": "",
            "decided_at": "",
        }  # fmt: skip

    def _closed(self, key: Key, name: str) -> None:
        """Leave no question open about a field; what was decided last, if anything, stays to be read."""
        if not self._may_be_asked(key, name):
            return
        record_id = conflict_id(*key, name)
        rows = [about.get(record_id) for about in self._about]
        side = self._side_of_decision(key, name)
        if side is not None:
            self._rows[_BY_HAND, record_id] = rows[side] or rows[1 - side]
        else:
            # A side that took a decision back tells what was there before that; the other one may not know of it.
            made = self._found.decided.get((*key, name))
            told = [(*key, name) in one for one in self._found.reopened] if made else [False, False]
            heard = [row for row, one in zip(rows, told, strict=True) if one] if any(told) else rows
            self._rows[_BY_HAND, record_id] = next((row for row in heard if row and row["decision"]), None)

    def _may_be_asked(self, key: Key, name: str) -> bool:
        """Tell whether either side may have a question about a field: most have none, and to name it takes a hash."""
        return not self._by_name or name in self._asked.get(key, {}).values()

    def _conflict_of(self, key: Key, name: str, side: int) -> None:
        """Take a question about a field as one side has it."""
        if not self._may_be_asked(key, name):
            return
        record_id = conflict_id(*key, name)
        self._rows[_BY_HAND, record_id] = self._about[side].get(record_id)

    def _conflicts_about(self, key: Key, side: int) -> None:
        """Take the questions about a record as one side has them."""
        for record_id, name in self._asked.get(key, {}).items():
            if name != DELETED:
                self._rows[_BY_HAND, record_id] = self._about[side].get(record_id)

    def _left_open(self, key: Key, name: str) -> None:
        """Take the question about a field that none of the operations was about from who worked on it, or from both."""
        if not self._may_be_asked(key, name):
            return
        touched = [key in one for one in self._found.touched]
        rows = [row for about in self._about if (row := about.get(conflict_id(*key, name)))]
        if touched[0] != touched[1]:
            self._conflict_of(key, name, touched.index(True))
        elif any(row["decision"] for row in rows):
            self._closed(key, name)
        elif rows:
            self._open(key, name, {one: said for row in rows for one, said in row["candidates"].items()})

    def _questions(self, fates: Fate) -> None:
        """Ask about each deletion that somebody worked against, and about no other that was looked at."""
        stands_at = {about[0] for about in fates.about.values()}
        for one in sorted(stands_at):
            waiting = fates.waiting.get(one)
            if not waiting:
                self._conflict_of(one, DELETED, self._side_of(one)) if self._waits(one) else self._closed(one, DELETED)
                continue
            said = dict.fromkeys(waiting, DELETED)
            # Of each author the last thing done says enough.
            worked = sorted({index for found in waiting.values() for index in found}, key=self._lines.rank)
            last = {self._lines.headers[index].author_id: index for index in worked}
            said |= {index: "changed" for index in last.values() if index not in said}
            candidates = dict(self._candidate(Write(index, word, None)) for index, word in said.items())
            for index in waiting:
                also = fates.about[index][1:]
                if also:
                    candidates[self._lines.headers[index].id]["also"] = [list(key) for key in also]
            self._open(one, DELETED, candidates)
        told = {*self._found.decided, *self._found.reopened[0], *self._found.reopened[1]}
        for table, record_id, name in sorted(told):
            if name == DELETED and (table, record_id) not in stands_at:
                self._conflict_of((table, record_id), DELETED, self._side_of((table, record_id)))

    def _waits(self, key: Key) -> bool:
        """Tell whether a deletion from before all that is looked at waits again, because a decision was taken back."""
        row = self._about[self._side_of(key)].get(conflict_id(*key, DELETED))
        said = row["candidates"].items() if row and not row["decision"] else ()
        return any(
            one["value"] == DELETED and self._lines.of_id.get(operation_id) not in self._found.groups
            for operation_id, one in said
        )

    def _side_of(self, key: Key) -> int:
        """Return the side that decided last about a deletion, or else the one that took a decision back."""
        side = self._side_of_decision(key, DELETED)
        return int((*key, DELETED) in self._found.reopened[1]) if side is None else side

    def _side_of_decision(self, key: Key, name: str) -> int | None:
        """Return the side with the last decision about a field that was not taken back, None if there is none."""
        made = self._found.decided.get((*key, name), ())
        decided = [one.index for one in made if one.index not in self._undone]
        return int(max(decided, key=self._lines.rank) in self._sides[1].own) if decided else None

    # -- numbers -----------------------------------------------------------------------------------------------

    def _number(self) -> None:
        """Tell numbers apart that two sides gave without knowing of each other: so both are looked at here."""
        numbers: dict[str, str] = {}
        for (table, record_id), steps in self._found.done.items():
            if table == "entities":
                first = next((after for index, before, after in steps if before is None and self._is_new(index)), None)
                if first is not None:
                    numbers[record_id] = str(first["number"])
        for record_id, number in told_apart(numbers).items():
            key = ("entities", record_id)
            row = self._rows[key] if key in self._rows else self._sides[0].row(key)
            if row is not None:
                self._rows[key] = {**row, "number": number}

    def _is_new(self, index: int) -> bool:
        return self._lines.headers[index].kind not in ("undo", "redo")
