"""What an operation changed, in words: one line a record or field, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.changes import Change, Operation
from evidenceboard.model.document import Document
from evidenceboard.model.entity_type import Props
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import Conflict, as_row
from evidenceboard.model.saved_searches import PREFIX
from evidenceboard.model.types import entity_type
from evidenceboard.model.undecided import field_of, holder_of
from evidenceboard.model.values import dataclass
from evidenceboard.ui.panels.fields import plain_value
from evidenceboard.ui.plain import one_line

LONGEST: Final = 300
"""Signs that are shown of one value."""
_PLACE: Final = frozenset({"x", "y"})
_SHAPE: Final = frozenset({"x", "y", "w", "h", "fitted", "z", "frame_id", "colour", "pinned"})

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that changed: what, its values before and after, and the entity to go to, if any."""

    what: str
    before: str = ""
    after: str = ""
    entity_id: str = ""

    @property
    def words(self) -> str:
        """Return the line in words."""
        if not self.before and not self.after:
            return self.what
        return f"{self.what}: {self.before or '–'} → {self.after or '–'}"


class Teller:
    """Tell the changes of one operation; records that are gone are named by what the operation says of them."""

    def __init__(self, document: Document, operation: Operation) -> None:
        self._document, self._operation = document, operation
        self._rows: dict[tuple[str, str], Row] = {}
        for change in operation.changes:
            row = change.after if change.before is None else change.before if change.after is None else None
            if row is not None and change.record_id is not None:
                self._rows[change.table, change.record_id] = row

    def lines(self, limit: int) -> tuple[list[ChangeLine], int]:
        """Return the first lines, and how many changes are not among them."""
        found: list[ChangeLine] = []
        for place, change in enumerate(self._operation.changes):
            if len(found) >= limit:
                return found, len(self._operation.changes) - place
            found.extend(self._of(change))
        return found, 0

    def _of(self, change: Change) -> Iterator[ChangeLine]:
        if change.is_shift:
            yield self._shift(change)
            return
        record_id = change.record_id or ""
        teller = {
            "entities": self._entity,
            "links": self._link,
            "cards": self._card,
            "assessments": self._assessment,
            "conflicts": self._conflict,
            "comments": self._comment,
        }.get(change.table)
        if teller:
            yield from teller(record_id, change.before, change.after)
        else:
            yield from self._other(change.table, record_id, change.before, change.after)

    def _shift(self, change: Change) -> ChangeLine:
        by, ids = change.after or {}, change.ids()
        if isinstance(by["dx"], list):
            several = _say("{n} cards moved") if change.table == "cards" else _say("{n} frames moved")
            return ChangeLine(several.format(n=f"{len(ids):,}"))
        said = (
            _say("{n} cards moved by {dx}, {dy}") if change.table == "cards" else _say("{n} frames moved by {dx}, {dy}")
        )
        return ChangeLine(said.format(n=f"{len(ids):,}", dx=f"{by['dx']:g}", dy=f"{by['dy']:g}"))

    def _entity(self, record_id: str, before: Row | None, after: Row | None) -> Iterator[ChangeLine]:
        name = self._name(record_id)
        whole = after if before is None else before if after is None else None
        if whole is not None:
            word = entity_type(str(whole.get("type"))).word
            said = _say("{type} {name} added") if before is None else _say("{type} {name} removed")
            title = one_line(str(whole.get("title") or ""), LONGEST)
            line = said.format(type=word, name=name)
            yield ChangeLine(f"{line}: {title}" if title else line, entity_id=record_id)
            return
        model = entity_type(str((self._row("entities", record_id) or {}).get("type"))).props
        for label, was, now in _fields(model, before or {}, after or {}):
            yield ChangeLine(f"{name} · {label}", self._shown(was), self._shown(now), record_id)

    def _link(self, record_id: str, before: Row | None, after: Row | None) -> Iterator[ChangeLine]:
        row = self._row("links", record_id) or {}
        name, leads_to = self._link_name(row), str(row.get("from_id") or "")
        if before is None or after is None:
            said = _say("Link {name} added") if before is None else _say("Link {name} removed")
            yield ChangeLine(said.format(name=name), entity_id=leads_to)
            return
        for label, was, now in _fields(link_type(str(row.get("type"))).props, before, after):
            yield ChangeLine(f"{name} · {label}", self._shown(was), self._shown(now), leads_to)

    def _card(self, record_id: str, before: Row | None, after: Row | None) -> Iterator[ChangeLine]:
        row = self._row("cards", record_id) or {}
        entity_id = str(row.get("entity_id") or "")
        name = self._name(entity_id)
        if before is None:
            board = self._title("boards", str(row.get("board_id") or ""))
            said = _say("{name} placed on {board}") if board else _say("{name} placed")
            yield ChangeLine(said.format(name=name, board=board), entity_id=entity_id)
        elif after is None:
            yield ChangeLine(_say("Card of {name} taken off").format(name=name), entity_id=entity_id)
        elif set(after) != {"h"}:
            # A height alone follows the text; a hand that resizes a card says more.
            yield ChangeLine(_moved(after).format(name=name), entity_id=entity_id)

    def _assessment(self, record_id: str, before: Row | None, after: Row | None) -> Iterator[ChangeLine]:
        row = self._row("assessments", record_id) or {}
        subject = str(row.get("subject_id") or "")
        link = self._row("links", subject)
        name = self._link_name(link) if link else self._name(subject)
        leads_to = str(link.get("from_id") or "") if link else subject
        label = field_label(_model(link, self._row("entities", subject)), str(row.get("field") or ""))
        was, now = str((before or {}).get("value") or ""), str((after or {}).get("value") or "")
        if was or now:
            yield ChangeLine(f"{name} · {label}", was, now, leads_to)
        reason = [one_line(str((part or {}).get("reason") or ""), LONGEST) for part in (before, after)]
        if any(reason) and reason[0] != reason[1]:
            yield ChangeLine(f"{name} · {label}, {_say('reason')}", reason[0], reason[1], leads_to)

    def _conflict(self, record_id: str, before: Row | None, after: Row | None) -> Iterator[ChangeLine]:
        """Tell a question that a merge asked, one that was decided, and one that is open again."""
        conflict = self._document.find("conflicts", record_id)
        if isinstance(conflict, Conflict):
            holder, field = holder_of(self._document, conflict), field_of(self._document, conflict)
            name = f"{self._name(holder)} · {field}" if holder else field
        else:
            row = before or after or {}
            holder = str(row.get("record_id") or "")
            name = f"{self._name(holder)} · {one_line(str(row.get('field') or ''), 60)}"
        said = _say("{name}: left to decide") if (after or {}).get("decision", "") == "" else _say("{name}: decided")
        if after is None:
            said = _say("{name}: nothing is left to decide")
        yield ChangeLine(said.format(name=name), entity_id=holder)

    def _comment(self, record_id: str, before: Row | None, after: Row | None) -> Iterator[ChangeLine]:
        row = self._row("comments", record_id) or {}
        subject = str(row.get("subject_id") or "")
        link, field = self._row("links", subject), str(row.get("field") or "")
        name = self._link_name(link) if link else self._name(subject)
        if field:
            name = f"{name} · {field_label(_model(link, self._row('entities', subject)), field)}"
        leads_to = str(link.get("from_id") or "") if link else subject
        said = one_line(str(row.get("text") or ""), LONGEST)
        answer = bool(row.get("reply_to"))
        if before is None:
            words = _say("Answer to a comment on {name}: {said}") if answer else _say("Comment on {name}: {said}")
        elif after is None:
            words = _say("Answer on {name} removed: {said}") if answer else _say("Comment on {name} removed: {said}")
        elif not subject:
            # It was removed since, and an edit holds only what differs.
            yield ChangeLine(_say("A comment that is gone now was changed"))
            return
        elif "resolved_by" in after:
            words = _say("Resolved on {name}: {said}") if after["resolved_by"] else _say("Open again on {name}: {said}")
        else:
            was, now = (one_line(str(part.get("text") or ""), LONGEST) for part in (before, after))
            yield ChangeLine(_say("Comment on {name} in other words").format(name=name), was, now, leads_to)
            return
        yield ChangeLine(words.format(name=name, said=said), entity_id=leads_to)

    def _other(self, table: str, record_id: str, before: Row | None, after: Row | None) -> Iterator[ChangeLine]:
        word = {
            "boards": _say("Board"),
            "frames": _say("Frame"),
            "attachments": _say("File"),
            "snapshots": _say("Named state"),
            "settings": _say("File"),
        }.get(table, table)
        row = self._row(table, record_id) or {}
        entity_id = str(row.get("entity_id") or "") if table == "attachments" else ""
        if table == "settings":
            was, now = ((part or {}).get("value") for part in (before, after))
            if isinstance(spoken := now or was, dict) and "subject" in spoken:
                yield _about(spoken, was, now)
                return
            if record_id.startswith(PREFIX):
                yield ChangeLine(_say("Saved search"), _search(was), _search(now))
                return
            label = {"title": _say("title"), "marking": _say("marking")}.get(record_id, record_id)
            yield ChangeLine(f"{word} · {label}", self._shown(was), self._shown(now))
            return
        name = one_line(str(row.get("title") or row.get("name") or ""), 80)
        if before is None or after is None:
            said = _say("{word} added: {name}") if before is None else _say("{word} removed: {name}")
            yield ChangeLine(said.format(word=word, name=name), entity_id=entity_id)
            return
        if set(after) <= _SHAPE:
            yield ChangeLine(_moved(after).format(name=f"{word} {name}"))
            return
        for key in after:
            if key not in _SHAPE:
                was, now = self._shown(before.get(key)), self._shown(after[key])
                yield ChangeLine(f"{word} {name} · {field_label(Props, key)}", was, now, entity_id)

    # -- names -------------------------------------------------------------------------------------------------

    def _row(self, table: str, record_id: str) -> Row | None:
        row = self._rows.get((table, record_id))
        if row is not None:
            return row
        record = self._document.find(table, record_id)
        return None if record is None else as_row(record)

    def _name(self, entity_id: str) -> str:
        row = self._row("entities", entity_id)
        return one_line(str(row.get("number") or "?"), 40) if row else "?"

    def _link_name(self, row: Row) -> str:
        word = link_type(str(row.get("type") or "?")).word
        start, end = self._name(str(row.get("from_id") or "")), self._name(str(row.get("to_id") or ""))
        return f"{start} {one_line(word, 40)} {end}"

    def _title(self, table: str, record_id: str) -> str:
        row = self._row(table, record_id)
        return one_line(str(row.get("title") or ""), 60) if row else ""

    def _shown(self, value: Any) -> str:
        if isinstance(value, list | tuple):
            # Lists of ids are told by the numbers of what they name.
            value = [self._name(part) if self._row("entities", str(part)) else part for part in value]
        return one_line(plain_value(value), LONGEST)


