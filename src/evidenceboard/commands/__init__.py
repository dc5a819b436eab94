"""What a user can do: plain functions that tell a transaction what should be different."""

from evidenceboard.commands.arrange import align, distribute, lower, raise_
from evidenceboard.commands.attachments import attach, set_captured
from evidenceboard.commands.backups import switch_backups, why_no_backups
from evidenceboard.commands.boards import add_board, remove_board, rename_board, set_file
from evidenceboard.commands.cards import fit_cards, move_cards, place, resize_card, set_colour, take_off
from evidenceboard.commands.clipboard import as_text, copied, duplicate, paste
from evidenceboard.commands.comments import (
    add_comment,
    answer_comment,
    change_comment,
    remove_comment,
    reopen_comment,
    resolve_comment,
)
from evidenceboard.commands.decide import can_be_both, decide, decide_as_typed, decide_both, decide_otherwise
from evidenceboard.commands.entities import add_entity, left_hanging, remove, set_fields
from evidenceboard.commands.frames import (
    add_frame,
    collapse_frame,
    move_frames,
    put_into_frame,
    remove_frame,
    rename_frame,
    resize_frame,
)
from evidenceboard.commands.health import note_verified, silence, unsilence
from evidenceboard.commands.independence import judge_independence
from evidenceboard.commands.joining import forget_unlike, join, judge_unlike, split, why_not
from evidenceboard.commands.judgements import explain
from evidenceboard.commands.layout import layout, pin, put_laid
from evidenceboard.commands.links import link, rehang, relink, set_link
from evidenceboard.commands.lowering import lowers, marked_record, set_marking, set_markings
from evidenceboard.commands.matrix import add_deception_twin, give_reason, put_into_matrix, rate, take_out_of_matrix
from evidenceboard.commands.restoring import become
from evidenceboard.commands.searches import remove_search, rename_search, save_search
from evidenceboard.commands.snapshots import name_snapshot, remove_snapshot, rename_snapshot

__all__ = [
    "add_board",
    "add_comment",
    "add_deception_twin",
    "add_entity",
    "add_frame",
    "align",
    "answer_comment",
    "as_text",
    "attach",
    "become",
    "can_be_both",
    "change_comment",
    "collapse_frame",
    "copied",
    "decide",
    "decide_as_typed",
    "decide_both",
    "decide_otherwise",
    "distribute",
    "duplicate",
    "explain",
    "fit_cards",
    "forget_unlike",
    "give_reason",
    "join",
    "judge_independence",
    "judge_unlike",
    "layout",
    "left_hanging",
    "link",
    "lower",
    "lowers",
    "marked_record",
    "move_cards",
    "move_frames",
    "name_snapshot",
    "note_verified",
    "paste",
    "pin",
    "place",
    "put_into_frame",
    "put_into_matrix",
    "put_laid",
    "raise_",
    "rate",
    "rehang",
    "relink",
    "remove",
    "remove_board",
    "remove_comment",
    "remove_frame",
    "remove_search",
    "remove_snapshot",
    "rename_board",
    "rename_frame",
    "rename_search",
    "rename_snapshot",
    "reopen_comment",
    "resize_card",
    "resize_frame",
    "resolve_comment",
    "save_search",
    "set_captured",
    "set_colour",
    "set_fields",
    "set_file",
    "set_link",
    "set_marking",
    "set_markings",
    "silence",
    "split",
    "switch_backups",
    "take_off",
    "take_out_of_matrix",
    "unsilence",
    "why_no_backups",
    "why_not",
]
