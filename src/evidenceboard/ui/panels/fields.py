"""The fields of the inspector's forms, read off a type's model, and their values in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal, get_args, get_origin

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.dates import shown
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import Props, extra
from evidenceboard.model.gradings import ASSESSED, SCALES
from evidenceboard.model.values import dataclass
from evidenceboard.ui.marking_words import choices

NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `kind`: line, text, choice, yes-no, names or references; `choices` are values with their words."""

    key: str
    label: str
    help: str = ""
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    refers_to: str = ""
    empty: str = NOTHING
    date: bool = False
    checked: bool = False
    """Whether its sentences are looked at while they are written."""


def title_field() -> Field:
    """Return the field of a title."""
    return Field("title", _say("Title"), kind="text", empty=_say("Untitled"))


def marking_field(inherited: str) -> Field:
    """Return the field of a marking; without one of its own a thing has `inherited`."""
    return Field("marking", _say("Marking"), kind="choice", choices=choices(inherited), empty=inherited)


def notes_field() -> Field:
    """Return the field of the notes, which every entity and link has."""
    return Field("notes", _say("Notes"), kind="text")


def tags_field() -> Field:
    """Return the field of the tags, which every entity and link has."""
    return Field("tags", _say("Tags"), _say("With ; between"), kind="names")


def fields_of(model: type[Props]) -> list[Field]:
    """Return the fields that a type adds and a form shows, in the order of its model."""
    return [_field(model, key) for key in model.model_fields if not extra(model, key).get("hidden")]


def _field(model: type[Props], key: str) -> Field:
    info, more = model.model_fields[key], extra(model, key)
    label, said = info.title or key, info.description or ""
    empty = _say("not judged yet") if key in ASSESSED else NOTHING
    if key in SCALES:
        words = SCALES[key].words.items()
        none = (("", _say("not judged")),)
        return Field(key, label, said, "choice", none + tuple((v, _choice(v, m)) for v, m in words), empty=empty)
    kind = get_origin(info.annotation)
    if kind is Literal:
        values = [str(value) for value in get_args(info.annotation)]
        return Field(key, label, said, "choice", tuple((v, v or NOTHING) for v in values), empty=empty)
    if info.annotation is bool:
        return Field(key, label, said, "yes-no", (("no", _say("no")), ("yes", _say("yes"))))
    if kind is list:
        refers_to = str(more.get("refers_to") or "")
        if refers_to:
            return Field(key, label, _say("Numbers, with ; between"), "references", refers_to=refers_to)
        return Field(key, label, said, "names")
    return Field(key, label, said, "text" if more.get("long") else "line", date=bool(more.get("date")))


def _choice(value: str, meaning: str) -> str:
    return f"{value} · {meaning}"


def as_words(field: Field, value: Any, document: Document) -> str:
    """Return a value as a reader sees it; "" where there is none."""
    if field.kind == "yes-no":
        return _say("yes") if value is True else _say("no") if value in (None, False, "") else str(value)
    if value is None or value in ("", [], ()):
        return ""
    if field.kind == "references":
        return ", ".join(_numbers(value, document))
    if field.kind == "names":
        return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if field.kind == "choice":
        return dict(field.choices).get(str(value), str(value))
    if field.date and isinstance(value, str):
        return shown(value)
    return plain_value(value)


def as_typed(field: Field, value: Any, document: Document) -> str:
    """Return a value as a person types it into the editor."""
    if field.kind == "yes-no":
        return "yes" if value is True else "no" if value in (None, False, "") else str(value)
    if value is None:
        return ""
    if field.kind == "references":
        return "; ".join(_numbers(value, document))
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


def _numbers(value: Any, document: Document) -> list[str]:
    if not isinstance(value, list | tuple):
        return [str(value)]
    return document.numbers_of(value)


def plain_value(value: Any) -> str:
    """Return any value that a file may hold, in words."""
    if isinstance(value, bool):
        return _say("yes") if value else _say("no")
    if isinstance(value, list | tuple):
        return "; ".join(plain_value(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {plain_value(part)}" for key, part in value.items())
    return "" if value is None else str(value)


def strangers(model: type[Props], props: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """Return the properties that the model does not name."""
    return ((key, value) for key, value in props.items() if key not in model.model_fields)


def _say(text: str) -> str:
    return QCoreApplication.translate("Fields", text)
