"""Finds layers and tables in a folder or zip, however it is laid out."""

import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..layout import LAYERS, TABLES

# Longest first, so that ZJQY is not taken for ZJ.
_NAMES = sorted((*LAYERS, *TABLES), key=len, reverse=True)
_STEM = re.compile(
    rf"^({'|'.join(_NAMES)})(?:[_\-]?(\d{{6}})(\d{{4}}))?[_\-]?(\d*)$", re.IGNORECASE
)
# More than this is not a county's package but an accident or an attack.
MOST_BYTES = 8 * 2**30


@dataclass(frozen=True)
class Source:
    """A file that holds one layer or table, or a container that holds several."""

    path: Path
    shown: str  # its name inside the package
    table: str = ""  # national name; empty for containers
    is_well_named: bool = True


@dataclass
class Found:
    """What a package consists of."""

    layers: list[Source] = field(default_factory=list)  # shapefiles
    databases: list[Source] = field(default_factory=list)  # .mdb, .accdb
    workbooks: list[Source] = field(default_factory=list)  # .xlsx, .xls, .ods
    texts: list[Source] = field(default_factory=list)  # .csv
    geopackages: list[Source] = field(default_factory=list)
    metadata: list[Path] = field(default_factory=list)  # SL….xml
    county_code: str = ""
    county_name: str = ""
    year: str = ""


def unpack(archive: Path, into: Path) -> None:
    """Unpacks a zip whose names may be GBK without saying so.

    Raises zipfile.BadZipFile for a broken one and ValueError for one of more than `MOST_BYTES`.
    """
    with zipfile.ZipFile(archive) as opened:
        if sum(info.file_size for info in opened.infolist()) > MOST_BYTES:
            raise ValueError(f"more than {MOST_BYTES // 2**30} GiB unpacked")
        for info in opened.infolist():
            parts = [part for part in PurePosixPath(_member_name(info)).parts if part not in "/.."]
            if info.is_dir() or not parts:
                continue
            target = into.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with opened.open(info) as source, target.open("wb") as out:
                while block := source.read(2**20):
                    out.write(block)


def _member_name(info: zipfile.ZipInfo) -> str:
    name = info.filename.replace("\\", "/")
    if info.flag_bits & 0x800:  # the name says that it is UTF-8
        return name
    raw = name.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def locate(root: Path, named: str) -> Found:
    """Sorts every file below `root`; `named` is what the folder or zip was called."""
    found = Found()
    _name_county(found, named)
    for path in sorted(_files(root)):
        suffix, stem = path.suffix.lower(), path.stem
        shown = str(path.relative_to(root))
        for part in path.relative_to(root).parts[:-1]:
            _name_county(found, part)
        match = _STEM.match(stem.strip())
        source = Source(
            path,
            shown,
            table=_canonical(match[1]) if match else "",
            is_well_named=bool(match and match[2]),
        )
        if match and match[3] and not found.year:
            found.year = match[3]
            found.county_code = found.county_code or match[2]
        if suffix == ".shp" and source.table in LAYERS:
            found.layers.append(source)
        elif suffix in {".mdb", ".accdb"}:
            found.databases.append(source)
        elif suffix in {".xlsx", ".xls", ".ods"}:
            found.workbooks.append(source)
        elif suffix == ".csv" and source.table:
            found.texts.append(source)
        elif suffix == ".gpkg":
            found.geopackages.append(source)
        elif suffix == ".xml" and stem.upper().startswith("SL"):
            found.metadata.append(path)
    return found


def _files(root: Path) -> Iterator[Path]:
    for folder, _folders, names in os.walk(root):
        for name in names:
            # Left by Mac archives and by editors.
            if not name.startswith((".", "~$")) and "__MACOSX" not in folder:
                yield Path(folder, name)


def _canonical(name: str) -> str:
    return next(known for known in _NAMES if known == name.upper())


def _name_county(found: Found, text: str) -> None:
    match = re.match(r"^(\d{6})(?!\d)(.*)$", text)
    if match and not found.county_code:
        found.county_code = match[1]
        found.county_name = re.sub(r"\.zip$", "", match[2], flags=re.IGNORECASE).strip(" _-")
