"""When a kept file was captured: a day or a time that somebody writes; its bytes and their proof stay."""

from __future__ import annotations

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.records import Attachment


@pytest.fixture
def kept(session: Session) -> Attachment:
    with session.transaction("Keep") as tx:
        return commands.attach(tx, tx.document.entity("C1").id, "page.html", b"<p>words</p>")


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("18 Oct 2024", "2024-10-18"),
        ("2024-10-18T14:30:00Z", "2024-10-18T14:30:00Z"),
        ("18 Oct 2024 at 14:30 UTC", "2024-10-18T14:30:00Z"),
    ],
)
def test_the_day_or_time_of_a_capture_is_written_and_undone(
    session: Session, kept: Attachment, typed: str, held: str
) -> None:
    with session.transaction("Change a date") as tx:
        commands.set_captured(tx, kept.id, typed)
    now = session.document.get(Attachment, kept.id)
    assert (now.captured_at, now.sha256, now.size) == (held, kept.sha256, kept.size)
    session.undo()
    assert session.document.get(Attachment, kept.id) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Oct 2024", "on one day"),
        ("since August 2024", "on one day"),
        ("about 18 Oct 2024", "part of what it proves"),
        ("18 Oct 2024?", "part of what it proves"),
        ("2024-13", "no such month"),
        ("yesterday", "read later"),
        ("", "not understood"),
    ],
)
def test_what_is_no_day_is_refused_in_words_and_nothing_changes(
    session: Session, kept: Attachment, typed: str, why: str
) -> None:
    before = session.operation_count()
    with pytest.raises(InvalidValueError, match=why) as refused, session.transaction("Change a date") as tx:
        commands.set_captured(tx, kept.id, typed)
    assert "nothing was changed" in " ".join(refused.value.message.split())
    assert session.operation_count() == before
    assert session.document.get(Attachment, kept.id) == kept
