"""What if: cards supposed false or true, what falls with them and why, and the document as it would then be."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import field, replace
from typing import TYPE_CHECKING, Final

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.deception import TWIN_OF, first_of, twins_by_first
from evidenceboard.model.face import Chip, Face
from evidenceboard.model.linchpins import listed
from evidenceboard.model.lost_reports import LostReports
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, Record
from evidenceboard.model.transaction import Draft
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

SUPPOSABLE: Final = ("claim", "event", "source")


@dataclass(frozen=True, slots=True)
class Supposition:
    """The ids of the claims, events and sources that are supposed false, and of those supposed true.

    Raises `InvalidValueError` where one is supposed both.
    """

    false: frozenset[str] = frozenset()
    true: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.false & self.true:
            raise InvalidValueError("A card cannot be supposed false and true at once; nothing was supposed.")

    def __bool__(self) -> bool:
        return bool(self.false or self.true)

    def having(self, entity: Entity, *, true: bool) -> Supposition:
        """Return this with one card more; what was supposed of it before gives way. Raises `InvalidValueError`."""
        if entity.type not in SUPPOSABLE:
            word = entity_type(entity.type).word.lower()
            raise InvalidValueError(
                f"{entity.number} is {'an' if word[:1] in 'aeiou' else 'a'} {word}, which is neither false nor true; "
                "nothing was supposed.",
                "Suppose claims, events and sources false or true.",
            )
        rest = self.without(entity.id)
        if true:
            return Supposition(rest.false, rest.true | {entity.id})
        return Supposition(rest.false | {entity.id}, rest.true)

    def without(self, entity_id: str) -> Supposition:
        """Return this without one card."""
        return Supposition(self.false - {entity_id}, self.true - {entity_id})

    def pruned(self, document: Document) -> Supposition:
        """Return what of this the document still holds."""
        return Supposition(*(frozenset(one.id for one in _named(document, ids)) for ids in (self.false, self.true)))

    def said(self, document: Document) -> str:
        """Return it in words, such as “C7 and S4 are false, C2 is true”."""
        twins = [first.number for one in _named(document, self.true) if (first := first_of(document, one)) is not None]
        true = [one.number for one in _named(document, self.true) if first_of(document, one) is None]
        false = [one.number for one in _named(document, self.false)]
        told = ((false, "false"), (true, "true"), (twins, "deception"))
        return ", ".join(f"{listed(them)} {'is' if len(them) == 1 else 'are'} {word}" for them, word in told if them)


@dataclass(frozen=True, slots=True)
class Supposed:
    """A supposition followed to its end.

    `document`: the file as it would be, without the links of what falls; it is read like any other and never written.
    `falls`: why each card falls, by id, in the order in which they fell; those supposed false come first and are among
    them. `clashes`: what in the supposition cannot be true together, in words.
    """

    supposition: Supposition
    document: Document
    falls: dict[str, str] = field(default_factory=dict)
    clashes: tuple[str, ...] = ()

    @property
    def fallen(self) -> dict[str, str]:
        """Return why each card falls that was not itself supposed false."""
        return {key: why for key, why in self.falls.items() if key not in self.supposition.false}

    def face(self, entity_id: str, shown: Face) -> Face:
        """Return what a card shows under the supposition: struck where it falls, marked where it is supposed true."""
        if entity_id in self.falls:
            said = "supposed false" if entity_id in self.supposition.false else "falls"
            return replace(shown, chips=(Chip(said, "alarm"),), struck=True)
        if entity_id in self.supposition.true:
            return replace(shown, chips=(Chip("✓ supposed true", "supposed"), *shown.chips))
        return shown


def suppose(document: Document, supposition: Supposition) -> Supposed:
    """Return what follows from a supposition. The document stays as it is.

    A claim falls with its last source, with what it depends on, and where it contradicts what is supposed true; a
    source falls with the last of those it is known through; an event with the last claim about it; a report counts no
    longer where it leads back to nothing but sources that fall. What is supposed true never falls. To suppose a
    deception twin true is to suppose its first row deception: the twin counts in its place.
    """
    supposition = supposition.pruned(document)
    if not supposition:
        return Supposed(supposition, document)
    fall = _Fall(document, supposition)
    return Supposed(supposition, fall.view(), fall.why, tuple(fall.clashes))


def _named(document: Document, ids: Iterable[str]) -> list[Entity]:
    found = (document.find("entities", entity_id) for entity_id in ids)
    return sorted(
        (one for one in found if isinstance(one, Entity) and one.type in SUPPOSABLE),
        key=lambda one: natural(one.number),
    )


class _Fall:
    """Follow a supposition from card to card until nothing more falls."""

    def __init__(self, document: Document, supposition: Supposition) -> None:
        self._document = document
        self._true = supposition.true
        self._wrong = supposition.false
        self.why: dict[str, str] = {}
        self.clashes: list[str] = []
        self._lost = LostReports(document)
        self._twins = twins_by_first(document)
        self._gone: dict[str, Entity] = {}
        self._waiting: deque[Entity] = deque()
        for one in _named(document, supposition.false):
            self._fell(one, f"{one.number} is supposed false.")
        for one in _named(document, supposition.true):
            self._hold(one)
        self._follow_sources()
        while self._waiting:
            self._follow(self._waiting.popleft())
        for one in _named(document, supposition.true):
            self._doubt(one)

    # -- one card ----------------------------------------------------------------------------------------------

    def _fell(self, entity: Entity, why: str) -> None:
        if entity.id not in self.why and entity.id not in self._true:
            self.why[entity.id] = why
            self._gone[entity.id] = entity
            self._waiting.append(entity)

    def _state(self, entity: Entity) -> str:
        return f"{entity.number} {'is supposed false' if entity.id in self._wrong else 'falls'}"

    def _others(self, entity_id: str, type_id: str, *, into: bool) -> list[Entity]:
        """Return the cards at the other ends of the links of a type, in the order of their numbers."""
        links = self._document.links_into(entity_id) if into else self._document.links_from(entity_id)
        ends = {link.from_id if into else link.to_id for link in links if link.type == type_id}
        return _named(self._document, ends - {entity_id})

    def _hold(self, true: Entity) -> None:
        """Let fall what cannot be so where a card is true, and say where that is supposed true as well."""
        first = first_of(self._document, true)
        if first is not None and first.id in self._true:
            self._clash(f"{first.number} is supposed to be true and, by {true.number}, deception.")
        elif first is not None:
            self._fell(first, f"{first.number} falls: by {true.number} it is supposed to be deception.")
        against = [(one, "contradicts") for one in self._others(true.id, "contradicts", into=True)]
        against += [(one, "is contradicted by") for one in self._others(true.id, "contradicts", into=False)]
        for other, how in against:
            if other.id not in self._true:
                self._fell(other, f"{other.number} falls: it {how} {true.number}, and {true.number} is supposed true.")
            elif how != "is contradicted by":  # said from the other side already
                self._clash(f"{other.number} {how} {true.number}, and both are supposed true.")

    def _doubt(self, true: Entity) -> None:
        """Say where a card that is supposed true rests on one that falls."""
        for other in self._others(true.id, "depends on", into=False):
            if other.id in self.why:
                self._clash(f"{true.number} is supposed true, but depends on {other.number}, and {self._state(other)}.")

    def _clash(self, said: str) -> None:
        if said not in self.clashes:
            self.clashes.append(said)

    # -- what falls with it ------------------------------------------------------------------------------------

    def _follow(self, gone: Entity) -> None:
        """Let fall what rests on a card that fell."""
        if gone.type == "source":
            return
        for other in self._others(gone.id, "depends on", into=True):
            self._fell(other, f"{other.number} falls: it depends on {gone.number}, and {self._state(gone)}.")
        for event in self._others(gone.id, "about", into=False):
            claims = self._others(event.id, "about", into=True)
            if event.type == "event" and all(claim.id in self.why for claim in claims):
                names = listed(claim.number for claim in claims)
                what = f"only {names} {'is' if len(claims) == 1 else 'are'} about it"
                state = self._state(gone) if len(claims) == 1 else "none of them stands"
                self._fell(event, f"{event.number} falls: {what}, and {state}.")
        for twin in self._twins.get(gone.id, ()):
            why = f"{twin.number} falls: it reads {gone.number} as deception, and {self._state(gone)}."
            self._fell(twin, why)

    def _follow_sources(self) -> None:
        """Let fall the sources known only through what fell, and the claims whose last report is lost with them."""
        wrong = {key for key, one in self._gone.items() if one.type == "source"}
        if not wrong:
            return
        for source, through in self._lost.sources(wrong, self._true):
            on = _named(self._document, through)
            state = self._state(on[0]) if len(on) == 1 else "none of them stands"
            known = listed(one.number for one in on)
            self._fell(source, f"{source.number} falls: it is known only through {known}, and {state}.")
        fallen = {key for key, one in self._gone.items() if one.type == "source"}
        for claim, kept, ends, direct in self._lost.reports(fallen):
            if not kept:
                self._fell(claim, self._unreported(claim, ends, direct))

    def _unreported(self, claim: Entity, ends: Iterable[str], direct: bool) -> str:
        behind = _named(self._document, ends)
        names = listed(one.number for one in behind)
        state = self._state(behind[0]) if len(behind) == 1 else "none of them stands"
        how = "only {} states it" if len(behind) == 1 else "only {} state it"
        said = how.format(names) if direct else f"every report of it leads back to {names}"
        return f"{claim.number} falls: {said}, and {state}."

    # -- the document as it would be ---------------------------------------------------------------------------

    def view(self) -> Document:
        """Return the document without what fell: the cards stay where they are, their links and rows go."""
        made = Draft(self._document)
        swaps: list[tuple[str, str, Record | None]] = [("links", key, None) for key in self._lost.links]
        for entity in self._gone.values():
            swaps += [("links", link.id, None) for link in self._document.links_of(entity.id)]
            if entity.props.get("in_matrix"):
                swaps.append(("entities", entity.id, replace(entity, props={**entity.props, "in_matrix": False})))
        for twin in _named(self._document, self._true):
            if first_of(self._document, twin) is not None:
                props = {key: value for key, value in twin.props.items() if key != TWIN_OF}
                swaps.append(("entities", twin.id, replace(twin, props=props)))
        unique = {(table, key): record for table, key, record in swaps}
        made.touched.update(dict.fromkeys(unique))
        made.apply([(table, key, record) for (table, key), record in unique.items()])
        return made
