"""Official pages of a month: looked at, compared with the law, told of; the press; open data issued."""

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo import pages
from otklik.config.demo.year.cast import Cast
from otklik.outreach.selectors import open_pages


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """The register in the first month; later checks, talks with the press, publications, an issue of data."""
    voice = pages.voice_of(town, cast)
    first = cast.day_in(month, 0)
    if voice is None or not cast.has_come(first):
        return
    if not open_pages(town).exists():
        pages.register(voice, cast.at(first, 9))
        pages.mark_acts(voice, cast.at(first, 12))
    if month.since.month % 3 == 0 or not _has_lists(town):
        pages.compare(voice, cast.at(first, 11))
        pages.look_at(voice, cast.at(first, 13))
    for place, share in enumerate((0.3, 0.8)):
        day = cast.day_in(month, share)
        if cast.has_come(day):
            pages.talk(voice, month.since.month + place, cast.at(day, 14))
            pages.publish(voice, month.since.month + place, cast.at(day, 15))
    day = cast.day_in(month, 0.5)
    if cast.has_come(day):
        pages.look_at(voice, cast.at(day, 8))
        pages.tell_press(voice, month.since.month, cast.at(day, 12), is_sent=month.since.month % 4 != 0)
    pages.open_data(voice, cast.at(first, 10))


def _has_lists(town: Municipality) -> bool:
    """Whether any page has been compared with the law."""
    return open_pages(town).filter(law_checks__isnull=False).exists()
