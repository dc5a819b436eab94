"""What is pasted or dropped is its text: of a piece of a web page the words, and nothing of it is ever loaded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from evidenceboard.ui.long_text import LongText
from evidenceboard.ui.pasted import text_of

pytestmark = pytest.mark.qt


def page(html: str, text: str = "") -> QMimeData:
    mime = QMimeData()
    mime.setHtml(html)
    if text:
        mime.setText(text)
    return mime


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Three</b> trains<img src='file:///dev/zero'>", "Three trains"),
        ("<p>One&nbsp;&amp; two</p><p>Three<br>four</p>", "One & two\nThree\nfour"),
        ("<head><title>t</title><style>@import url(file:///x)</style></head><body>said</body>", "said"),
        ("<script>alert(1)</script>a<svg><text>hidden</text></svg>b", "ab"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1\t2\n3"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("no markup &lt;b&gt; at all", "no markup <b> at all"),
    ],
)
def test_html_gives_its_text(html: str, text: str) -> None:
    assert text_of(page(html)) == text


def test_plain_text_beside_html_is_taken_as_it_is() -> None:
    assert text_of(page("<b>x</b>", "<i>said so</i>\n")) == "<i>said so</i>\n"
    assert text_of(QMimeData()) == ""


@given(st.text(max_size=300))
def test_any_html_is_read_without_an_error(html: str) -> None:
    assert "<script" not in text_of(page(f"<p>{html}<script>x</script></p>"))


def test_an_editor_takes_the_words_of_a_page_and_keeps_no_address_of_it(qtbot: QtBot) -> None:
    editor = LongText()
    qtbot.addWidget(editor)
    QGuiApplication.clipboard().setMimeData(
        page('<a href="https://example.org"><b>Three</b></a> trains<img src="file:///dev/zero">')
    )
    editor.paste()
    assert editor.toPlainText() == "Three trains"
    assert "example.org" not in editor.document().toHtml()
    assert "<img" not in editor.document().toHtml()
