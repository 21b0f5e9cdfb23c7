"""A form opened before another's change: it is told so with its text, and may then be sent again."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from django.test import Client


def keeps_what_was_typed(
    client: Client,
    place: str,
    theirs: Mapping[str, object],
    mine: Mapping[str, object],
    words: str,
    page: str = "",
) -> None:
    """Two send the form of `place`, opened on `page`, at one version; `words` are those only the second typed."""
    seen = _version(client.get(page or place).content.decode(), place)
    assert client.post(place, {**theirs, "version": seen}).status_code == 302
    again = client.post(place, {**mine, "version": seen})
    said = again.content.decode()
    assert again.status_code == 422 and "изменил кто-то другой" in said and words in said
    newest = _version(said, place)
    assert newest != seen
    faulty = client.post(place, {**dict.fromkeys(mine, ""), "version": seen})
    assert faulty.status_code == 422
    assert _version(faulty.content.decode(), place) == seen, (
        "a fault of a field is no leave to write over another"
    )
    assert client.post(place, {**mine, "version": newest}).status_code == 302


def _version(page: str, place: str) -> str:
    found = re.search(
        rf'action="{re.escape(place)}".*?name="version" value="(\d+)"', unquote(page), re.DOTALL
    )
    assert found is not None
    return found[1]
