"""What is counted, mapped, rated and reported."""

from datetime import timedelta

from otklik.analytics.rating.models import RatingRow
from otklik.analytics.rating.services import freeze
from otklik.analytics.rating.spans import MONTH, span_before, span_of
from otklik.analytics.services import rebuild
from otklik.analytics.targets.services import set_direction
from otklik.common.period import Period
from otklik.config.demo.papers import sign_paper
from otklik.reports.composing import Order
from otklik.reports.forms import FORMS
from otklik.reports.selectors import duties_of
from otklik.reports.services import compose_report
from otklik.satisfaction.studies import StudyText, keep_study
from tests.charter.centre import Centre
from tests.charter.told.records import kept_map, raised
from tests.charter.told.tale import carries


@carries(
    "ANALYTICS",
    borovichi=("BOR-1.1.3.в", "BOR-1.1.3.г", "BOR-2.3.б.1", "BOR-2.5.в", "BOR-2.6.в"),
    demyansk=("DEM-2.2.1", "DEM-3.3.2.1"),
    mikhaylovka=("MIH-1.1.7.3", "MIH-1.1.7.4", "MIH-1.4.6", "MIH-3.2.4"),
    lovozero=("LOV-1.2.4", "LOV-1.2.6", "LOV-2.2.1.1", "LOV-4.3.1"),
    bogotol=("BOG-II.2.1.1", "BOG-II.2.1.6", "BOG-III.4.4.3", "BOG-III.4.5.3"),
)
def the_flow_is_counted(centre: Centre) -> None:
    """Cases of two channels are given to bodies, the night counts them."""
    for kind in ("pos", "incident"):
        centre.assigned(kind)
    rebuild(centre.whose)


@carries(
    "HEATMAP",
    borovichi=("BOR-1.1.3", "BOR-1.1.3.е"),
    demyansk=("DEM-2.2.1.2", "DEM-2.2.1.3", "DEM-2.2.5.1"),
    mikhaylovka=("MIH-1.1.7", "MIH-1.1.7.6", "MIH-2.2.2.1", "MIH-4.4"),
    lovozero=("LOV-2.2.2.1",),
    bogotol=("BOG-II.2.2.1", "BOG-III.4.7.3"),
)
def a_problem_of_cases_stands_on_the_map(centre: Centre) -> None:
    """A case becomes a problem with its point; the map is kept for a decision."""
    raised(centre)
    kept_map(centre)


@carries(
    "KPI",
    borovichi=("BOR-1.3", "BOR-2.2.а"),
    demyansk=("DEM-2.1", "DEM-3.2.2"),
    mikhaylovka=("MIH-4.1.1.1",),
    lovozero=("LOV-3.2.1",),
    bogotol=("BOG-I.1.1", "BOG-III.4.2.3"),
)
def the_centre_knows_where_it_goes(centre: Centre) -> None:
    """Who hands targets down sets a direction; those who decide are given a study."""
    centre.answered("pos")
    by = centre.who("analytics.targets")
    set_direction(centre.whose, "Решать больше решаемого", "план года", centre.today, by, centre.now)
    words = StudyText("Осень", "Довольны ли жители ответами?", "", "Выше оценивают ответы со сроком.")
    keep_study(
        centre.whose,
        words,
        Period(centre.today, centre.today),
        "",
        centre.who("satisfaction.view"),
        centre.now,
    )


@carries(
    "RATING",
    borovichi=("BOR-1.1.3.д", "BOR-3.2.б"),
    mikhaylovka=("MIH-1.1.7.5", "MIH-4.3.3"),
    lovozero=("LOV-2.3.1", "LOV-4.2.3"),
    bogotol=("BOG-III.4.4.2",),
)
def bodies_are_rated_by_the_month(centre: Centre) -> None:
    """The month that has ended is frozen with its formula."""
    month = span_before(span_of(centre.today, MONTH))
    frozen = freeze(centre.whose, month, centre.who("analytics.rate"), centre.now)
    # A month of an empty town gives nobody a place: one body gets what enough cases would have given it.
    rated = RatingRow.objects.filter(period=frozen, body=centre.body)
    rated.update(place=1, score=80.0, why_not="")


@carries(
    "REPORT",
    borovichi=("BOR-1.1.3.е.2", "BOR-1.2.в"),
    demyansk=("DEM-1.1.4", "DEM-2.2.15"),
    mikhaylovka=("MIH-1.1.7.6.2", "MIH-1.3.4", "MIH-1.3.5"),
    lovozero=("LOV-1.2.4.1",),
    bogotol=("BOG-II.1.4", "BOG-II.2.7"),
)
def a_paper_is_composed_signed_and_sent(centre: Centre) -> None:
    """Materials for planning, or the paper for decisions where the charter names it, go the whole way."""
    composer, signer = centre.who("reports.compose"), centre.who("reports.verify")
    days = Period(centre.today - timedelta(days=10), centre.today - timedelta(days=3))
    asked = next(
        (one for one in duties_of(centre.whose, centre.today) if one.key == "decision_support"), None
    )
    order = Order(asked.form, days, asked.key) if asked and asked.form else Order(FORMS["planning"], days)
    report = compose_report(centre.whose, order, composer, centre.now)
    sign_paper(report, (composer, signer), centre.now - timedelta(hours=5))
