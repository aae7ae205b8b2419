"""Pictures are decoded and encoded anew: what is kept is pixels, never metadata or a disguise."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Recognised by content, whatever the name says.
_TYPES: Final = ("JPEG", "PNG", "WEBP")
MOST_BYTES: Final = 15 * 1024 * 1024
_MOST_PIXELS: Final = 60_000_000
_LARGE: Final = 1600
_SMALL: Final = 480


@dataclass(frozen=True)
class Encoded:
    large: bytes
    small: bytes
    width: int
    height: int


def encode(content: bytes) -> Encoded:
    """Two JPEGs of a picture, turned the way it was taken.

    Raises:
        ValidationError: no picture of a known type, broken, or too large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(content) > MOST_BYTES:
        raise ValidationError(_("Gambar lebih besar dari 15 MB."))
    try:
        with Image.open(io.BytesIO(content), formats=_TYPES) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise ValidationError(_("Gambar terlalu besar: paling banyak 60 juta piksel."))
            upright = ImageOps.exif_transpose(opened)
            flat = _on_white(upright)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(
            _("Berkas ini bukan gambar JPEG, PNG, atau WebP yang utuh.")
        ) from None
    large, small = flat.copy(), flat
    large.thumbnail((_LARGE, _LARGE))
    small.thumbnail((_SMALL, _SMALL))
    return Encoded(_jpeg(large, 82), _jpeg(small, 78), large.width, large.height)


def _on_white(picture):  # type: ignore[no-untyped-def]
    """Without transparency, palette or profile."""
    from PIL import Image

    pixels = picture.convert("RGBA")
    ground = Image.new("RGB", pixels.size, "white")
    ground.paste(pixels, mask=pixels.getchannel("A"))
    return ground


def _jpeg(picture, quality: int) -> bytes:  # type: ignore[no-untyped-def]
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    return target.getvalue()
