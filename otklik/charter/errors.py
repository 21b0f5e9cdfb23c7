"""What is wrong with a charter file, said so that a person can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One mistake: `file` is relative to the presets' folder, `line` counts from 1."""

    file: str
    line: int
    key: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}, строка {self.line}, ключ {self.key}: {self.words}"


class CharterError(Exception):
    """A preset does not pass its checks; the text has one fault a line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = list(faults)
