"""Charts of every screen that draws any: the part asked for after its page, and the files to take away."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from otklik.desk import cuts, dynamics, heatmap_days, kpi, quality, rating_chart, satisfaction
from otklik.desk.drawings import Screen, given
from otklik.desk.page import needs
from otklik.desk.request import DeskRequest

SCREENS: dict[str, Screen] = {
    one.key: one
    for one in (
        *cuts.SCREENS,
        dynamics.SCREEN,
        heatmap_days.SCREEN,
        kpi.SCREEN,
        quality.SCREEN,
        rating_chart.SCREEN,
        satisfaction.SCREEN,
    )
}


@require_safe
@needs()
def chart(request: DeskRequest, screen: str, name: str, form: str) -> HttpResponse:
    """A chart by the key of its screen; who may not open the screen finds no chart."""
    if screen not in SCREENS:
        raise Http404
    return given(request, SCREENS[screen], name, form)
