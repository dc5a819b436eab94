"""Markings in words, as every part of the window says them: the one that counts, and where it comes from."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.gradings import TLP
from evidenceboard.model.markings import Marking
from evidenceboard.ui.plain import one_line

REASON_LIMIT: Final = 2_000
"""Characters that a reason typed in the window may have."""


def said(found: Marking) -> str:
    """Return a marking with where it comes from, such as “TLP:GREEN (from A3)”."""
    word = one_line(found.word, 60)
    if found.whence == "file":
        return _say("{marking} (from the file)").format(marking=word)
    if found.whence == "entity":
        return _say("{marking} (from {numbers})").format(marking=word, numbers=", ".join(found.numbers))
    return f"{word} · {TLP.words[word]}" if word in TLP.words else word


def told(found: Marking) -> str:
    """Return the line beneath: what a marking was lowered from and why, or that its own does not count."""
    if found.whence == "lowered":
        words = _say("Lowered from {marking}: {reason}")
        return words.format(marking=one_line(found.above, 60), reason=one_line(found.reason))
    if found.unheeded:
        words = _say("Its own {marking} is lower and has no reason, so it does not count.")
        return words.format(marking=one_line(found.unheeded, 60))
    return ""


def choices(inherited: str) -> tuple[tuple[str, str], ...]:
    """Return the markings to choose among with their words, the one that is inherited first."""
    return (("", inherited), *((word, f"{word} · {meaning}") for word, meaning in TLP.words.items()))


def _say(text: str) -> str:
    return QCoreApplication.translate("Marking", text)
