"""Two entities that may be one: proposed with why, never joined by itself; “not the same” is remembered."""

from __future__ import annotations

from dataclasses import field
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from evidenceboard.model.deception import TWIN_OF
from evidenceboard.model.giving_back import let_go
from evidenceboard.model.in_steps import Steps, in_order
from evidenceboard.model.joins import unlike_id
from evidenceboard.model.lookalikes import skeleton
from evidenceboard.model.marks import one_line
from evidenceboard.model.name_keys import LOOKED_AT, address_key, figures, same_key, sound_keys, words_of
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, Setting
from evidenceboard.model.romanised import script
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

_STEP: Final = 64
_TOGETHER: Final = 1024
"""Pairs that are scored in one go."""
_REACH: Final = 3
"""Neighbours in the order of names that a name is compared with."""
_ALIKE: Final = 90.0
_SHORTEST: Final = 7
"""Letters below which one other letter makes another name."""
_SHORT: Final = 3
_FIRST: Final = 2
"""Letters that two names share at one end where they are compared."""
_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class Double:
    """Two entities of one type that may be one, in the order of their numbers. `score`: 0 to 100."""

    one_id: str
    other_id: str
    why: str
    score: float


_Number = tuple[str, int, str]
_Place = tuple[float, _Number, _Number]
"""Where a pair stands: the surest first, and then by numbers."""


@dataclass(slots=True)
class _Search:
    """What was seen of the names so far: who had a key first, and what was proposed."""

    document: Document
    first: dict[tuple[str, str, str], tuple[Entity, str]] = field(default_factory=dict)
    found: dict[tuple[str, str], tuple[_Place, Double]] = field(default_factory=dict)
    beside: dict[tuple[str, bool, str], list[tuple[str, Entity, str]]] = field(default_factory=dict)
    """Names by type and their first letters, or with True by their last ones, which are turned round."""

    def see(self, kind: str, key: str, entity: Entity, name: str) -> tuple[Entity, str] | None:
        """Return who had a key before, with the name by which; None where it is the first, or the same entity."""
        before = self.first.setdefault((entity.type, kind, key), (entity, name))
        return None if before[0].id == entity.id else before

    def propose(self, one: Entity, other: Entity, why: str, score: float) -> None:
        """Take note that two may be one, for the best of the reasons."""
        first, second = natural(one.number), natural(other.number)
        if second < first:
            one, other, first, second = other, one, second, first
        pair = (one.id, other.id)
        known = self.found.get(pair)
        if known is not None and known[1].score >= score:
            return
        if isinstance(self.document.find("settings", unlike_id(*pair)), Setting):
            return
        dates = [str(each.props.get("published") or "") for each in (one, other)]
        if all(dates) and dates[0] != dates[1] and one.props.get("url") != other.props.get("url"):
            return  # what appears weekly bears the same name each week
        self.found[pair] = (-score, first, second), Double(*pair, why, score)

    def let_go(self) -> None:
        """Let go of what was seen: of many names it is much."""
        let_go(self.first, self.found, *self.beside.values())


def doubles(document: Document) -> Steps[list[Double]]:
    """Find entities that may be one, the surest first, in small steps.

    Names are compared as they are written, by how they sound in Latin letters, by how they look, and with those that
    stand beside them in alphabetical order; sources by address as well. Each name is paired with the first like it.
    """
    search = _Search(document)
    try:
        for place, record in enumerate(document.table("entities").values(), 1):
            if isinstance(record, Entity) and not record.props.get(TWIN_OF):
                _look(search, record)
            if place % _STEP == 0:
                yield
        for rows in search.beside.values():
            yield from _neighbours(search, rows)
        placed = yield from in_order(list(search.found.values()), itemgetter(0))
        return [one for _, one in placed]
    finally:
        search.let_go()


def double_of(document: Document, one_id: str, other_id: str) -> Double:
    """Return two entities as a pair to look at, in the order of their numbers, whether or not they are alike."""
    one, other = document.get(Entity, one_id), document.get(Entity, other_id)
    if natural(other.number) < natural(one.number):
        one, other = other, one
    search = _Search(document)
    for entity in (one, other):
        _look(search, entity)
    found = search.found.get((one.id, other.id))
    return found[1] if found else Double(one.id, other.id, "", 0.0)


