"""Network drives and synced folders are known by their file system, their name or what lies in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidenceboard.store import places
from evidenceboard.store.personal import write_settings


def test_places_are_known_by_their_file_system(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "20 1 0:1 / / rw - 9p none rw\n"
        "21 20 8:1 / /data rw - ext4 /dev/sda1 rw\n"
        "22 21 0:3 / /data/team\\040one rw,relatime shared:1 - nfs4 server:/x rw\n"
        "23 21 0:4 / /data/ssh rw - fuse.sshfs me@host: rw\n"
        "24 23 8:2 / /data/ssh/stick rw - vfat /dev/sdb1 rw\n"
        "a line that says nothing\n"
    )
    told = {
        "/somewhere/board.db": "",
        "/data/board.db": "ext4",
        "/data/team one/deep/board.db": "nfs4",
        "/data/team/board.db": "ext4",
        "/data/ssh/board.db": "fuse.sshfs",
        "/data/ssh/stick/board.db": "vfat",
    }
    assert {path: places.mounted_as(Path(path), mounts) for path in told} == told
    assert places.mounted_as(tmp_path, tmp_path / "no such file") == ""


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Institute)", "Dropbox"),
        ("OneDrive - Institute", "OneDrive"),
        ("Nextcloud", "Nextcloud"),
        ("Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("CloudStorage/GoogleDrive-a@b.c", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("Boxes", ""),
        ("one drive to the border", ""),
    ],
)
def test_places_are_known_by_the_names_of_synced_folders(tmp_path: Path, folder: str, name: str) -> None:
    path = tmp_path / folder / "Winter" / "board.db"
    path.parent.mkdir(parents=True)
    assert places.shared(path) == (f"in a folder that is synced ({name})" if name else "")


@pytest.mark.parametrize(("mark", "name"), [(".stfolder", "Syncthing"), (".dropbox", "Dropbox")])
def test_places_are_known_by_what_sync_programs_leave_there_but_not_by_their_settings_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str, name: str
) -> None:
    (tmp_path / "papers" / "winter").mkdir(parents=True)
    (tmp_path / "papers" / mark).mkdir()
    path = tmp_path / "papers" / "winter" / "board.db"
    assert places.shared(path) == f"in a folder that is synced ({name})"
    monkeypatch.setenv("HOME", str(tmp_path / "papers"))
    assert places.shared(path) == ""


def test_what_was_chosen_for_a_folder_counts_before_what_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Dropbox" / "winter" / "board.db"
    write_settings({"working_copy": {str(tmp_path / "Dropbox"): False}})
    assert places.shared(path) == ""
    write_settings({"working_copy": {str(tmp_path / "Dropbox"): False, str(tmp_path / "Dropbox" / "winter"): True}})
    assert places.shared(path)
    write_settings({"working_copy": {str(tmp_path / "Dropbox"): "no"}})
    assert "Dropbox" in places.shared(path)
    monkeypatch.setenv(places.FORCED, "never")
    assert places.shared(path) == ""
