"""A rule over the code itself: what Qt could read as more than text, or fetch, is made in one place each.

Qt guesses: a label, a message box, a tool tip that is handed a card's title reads it as rich text, opens the files that
it names and asks the hosts that it names. So whoever shows text asks `ui/plain.py`, whoever shows a picture of a file
`ui/pictures.py`, and whoever opens anything outside the program `ui/outside.py`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "evidenceboard"
PLAIN, PICTURES, OUTSIDE = "ui/plain.py", "render/picture_in.py", "ui/outside.py"

MADE_IN = {
    "QLabel": (PLAIN, "plain_label(text, parent)"),
    "QInputDialog": (PLAIN, "ask_line(…)"),
    "QProgressDialog": (PLAIN, "progress_box(words, stop, parent)"),
    "QMessageBox": (PLAIN, "question(…), or a banner"),
    "QErrorMessage": (PLAIN, "a banner"),
    "QSplashScreen": (PLAIN, "nothing: the window is there at once"),
    "QTextEdit": (PLAIN, "LongText, which takes plain text only"),
    "QTextBrowser": (PLAIN, "Prose"),
    "QTextDocument": (PLAIN, "QTextLayout, or Prose"),
    "QWhatsThis": (PLAIN, "a tool tip"),
    "QStaticText": (PLAIN, "QTextLayout"),
    "QGraphicsTextItem": (PLAIN, "render.text"),
    "QImageReader": (PICTURES, "picture_in.read(data), which looks at format and size first"),
    "QMovie": (PICTURES, "picture_in.read(data), which shows the first frame"),
    "QSvgRenderer": ("render/icons.py", "nothing for an SVG of a file: 2 KB of it can hang Qt"),
    "QSvgWidget": ("render/icons.py", "nothing for an SVG of a file"),
    "QDesktopServices": (OUTSIDE, "outside.follow(…) or outside.open_copy(…), which ask first"),
    "QProcess": (OUTSIDE, "outside, which asks first"),
}
"""Classes that may stand in one module only, and what everybody else uses."""
NEVER = {
    "setHtml": "setPlainText",
    "insertHtml": "insertPlainText",
    "appendHtml": "appendPlainText",
    "fromHtml": "plain.text_of(mime)",
    "setMarkdown": "setPlainText",
    "setOpenExternalLinks": "outside.follow(…)",
    "setWhatsThis": "setToolTip(plain_tip(text))",
    "openUrl": "outside.follow(…)",
    "loadFromData": "pictures.read(data)",
    "fromData": "pictures.read(data)",
}
"""Methods that nobody calls outside the module of their kind."""
ALLOWED = {("openUrl", OUTSIDE)}
TIPS = {"setToolTip": 0, "setTabToolTip": 1, "showText": 1}
"""What shows a tip, and which argument is its text."""
NETWORK = {"socket", "ssl", "http", "ftplib", "smtplib", "webbrowser", "asyncio", "requests", "httpx", "aiohttp"}
NETWORK |= {"urllib.request", "xmlrpc", "telnetlib", "socketserver", "PySide6.QtNetwork", "PySide6.QtDBus"}

Code = dict[str, list[ast.AST]]


@pytest.fixture(scope="module")
def code() -> Code:
    """Return every module by its path with all that its code is made of, read once for all rules."""
    found = {
        path.relative_to(SOURCE).as_posix(): list(ast.walk(ast.parse(path.read_text("utf-8"))))
        for path in sorted(SOURCE.rglob("*.py"))
    }
    assert len(found) > 100
    return found


def calls(code: Code) -> Iterator[tuple[str, ast.Call, str]]:
    """Yield every call as (where, the call, the last name of what is called)."""
    for name, nodes in code.items():
        for node in nodes:
            if isinstance(node, ast.Call):
                called = node.func
                last = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                yield f"{name}:{node.lineno}", node, last


def ours(node: ast.expr) -> bool:
    """Tell whether words can only be our own, or were made plain."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return ours(node.body) and ours(node.orelse)
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in ("plain_tip", "menu_text"):
            return True
        return called in ("_say", "say", "tr", "translate") and all(isinstance(one, ast.Constant) for one in node.args)
    return False


def made_in(nodes: list[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield the classes that a module makes, derives from or calls by their own name."""
    for node in nodes:
        found: list[ast.expr] = []
        if isinstance(node, ast.Call):
            found = [node.func, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
        elif isinstance(node, ast.ClassDef):
            found = node.bases
        for one in found:
            if isinstance(one, (ast.Name, ast.Attribute)) and ast.unparse(node) != "QTextEdit.ExtraSelection()":
                yield node.lineno, one.id if isinstance(one, ast.Name) else one.attr


def test_what_guesses_rich_text_or_opens_things_is_made_in_one_module(code: Code) -> None:
    faults = []
    for name, nodes in code.items():
        for line, made in made_in(nodes):
            home, instead = MADE_IN.get(made, ("", ""))
            if home and name != home:
                faults.append(f"{name}:{line} makes a {made}; use {instead} ({home})")
    for where, _, called in calls(code):
        if called in NEVER and (called, where.partition(":")[0]) not in ALLOWED:
            faults.append(f"{where}: use {NEVER[called]}")
    assert not faults


def test_a_tip_is_words_of_our_own_or_made_plain(code: Code) -> None:
    tips = [
        (where, node.args[TIPS[called]])
        for where, node, called in calls(code)
        if called in TIPS and len(node.args) > TIPS[called]
    ]
    assert len(tips) > 20
    said = "a tip may be read as rich text: wrap it in plain_tip(…), or say it with _say(“…”) alone"
    assert not [f"{where}: {said}" for where, tip in tips if not ours(tip)]


def test_a_menu_or_tab_never_takes_the_text_of_a_record_as_it_is(code: Code) -> None:
    faults = []
    for where, node, called in calls(code):
        if called in ("addAction", "addMenu", "addTab", "setTabText", "QAction") and node.args:
            first = node.args[1 if called == "setTabText" and len(node.args) > 1 else 0]
            formatted = isinstance(first, ast.Call) and ast.unparse(first.func).endswith(".format")
            raw = isinstance(first, ast.Attribute) and first.attr in ("title", "name", "number", "notes", "type")
            if formatted or raw or isinstance(first, ast.JoinedStr):
                faults.append(f"{where}: `&` in it would become a shortcut; wrap it in menu_text(…)")
    assert not faults


def test_a_picture_is_never_read_by_a_guess(code: Code) -> None:
    faults = []
    for where, node, called in calls(code):
        if called in ("QImage", "QPixmap", "QIcon") and node.args:
            first = node.args[0]
            named = any(word in ast.unparse(first).lower() for word in ("path", "name", "file", "url"))
            guessed = isinstance(first, ast.JoinedStr) or isinstance(getattr(first, "value", None), str)
            if guessed or named:
                faults.append(f"{where}: read it with pictures.read(data)")
    assert not faults


def test_no_module_knows_the_network_or_keeps_a_log(code: Code) -> None:
    faults = []
    for name, nodes in code.items():
        for node in nodes:
            if isinstance(node, ast.Import):
                found = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found = {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            else:
                continue
            if found & NETWORK:
                faults.append(f"{name}:{node.lineno}: there is no network, ever")
            if "logging" in found:
                faults.append(f"{name}:{node.lineno}: a log would hold text of cards; raise, or tell a banner")
    assert not faults
