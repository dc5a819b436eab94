"""What there is to list of board health: the rules applied and their findings made into lines, in small steps."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import field
from typing import Final

from evidenceboard.model.document import Document
from evidenceboard.model.giving_back import let_go
from evidenceboard.model.health import Finding, examined
from evidenceboard.model.in_steps import Steps
from evidenceboard.model.values import dataclass
from evidenceboard.ui.plain import one_line

_STEP: Final = 100
"""Lines that are made in one step."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding. `reason` is why it is silenced, "" where it is not."""

    finding: Finding
    reason: str = ""

    @property
    def beneath(self) -> str:
        return one_line(self.reason) if self.reason else self.finding.what


Lines = dict[str, list[Line]]
"""Lines by rule, in their order."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What there is to list: what the rules tell, and what of it is silenced."""

    told: Lines = field(default_factory=dict)
    silenced: Lines = field(default_factory=dict)

    def let_go(self) -> None:
        """Let go of lines that nobody lists any more: of a large board they are many."""
        let_go(*self.told.values(), *self.silenced.values())


def listing(document: Document, falls: Container[str], was: Listed) -> Iterator[Listed | None]:
    """Apply the rules in small steps: yield None after each, and at the end what there is to list.

    Nothing is told of entities that fall. Where all is as it was, `was` itself comes at the end.
    """
    made = Listed()
    try:
        for found in examined(document):
            if found is None:
                yield None
                continue
            told = (Line(one) for one in found.findings if one.entity_id not in falls)
            yield from _by_rule(told, made.told)
            yield from _by_rule((Line(*one) for one in found.silenced), made.silenced)
        same = (yield from _are_same(was.told, made.told)) and (yield from _are_same(was.silenced, made.silenced))
    except GeneratorExit:  # nobody waits for it any more
        made.let_go()
        raise
    if same:
        made.let_go()
    yield was if same else made


def _by_rule(lines: Iterator[Line], into: Lines) -> Steps[None]:
    for place, line in enumerate(lines, 1):
        into.setdefault(line.finding.rule, []).append(line)
        if place % _STEP == 0:
            yield


def _are_same(some: Lines, others: Lines) -> Steps[bool]:
    if [(rule, len(lines)) for rule, lines in some.items()] != [(rule, len(lines)) for rule, lines in others.items()]:
        return False
    for rule, lines in some.items():
        for at in range(0, len(lines), _STEP):
            if lines[at : at + _STEP] != others[rule][at : at + _STEP]:
                return False
            yield
    return True
