"""A shell for panels made of the real pieces: an open file, its bridge, a selection and the colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.records import Entity
from evidenceboard.model.transaction import Transaction
from evidenceboard.session import Session
from evidenceboard.ui.bridge import Bridge
from evidenceboard.ui.finder import Finder
from evidenceboard.ui.panels import PANELS, Panel
from evidenceboard.ui.selection import Selection
from evidenceboard.ui.sight import Sight
from evidenceboard.ui.supposing import Supposing
from evidenceboard.ui.theme import theme

T = TypeVar("T")
LONG = "Полк прибув до Курської області на вантажівках і стоїть за 50 км від кордону. " * 8


class Desk(QObject):
    """Keep the promises of the shell without a window around them."""

    look_changed = Signal()
    board_shown = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.bridge = Bridge(session)
        self.finder = Finder(session, self.bridge, self)
        self.finder.begin()
        self.selection = Selection()
        self.sight = Sight()
        self.supposing = Supposing(session.document, self.bridge, self)
        self.palette_ = theme().palette_
        self.board_id = session.document.boards[0].id
        self.banners: list[str] = []
        self.went_to: list[str] = []
        self.ran: list[str] = []

    @property
    def document(self) -> Document:
        return self.session.document

    def perform(
        self, label: str, command: Callable[[Transaction], T], *, group: str | None = None, **values: object
    ) -> T | None:
        try:
            with self.session.transaction(label, group=group, **values) as transaction:
                return command(transaction)
        except EvidenceBoardError as error:
            self.banners.append(str(error))
            return None

    def banner(self, message: str, hint: str = "", *, alarm: bool = False) -> None:
        self.banners.append(message)

    def show_board(self, board_id: str) -> None:
        self.board_id = board_id
        self.selection.clear()
        self.board_shown.emit(board_id)

    def show_entity(self, entity_id: str) -> None:
        self.went_to.append(entity_id)
        card = self.document.card_on(self.board_id, entity_id)
        if card:
            self.selection.set(cards=[card.id])
        else:
            self.selection.set(entity=entity_id)

    def run(self, action_id: str) -> None:
        self.ran.append(action_id)

    def of(self, number: str) -> Entity:
        """Return an entity by its number, as it is now."""
        return self.document.entity(number)

    def newest(self) -> Operation:
        """Return the newest operation with its changes."""
        return self.session.operation(self.session.history(1)[0][0].id)


def row_of(panel_id: str) -> Panel:
    """Return the row of a panel."""
    return next(row for row in PANELS if row.id == panel_id)


def fill(session: Session) -> None:
    """Put one of everything into a file."""
    with session.transaction("Add cards") as tx:
        board = session.document.boards[0].id
        source = commands.add_entity(tx, "source", title="Request of the 200 defectors", props={"reliability": "C"})
        second = commands.add_entity(tx, "source", title="국정원 브리핑", props={"known_through": [source.id]})
        claim = commands.add_entity(tx, "claim", title="200 soldiers offer <b>to come</b> & talk", tags="troops; north")
        other = commands.add_entity(tx, "claim", title=LONG.strip(), tags="north")
        actor = commands.add_entity(tx, "actor", title="200 defectors")
        first = commands.add_entity(tx, "scenario", title="Fighting in Ukraine itself")
        commands.add_entity(tx, "scenario", title="Fighting on Russian soil")
        commands.link(tx, "states", source.id, claim.id, props={"credibility": "3", "quote": "We can persuade them"})
        commands.link(tx, "states", second.id, claim.id)
        commands.link(tx, "about", claim.id, actor.id)
        commands.link(tx, "supports", claim.id, other.id)
        commands.link(tx, "bears on", claim.id, first.id, props={"consistency": "I"})
        commands.attach(tx, claim.id, "scan of it.pdf", b"%PDF-1.4 scan")
        cards = [
            commands.place(tx, board, entity.id, x=0, y=300.0 * place).id
            for place, entity in enumerate((source, second, claim, other, first))
        ]
        commands.add_frame(tx, board, title="What is claimed", x=-20, y=580, w=400, h=700, cards=cards[2:4])
