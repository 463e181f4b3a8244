"""QR codes (ISO/IEC 18004) as small pictures for papers."""

import io

import segno

# Enough for any printer; a scaled-up picture of one dot a module would be smoothed by some viewers.
_DOTS_A_MODULE = 4


def qr_png(text: str) -> bytes:
    """The code of a text as a black and white PNG, error correction M, without its quiet zone."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=_DOTS_A_MODULE, border=0)
    return out.getvalue()
