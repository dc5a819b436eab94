"""Web addresses of a file: which may be opened, and the host as it really is."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import ip_address
from typing import Final
from urllib.parse import quote, urlsplit

from evidenceboard.errors import InvalidValueError
from evidenceboard.model.values import dataclass

LONGEST: Final = 4096
"""Characters of an address, as for a link preview in Signal, whose other rules hold here too."""
_HOST_LONGEST: Final = 253
_PRIVATE: Final = frozenset(
    ("localhost", "local", "internal", "lan", "home", "arpa", "test", "invalid", "example", "onion", "i2p")
)
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER: Final = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_DEVIATING: Final = frozenset("ßς\u200c\u200d")
"""Letters that programs of different age read as different hosts."""
_IN_PATH: Final = "/:?#[]@!$&'()*+,;=-._~%"


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be opened, all of it ASCII. `host`: the whole host, with its port where it names one."""

    url: str
    host: str
    shown: str
    """The host in the letters of its language, or "" where that is the same."""


def checked(text: str) -> Address:
    """Return an address as it may be opened. Raises `InvalidValueError`, saying why it is not.

    Only http and https; no name or password in it; a host of at least two parts, which lies outside this machine and
    its network, all in ASCII or all in one other script; nothing in it that hides, turns or controls.
    """
    text = text.strip(" ")
    if len(text) > LONGEST:
        raise _refused("it is longer than any ordinary address")
    if _hides(text):
        raise _refused("it holds signs that nobody sees, or blanks")
    if "\\" in text:
        raise _refused("it holds a backslash, which programs read in different ways")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused("it is not written as an address is") from None
    if parts.scheme not in ("http", "https"):
        raise _refused("only addresses that begin with https:// or http:// are opened")
    if not text[len(parts.scheme) :].startswith("://") or not host:
        raise _refused("it names no host")
    if "@" in parts.netloc:
        raise _refused("it holds a name or password before the host, which can pose as the host")
    ascii_host = _in_ascii(host)
    rest = quote(text[text.index("://") + 3 + len(parts.netloc) :], safe=_IN_PATH)
    place = f"{ascii_host}:{port}" if port is not None else ascii_host
    return Address(f"{parts.scheme}://{place}{rest}", place, "" if ascii_host == host else host)


def _in_ascii(host: str) -> str:
    if "%" in host:
        raise _refused("its host is written in codes")
    if any(sign in _DEVIATING for sign in host):
        raise _refused("programs read its host in different ways")
    plain = host.replace(".", "")
    if plain.isascii() and "xn--" not in host:
        made = host
    else:
        named = _decoded(host).replace(".", "")
        if any(sign.isascii() for sign in named) or len(_scripts(named)) > 1:
            raise _refused("its host mixes plain Latin letters, or those of one script, with others")
        try:
            made = host.encode("idna").decode("ascii")
            again = made.encode("ascii").decode("idna")
        except (UnicodeError, ValueError):
            raise _refused("its host is not written as a host is") from None
        if again.encode("idna").decode("ascii") != made:
            raise _refused("programs read its host in different ways")
    labels = made.split(".")
    if labels[-1] in _PRIVATE:
        raise _refused("it leads to this machine or its own network, or nowhere")
    if len(made) > _HOST_LONGEST or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused("its host is not written as a host is")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            number = ip_address(made)
        except ValueError:
            raise _refused("its host is a number written in an odd way") from None
        if not number.is_global:
            raise _refused("it leads to this machine or its own network")
    return made


def _decoded(host: str) -> str:
    """Return a host in the letters of its language, whichever way it was written."""
    try:
        return ".".join(label.encode("ascii").decode("idna") if label.isascii() else label for label in host.split("."))
    except UnicodeError:
        raise _refused("its host is not written as a host is") from None


def _scripts(letters: str) -> set[str]:
    found = {unicodedata.name(sign, "?").split()[0].split("-")[0] for sign in letters if sign.isalpha()}
    # Japanese is written in three scripts together.
    return {"CJK" if one in ("HIRAGANA", "KATAKANA") else one for one in found}


def _hides(text: str) -> bool:
    return any(sign.isspace() or unicodedata.category(sign)[0] == "C" or not sign.isprintable() for sign in text)


def _refused(why: str) -> InvalidValueError:
    return InvalidValueError(
        f"This address was not opened: {why}.", "Copy it if you want to look at it with care in another program."
    )
