"""Files inside winmail.dat, the envelope of Outlook: titles and contents, nothing else of it is read. Pure.

The layout is taken from the published MS-OXTNEF: a signature, a key, then attributes of level, name, length, data.
"""

import struct
from collections.abc import Iterator

SIGNATURE = 0x223E9F78
NEW_FILE, TITLE, DATA = 0x00069002, 0x00018010, 0x0006800F
MOST_FILES = 20


def files_of(content: bytes) -> list[tuple[str, bytes]]:
    """Name and content of each file; an envelope broken in the middle gives what stands before the break."""
    found: list[tuple[str, bytes]] = []
    name, data = "", b""
    for kind, value in _attributes(content):
        if kind == NEW_FILE:
            if data:
                found.append((name, data))
            name, data = "", b""
        elif kind == TITLE:
            name = value.rstrip(b"\x00").decode("cp1251", "replace")
        elif kind == DATA:
            data = value
    if data:
        found.append((name, data))
    return [(name or f"вложение {number}", data) for number, (name, data) in enumerate(found[:MOST_FILES], 1)]


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != SIGNATURE:
        return
    place = 6
    while place + 9 <= len(content):
        _, kind, size = struct.unpack_from("<BII", content, place)
        start = place + 9
        if start + size > len(content):
            return
        yield kind, content[start : start + size]
        place = start + size + 2
