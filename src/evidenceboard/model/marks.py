"""Signs that nobody sees, or that no typeface draws, shown by marks such as ‹RLO›; the data keeps what it has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

SHOWN: Final = 2000
"""Characters of a text that a card looks at."""
_LINE: Final = 300
_STACK: Final = 8
"""Marks on one letter that are drawn; more of them would run over the lines above and below."""
_STACKED: Final = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_BREAKS: Final = "\r\x0b\x0c\x85\u2028\u2029"
_UNASSIGNED: Final = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_ALONE: Final = (
    "\x00-\x09\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    f"\U0001d173-\U0001d17a\U000e0000-\U000e0fff{_UNASSIGNED}"
)
# Python calls these printable. In one set with what lies above U+FFFF looking for them would take ten times as long.
_LIKE_LETTERS: Final = re.compile(
    f"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0{_STACKED}]"
)
_FORMS: Final = re.compile("[\U000e0100-\U000e01ef]")
_UNSEEN: Final = re.compile(
    f"(?P<tags>[\U000e0020-\U000e007f]+)|(?P<stack>[{_STACKED}]{{{_STACK + 1},}})|(?P<line>\r\n|[{_BREAKS}])|[{_ALONE}]"
)
_NAMES: Final = {
    "\x00": "NUL",
    "\x07": "BEL",
    "\x08": "BS",
    "\x1b": "ESC",
    "\x7f": "DEL",
    "\u034f": "CGJ",
    "\u061c": "ALM",
    "\u115f": "FILLER",
    "\u1160": "FILLER",
    "\u3164": "FILLER",
    "\uffa0": "FILLER",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\u2800": "BLANK",
    "\ufeff": "BOM",
}
_JOINING: Final = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\ua840-\ua87f\ua8e0-\ua95f"
    "\ufb50-\ufdff\ufe70-\ufefc]"
)
"""Letters that a joiner, or the sign against joining, gives another form: Arabic, those of India and their kin."""
_UNSPACED: Final = re.compile("[\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf]")
"""Scripts written without blanks, where a break of no width parts the words."""
_IDEOGRAPH: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FLAG: Final = "\U0001f3f4"
_REGION: Final = re.compile("[0-9a-z]{3,6}\x7f")
_KEYCAPS: Final = "0123456789#*©®‼⁉™ℹ〰〽㊗㊙"
_PICTURES: Final = re.compile("[\U0001f000-\U0001faff]")
"""Where new pictures (emoji) are added each year, so that typefaces know more of them than Python."""
_NEAR: Final = 16


def marked(text: str) -> str:
    """Return text with a mark for each sign that hides, turns the reading direction or controls a device.

    So has each sign that means nothing, for which no typeface draws anything, or each what its maker likes: those of
    private use, and those that have no meaning yet, but for the room that is kept for more pictures.

    Line breaks of all kinds become `\\n`, tabs blanks. What belongs to how its script or a picture is written stays:
    joiners in Arabic, in scripts of India and within emoji, forms of emoji and ideographs, flags, breaks between Thai
    or Khmer words, marks of direction beside letters that are written from right to left.
    """
    if text.isprintable() and (text.isascii() or not (_LIKE_LETTERS.search(text) or _FORMS.search(text))):
        return text
    shown = _UNSEEN.sub(_mark, text)
    return shown if shown.isprintable() else _meaningless_marked(shown)


def _meaningless_marked(text: str) -> str:
    """Return text with a mark for each sign that means nothing, none of which Python calls printable."""
    strange = {sign for sign in set(text) if not sign.isprintable() and unicodedata.category(sign) in ("Co", "Cn")}
    marks = {ord(sign): f"‹U+{ord(sign):04X}›" for sign in strange if not _PICTURES.match(sign)}
    return text.translate(marks) if marks else text


def visible(text: str) -> str:
    """Return text as a card shows it: at most 2,000 characters, with marks for what nobody sees."""
    left = len(text) - SHOWN
    return marked(text) if left <= 0 else f"{marked(text[:SHOWN])} [… {left:,} more characters]"


def one_line(text: str, limit: int = _LINE) -> str:
    """Return text on one line, shortened, with marks for what nobody sees."""
    shown = " ".join(marked(text[: limit * 2]).split())
    return shown if len(shown) <= limit and len(text) <= limit * 2 else shown[: limit - 1] + "…"


def _mark(found: re.Match[str]) -> str:
    part, text, at = found[0], found.string, found.start()
    if found.lastgroup == "line":
        return "\n"
    if found.lastgroup == "stack":
        return f"{part[:_STACK]}‹+{len(part) - _STACK}›"
    if found.lastgroup == "tags":
        hidden = "".join(chr(ord(sign) - 0xE0000) for sign in part)
        if text[at - 1 : at] == _FLAG and _REGION.fullmatch(hidden):
            return part
        return f"‹TAG {hidden.replace(chr(0x7F), '')}›"
    if part == "\t":
        return " "
    if part == "\u00ad":
        return "¬"  # what word processors show for a hyphen that only shows at the end of a line
    if _belongs(text, at):
        return part
    return f"‹{_NAMES.get(part) or f'U+{ord(part):04X}'}›"


def _belongs(text: str, at: int) -> bool:
    """Tell whether a sign without a shape of its own gives its neighbours theirs."""
    sign, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if sign in "\u200c\u200d":
        if sign == "\u200d" and _is_picture(before) and _is_picture(after):
            return True
        return bool(_JOINING.match(before) or _JOINING.match(after))
    if sign in "\u200e\u200f\u061c":
        return _runs_left(reversed(text[max(0, at - _NEAR) : at])) or _runs_left(text[at + 1 : at + 1 + _NEAR])
    if sign in "\ufe0e\ufe0f":
        return before != "" and (before in _KEYCAPS or unicodedata.category(before) in ("So", "Sm"))
    if "\ufe00" <= sign <= "\ufe0d":
        return before != "" and unicodedata.category(before) in ("Lo", "Sm", "So")
    if "\U000e0100" <= sign <= "\U000e01ef":
        return _IDEOGRAPH.match(before) is not None
    if "\u180b" <= sign <= "\u180f":
        return "\u1800" <= before <= "\u18af" or (sign == "\u180e" and "\u1800" <= after <= "\u18af")
    if sign == "\u200b":
        return bool(_UNSPACED.match(before) and _UNSPACED.match(after))
    if sign == "\u115f":
        return "\u1161" <= after <= "\u11a7"
    if sign == "\u1160":
        return "\u1100" <= before <= "\u115e"
    return sign == "\u2800" and ("\u2801" <= before <= "\u28ff" or "\u2801" <= after <= "\u28ff")


def _is_picture(sign: str) -> bool:
    # A picture, its form, or the colour of a skin, as they stand on both sides of a joiner.
    return sign != "" and (sign == "\ufe0f" or sign in _KEYCAPS or unicodedata.category(sign) in ("So", "Sk", "Sm"))


def _runs_left(signs: Iterable[str]) -> bool:
    """Tell whether the first letter among some signs is written from right to left."""
    for sign in signs:
        way = unicodedata.bidirectional(sign)
        if way in ("L", "R", "AL"):
            return way != "L"
    return False
