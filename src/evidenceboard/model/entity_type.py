"""What makes a type of entity: its words, its properties and its face. Each type is one file in `types/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.edtf import TAKES
from evidenceboard.model.face import Chip, Face
from evidenceboard.model.gradings import ASSESSED, SCALES
from evidenceboard.model.markings import above_board
from evidenceboard.model.marks import marked, visible
from evidenceboard.model.records import TEXT_LIMIT, Entity, without_nul
from evidenceboard.model.takes import NotTakenError, Takes
from evidenceboard.model.values import dataclass
from evidenceboard.model.yardsticks import ALL_WORDS, reading

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


@dataclass(slots=True)
class Declared:
    """One property as `field` declares it. `hint` is its type with what that takes, `annotation` the type alone."""

    title: str
    description: str
    default: Any
    extra: dict[str, Any]
    hint: Any = None
    annotation: Any = None


class Model(type):
    """What a class of properties is: it knows its fields, in the order in which they are written."""

    model_fields: dict[str, Declared]

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> None:
        super().__init__(name, bases, body)
        own = {key: value for key, value in body.items() if isinstance(value, Declared)}
        hints = get_type_hints(cls, include_extras=True) if own else {}
        for key, declared in own.items():
            declared.hint = hints[key]
            declared.annotation = declared.hint.__origin__ if hasattr(declared.hint, "__metadata__") else declared.hint
        cls.model_fields = {**getattr(cls.__base__, "model_fields", {}), **own}


class Props(metaclass=Model):
    """What a type adds to every entity or link. A key that is not named here is kept as it came."""


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, str):
        word = value.strip().lower()
        if word in ("yes", "true", "1", "on"):
            return True
        if word in ("no", "false", "0", "off", ""):
            return False
    return value


def _names(value: Any) -> Any:
    if isinstance(value, str):
        return [name.strip() for name in value.split(";") if name.strip()]
    return value


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _likelihood(value: str) -> str:
    if value and value not in ALL_WORDS:
        raise ValueError("is on no yardstick")
    return value


PropText = Annotated[str, Takes(longest=TEXT_LIMIT, after=without_nul)]
YesNo = Annotated[bool, Takes(before=_yes_or_no)]
Names = Annotated[list[PropText], Takes(before=_names)]
Reliability = Annotated[Literal["", "A", "B", "C", "D", "E", "F"], Takes(before=_upper)]
Credibility = Annotated[Literal["", "1", "2", "3", "4", "5", "6"], Takes(before=lambda v: str(v).strip())]
Consistency = Annotated[Literal["", "CC", "C", "N", "NA", "I", "II"], Takes(before=_upper)]
Likelihood = Annotated[str, Takes(before=_lower, after=_likelihood)]
Confidence = Annotated[Literal["", "low", "moderate", "high"], Takes(before=_lower)]
Independent = Annotated[Literal["", "yes", "no"], Takes(before=_lower)]
Weight = Annotated[Literal["", "high", "medium", "low"], Takes(before=_lower)]


def field(
    label: str,
    help: str = "",
    *,
    long: bool = False,
    search: bool = False,
    refers_to: str = "",
    date: bool = False,
    hidden: bool = False,
    default: Any = "",
) -> Any:
    """Declare a property: its label in the inspector, its help, whether search reads it.

    `refers_to`: the type of the entities whose ids the property holds; people write and read their numbers.
    `date`: people write a date as they like, and it is held as EDTF. `hidden`: a command writes it, no form shows it.
    """
    more: dict[str, Any] = {"long": long, "search": search, "refers_to": refers_to, "date": date, "hidden": hidden}
    return Declared(label, help, default, more)


@dataclass(frozen=True, slots=True)
class EntityType:
    """One type of entity. `colour` names a token of the palette, `key` the letter that makes such a card."""

    id: str
    word: str
    plural: str
    prefix: str
    glyph: str
    colour: str
    key: str
    props: type[Props]
    second_line: Callable[[Entity, Document], str]
    chips: Callable[[Entity, Document], tuple[Chip, ...]]
    title_is_sentence: bool = False
    width: float = 230.0
    hint: str = ""

    def face(self, entity: Entity, document: Document, board_id: str = "") -> Face:
        """Return what a card of this entity shows on a board."""
        return Face(
            self.id,
            marked(self.word),
            marked(entity.number),
            entity.title,
            self.second_line(entity, document),
            tuple(map(_seen, (*self.chips(entity, document), *marking_chip(entity, document, board_id)))),
            self.title_is_sentence,
        )


def _seen(chip: Chip) -> Chip:
    shown = " ".join(visible(chip.text).split())
    return chip if shown == chip.text else replace(chip, text=shown)


def marking_chip(entity: Entity, document: Document, board_id: str = "") -> tuple[Chip, ...]:
    """Show an entity's marking where it is stricter than its board's; one that is on no scale always."""
    word = above_board(document, entity, board_id)
    return (Chip(word, "marking"),) if word else ()


def likelihood_chip(entity: Entity, document: Document) -> tuple[Chip, ...]:
    """Show the likelihood in its word; one from another yardstick than the file's in doubt."""
    word = document.judged(entity.id, "likelihood")
    if not word:
        return ()
    read = reading(document, word)
    return (Chip(word, "doubt" if read is None or read.foreign else "plain", means=read.said if read else ""),)


