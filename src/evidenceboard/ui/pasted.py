"""The text of what is pasted or dropped: of a piece of a web page its words alone, and nothing of it is ever loaded."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from PySide6.QtCore import QMimeData

from evidenceboard.model.records import TEXT_LIMIT

_UNREAD: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "math", "object"})
_LINES: Final = frozenset(
    {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "hr"}
)
_GAPS: Final = re.compile(r"[ \t\r\f\v]*\n\s*\n\s*|[ \t\r\f\v]*\n[ \t\r\f\v]*")
_LONGEST: Final = 4 * TEXT_LIMIT
"""Characters of HTML that are looked at; longer text than a note holds is refused by whoever takes it."""


def text_of(mime: QMimeData) -> str:
    """Return the plain text that was pasted or dropped, or that of its HTML where it is all there is."""
    text = mime.text()
    if text.strip() or not mime.hasHtml():
        return text
    reader = _Words()
    reader.feed(mime.html()[:_LONGEST])
    reader.close()
    return reader.text()


def has_text(mime: QMimeData) -> bool:
    """Tell whether there is text, without looking how much."""
    return mime.hasText() or mime.hasHtml()


class _Words(HTMLParser):
    """Collect what a reader of a page would read, line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag in _LINES:
            self._parts.append("\n")
        elif tag in ("td", "th"):
            self._parts.append("\t")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag in _LINES:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _LINES and tag != "br":
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._parts.append(" ".join(re.split(r"\s+", data)))

    def text(self) -> str:
        """Return the text, with one empty line at most between two lines."""
        return _GAPS.sub(lambda gap: "\n\n" if gap[0].count("\n") > 2 else "\n", "".join(self._parts)).strip()
