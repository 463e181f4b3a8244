"""Typesets papers: a Typst template and data in, PDF (or PNG pages) out."""

import io
import json
import threading
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from django.conf import settings

FONTS = ("NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf")

# A compiler keeps fonts and parsed templates; it is not shared between threads.
_kept = threading.local()


class FontsMissing(Exception):
    """The fonts for papers are not installed; the message says how to install them."""


def typeset(
    template: Path,
    data: dict[str, Any],
    *,
    dated: datetime,
    form: Literal["pdf", "png"] = "pdf",
    ppi: float = 96,
) -> bytes | list[bytes]:
    """The paper: PDF as bytes, or with `form="png"` one image a page (a list if several).

    template: a .typ file that reads its data with `json(bytes(sys.inputs.data))`. dated: the
    date written into the file, so that the same data give the same bytes. Raises FontsMissing,
    and typst.TypstError for a template that is wrong.
    """
    compiler = _compiler()
    made = compiler.compile(
        input=str(template),
        format=form,
        ppi=ppi if form == "png" else None,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        root=str(template.parent),
        timestamp=dated,
    )
    assert made is not None  # nothing was asked to be written to a file
    return made


def _compiler() -> typst.Compiler:
    folder = Path(settings.HOME) / "fonts"
    missing = [name for name in FONTS if not (folder / name).exists()]
    if missing:
        raise FontsMissing(f"{', '.join(missing)} not in {folder}: run ./cx prepare")
    if getattr(_kept, "folder", None) != folder:
        fonts = typst.Fonts(font_paths=[str(folder)], include_system_fonts=False)
        _kept.compiler = typst.Compiler(font_paths=fonts)
        _kept.folder = folder
    compiler: typst.Compiler = _kept.compiler
    return compiler


def qr_svg(text: str) -> str:
    """A QR code of the text as SVG, error correction M, without a border."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
