"""A small TOML file of settings by a schema: the same checks and the same words of mistakes as a charter's.

Used by mappings of connected systems and by templates of tables for the region.
"""

import re
import tomllib
from typing import TypeVar

from pydantic import ValidationError

from otklik.charter.errors import Fault
from otklik.charter.schema.base import Part
from otklik.charter.schema_faults import faults_in
from otklik.charter.toml_lines import line_of
from otklik.common.errors import Refused

P = TypeVar("P", bound=Part)


class PartFault(Refused):
    """The file does not pass its checks; a fault a line, with file, line and key."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def read_part(schema: type[P], text: str, name: str) -> P:
    """The checked settings. Raises PartFault with every mistake: file, line, key, what is wrong."""
    try:
        # Editors of Windows put a mark before the text.
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        words = "запись не похожа на TOML: проверьте кавычки и скобки"
        raise PartFault([Fault(name, line, "-", words)]) from None
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        raise PartFault([_fault(place, words, text, name) for place, words in faults_in(error)]) from None


def _fault(place: tuple[str | int, ...], words: str, text: str, name: str) -> Fault:
    return Fault(name, line_of(text, place), ".".join(map(str, place)) or "-", words)
