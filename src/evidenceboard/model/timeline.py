"""When things happened, when they were reported, and when we came by them: three dates, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from evidenceboard.model.deception import first_of
from evidenceboard.model.edtf import Day, Span, readable
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, as_row
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.changes import Operation
    from evidenceboard.model.document import Document

TIMED: Final = ("claim", "event", "source")
"""Types that stand on a timeline, dated or not."""
_TIED: Final = {"links": ("from_id", "to_id"), "attachments": ("entity_id",)}
_DATING: Final = ("states", "denies", "about")
_LONG_AGO: Final = Day(-(10**15), 1, 1)
_NEVER: Final = Day(10**15, 1, 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """When an entity happened, was reported and was captured, as the file has it; "" where that is not known.

    `span` is what `happened` says, for a source what `reported` says; None where it is not known or cannot be read.
    """

    entity_id: str
    number: str
    type: str
    title: str
    happened: str
    reported: str
    captured: str
    span: Span | None

    def span_of(self, dates: str) -> Span | None:
        """Return what one of the three dates says (happened, reported or captured), None where it does not."""
        if dates == "happened":
            return self.span
        return readable(self.reported if dates == "reported" else self.captured.partition("T")[0])

    @property
    def order(self) -> tuple[object, ...]:
        """Return a key that sorts by time: earliest, latest, number; what has no date comes last."""
        return (self.span is None, *_ends(self.span), natural(self.number))


def moments(document: Document) -> list[Moment]:
    """Return claims, events and sources in the order of time; an open start comes first, no date last.

    A claim was reported when the first source said it: the date of its states or denies link, else that source's
    publication. An event was reported with the first claim about it.
    """
    return sorted((moment(document, entity) for entity in document.entities if is_timed(document, entity)), key=_order)


def is_timed(document: Document, entity: Entity) -> bool:
    """Return whether an entity stands on a timeline. A deception twin does not: its first row has the date."""
    return entity.type in TIMED and first_of(document, entity) is None


def _order(one: Moment) -> tuple[object, ...]:
    return one.order


def touched(document: Document, operation: Operation) -> set[str]:
    """Return the ids of the entities whose moment an operation may have changed, gone ones included."""
    found: set[str] = set()
    for change in operation.changes:
        if change.table == "entities":
            found.update(change.ids())
        elif change.table in _TIED:
            for record_id in change.ids():
                record = document.find(change.table, record_id)
                rows = [change.before or {}, change.after or {}, as_row(record) if record else {}]
                found.update(str(row[name]) for row in rows for name in _TIED[change.table] if row.get(name))
    # A source dates the claims that it states, and these date the events that they are about.
    for _ in range(2):
        found.update([link.to_id for one in found for link in document.links_from(one) if link.type in _DATING])
    return found


def moment(document: Document, entity: Entity) -> Moment:
    """Return the three dates of one entity."""
    happened = _text(entity, "happened")
    reported = _first(reports(document, entity))
    captured = min(_captures(document, entity), default="")
    span = readable(reported if entity.type == "source" else happened)
    return Moment(entity.id, entity.number, entity.type, entity.title, happened, reported, captured, span)


def reports(document: Document, entity: Entity) -> Iterator[str]:
    """Yield the dates at which an entity was reported, "" for a report without one."""
    if entity.type == "source":
        yield _text(entity, "published")
    for link in document.each_link_into(entity.id):
        start = document.find("entities", link.from_id)
        if not isinstance(start, Entity):
            continue
        if link.type in ("states", "denies") and entity.type == "claim":
            yield str(link.props.get("date") or "") or _text(start, "published")
        elif link.type == "about" and entity.type == "event" and start.type == "claim":
            yield from reports(document, start)


def _captures(document: Document, entity: Entity) -> Iterator[str]:
    if not document.table("attachments"):
        return
    yield from (kept.captured_at for kept in document.attachments_of(entity.id) if kept.captured_at)
    for link in document.links_into(entity.id):
        if link.type in ("states", "denies"):
            yield from (kept.captured_at for kept in document.attachments_of(link.from_id) if kept.captured_at)


def _text(entity: Entity, key: str) -> str:
    return str(entity.props.get(key) or "").strip()


def _first(dates: Iterable[str]) -> str:
    """Return the earliest of some dates; one that cannot be read only where there is no other."""
    found = [(span is None, *_ends(span), date) for date in dates if date for span in (readable(date),)]
    return str(min(found)[-1]) if found else ""


def _ends(span: Span | None) -> tuple[Day, Day]:
    """Return both ends for sorting; an open one lies beyond every date."""
    if span is None:
        return _NEVER, _NEVER
    return span.earliest or _LONG_AGO, span.latest or _NEVER
