"""Reading the values that a command is given: plain fields, marking and tags, and what a type adds."""

from __future__ import annotations

from typing import Any

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import Props, checked, extra, split_assessed
from evidenceboard.model.gradings import marking


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
    """Return properties and judgements as the type reads them; numbers of entities become their ids."""
    read = checked(model, values, strangers=strangers)
    for key, value in read.items():
        if extra(model, key).get("refers_to") and isinstance(value, list):
            read[key] = [document.entity(str(name)).id for name in value]
    return split_assessed(read)
