"""Pictures: the place is read from EXIF, then the picture is drawn anew, so nothing hidden is left in it."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags, Image, ImageOps

from otklik.common.errors import Refused

MAX_PIXELS = 60_000_000
THUMBNAIL = (480, 480)
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
TOO_LARGE = "Снимок больше 60 млн точек: уменьшите его и приложите снова."
UNREADABLE = "Снимок повреждён: откройте его у себя, сохраните заново и приложите снова."


@dataclass(frozen=True)
class Picture:
    """The clean picture, its small copy (JPEG), and where it was taken, in degrees."""

    content: bytes
    thumbnail: bytes
    lat: float | None
    lon: float | None


def strip_picture(content: bytes, content_type: str) -> Picture:
    """Draw the picture anew without EXIF and other hidden data. Raises Refused for a broken or huge one."""
    try:
        with Image.open(io.BytesIO(content), formats=list(FORMATS.values())) as image:
            # Only the head is read so far: a small file may unfold into gigabytes.
            if image.width * image.height > MAX_PIXELS:
                raise Refused(TOO_LARGE)
            lat, lon = place_of(image)
            upright = ImageOps.exif_transpose(image)
            return Picture(_drawn(upright, FORMATS[content_type]), _small(upright), lat, lon)
    except Image.DecompressionBombError as error:
        raise Refused(TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError, TypeError) as error:
        raise Refused(UNREADABLE) from error


def place_of(image: Image.Image) -> tuple[float | None, float | None]:
    """Latitude and longitude by EXIF; both None where there is none or they make no sense."""
    gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S", 90)
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W", 180)
    if lat is None or lon is None or (lat == 0 and lon == 0):
        return None, None
    return lat, lon


def _degrees(parts: Any, ref: Any, negative: str, most: float) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= most:
        return None
    return round(-value if str(ref).upper().startswith(negative) else value, 6)


def _drawn(image: Image.Image, kind: str) -> bytes:
    clean = image.convert("RGB") if kind == "JPEG" else image.convert("RGBA" if _is_clear(image) else "RGB")
    # Only pixels go over: the new picture knows nothing of the old one's info.
    fresh = Image.new(clean.mode, clean.size)
    fresh.paste(clean)
    return _saved(fresh, kind)


def _small(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail(THUMBNAIL)
    ground = Image.new("RGB", small.size, "white")
    ground.paste(
        small.convert("RGB"), mask=small.convert("RGBA").getchannel("A") if _is_clear(small) else None
    )
    return _saved(ground, "JPEG")


def _is_clear(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _saved(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    options: dict[str, Any] = {"quality": 88} if kind != "PNG" else {"optimize": True}
    image.save(out, kind, **options)
    return out.getvalue()
