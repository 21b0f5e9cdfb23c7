"""Files sent with a form and files handed out: the same door for every record that keeps papers."""

from io import BytesIO
from typing import BinaryIO

from django.http import FileResponse, Http404

from otklik.channels.files import path_of, store_files
from otklik.channels.models import StoredFile
from otklik.desk.request import DeskRequest

SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/webp", "application/pdf")


def sent_files(request: DeskRequest, name: str = "files") -> list[StoredFile]:
    """What was attached, checked and stored. Raises Refused for a file that is not taken."""
    sent: list[tuple[str, BinaryIO]] = [
        (one.name or "файл", BytesIO(one.read())) for one in request.FILES.getlist(name)
    ]
    return store_files(sent, request.municipality)


def hand_out(file: StoredFile) -> FileResponse:
    """Pictures and PDF open in the browser, everything else is saved. Raises Http404 for one that is gone."""
    path = path_of(file)
    if not path.is_file():
        raise Http404
    is_safe = file.content_type in SHOWN_IN_PLACE
    return FileResponse(
        path.open("rb"),
        content_type=file.content_type if is_safe else "application/octet-stream",
        as_attachment=not is_safe,
        filename=file.name,
    )
