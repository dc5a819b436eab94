"""Deletions that are held though nobody worked against them: what comes back needs it, or no board would be left.

Both hang on what each deletion knew of, never on what is there now, so that all copies hold the same whenever they
merge, and go on holding it until somebody decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set

from evidenceboard.merge.effects import FIRM, Effects, Key, references
from evidenceboard.merge.lines import Lines

Groups = Mapping[int, Collection[Key]]
"""What each deletion took."""


def needed(
    lines: Lines, found: Effects, groups: Groups, deletions: Mapping[Key, list[int]], suspended: Set[int]
) -> set[int]:
    """Return the deletions of what those records need that other, suspended deletions leave in place."""

    def is_back(key: Key, index: int, other: int) -> bool:
        """Tell whether a record was there where two deletions met; who deletes it afterwards answers no question."""
        made = [done for done, before, _ in found.done[key] if before is None]
        return all(
            one in suspended
            or one in held
            or (lines.before(index, one) and lines.before(other, one))
            or any(lines.before(one, later) for later in made)
            for one in deletions.get(key, ())
        )

    if not suspended:
        return set()
    held: set[int] = set()
    waiting = [
        (index, other, key)
        for index in sorted(groups)
        for key, one in _needs(found, groups, index)
        # Who took both away knew of both, and the record does not come back from there.
        for other in deletions.get(one, ())
        if other not in suspended and key not in groups[other]
    ]
    while True:
        more = {
            other
            for index, other, key in waiting
            if other not in held and (index in suspended or index in held) and is_back(key, index, other)
        }
        if not more:
            return held
        held |= more


def _needs(found: Effects, groups: Groups, index: int) -> Iterator[tuple[Key, Key]]:
    """Yield each record that a deletion took, with what that cannot be without; a card can be without its frame."""
    for key in groups[index]:
        for done, before, after in found.done[key] if key[0] in FIRM else ():
            if done == index and after is None:
                yield from ((key, one) for one in references(key[0], before or {}) if one[0] != "frames")


def last_boards(lines: Lines, found: Effects, groups: Groups, suspended: Set[int], there: Collection[str]) -> set[int]:
    """Return the deletions that took the last boards between them, not knowing of each other.

    `there`: the ids of the boards of either side.
    """
    taking = {index: [key for key in group if key[0] == "boards"] for index, group in groups.items()}
    order = sorted((index for index, keys in taking.items() if keys), key=lines.rank)
    boards = sorted({("boards", one) for one in there} | {key for key in found.gone() if key[0] == "boards"})
    held: set[int] = set()

    def is_known(board: Key, together: set[int]) -> bool:
        made = [done for done, before, _ in found.done.get(board, ()) if before is None]
        first = [done for done in made if lines.headers[done].kind not in ("undo", "redo")]
        return not first or any(lines.before(one, index) for one in first for index in together)

    def is_left(board: Key, together: set[int]) -> bool:
        seen = [index for index in order if index in together or any(lines.before(index, one) for one in together)]
        made = [done for done, before, _ in found.done.get(board, ()) if before is None]
        return not any(
            board in taking[index]
            and (index in together or (index not in suspended and index not in held))
            and not any(
                lines.before(index, later) and any(lines.before(later, one) for one in together) for later in made
            )
            for index in seen
        )

    for index in order:
        others = {other for other in order if lines.apart(index, other)}
        together = {index, *others}
        if others and not any(is_left(one, together) for one in boards if is_known(one, together)):
            held.add(index)
    return held
