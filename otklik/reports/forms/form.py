"""What a form is: its words on the title, its sections, and which of them a person may add to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from otklik.reports.parts import Writing
from otklik.reports.source import Source

Section = Callable[[Source, Writing, str], None]
"""Writes its part; the text is what a person has typed for the section, empty when nothing."""


@dataclass(frozen=True)
class Form:
    """`version` grows when sentences or formulas of the form change; a frozen paper keeps the one it had.

    `typed` names sections that a person may add to, with the label of the field; `always` stand whatever the
    charter lists; `about` is the kind of thing the paper must be about; with `by_blocks` heads of blocks check it.
    """

    key: str
    heading: str
    subject: str
    version: int
    sections: Mapping[str, Section]
    typed: Mapping[str, str] = field(default_factory=dict)
    always: frozenset[str] = frozenset()
    by_blocks: bool = False
    about: str = ""

    def chosen(self, wanted: list[str]) -> list[str]:
        """Sections the charter asks for, in the order of the form; all of them where it names none we know."""
        known = [key for key in self.sections if key in wanted or key in self.always]
        return known if set(known) - self.always else list(self.sections)
