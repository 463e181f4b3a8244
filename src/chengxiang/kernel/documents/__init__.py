"""Documents: papers typeset with Typst, with a QR code that leads back to the register."""

from .typesetting import FontsMissing, typeset

__all__ = ["FontsMissing", "typeset"]
