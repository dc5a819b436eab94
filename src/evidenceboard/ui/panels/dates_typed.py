"""A date while it is typed: how it is understood, or what is still missing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.date_box import understood
from evidenceboard.model.dates import bounds
from evidenceboard.model.edtf import parse
from evidenceboard.session import Session


def _say(text: str) -> str:
    return QCoreApplication.translate("DatesTyped", text)


def understanding(session: Session, typed: str) -> str:
    """Return in words how a date is understood, with the days it lies between; "" where nothing is typed."""
    if not typed.strip():
        return ""
    try:
        found = understood(typed, parse(session.today()).earliest)
    except InvalidValueError as error:
        # Nobody tried to change anything yet, so only the first half of the sentence is true.
        return f"{error.message.partition(';')[0].rstrip('.')}. {error.hint}"
    between = bounds(found.span)
    said = _say("Understood as {date}").format(date=found.words)
    if between and between != found.words and not found.span.approximate:
        said += f" ({between})"
    return f"{said}; {found.assumed}" if found.assumed else said
