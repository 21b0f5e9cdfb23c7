"""The way from a number of a paper to the cases it counts: the desk's own screen of cases, asked in its words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from otklik.common.period import Period
from otklik.reports.parts import Cell


@dataclass(frozen=True)
class Behind:
    """Cases behind numbers over some days: of one row of a cut when `by` names it, narrowed by `also`."""

    period: Period
    by: str = ""
    key: object = ""
    also: Mapping[str, object] = field(default_factory=dict)

    def opens(self, cell: Cell, measure: str) -> Cell:
        """The cell as a way to what a measure of the catalogue counts; «0 из 11» opens the eleven, a dash nothing."""
        if cell.value:
            return replace(cell, link=self._of(measure))
        is_none_of_some = cell.kind == "share" and cell.value is not None
        return replace(cell, link=self._of(measure, "below")) if is_none_of_some else cell

    def _of(self, measure: str, part: str = "") -> str:
        cut = {"by": self.by, "key": self.key} if self.by else {}
        days = {"since": self.period.since, "until": self.period.until}
        asked = {
            "measure": measure,
            **({"part": part} if part else {}),
            **days,
            **cut,
            **self.also,
            "of": "town",
        }
        return f"/summary/cases/?{urlencode(asked, doseq=True)}"
