"""Faults of the files themselves, planted in a package that has been written as a folder."""

from collections.abc import Callable
from pathlib import Path

from ..package import Problem

Spoil = Callable[[Path, str], list[Problem]]


def spoil_files(folder: Path, kinds: list[str]) -> list[Problem]:
    """Spoils the layers of a written package, one kind after the other, and lists what is wrong.

    kinds: of `FILE_FAULTS`. Each works on another layer, so that they do not meet. KeyError for
    a kind that is not there.
    """
    return [problem for kind in kinds for problem in FILE_FAULTS[kind](folder / "矢量数据", kind)]


def _file(folder: Path, layer: str, suffix: str) -> Path:
    (found,) = folder.glob(f"{layer}[0-9]*{suffix}")
    return found


def _told(code: str, path: Path, layer: str) -> list[Problem]:
    return [Problem(code, file=f"{path.parent.name}/{path.name}", table=layer)]


def _no_dbf(folder: Path, code: str) -> list[Problem]:
    _file(folder, "JBNTBHQ", ".dbf").unlink()
    return _told(code, _file(folder, "JBNTBHQ", ".shp"), "JBNTBHQ")


def _no_index(folder: Path, code: str) -> list[Problem]:
    _file(folder, "XJQY", ".shx").unlink()
    return _told(code, _file(folder, "XJQY", ".shp"), "XJQY")


def _renamed(folder: Path, code: str) -> list[Problem]:
    for path in list(folder.glob("QYJX*")):
        path.rename(path.with_name(f"qyjx{path.suffix}"))
    return _told(code, folder / "qyjx.shp", "QYJX")


def _wrong_encoding(folder: Path, code: str) -> list[Problem]:
    _file(folder, "CJQY", ".cpg").write_text("UTF-8")
    return _told(code, _file(folder, "CJQY", ".shp"), "CJQY")


def _broken(folder: Path, code: str) -> list[Problem]:
    path = _file(folder, "KZD", ".dbf")
    path.write_bytes(b"not a table")
    return _told(code, _file(folder, "KZD", ".shp"), "KZD")


def _absent(folder: Path, code: str) -> list[Problem]:
    for path in list(folder.glob("JZX*")):
        path.unlink()
    return [Problem(code, table="JZX")]


def _contradicting(folder: Path, code: str) -> list[Problem]:
    """The .prj of another zone than the coordinates are of."""
    path = _file(folder, "JZD", ".prj")
    path.write_text(path.read_text().replace('False_Easting",4', 'False_Easting",3'))
    return _told(code, _file(folder, "JZD", ".shp"), "JZD")


FILE_FAULTS: dict[str, Spoil] = {
    "file.part_missing": _no_dbf,
    "file.index_rebuilt": _no_index,
    "file.name": _renamed,
    "file.encoding": _wrong_encoding,
    "file.unreadable": _broken,
    "file.table_absent": _absent,
    "file.crs_conflict": _contradicting,
}
