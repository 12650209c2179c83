"""Pictures made anew: decoded, turned upright, and written again without anything but pixels.

Whatever else a picture carried (the place where it was taken, the camera, a thumbnail of what was
cut off, another file behind its end) does not survive.
"""

from __future__ import annotations

from io import BytesIO
from threading import BoundedSemaphore
from typing import Final

from PIL import Image, ImageOps

from core.attachments.rules import MOST_PIXELS, FileRefusedError, FileRule

PNG_MARK: Final = b"\x89PNG\r\n\x1a\n"
JPEG_MARK: Final = b"\xff\xd8\xff"
_FORMATS: Final = {"png": "PNG", "jpg": "JPEG"}
# An A4 page at 300 dots an inch is 2480 × 3508: larger ones are made smaller.
_LONGEST_SIDE: Final = 3600
_QUALITY: Final = 85
_GREY: Final = frozenset({"1", "L"})
_CLEAR: Final = frozenset({"LA", "PA", "RGBA", "RGBa", "La"})
# Each takes up to 200 MB while it is decoded; more wait for their turn.
_TURNS = BoundedSemaphore(2)


def made_anew(content: bytes, extension: str) -> bytes:
    """The picture's pixels, upright, in a new file of the same kind.

    Raises:
        FileRefusedError: it is damaged, moving, or too large to be decoded.
    """
    with _TURNS:
        try:
            return _written(_upright(content, _FORMATS[extension]), _FORMATS[extension])
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise FileRefusedError(FileRule.TOO_MANY_PIXELS) from None
        except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError):
            # what Pillow raises on a file that breaks its format's rules
            raise FileRefusedError(FileRule.BROKEN_PICTURE) from None


def _upright(content: bytes, format_: str) -> Image.Image:
    with Image.open(BytesIO(content), formats=[format_]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise FileRefusedError(FileRule.TOO_MANY_PIXELS)
        # a telephone's JPEG may hold a second picture of the same moment; the first is taken
        if format_ == "PNG" and getattr(picture, "is_animated", False):
            raise FileRefusedError(FileRule.MOVING_PICTURE)
        picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        picture.load()
        return _opaque(ImageOps.exif_transpose(picture))


def _opaque(picture: Image.Image) -> Image.Image:
    """In grey or colours; what was transparent is white as paper."""
    if picture.mode in _GREY:
        return picture.convert("L")
    if picture.mode in _CLEAR or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")


def _written(picture: Image.Image, format_: str) -> bytes:
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)  # pixels alone: what else the picture knew stays behind
    made = BytesIO()
    clean.save(made, format_, quality=_QUALITY)
    return made.getvalue()
