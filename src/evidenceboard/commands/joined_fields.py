"""The fields of one entity made of two: nothing is dropped; what finds its place taken goes into the notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import extra
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.model.types import entity_type


def joined_values(
    document: Document, kept: Entity, gone: Entity, left: Iterable[tuple[str, Assessment]]
) -> dict[str, Any]:
    """Return notes, tags and properties of the first, with all that the second says.

    `left`: judgements of the second, with the link that they are of, beside which the same analyst has another one.
    """
    model = entity_type(kept.type).props
    props, lines = _merged(document, kept, gone)
    if "aliases" in model.model_fields:
        names = [*_list(props.get("aliases")), gone.title]
        props["aliases"] = [name for name in dict.fromkeys(names) if name and name != kept.title]
        if not props["aliases"] and "aliases" not in kept.props:
            del props["aliases"]
    elif gone.title != kept.title:
        lines.insert(0, f"Other words: {gone.title}")
    lines += [_judged(of, one) for of, one in left]
    if gone.notes.strip() and gone.notes != kept.notes:
        lines.append(gone.notes)
    notes = kept.notes
    if lines:
        block = "\n".join((f"Joined with {gone.number}, {gone.title}:", *lines))
        notes = f"{notes}\n\n{block}" if notes else block
    return {"props": props, "notes": notes, "tags": tuple(dict.fromkeys((*kept.tags, *gone.tags)))}


def joined_link(there: Link, more: Link) -> dict[str, Any]:
    """Return notes, tags and properties of one link made of two of the only one that two entities can have."""
    props, taken = dict(there.props), []
    for key, value in more.props.items():
        if _empty(props.get(key)):
            props[key] = value
        elif not _empty(value) and value != props[key]:
            taken.append(f"{key}: {_text(value)}")
    notes = "\n\n".join(dict.fromkeys(part for part in (there.notes, more.notes, "\n".join(taken)) if part))
    return {"notes": notes, "tags": tuple(dict.fromkeys((*there.tags, *more.tags))), "props": props}


def _merged(document: Document, kept: Entity, gone: Entity) -> tuple[dict[str, Any], list[str]]:
    """Return the properties of both, and lines with those of the second whose place is taken."""
    model = entity_type(kept.type).props
    props, lines = dict(kept.props), []
    for key, value in gone.props.items():
        mine = props.get(key)
        refers = bool(extra(model, key).get("refers_to"))
        if refers and isinstance(value, list):
            value = [one for one in value if one not in (kept.id, gone.id)]
        if refers and isinstance(mine, list):
            mine = props[key] = [one for one in mine if one not in (kept.id, gone.id)]
        if _empty(value) or value == mine:
            continue
        if isinstance(value, list) and (isinstance(mine, list) or _empty(mine)):
            props[key] = [*_list(mine), *(one for one in value if one not in _list(mine))]
        elif _empty(mine) and not isinstance(value, bool):
            props[key] = value
        else:
            declared = model.model_fields.get(key)
            lines.append(f"{declared.title if declared else key}: {_text(value)}")
    return props, lines


def _judged(of: str, one: Assessment) -> str:
    said = f"{of}, {one.field}" if of else one.field
    return f"{said.strip().capitalize()}: {one.value}" + (f" ({one.reason})" if one.reason else "")


def _empty(value: Any) -> bool:
    return value is None or value is False or value == "" or value == []


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _text(value: Any) -> str:
    if value is True:
        return "yes"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
