"""The way from a number of a paper to the cases it counts: the desk's own screen of cases, asked in its words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from otklik.common.period import Period


@dataclass(frozen=True)
class Behind:
    """Cases behind numbers over some days: of one row of a cut when `by` names it, narrowed by `also`."""

    period: Period
    by: str = ""
    key: object = ""
    also: Mapping[str, object] = field(default_factory=dict)

    def of(self, measure: str) -> str:
        """The address of the cases a measure of the catalogue counts."""
        cut = {"by": self.by, "key": self.key} if self.by else {}
        days = {"since": self.period.since, "until": self.period.until}
        asked = {"measure": measure, **days, **cut, **self.also, "of": "town"}
        return f"/summary/cases/?{urlencode(asked, doseq=True)}"
