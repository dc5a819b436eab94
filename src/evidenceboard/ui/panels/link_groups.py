"""The links at an entity, grouped by how they read from there."""

from __future__ import annotations

from collections.abc import Callable
from heapq import nsmallest
from operator import itemgetter
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.definitions import definition, pair_definition
from evidenceboard.model.document import Document
from evidenceboard.model.in_steps import Steps
from evidenceboard.model.independence import INDEPENDENT_OF
from evidenceboard.model.link_types import BY_ID, LINK_TYPES, fits, link_type
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, Link
from evidenceboard.model.reports import EACH, grade
from evidenceboard.model.types import entity_type
from evidenceboard.model.values import dataclass
from evidenceboard.ui.plain import one_line

_ORDER: Final = {kind.id: place for place, kind in enumerate(LINK_TYPES)}
AGAINST: Final = ("I", "II")
FOR: Final = ("C", "CC")


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as it is listed: the other end, a grade, and what the link says. `tone`: plain, for or against."""

    link_id: str
    other_id: str
    number: str
    title: str
    colour: str
    chip: str = ""
    chip_help: str = ""
    beneath: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """How something sits with one scenario. `value` is "" where that was not judged."""

    scenario_id: str
    number: str
    title: str
    value: str
    link_id: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links that read alike: how many there are, and the first ones in the order of their numbers."""

    heading: str
    count: int
    lines: tuple[LinkLine, ...]


def grouping(
    document: Document, entity: Entity, judged: Callable[[Link], str], room: Callable[[str], int]
) -> Steps[list[LinkGroup]]:
    """Find the links at an entity, in small steps; what it bears on stands in `scenarios` instead.

    `judged` says of a pair of sources whether they are independent, by whom and why; `room` how many lines are wanted
    beneath a heading.
    """
    found: dict[tuple[int, int, str, str], list[tuple[tuple[str, int, str], Link]]] = {}
    for count, link in enumerate(document.each_link_of(entity.id), start=1):
        if not count % EACH:
            yield
        kind = link_type(link.type)
        outward = link.from_id == entity.id
        other = document.find("entities", link.to_id if outward else link.from_id)
        if not isinstance(other, Entity) or (link.type == "bears on" and outward):
            continue
        word = kind.word if outward or kind.word == kind.reverse else kind.reverse
        side = 0 if outward or kind.word == kind.reverse else -1
        if link.type == INDEPENDENT_OF.id:
            word = _say("independence")
        key = (_ORDER.get(link.type, 99), side, link.type, word)
        found.setdefault(key, []).append((natural(other.number), link))
    made = []
    for key in sorted(found):
        yield
        heading = _capital(QCoreApplication.translate("LinkType", key[3]))
        first = nsmallest(room(heading), found[key], key=itemgetter(0))
        lines = (_line(document, entity, link, judged) for _, link in first)
        made.append(LinkGroup(heading, len(found[key]), tuple(line for line in lines if line)))
    return made


def scenarios(document: Document, entity: Entity) -> Steps[tuple[ScenarioLine, ...]]:
    """Find every scenario of the file with how the entity bears on it, in small steps; none for what bears on none."""
    if not fits(BY_ID["bears on"], entity.type, "scenario"):
        return ()
    links: dict[str, Link] = {}
    for count, link in enumerate(document.each_link_of(entity.id), start=1):
        if not count % EACH:
            yield
        if link.type == "bears on" and link.from_id == entity.id:
            links[link.to_id] = link
    lines = []
    for count, record in enumerate(document.where("entities", "type", "scenario"), start=1):
        if not count % EACH:
            yield
        if isinstance(record, Entity):
            tie = links.get(record.id)
            value = document.judged(tie.id, "consistency") if tie else ""
            title = one_line(record.title)
            lines.append(ScenarioLine(record.id, record.number, title, value, tie.id if tie else ""))
    return tuple(sorted(lines, key=lambda line: natural(line.number)))


def _line(document: Document, entity: Entity, link: Link, judged: Callable[[Link], str]) -> LinkLine | None:
    outward = link.from_id == entity.id
    other = document.find("entities", link.to_id if outward else link.from_id)
    if not isinstance(other, Entity):
        return None
    values = document.values(link)
    chip, chip_help = _chip(document, link, values, other if not outward else entity)
    tone = link_type(link.type).tone
    if link.type == "bears on":
        tone = "against" if chip in AGAINST else "for" if chip in FOR else "plain"
    return LinkLine(
        link.id,
        other.id,
        other.number,
        one_line(other.title) or entity_type(other.type).word,
        entity_type(other.type).colour,
        chip,
        chip_help,
        judged(link) if link.type == INDEPENDENT_OF.id else _beneath(document, link, values, entity, other),
        tone,
    )


def _chip(document: Document, link: Link, values: dict[str, Any], source: Entity) -> tuple[str, str]:
    if link.type in ("states", "denies"):
        pair = grade(document, link.id, source.id)
        return pair, pair_definition(pair)
    if link.type == "bears on":
        value = str(values.get("consistency") or "")
        return value, definition(document, "consistency", value)
    return "", ""


def _beneath(document: Document, link: Link, values: dict[str, Any], entity: Entity, other: Entity) -> str:
    """Say what the link itself says: quote, place, hedge, label, reason, note, and how its source is reached."""
    parts = []
    if values.get("label"):
        label = one_line(str(values["label"]))
        parts.append(label if link.from_id == entity.id else f"{other.number} {label} {entity.number}")
    if values.get("quote"):
        parts.append(f"“{one_line(str(values['quote']), 160)}”")
    if values.get("locator"):
        parts.append(one_line(str(values["locator"])))
    if values.get("hedge"):
        parts.append(_say("says: {hedge}").format(hedge=one_line(str(values["hedge"]))))
    if values.get("reason"):
        parts.append(one_line(str(values["reason"]), 160))
    if link.type in ("states", "denies") and link.to_id == entity.id:
        through = document.numbers_of(_ids(other.props.get("known_through")))
        reach = one_line(str(other.props.get("reach") or ""))
        if reach and not (through and reach.startswith("known through")):
            parts.append(reach)
        if through:
            parts.append(_say("known through {numbers}").format(numbers=", ".join(through)))
    if link.notes and not parts:
        parts.append(one_line(link.notes, 160))
    return " · ".join(parts)


def _ids(value: Any) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list | tuple) else []


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _say(text: str) -> str:
    return QCoreApplication.translate("LinkGroups", text)
