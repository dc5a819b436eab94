"""Reading the values that a command is given: plain fields, marking and tags, and what a type adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.document import Document
from evidenceboard.model.edtf import Day, parse, readable
from evidenceboard.model.entity_type import Props, checked, extra, split_assessed
from evidenceboard.model.gradings import ASSESSED, marking
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.yardsticks import as_word, yardstick_of


def plain(values: dict[str, Any], names: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part values into the record's own columns and the rest, reading marking and tags as people write them."""
    own = {key: value for key, value in values.items() if key in names}
    rest = {key: value for key, value in values.items() if key not in names}
    if "marking" in own:
        try:
            own["marking"] = marking(str(own["marking"]))
        except ValueError as error:
            raise InvalidValueError(
                f"“marking” does not take this value; nothing was changed. It takes {error}."
            ) from error
    if "marking_reason" in own:
        own["marking_reason"] = str(own["marking_reason"]).strip()
    if isinstance(own.get("tags"), str):
        own["tags"] = tuple(tag.strip() for tag in own["tags"].split(";") if tag.strip())
    elif isinstance(own.get("tags"), (list, tuple)):
        own["tags"] = tuple(own["tags"])
    elif "tags" in own:
        raise InvalidValueError(
            "“tags” does not take this value; nothing was changed.", "It takes words with ; between."
        )
    return own, rest


def typed(
    document: Document, model: type[Props], values: dict[str, Any], strangers: bool
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return properties and judgements as the type reads them; numbers of entities become their ids.

    What an input says (`strangers`) may be a word of any yardstick, what somebody judges here is one of the file's.
    """
    if not strangers and values.get("likelihood") and "likelihood" in model.model_fields:
        values = {**values, "likelihood": _likelihood(document, str(values["likelihood"]))}
    read = checked(model, values, strangers=strangers)
    for key, value in read.items():
        if extra(model, key).get("refers_to") and isinstance(value, list):
            read[key] = [document.entity(str(name)).id for name in value]
    return split_assessed(model, read)


def _likelihood(document: Document, typed: str) -> str:
    try:
        return as_word(yardstick_of(document), typed)
    except ValueError as error:
        raise InvalidValueError(
            "“likelihood” does not take this value; nothing was changed.", f"It takes {error}."
        ) from error


def reason_beside(
    model: type[Props], fields: dict[str, Any], own: dict[str, Any], held: Mapping[str, Any] | None = None
) -> str:
    """Take the reason that was given beside a judgement out of some fields; "" where none was given.

    Beside a marking alone it says why that is lowered, and goes to the record's `own` columns. Where the type, or what
    is `held`, has a field of that name, it is no such reason.
    """
    if "reason" in model.model_fields or "reason" in (held or {}) or "reason" not in fields:
        return ""
    if any(key in ASSESSED for key in fields):
        return str(fields.pop("reason"))
    if "marking" not in own:
        raise InvalidValueError("A reason stands beside a judgement, and none was given; nothing was changed.")
    own.setdefault("marking_reason", str(fields.pop("reason")))
    return ""


def dated(tx: Transaction, model: type[Props], props: dict[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties with their dates as EDTF, whatever way people wrote them. Raises `InvalidValueError`.

    What is `held` already stays as it stands, read or not: another field can be changed beside it.
    """
    # Most commands write no date, and what reads one is large.
    from evidenceboard.model.date_box import understood

    read = dict(props)
    for key, value in props.items():
        if not extra(model, key).get("date") or not str(value).strip() or value == held.get(key):
            continue
        try:
            exact = readable(str(value))
            # The clock is asked only where a year may be missing.
            read[key] = exact.text if exact else understood(str(value), _day(tx.seam.now())).text
        except InvalidValueError as error:
            raise InvalidValueError(f"“{key}” does not take this value. {error.message}", error.hint) from error
    return read


def _day(moment: str) -> Day | None:
    """Return the day of a moment as the clock gives it."""
    return parse(moment[:10]).earliest
