"""Queries that prove clauses about exchange with other systems: messages taken in and answers given back."""

from django.db.models import Count, Max

from otklik.channels.models import Outgoing, RawMessage
from otklik.charter.evidence import Evidence, Rows, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count

KINDS = {
    "channels.pos_exchange": "pos",
    "channels.incident_exchange": "incident",
    "channels.ecpur_exchange": "ecpur",
    "channels.edms_exchange": "edms",
    "channels.municipal_systems": "api",
}


def _of_kind(key: str, kind: str) -> None:
    """Register one query: what went through channels of the kind in the period, both ways."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        taken = RawMessage.objects.filter(
            municipality=municipality, channel__kind=kind, came_at__gte=start, came_at__lt=end
        )
        sent = Outgoing.objects.filter(
            municipality=municipality, channel__kind=kind, sent_at__gte=start, sent_at__lt=end
        ).exclude(way="page")
        came = taken.aggregate(n=Count("pk"), last=Max("came_at"))
        left = sent.aggregate(n=Count("pk"), last=Max("sent_at"))
        moments = [moment for moment in (came["last"], left["last"]) if moment]
        told = count(came["n"], "сообщение принято", "сообщения принято", "сообщений принято")
        words = f"{told}, отдано ответов: {left['n']}"
        return Evidence(
            came["n"] + left["n"],
            max(moments, default=None),
            f"/cases/?channel={kind}",
            words,
            rows=(Rows(taken, "came_at"), Rows(sent, "sent_at")),
        )


for _key, _kind in KINDS.items():
    _of_kind(_key, _kind)
