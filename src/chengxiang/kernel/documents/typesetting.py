"""Typesets papers: a Typst template and data in, PDF (or PNG pages) out."""

import json
import threading
from dataclasses import is_dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, overload

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from chengxiang.kernel.errors import Refused

FONTS = ("NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf")

# A compiler keeps parsed templates; it is not shared between threads. The fonts are.
_kept = threading.local()


class FontsMissing(Refused):
    """The fonts for papers are not installed; the message says how to install them."""

    def __init__(self, folder: Path, missing: list[str]) -> None:
        super().__init__(
            "documents.fonts_missing",
            _(
                "Papers cannot be printed: %(fonts)s is not in %(folder)s. Run “./cx prepare”, "
                "then print again."
            )
            % {"fonts": ", ".join(missing), "folder": folder},
        )


@overload
def typeset(
    template: Path, data: dict[str, Any], *, dated: datetime, tagged: bool = True
) -> bytes: ...
@overload
def typeset(
    template: Path, data: dict[str, Any], *, dated: datetime, form: Literal["png"], ppi: float = 96
) -> list[bytes]: ...
def typeset(
    template: Path,
    data: dict[str, Any],
    *,
    dated: datetime,
    form: Literal["pdf", "png"] = "pdf",
    ppi: float = 96,
    tagged: bool = True,
) -> bytes | list[bytes]:
    """The paper: PDF as bytes, or with `form="png"` one image a page.

    template: a .typ file that reads its data with `json(bytes(sys.inputs.data))` and imports
    nothing from outside its folder. tagged: with the structure that screen readers need; a batch
    for the printer is a fifth of the size without. dated: the date written into the file, so that
    the same data give the same bytes; the fonts of the machine are never used, for the same
    reason. Refuses `documents.fonts_missing`; raises typst.TypstError for a template that is wrong.
    """
    made = _compiler().compile(
        input=str(template),
        format=form,
        ppi=ppi if form == "png" else None,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=_plain)},
        root=str(template.parent),
        timestamp=dated,
        pdf_tags=tagged,
    )
    assert made is not None  # only where an output file is named
    return [made] if form == "png" and isinstance(made, bytes) else made


def _plain(value: object) -> Any:
    """Records as their fields, bytes as numbers, everything else (days, decimals) in words."""
    if is_dataclass(value) and not isinstance(value, type):
        return vars(value)
    return list(value) if isinstance(value, bytes) else str(value)


def _compiler() -> typst.Compiler:
    folder = Path(settings.HOME) / "fonts"
    if getattr(_kept, "folder", None) != folder:
        missing = [name for name in FONTS if not (folder / name).exists()]
        if missing:
            raise FontsMissing(folder, missing)
        _kept.compiler = typst.Compiler(font_paths=_fonts(folder))
        _kept.folder = folder
    compiler: typst.Compiler = _kept.compiler
    return compiler


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(font_paths=[str(folder)], include_system_fonts=False)
