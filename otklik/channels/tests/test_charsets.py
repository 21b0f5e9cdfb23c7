"""Pages by their encodings: told by the server, named by the page, or found by likelihood; cut ones too."""

import pytest

from otklik.channels.charsets import page_text

WORDS = "Воду дадут вечером, сказали в округе"
SHORT = '<meta charset="windows-1251">'
LONG = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"<head>{SHORT}{WORDS}".encode("cp1251"), None),
        (f"<head>{LONG}{WORDS}".encode("cp1251"), None),
        (f"<HEAD>{SHORT.upper()}{WORDS}".encode("cp1251"), None),
        (f"<head>{WORDS}".encode("cp1251"), "windows-1251"),
        (f"<head>{WORDS}".encode("cp1251"), None),
        (f"<head><meta charset=koi8-r>{WORDS}".encode("koi8-r"), None),
        (f"<head>{WORDS}".encode(), None),
        (f"<head>{SHORT}{WORDS}".encode(), None),
        (f'<head><meta charset="no-such-one">{WORDS}'.encode("cp1251"), None),
        (f"<head>{WORDS}я".encode()[:-1], None),
        (f'<head><meta charset="utf-8">{WORDS}'.encode() + b"\xff and on", None),
        (f"<head>{WORDS}".encode() + b"\xff and on", "UTF-8"),
    ],
)
def test_it_reads_a_page_in_the_encoding_it_is_written_in(content: bytes, told: str | None) -> None:
    assert WORDS in page_text(content, told)
