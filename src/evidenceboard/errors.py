"""Every failure that a user can meet, in the user's words, with what to do about it."""

from __future__ import annotations

from pathlib import Path


class EvidenceBoardError(Exception):
    """Say what the world did wrong; anything else that is raised is a bug of ours.

    `message` says what happened and what is safe, `hint` what to do. Neither holds text of a record.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class FileRefusedError(EvidenceBoardError):
    """Refuse to open a file. `code` is one of the words that `check` prints."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.code = code


class FileTooNewError(FileRefusedError):
    """Refuse a file that a newer version of this program wrote."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__("newer", message, hint)


class SaveFailedError(EvidenceBoardError):
    """Report that the disk refused a change; file and memory are as they were before it."""


class ReadOnlyError(SaveFailedError):
    """Report that the file is open for reading only, and why."""


class StaleFileError(SaveFailedError):
    """Report that the file is no longer the one this session left on the disk.

    `became` is one of moved, replaced, changed, gone; `now_at` is where a file that was moved lies, as far as that
    can be told.
    """

    def __init__(self, message: str, hint: str = "", became: str = "", now_at: Path | None = None) -> None:
        super().__init__(message, hint)
        self.became = became
        self.now_at = now_at


class StaleChangeError(EvidenceBoardError):
    """Report that a change expects a state that is no longer there."""


class InvalidValueError(EvidenceBoardError):
    """Report a value that a field does not take, with what it does take."""


class StoppedError(EvidenceBoardError):
    """Report that the user stopped long work; everything is as it was before it."""


class BusyError(EvidenceBoardError):
    """Report that another change is still being written."""


class NotFoundError(EvidenceBoardError):
    """Report that a thing that was named is not in the file."""


class FormatError(EvidenceBoardError):
    """Report that an input cannot be read or an output cannot be written in a format."""
