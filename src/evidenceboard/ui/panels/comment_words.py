"""What is said around comments: by whom and when, about which field, how many are open."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.comments import Thread
from evidenceboard.model.dates import shown
from evidenceboard.model.document import Document
from evidenceboard.model.link_types import link_type
from evidenceboard.model.records import Comment, Entity, Link
from evidenceboard.model.types import entity_type
from evidenceboard.ui.panels.history_words import field_label
from evidenceboard.ui.panels.judged_words import who
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

_DAY: Final = 10


def _say(text: str) -> str:
    return QCoreApplication.translate("Comments", text)


def said_by(shell: Shell, comment: Comment) -> str:
    """Return who said it and when."""
    name = who(shell, comment.author_id)
    return " · ".join(part for part in (name[:1].upper() + name[1:], _when(comment.at)) if part)


def resolved_by(shell: Shell, thread: Thread) -> str:
    """Return who resolved a thread and when; "" where it is open."""
    first = thread.first
    if thread.is_open:
        return ""
    said = _say("Resolved by {who}").format(who=who(shell, first.resolved_by))
    return " · ".join(part for part in (said, _when(first.resolved_at)) if part)


def subject(document: Document, subject_id: str) -> tuple[str, str, str]:
    """Return what comments are about: number or ends, the title or the words of the link, the entity to go to."""
    entity = document.find("entities", subject_id)
    if isinstance(entity, Entity):
        return entity.number, one_line(entity.title) or entity_type(entity.type).word, entity.id
    link = document.find("links", subject_id)
    if isinstance(link, Link):
        ends = document.numbers_of([link.from_id, link.to_id])
        return "–".join(ends), QCoreApplication.translate("LinkType", link_type(link.type).word), link.from_id
    for table, word in (("boards", _say("Board")), ("frames", _say("Frame")), ("attachments", _say("File"))):
        found = document.find(table, subject_id)
        if found is not None:
            name = one_line(str(getattr(found, "title", "") or getattr(found, "name", "")))
            return word, name, str(getattr(found, "entity_id", ""))
    card = document.find("cards", subject_id)
    return subject(document, str(getattr(card, "entity_id", ""))) if card is not None else ("", "", "")


def about(document: Document, comment: Comment) -> str:
    """Return the name of the field that a comment is about; "" for all of the record."""
    if not comment.field:
        return ""
    entity, link = document.find("entities", comment.subject_id), document.find("links", comment.subject_id)
    model = link_type(link.type).props if isinstance(link, Link) else entity_type(getattr(entity, "type", "")).props
    return field_label(model, comment.field)


def counted(threads: list[Thread]) -> str:
    """Return how many threads there are, and how many of them are open."""
    open_ = sum(thread.is_open for thread in threads)
    if open_ == len(threads):
        return _say("{n} open").format(n=f"{open_:,}")
    return _say("{n} open, {m} resolved").format(n=f"{open_:,}", m=f"{len(threads) - open_:,}")


def _when(at: str) -> str:
    return one_line(shown(at[:_DAY]))
