"""Prevention of a month: the list of threats, what calls, one campaign begun, those of before carried to their end."""

from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.campaigns import begin, end, go_on, keep_list, refuse_rest, run, team_of
from otklik.config.demo.year.cast import Cast
from otklik.risks.campaigns import services
from otklik.risks.campaigns.models import Campaign
from otklik.risks.campaigns.selectors import threats_of, waiting_calls

QUARTER = 3
KEPT = 2


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """Where the charter asks for campaigns: a call a month told and answered, the list looked through each quarter."""
    team = team_of(town)
    day = cast.day_in(month, 0.3)
    if team is None or not cast.has_come(day):
        return
    now = cast.at(day, 11)
    if month.since.month % QUARTER == 0 or not threats_of(town).exists():
        keep_list(team, cast.at(day, 9))
    for campaign in Campaign.objects.filter(municipality=town, state="running").order_by("pk"):
        go_on(team, campaign, now)
        if campaign.until < month.since:
            end(team, campaign, now)
    services.propose(town, cast.at(day, 8))
    made = begin(team, now)
    if made is not None:
        run(team, made, cast.at(day, 12), approved=cast.has_come(cast.day_in(month, 0.6)))
    refuse_rest(team, list(waiting_calls(town, day).filter(found_at__lt=now)[KEPT:]), cast.at(day, 15))
    services.watch_effects(town, cast.at(month.until, 21))
