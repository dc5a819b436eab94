"""The one way out: an address or a copy of a kept file handed to another program, after a question."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.addresses import checked
from evidenceboard.model.file_names import ending_of, safe_name
from evidenceboard.model.records import Attachment
from evidenceboard.store import private_copy
from evidenceboard.ui.plain import one_line, question
from evidenceboard.ui.shell import Shell

_PROGRAMS: Final = (
    ".action .apk .app .appimage .application .appref-ms .bash .bat .cgi .chm .class .cmd .com .command .cpl .csh "
    ".deb .desktop .dll .dmg .dylib .elf .exe .fish .gadget .hta .htm .html .inf .iso .jar .jnlp .js .jse .ksh "
    ".lnk .mde .mht .mhtml .mjs .msc .msi .msp .mst .pif .pl .pkg .ps1 .psm1 .py .pyc .pyw .rb .reg .rpm .run "
    ".scpt .scr .sct .sh .shb .so .svg .svgz .terminal .url .vb .vbe .vbs .webloc .workflow .ws .wsf .wsh .xhtml "
    ".xht .xml .xsl .xslt .zsh"
)
PROGRAMS: Final = frozenset(_PROGRAMS.split())
"""Endings of files that are programs or can hold some: they can be saved, never opened from here."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Outside", text)


def follow(shell: Shell, parent: QWidget, text: str) -> None:
    """Open a web address, after a question that shows the whole host in ASCII; say why where it is not one to open."""
    try:
        found = checked(text)
    except EvidenceBoardError as error:
        shell.banner(error.message, error.hint, alarm=True)
        return
    parts = [_say("Host: {host}").format(host=found.host)]
    if found.shown:
        parts.append(_say("In its own letters: {host}").format(host=found.shown))
    parts += ["", one_line(found.url, 1000)]
    asked = _say("Open this address in the web browser? The host will see who asks, and when.")
    if question(parent, _say("Open an address"), asked, "\n".join(parts), _say("Open"), _say("Leave it")):
        _hand_over(shell, QUrl(found.url, QUrl.ParsingMode.StrictMode))


def open_copy(shell: Shell, parent: QWidget, attachment: Attachment) -> None:
    """Open a copy of a kept file in the program that this machine has for it, after a question; never a program."""
    name, ending = safe_name(attachment.name), ending_of(attachment.name)
    if not ending or ending in PROGRAMS:
        what = _say("“{name}” was not opened: a file of this kind can be a program.").format(name=one_line(name, 80))
        shell.banner(what, _say("Save it if you trust where it comes from."), alarm=True)
        return
    asked = _say("Open a copy of this file in another program? Open only what you trust: a file can do harm there.")
    more = _say("{name}\n\nThe file kept on the board stays as it is; the copy is removed when Evidenceboard ends.")
    if not question(parent, _say("Open a file"), asked, more.format(name=name), _say("Open a copy"), _say("Leave it")):
        return
    try:
        path = private_copy.write(name, shell.session.attachment(attachment.sha256))
    except EvidenceBoardError as error:
        shell.banner(error.message, error.hint, alarm=True)
        return
    _hand_over(shell, QUrl.fromLocalFile(str(path)))


def _hand_over(shell: Shell, url: QUrl) -> None:
    if not url.isValid() or not QDesktopServices.openUrl(url):
        shell.banner(_say("No program of this machine took it."), alarm=True)