def _fields(model: type[Props], before: Row, after: Row) -> Iterator[tuple[str, Any, Any]]:
    """Yield label, value before and value after of each field that differs, those of `props` one by one."""
    for key in after:
        if key != "props":
            yield field_label(model, key), before.get(key), after[key]
            continue
        was, now = before.get("props") or {}, after["props"] or {}
        for name in dict.fromkeys([*was, *now]):
            if was.get(name) != now.get(name):
                yield field_label(model, name), was.get(name), now.get(name)


def field_label(model: type[Props], key: str) -> str:
    """Return the name that a field of a record has for people."""
    if key in model.model_fields:
        return model.model_fields[key].title or key
    own = {
        "title": _say("Title"),
        "notes": _say("Notes"),
        "marking": _say("Marking"),
        "marking_reason": _say("Why lower"),
        "tags": _say("Tags"),
        "number": _say("Number"),
        "type": _say("Type"),
        "from_id": _say("From"),
        "to_id": _say("To"),
        "collapsed": _say("Collapsed"),
        "position": _say("Place among the boards"),
        "name": _say("Name"),
    }
    return own.get(key, one_line(key, 60))


def _model(link: Row | None, entity: Row | None) -> type[Props]:
    if link:
        return link_type(str(link.get("type"))).props
    return entity_type(str((entity or {}).get("type"))).props


