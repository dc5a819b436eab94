"""The files kept with an entity, and saving one of them elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QIODevice, QLocale, QSaveFile, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from evidenceboard import commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.dates import shown
from evidenceboard.model.file_names import safe_name
from evidenceboard.model.markings import Marking, effective
from evidenceboard.model.records import Attachment
from evidenceboard.ui import outside
from evidenceboard.ui.dialogs import marking as dialog
from evidenceboard.ui.marking_words import said, told
from evidenceboard.ui.panels.attached_picture import AttachedPicture, may_be_picture
from evidenceboard.ui.panels.dates_typed import understanding
from evidenceboard.ui.panels.field_row import FieldRow, Value
from evidenceboard.ui.panels.fields import Field
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.saving import Drafts, put
from evidenceboard.ui.panels.sections import column, heading
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

_FRACTION: Final = re.compile(r"\.\d+")
"""What a clock adds to a second, and nobody reads."""


def _say(text: str) -> str:
    return QCoreApplication.translate("AttachmentList", text)


class AttachmentList(QWidget):
    """List the attachments of one entity."""

    def __init__(
        self, shell: Shell, entity_id: str, parent: QWidget | None = None, drafts: Drafts | None = None
    ) -> None:
        super().__init__(parent)
        self._shell, self._entity_id = shell, entity_id
        self._drafts = Drafts() if drafts is None else drafts
        self._shown: list[tuple[Attachment, Marking]] = []
        self._times: list[FieldRow] = []
        self._column = column(self, 4)

    def refresh(self) -> None:
        """Show the files as they are now."""
        document = self._shell.document
        attached = document.attachments_of(self._entity_id)
        # When a file was captured stands in a line of its own, which may just be written in.
        found = [(replace(one, captured_at=""), effective(document, one)) for one in attached]
        for row in self._times:
            row.refresh()
        if found == self._shown:
            return
        self._shown, self._times = found, []
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        if found:
            title = heading(f"{_say('Files')}  {len(found)}", self)
            holder = QWidget(self)
            inside = column(holder)
            inside.setContentsMargins(ProseButton.PAD[0], 14, 0, 0)
            inside.addWidget(title)
            self._column.addWidget(holder)
        for attachment, marking in found:
            self._column.addWidget(self._row(attachment, marking))
            self._times.append(self._captured(attachment))
            self._column.addWidget(self._times[-1])

    def keep(self) -> None:
        """Write what stands in open editors."""
        for row in self._times:
            if row.editor is not None:
                row.keep()

    def _row(self, attachment: Attachment, marking: Marking) -> QWidget:
        line = QWidget(self)
        whole = column(line)
        whole.setContentsMargins(0, 2, 0, 6)
        words = QVBoxLayout()
        words.setContentsMargins(ProseButton.PAD[0], 0, 0, 0)
        words.setSpacing(0)
        whole.addLayout(words)
        name = one_line(attachment.name) or _say("Untitled file")
        words.addWidget(Prose(name, line))
        size = QLocale().formattedDataSize(attachment.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        words.addWidget(Prose(f"{size} · {one_line(attachment.media_type, 80)}", line, size=12, quiet=True))
        if may_be_picture(attachment):
            whole.addWidget(AttachedPicture(attachment, partial(self._bytes, attachment), line))
        row = QHBoxLayout()
        row.setContentsMargins(ProseButton.PAD[0], 2, 0, 2)
        row.setSpacing(6)
        whole.addLayout(row)
        for text, named, press in (
            (_say("Open…"), _say("Open a copy of {name}…"), self._open),
            (_say("Save as…"), _say("Save {name} as…"), self._ask),
        ):
            button = QPushButton(text, line)
            button.setAccessibleName(named.format(name=name))
            button.clicked.connect(partial(press, attachment))
            row.addWidget(button)
        row.addStretch(1)
        whole.addWidget(self._marking(attachment, marking, name, line))
        if more := told(marking):
            beneath = QHBoxLayout()
            beneath.setContentsMargins(ProseButton.PAD[0], 0, 0, 0)
            beneath.addWidget(Prose(more, line, size=11, quiet=True))
            whole.addLayout(beneath)
        return line

    def _captured(self, attachment: Attachment) -> FieldRow:
        """Return the line that says when a file was captured."""
        field = Field("captured_at", _say("Captured"), _say("When it was taken from where it lay"), date=True)

        def read() -> Value:
            now = self._shell.document.find("attachments", attachment.id)
            exact = _FRACTION.sub("", now.captured_at) if isinstance(now, Attachment) else ""
            return Value(shown(exact), exact)

        row = FieldRow(
            field,
            attachment.id,
            read,
            lambda typed: put(
                self._shell,
                "Change {field}",
                lambda tx: commands.set_captured(tx, attachment.id, typed),
                field=field.label,
            ),
            self._drafts,
            self,
            editable=not self._shell.session.read_only,
            explain=partial(understanding, self._shell.session),
        )
        row.went_on.connect(lambda _, step: self.focusNextPrevChild(step > 0))
        return row

    def _marking(self, attachment: Attachment, marking: Marking, name: str, parent: QWidget) -> QWidget:
        button = ProseButton(said(marking), parent, size=12, quiet=marking.whence in ("file", "entity"))
        button.setObjectName("attachmentMarking")
        button.name(_say("Marking of {name}: {marking}").format(name=name, marking=said(marking)))
        button.setEnabled(not self._shell.session.read_only)
        button.clicked.connect(lambda: dialog.ask(self._shell, self.window(), [attachment.id]))
        return button

    def _bytes(self, attachment: Attachment) -> bytes:
        """Return the bytes of an attachment, or none where they cannot be read, and say so."""
        try:
            return self._shell.session.attachment(attachment.sha256)
        except EvidenceBoardError as error:
            self._shell.banner(error.message, error.hint, alarm=True)
            return b""

    def _open(self, attachment: Attachment) -> None:
        outside.open_copy(self._shell, self.window(), attachment)

    def _ask(self, attachment: Attachment) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation) or str(Path.home())
        start = Path(folder) / safe_name(attachment.name)
        chosen, _ = QFileDialog.getSaveFileName(self, _say("Save the file"), str(start))
        if chosen:
            self.save(attachment, Path(chosen))

    def save(self, attachment: Attachment, path: Path) -> None:
        """Write the bytes of an attachment to a place that was chosen; half a file is never left there."""
        try:
            data = self._shell.session.attachment(attachment.sha256)
        except EvidenceBoardError as error:
            self._shell.banner(error.message, error.hint, alarm=True)
            return
        out = QSaveFile(str(path))
        done = out.open(QIODevice.OpenModeFlag.WriteOnly) and out.write(data) == len(data) and out.commit()
        if done:
            self._shell.banner(_say("The file was saved."))
        else:
            said = _say("The file could not be written there; nothing was changed.")
            self._shell.banner(said, _say("Choose another place."), alarm=True)