def no_chips(entity: Entity, document: Document) -> tuple[Chip, ...]:
    """Show nothing at the foot of the card."""
    return ()


def extra(model: type[Props], key: str) -> dict[str, Any]:
    """Return what `field` declared beside label and help."""
    return model.model_fields[key].extra if key in model.model_fields else {}


def allowed(model: type[Props], key: str) -> str:
    """Say in words what a property takes."""
    if key in SCALES:
        return "one of " + ", ".join(SCALES[key].words)
    annotation = model.model_fields[key].annotation
    if annotation is bool:
        return "yes or no"
    args = getattr(annotation, "__args__", None)
    if getattr(annotation, "__origin__", None) is Literal and args:
        return "one of " + ", ".join(str(word) for word in args if word)
    if getattr(annotation, "__origin__", None) is list:
        return "names with ; between"
    if extra(model, key).get("date"):
        return TAKES.removeprefix("It takes ").rstrip(".")
    return "text"


def checked(model: type[Props], values: dict[str, Any], *, strangers: bool = False) -> dict[str, Any]:
    """Return the values as the type's model reads them, only the keys given.

    `strangers`: keys that the model does not name pass untouched, as an import needs it. Raises `InvalidValueError`.
    """
    unknown = [key for key in values if key not in model.model_fields]
    if unknown and not strangers:
        raise InvalidValueError(
            f"There is no field “{str(unknown[0])[:40]}” here; nothing was changed.",
            "Fields: " + ", ".join([*model.model_fields, "title", "notes", "marking", "marking_reason", "tags"]) + ".",
        )
    known = {key: value for key, value in values.items() if key in model.model_fields}
    # Loaded when the first value is checked, which takes longer than the first frame may.
    from evidenceboard.model import checking

    try:
        made = checking.properties(model, known)
    except NotTakenError as error:
        key = str(error.errors()[0]["loc"][0])
        raise InvalidValueError(
            f"“{key}” does not take this value; nothing was changed.", f"It takes {allowed(model, key)}."
        ) from error
    return made | {key: values[key] for key in unknown}


def split_assessed(model: type[Props], values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Part properties into those of the record and those that each analyst judges apart.

    A stranger's property that only bears the name of a judgement is none: the type does not judge it.
    """
    judged = ASSESSED & model.model_fields.keys()
    own = {key: value for key, value in values.items() if key not in judged}
    return own, {key: str(value) for key, value in values.items() if key in judged}
