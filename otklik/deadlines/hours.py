"""The working hours of a day: its parts and how much a day before a holiday loses. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from otklik.common.errors import Refused

Part = tuple[time, time]
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class WorkingHours:
    """Parts of the working day in order; none crosses midnight. A short day loses `short_by` at its end."""

    parts: tuple[Part, ...]
    short_by: timedelta = HOUR

    def parts_on(self, is_short: bool) -> tuple[Part, ...]:
        """Parts of an ordinary day, or of the eve of a holiday (ТК ст. 95)."""
        return _without_end(self.parts, self.short_by) if is_short else self.parts


def hours_from(words: Sequence[str]) -> WorkingHours:
    """Read begin and end of each part in turn: `["08:00", "12:00", "13:00", "17:00"]`.

    Raises `Refused` when a time is unreadable or they do not follow one another.
    """
    try:
        moments = [time.fromisoformat(word) for word in words]
    except ValueError:
        raise Refused(f"Рабочие часы не прочитаны: {', '.join(words)}; пишите 08:00 и 17:00.") from None
    if not moments or len(moments) % 2 or any(later <= earlier for earlier, later in pairwise(moments)):
        raise Refused(f"Рабочие часы идут не по порядку: {', '.join(words)}; пишите 08:00 и 17:00.")
    return WorkingHours(tuple(zip(moments[::2], moments[1::2], strict=True)))


def _without_end(parts: tuple[Part, ...], left: timedelta) -> tuple[Part, ...]:
    kept = list(parts)
    while kept and left:
        begin, end = kept.pop()
        length = _on_one_day(end) - _on_one_day(begin)
        if length > left:
            kept.append((begin, (_on_one_day(end) - left).time()))
            break
        left -= length
    return tuple(kept)


def _on_one_day(moment: time) -> datetime:
    return datetime.combine(date.min, moment)
