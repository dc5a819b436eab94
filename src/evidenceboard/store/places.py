"""Where a board lies: on a disk of this machine, or where locks may lie, on a network drive or in a synced folder."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from evidenceboard.store.personal import read_settings

FORCED: Final = "EVIDENCEBOARD_WORKING_COPY"
"""`always` or `never`: whether boards are worked on through a copy, wherever they lie."""
_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = re.compile(
    r"nfs4?|cifs|smb\d?|smbfs|ncpfs|afs|ceph|glusterfs|lustre|beegfs|gpfs|davfs|drvfs|9p|vboxsf|prl_fs|virtiofs|gfs2|ocfs2"
    r"|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|vmhgfs-fuse|s3fs|curlftpfs|smbnetfs|glusterfs|ceph|onedriver|pcloud"
    r"|google-drive-ocamlfuse|jmtpfs)"
)
_SYNCED: Final = (
    (re.compile(r"dropbox( \(.+\))?", re.I), "Dropbox"),
    (re.compile(r"onedrive( ?- ?.+)?", re.I), "OneDrive"),
    (re.compile(r"nextcloud\d*", re.I), "Nextcloud"),
    (re.compile(r"owncloud", re.I), "ownCloud"),
    (re.compile(r"icloud ?drive.*|mobile documents|com~apple~clouddocs", re.I), "iCloud"),
    (re.compile(r"google ?drive( \(.+\))?|googledrive-.+|my drive", re.I), "Google Drive"),
    (re.compile(r"cloudstorage", re.I), "a cloud service"),
    (re.compile(r"proton ?drive.*", re.I), "Proton Drive"),
    (re.compile(r"pcloud ?drive", re.I), "pCloud"),
    (re.compile(r"seafile|seadrive.*", re.I), "Seafile"),
)
"""How synced folders are called."""
_MARKS: Final = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
}
"""What sync programs leave at the head of their folder."""
_REMOTE: Final = 4
"""What Windows calls a drive that lies on another machine."""


def shared(path: Path) -> str:
    """Return why a board is worked on through a copy, such as "on a network drive (nfs4)"; "" at an ordinary place.

    `EVIDENCEBOARD_WORKING_COPY` decides for all, `working_copy` in the user's settings for folders: `{folder: true}`.
    """
    path = path.resolve()
    forced = os.environ.get(FORCED, "")
    if forced in ("always", "never"):
        return _chosen(forced == "always")
    folders = read_settings().get("working_copy")
    if isinstance(folders, dict):
        for folder in path.parents:
            if isinstance(wanted := folders.get(str(folder)), bool):
                return _chosen(wanted)
    return _network(path) or _synced(path)


def _chosen(wanted: bool) -> str:
    return "in a folder for which you chose so" if wanted else ""


def _network(path: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        drive = path.drive
        if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE:
            return "on a network drive"
        return ""
    kind = mounted_as(path)
    return f"on a network drive ({kind.removeprefix('fuse.')})" if _NETWORK.fullmatch(kind) else ""


def mounted_as(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the kind of file system that a path lies on, such as `nfs4`; "" for the system's own or where unknown."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    longest, kind = Path("/"), ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4]))
        # Of several on one another the last is seen. What the whole system lies on is as good as a disk of its own.
        if len(point.parts) >= len(longest.parts) and point != Path("/") and path.is_relative_to(point):
            longest, kind = point, after.split()[0]
    return kind


def _synced(path: Path) -> str:
    home = Path.home()
    above = [home, *home.parents]
    # In the home itself these programs keep their own settings, under the same names.
    for folder in (folder for folder in path.parents if folder not in above):
        for pattern, name in _SYNCED:
            if pattern.fullmatch(folder.name):
                return f"in a folder that is synced ({name})"
        for mark, name in _MARKS.items():
            if os.path.lexists(folder / mark):
                return f"in a folder that is synced ({name})"
    return ""