def _moved(after: Row) -> str:
    keys = set(after)
    if keys <= _PLACE:
        return _say("{name} moved")
    if keys & {"w", "h"}:
        return _say("{name} resized")
    if keys == {"z"}:
        return _say("{name} raised or lowered")
    if keys == {"pinned"}:
        return _say("{name} pinned") if after["pinned"] else _say("{name} no longer pinned")
    if "frame_id" in keys:
        return _say("{name} put into a frame") if after["frame_id"] else _say("{name} taken out of its frame")
    return _say("{name} coloured") if keys == {"colour"} else _say("{name} moved")


def _say(text: str) -> str:
    return QCoreApplication.translate("HistoryWords", text)


def _search(value: Any) -> str:
    """Return name and words of a saved search on one line."""
    parts = (value.get("name"), value.get("text")) if isinstance(value, dict) else ()
    return one_line(" · ".join(str(part) for part in parts if part), LONGEST)


def _about(spoken: Row, was: Any, now: Any) -> ChangeLine:
    """Tell a finding of board health that was silenced, or an attachment that was verified."""
    if "rule" not in spoken:
        return ChangeLine(_say("Attachment verified") if now else _say("Verification taken back"))
    said = _say("Silenced: {rule}") if now else _say("No longer silenced: {rule}")
    reasons = (str(part.get("reason") or "") if isinstance(part, dict) else "" for part in (was, now))
    return ChangeLine(said.format(rule=one_line(str(spoken["rule"]), 80)), *(one_line(one, LONGEST) for one in reasons))
