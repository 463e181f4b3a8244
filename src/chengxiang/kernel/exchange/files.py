"""Files that came in: told apart by what they contain, kept below the installation's home."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

_BLOCK = 2**20


def uploads() -> Path:
    """Where files brought in are kept."""
    folder: Path = getattr(settings, "UPLOADS", settings.HOME / "uploads")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fingerprint(path: Path) -> str:
    """SHA-256 over the members' names and contents: the same for a folder and its zip."""
    digest = hashlib.sha256()
    for name, stream in sorted_members(path):
        digest.update(name.encode() + b"\0")
        with stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def sorted_members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and open content of every file of a folder, zip or single file, by name."""
    if path.is_dir():
        for member in sorted(p for p in path.rglob("*") if p.is_file()):
            yield str(member.relative_to(path)), member.open("rb")
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            top = {info.filename.split("/")[0] for info in members}
            # A zip usually holds the folder itself, whose name is not content.
            cut = len(top.pop()) + 1 if len(top) == 1 and "/" in members[0].filename else 0
            for info in sorted(members, key=lambda info: info.filename):
                yield info.filename[cut:], archive.open(info)
    else:
        yield path.name, path.open("rb")


def keep(path: Path, sha256: str) -> Path:
    """Copies a file or folder (as an uncompressed zip) below `uploads()`; returns where it is."""
    kept = uploads() / f"{sha256}.zip"
    if kept.exists():
        return kept
    # Written beside and renamed, so that a half copied file never has the final name.
    part = kept.with_suffix(".part")
    if path.is_dir():
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for member in sorted(p for p in path.rglob("*") if p.is_file()):
                archive.write(member, Path(path.name) / member.relative_to(path))
    else:
        shutil.copyfile(path, part)
    part.rename(kept)
    return kept
