"""A small file of two boards: cards in a frame and out of it, with links between them."""

from __future__ import annotations

from evidenceboard import commands
from evidenceboard.session import Session


def fill(session: Session) -> None:
    """Make two boards; the first shows S1, C1, C2 and H1, and A1 and E1 in the frame “Front”."""
    with session.transaction("Make the board") as tx:
        board = session.document.boards[0].id
        source = commands.add_entity(tx, "source", title="Weekly report", props={"reliability": "B"})
        first = commands.add_entity(tx, "claim", title="Lorries carried 3,000 soldiers")
        second = commands.add_entity(tx, "claim", title="드론 부대가 도착했다")
        scenario = commands.add_entity(tx, "scenario", title="They stay until spring")
        actor = commands.add_entity(tx, "actor", title="Міністерство оборони")
        event = commands.add_entity(tx, "event", title="The bridge was closed")
        for entity, x, y in ((source, 400, 80), (first, 40, 80), (second, 40, 400), (scenario, 400, 400)):
            commands.place(tx, board, entity.id, x=x, y=y)
        inside = [commands.place(tx, board, entity.id, x=744, y=y).id for entity, y in ((actor, 160), (event, 400))]
        commands.add_frame(tx, board, title="Front", x=704, y=80, w=320, h=480, cards=inside)
        commands.link(tx, "states", source.id, first.id, props={"credibility": "2"})
        commands.link(tx, "supports", first.id, second.id)
        commands.link(tx, "bears on", second.id, scenario.id, props={"consistency": "C"})
        commands.link(tx, "asserts", actor.id, first.id)
        commands.add_board(tx, "Second")
