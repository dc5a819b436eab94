"""What the inspector says of a judgement: who made it when, whose counts and why, and how it came to be so."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.dates import shown
from evidenceboard.model.document import Document
from evidenceboard.model.judged import AGREED, ALONE, CHOSEN, Judged, JudgementChange, judged
from evidenceboard.model.records import Assessment
from evidenceboard.model.yardsticks import reading, yardstick_of
from evidenceboard.ui.panels.field_row import Value
from evidenceboard.ui.panels.fields import Field, as_words
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell


def _say(text: str) -> str:
    return QCoreApplication.translate("Judgement", text)


def choices_here(field: Field, document: Document) -> tuple[tuple[str, str], ...]:
    """Return what a judged field offers in this file: a likelihood in the words of its yardstick."""
    if field.key != "likelihood":
        return field.choices
    own = yardstick_of(document)
    none = tuple(choice for choice in field.choices if not choice[0])
    return none + tuple((word, f"{word} · {low}–{high} %") for word, (low, high) in own.words.items())


def judgement(shell: Shell, subject_id: str, field: Field, *, unexplained: bool = False) -> Value:
    """Return the judgement that counts, in words, with who made it, when and why beneath.

    `unexplained`: a reason was asked for a moment ago, and none was given, which is said.
    """
    document = shell.document
    found = judged(document, subject_id, field.key)
    if found is None:
        return Value("")
    value = found.counts.value
    own = next((one.value for one in found.made if one.author_id == shell.session.author_id), value)
    return Value(words_of(document, field, value), own, _beneath(shell, found, unexplained))


def words_of(document: Document, field: Field, value: str) -> str:
    """Return a judgement as a reader sees it; a likelihood with its range."""
    read = reading(document, value) if field.key == "likelihood" else None
    if read is None:
        return as_words(field, value, document)
    apart = " · " + _say("from another yardstick, {name}").format(name=read.source) if read.foreign else ""
    return f"{value} · {read.range}{apart}"


def _beneath(shell: Shell, found: Judged, unexplained: bool) -> str:
    if found.why == ALONE:
        said = _who_when_why(found.counts, who(shell, found.counts.author_id))
        return f"{said} · {_say('no reason given')}" if unexplained and not found.counts.reason else said
    lines = [_who_when_why(one, f"{who(shell, one.author_id)}: {one.value}") for one in found.made]
    return "\n".join([*lines, _which(found)])


def _who_when_why(one: Assessment, first: str) -> str:
    parts = [first, shown(one.at[:10]), one_line(one.reason)]
    return " · ".join(part for part in parts if part)


def _which(found: Judged) -> str:
    if found.why == AGREED:
        return _say("All of them agree.")
    if found.why == CHOSEN:
        return _say("{value} counts: this file goes by that analyst.").format(value=found.counts.value)
    return _say("{value} counts: the more cautious one.").format(value=found.counts.value)


def who(shell: Shell, author_id: str) -> str:
    """Return who made a judgement: “you”, or a name where the file has one."""
    if author_id == shell.session.author_id:
        return _say("you")
    return one_line(shell.session.author_name(author_id)) or _say("another analyst")


def change_said(shell: Shell, change: JudgementChange) -> str:
    """Return one line of the history: when, who, from what to what, why."""
    parts = [shown(change.at[:10]), who(shell, change.author_id), _from_to(change)]
    how = {"undo": _say("undone"), "redo": _say("done again"), "import": _say("came in"), "merge": _say("came in")}
    said = how.get(change.kind, "")
    if said and change.by_id != change.author_id:
        said = _say("{what} by {who}").format(what=said, who=who(shell, change.by_id))
    why = one_line(change.reason)
    if not why and change.kind == "do" and change.before and change.after:
        why = _say("no reason given")
    return " · ".join(part for part in (*parts, said, why) if part)


def _from_to(change: JudgementChange) -> str:
    if not change.before:
        return change.after
    if not change.after:
        return _say("{value} taken back").format(value=change.before)
    if change.before == change.after:
        return _say("{value}, another reason").format(value=change.after)
    return f"{change.before} → {change.after}"
