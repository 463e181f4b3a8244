"""Documents: papers typeset with Typst, drawn to scale, with a QR code back to the register."""

from .drawing import Drawing, draw
from .qr import qr_png
from .typesetting import FontsMissing, typeset

__all__ = ["Drawing", "FontsMissing", "draw", "qr_png", "typeset"]
