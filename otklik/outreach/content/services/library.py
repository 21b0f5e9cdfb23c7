"""The library of pictures: each with words for those who do not see it, drawn anew for every network."""

import io
from datetime import datetime
from pathlib import PurePosixPath
from typing import BinaryIO

from django.db import transaction
from PIL import Image, ImageOps

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.channels.files import PICTURES, path_of, store_file
from otklik.channels.models import StoredFile
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.outreach.content.models import MediaItem, MediaSize
from otklik.outreach.content.rules import NETWORKS
from otklik.outreach.content.services.common import said
from otklik.outreach.content.services.headings import rubric_of

NO_ALT = "Опишите, что на снимке: без этого его не увидят незрячие жители."
NO_SOURCE = "Напишите, чей снимок: свой, с разрешения автора, из открытого банка."
LEAST = 400


@transaction.atomic
def add_picture(
    municipality: Municipality,
    content: BinaryIO | bytes,
    name: str,
    *,
    title: str,
    alt: str,
    source: str,
    by: User,
    now: datetime,
    rubric: str = "",
) -> MediaItem:
    """Keep a picture without its hidden data and draw it for every network. Raises Refused."""
    words, owner = said(alt, NO_ALT, 400), said(source, NO_SOURCE, 200)
    file = store_file(content, name, municipality)
    if file.content_type not in PICTURES:
        raise Refused("Это не снимок: загрузите JPG, PNG или WEBP.")
    width, height = _size_of(file)
    if max(width, height) < LEAST:
        raise Refused(f"Снимок мелкий: нужна сторона хотя бы {LEAST} точек.")
    item = MediaItem.objects.create(
        municipality=municipality,
        title=title.strip()[:160] or PurePosixPath(file.name).stem[:160],
        alt=words,
        source=owner,
        file=file,
        width=width,
        height=height,
        rubric=rubric_of(municipality, rubric),
        added_by=by,
        added_at=now,
    )
    for network in NETWORKS:
        fitted(item, network)
    record(item, "content.picture_added", by, municipality, why=item.title)
    return item


def describe(item: MediaItem, title: str, alt: str, by: User) -> MediaItem:
    """Change the words of a picture. Raises Refused."""
    item.alt = said(alt, NO_ALT, 400)
    item.title = title.strip()[:160] or item.title
    item.save(update_fields=["alt", "title"])
    record(item, "content.picture_changed", by, item.municipality, why=item.title)
    return item


def retire(item: MediaItem, why: str, by: User, now: datetime) -> MediaItem:
    """Offer the picture no more; posts keep it. Raises Refused."""
    item.retired_why = said(why, "Напишите, почему снимок убирают.", 300)
    item.retired_at = now
    item.save(update_fields=["retired_at", "retired_why"])
    record(item, "content.picture_retired", by, item.municipality, why=item.retired_why)
    return item


def fitted(item: MediaItem, network: str) -> StoredFile:
    """The picture as the network shows it best: no wider and no higher, never cut or blown up; drawn once."""
    known = MediaSize.objects.filter(item=item, network=network).select_related("file").first()
    if known is not None:
        return known.file
    most = NETWORKS[network].picture
    with Image.open(path_of(item.file)) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.width <= most[0] and upright.height <= most[1] and item.file.content_type == "image/jpeg":
            file, (width, height) = item.file, upright.size
        else:
            drawn = _on_white(upright)
            drawn.thumbnail(most)
            name = f"{PurePosixPath(item.file.name).stem}-{network}.jpg"
            file, (width, height) = store_file(_jpeg(drawn), name, item.municipality), drawn.size
    MediaSize.objects.create(
        municipality=item.municipality, item=item, network=network, file=file, width=width, height=height
    )
    return file


def _size_of(file: StoredFile) -> tuple[int, int]:
    with Image.open(path_of(file)) as image:
        return image.width, image.height


def _on_white(image: Image.Image) -> Image.Image:
    """JPEG knows no transparency."""
    ground = Image.new("RGB", image.size, "white")
    clear = image.convert("RGBA")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()
