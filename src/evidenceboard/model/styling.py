"""Stylings: what the colour, the border and the sign of a card tell, by classes with words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from evidenceboard.model import ach, markings, style_classes
from evidenceboard.model.gradings import CONFIDENCE, CONSISTENCY, CREDIBILITY, RELIABILITY, TLP
from evidenceboard.model.records import Entity
from evidenceboard.model.style_classes import NOT_SET, OUTSIDE, STRANGE, StyleClass
from evidenceboard.model.types import TYPES
from evidenceboard.model.values import dataclass
from evidenceboard.model.yardsticks import ICD203, YARDSTICKS, Yardstick, yardstick_of

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

TYPE: Final = "type"
SCENARIO: Final = "scenario"
_STRANGE: Final = StyleClass(STRANGE, "a value that is on no scale", "unknown", "!", unknown=True)


@dataclass(frozen=True, slots=True)
class Styling:
    """One way to colour cards. `classes` in the order of the legend; every entity falls in exactly one of them.

    `of` returns the id of a class, for entities of the `types` (None: all); the others fall in `OUTSIDE`. `subject`
    is the id of what the styling is about, where it is about one thing, else "".
    """

    id: str
    title: str
    classes: tuple[StyleClass, ...]
    of: Callable[[Document, Entity], str]
    types: tuple[str, ...] | None
    subject: str = ""

    @property
    def is_plain(self) -> bool:
        """Return whether cards look as they do where nobody has chosen a styling."""
        return self.id == TYPE

    def place(self, document: Document, entity: Entity) -> int:
        """Return the place of an entity's class among the classes; a value that is no class has one of its own."""
        wanted = self.of(document, entity) if self.types is None or entity.type in self.types else OUTSIDE
        strange = len(self.classes) - 1
        for place, one in enumerate(self.classes):
            if one.id == wanted:
                return place
            if one.id == STRANGE:
                strange = place
        return strange


def _scaled(
    id: str,
    title: str,
    types: tuple[str, ...],
    of: Callable[[Document, Entity], str],
    classes: tuple[StyleClass, ...],
    unset: str,
    outside: str,
) -> Styling:
    """Return a styling with the classes that every scale has at its end."""
    return Styling(
        id,
        title,
        (
            *classes,
            StyleClass(NOT_SET, unset, "unknown", "–", unknown=True),
            _STRANGE,
            StyleClass(OUTSIDE, outside, "outside"),
        ),
        of,
        types,
    )


def _steps(words: dict[str, str], roles: tuple[str, ...]) -> tuple[StyleClass, ...]:
    """Return a class for each value of a scale; those beyond the roles are values that nobody can judge."""
    return tuple(
        StyleClass(value, f"{value} {said}", roles[place], value)
        if place < len(roles)
        else StyleClass(value, f"{value} {said}", "unknown", value, unknown=True)
        for place, (value, said) in enumerate(words.items())
    )


def _likelihood(yardstick: Yardstick) -> Styling:
    """Return the styling by the words of a yardstick, from almost none to almost certain; other words are strange."""
    words = zip(yardstick.words.items(), _SEVEN, strict=True)
    classes = tuple(
        StyleClass(word, f"{word}, {low}–{high} %", role, str(place))
        for place, ((word, (low, high)), role) in enumerate(words, start=1)
    )
    made = _scaled(
        "likelihood",
        "Likelihood",
        ("claim", "scenario"),
        lambda document, entity: document.judged(entity.id, "likelihood"),
        classes,
        "not judged",
        "neither claim nor scenario",
    )
    other = replace(_STRANGE, words="a word of another yardstick")
    return replace(made, classes=tuple(other if one.id == STRANGE else one for one in made.classes))


_FIVE: Final = ("step1", "step2", "step3", "step4", "step5")
_SEVEN: Final = ("against3", "against2", "against1", "even", "for1", "for2", "for3")
_PLAIN: Final = Styling(
    TYPE,
    "Type",
    (*(StyleClass(kind.id, kind.word, kind.colour) for kind in TYPES), StyleClass(OUTSIDE, "Another type", "note")),
    lambda document, entity: entity.type,
    None,
)
STYLINGS: Final[tuple[Styling, ...]] = (
    _PLAIN,
    _scaled(
        "grade",
        "Grade",
        ("claim",),
        style_classes.grade_of,
        style_classes.GRADES,
        "not graded, or half",
        "not a claim",
    ),
    _scaled(
        "reliability",
        "Reliability",
        ("source", "claim"),
        style_classes.reliability_of,
        _steps(RELIABILITY.words, _FIVE),
        "not graded",
        "neither source nor claim",
    ),
    _scaled(
        "credibility",
        "Credibility",
        ("claim",),
        style_classes.credibility_of,
        _steps(CREDIBILITY.words, _FIVE),
        "not graded",
        "not a claim",
    ),
    Styling(
        "standing",
        "Standing",
        (*style_classes.STANDING, StyleClass(OUTSIDE, "not a claim", "outside")),
        style_classes.standing_class,
        ("claim",),
    ),
    Styling(
        "origins",
        "Origins",
        (*style_classes.ORIGINS, StyleClass(OUTSIDE, "not a claim", "outside")),
        style_classes.origins_class,
        ("claim",),
    ),
    _likelihood(ICD203),
    _scaled(
        "confidence",
        "Confidence",
        ("claim", "scenario"),
        lambda document, entity: document.judged(entity.id, "confidence"),
        tuple(
            StyleClass(word, CONFIDENCE.words[word], role, word[0].upper())
            for word, role in (("high", "step1"), ("moderate", "step3"), ("low", "step5"))
        ),
        "not judged",
        "neither claim nor scenario",
    ),
    Styling(
        "marking",
        "Marking",
        (
            *(
                StyleClass(marking, marking, role, sign)
                for marking, role, sign in zip(
                    TLP.caution, ("red", "strict", "amber", "green", "clear"), ("R", "A+", "A", "G", "C"), strict=True
                )
            ),
            _STRANGE,
        ),
        lambda document, entity: markings.effective(document, entity).word,
        None,
    ),
)
"""The stylings that need nothing to be chosen, in the order of the menu; the first is that of a new board."""


_LIKELIHOODS: Final = {one.id: _likelihood(one) for one in YARDSTICKS.values()}


def scenario_styling(document: Document, scenario_id: str) -> Styling | None:
    """Return the styling by what speaks for and against one scenario; None where it is no longer there."""
    scenario = document.find("entities", scenario_id)
    if not isinstance(scenario, Entity) or scenario.type != "scenario":
        return None
    roles = ("for3", "for1", "even", "plain", "against1", "against3")
    classes = tuple(
        StyleClass(value, CONSISTENCY.words[value], role, value)
        for value, role in zip(CONSISTENCY.words, roles, strict=True)
    )
    made = _scaled(
        f"{SCENARIO}:{scenario_id}",
        f"For and against {scenario.number}",
        ach.ROW_TYPES,
        lambda document, entity: style_classes.consistency_of(document, entity, scenario_id),
        classes,
        "in the matrix, not assessed",
        "not in the matrix",
    )
    return Styling(made.id, made.title, made.classes, made.of, made.types, scenario_id)


def styling(document: Document, styling_id: str) -> Styling:
    """Return a styling by its id; one that is not there (any more) is that by type."""
    if styling_id == "likelihood":
        return _LIKELIHOODS[yardstick_of(document).id]
    for one in STYLINGS:
        if one.id == styling_id:
            return one
    kind, _, subject = styling_id.partition(":")
    return (scenario_styling(document, subject) if kind == SCENARIO else None) or _PLAIN
