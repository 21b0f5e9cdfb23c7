"""What reports offer for an agenda: requests of the regional centre that are late or nearly so."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.common.models import Municipality
from otklik.common.words import table_day
from otklik.office.offers import Figure, Offer, offers
from otklik.reports.material_state import lines_of

SOON = timedelta(days=3)
MOST = 4


@offers("Запросы материалов")
def requests(municipality: Municipality, now: datetime) -> list[Offer]:
    """Open requests whose term has passed or comes within three days."""
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    lines = [one for one in lines_of(municipality, today) if one.is_open and one.request.due <= today + SOON]
    return [
        Offer(
            source=f"request-{one.request.pk}",
            title=f"Материалы по запросу № {one.request.number}: {one.request.sender}",
            reason=f"{'срок прошёл' if one.is_late else 'срок'} {table_day(one.request.due)}, "
            f"готовы {one.confirmed} из {one.asked}",
            link=f"/reports/requests/{one.request.pk}/",
            figures=(
                Figure("Готово частей", f"{one.confirmed} из {one.asked}"),
                Figure("Срок", table_day(one.request.due)),
            ),
        )
        for one in lines[:MOST]
    ]