def names_in(entity: Entity) -> list[str]:
    """Return the title of an entity and the other names that it has."""
    aliases = entity.props.get("aliases")
    others = [one for one in aliases if isinstance(one, str)] if isinstance(aliases, list) else []
    return [entity.title, *others]


def _look(search: _Search, entity: Entity) -> None:
    sentence = entity_type(entity.type).title_is_sentence
    for place, name in enumerate(names_in(entity)):
        words = words_of(name)
        key = same_key(words)
        if not key:
            continue
        if before := search.see("same", key, entity, name):
            search.propose(before[0], entity, _as_written(before[1], name), 100.0 if place == 0 else 98.0)
        elif not sentence and len(name) <= LOOKED_AT:
            _listen(search, entity, name, words, key)
    url = entity.props.get("url")
    if isinstance(url, str) and (address := address_key(url)) and (other := search.see("url", address, entity, "")):
        search.propose(other[0], entity, f"They have the same address: {one_line(address, _LENGTH)}.", 99.0)


def _as_written(one: str, other: str) -> str:
    if " ".join(one.casefold().split()) == " ".join(other.casefold().split()):
        return f"Both are called “{one_line(one, _LENGTH)}”."
    return (
        f"“{one_line(one, _LENGTH)}” and “{one_line(other, _LENGTH)}” differ only in punctuation, legal form"
        " or the order of words."
    )


def _listen(search: _Search, entity: Entity, name: str, words: list[str], key: str) -> None:
    if not name.isascii() and (before := search.see("look", skeleton(name), entity, name)):
        why = f"“{one_line(before[1], _LENGTH)}” and “{one_line(name, _LENGTH)}” look the same in other letters."
        search.propose(before[0], entity, why, 97.0)
    elif name.isascii():
        search.see("look", name.casefold(), entity, name)
    heard = sound_keys(words)
    for form in heard:
        before = search.see("sound", form, entity, name) if len(form) > _SHORT else None
        if before is not None and figures(before[1]) == figures(name):
            _sound_alike(search, before, entity, name)
    if heard and len(key) >= _SHORTEST:
        for turned, letters in ((False, key), (True, key[::-1])):
            search.beside.setdefault((entity.type, turned, letters[:_FIRST]), []).append((letters, entity, name))


def _sound_alike(search: _Search, before: tuple[Entity, str], entity: Entity, name: str) -> None:
    one, other = before[1], name
    if script(one) != script(other):
        why = f"“{one_line(one, _LENGTH)}” and “{one_line(other, _LENGTH)}” read alike in Latin letters."
        search.propose(before[0], entity, why, 95.0)
    elif (score := fuzz.ratio(same_key(words_of(one)), same_key(words_of(other)))) >= _ALIKE - 20:
        why = f"“{one_line(one, _LENGTH)}” and “{one_line(other, _LENGTH)}” are two spellings that sound alike."
        search.propose(before[0], entity, why, min(94.0, score))


def _neighbours(search: _Search, rows: list[tuple[str, Entity, str]]) -> Steps[None]:
    """Compare names with those beside them in the order of their letters."""
    ordered = yield from in_order(rows, itemgetter(0))
    keys = [row[0] for row in ordered]
    yield
    for away in range(1, _REACH + 1):
        for start in range(0, len(keys) - away, _TOGETHER):
            left = keys[start : min(start + _TOGETHER, len(keys) - away)]
            scores = process.cpdist(
                left, keys[start + away : start + away + len(left)], scorer=fuzz.ratio, score_cutoff=_ALIKE
            )
            for at in scores.nonzero()[0].tolist():
                one, other = ordered[start + at], ordered[start + at + away]
                if one[1].id != other[1].id and one[0] != other[0] and figures(one[2]) == figures(other[2]):
                    why = f"“{one_line(one[2], _LENGTH)}” and “{one_line(other[2], _LENGTH)}” differ in few letters."
                    search.propose(one[1], other[1], why, min(93.0, float(scores[at])))
            yield
