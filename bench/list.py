"""The list of fifty under every filter a curator uses, as whole pages of the desk."""

from datetime import timedelta
from urllib.parse import urlencode

from django.utils import timezone

from bench.desk import measure_pages
from bench.filling import fill
from bench.measuring import Measured
from bench.pool import main_town
from otklik.accounts.models import Body
from otklik.common.scope import within
from otklik.places.models import Settlement
from otklik.topics.models import Topic


def measure(cases: int) -> Measured:
    """Milliseconds of a page; the most queries a page needs."""
    fill(cases)
    town = main_town()
    with within(town.pk):
        bodies = Body.objects.filter(municipality=town, is_external=False).order_by("id")
        settlements = Settlement.objects.filter(municipality=town).order_by("-is_centre", "id")
        body, rare_body = bodies[0].pk, bodies[bodies.count() - 1].pk
        centre, village = settlements[0].pk, settlements[settlements.count() - 1].pk
        common, group = Topic.objects.order_by("id").values_list("key", "group")[0]
        rare = Topic.objects.order_by("-id").values_list("key", flat=True)[0]
    since = timezone.localdate() - timedelta(days=500)
    month: dict[str, object] = {"since": since.isoformat(), "until": (since + timedelta(days=30)).isoformat()}
    filters: list[dict[str, object]] = [
        {},
        {"state": "open"},
        {"state": "closed"},
        {"state": "asking"},
        {"state": "open", "order": "term"},
        {"term": "overdue", "order": "term"},
        {"term": "today", "order": "term"},
        {"term": "soon"},
        {"term": "broken"},
        {"topic": common},
        {"topic": rare},
        {"group": group},
        {"body": body},
        {"body": rare_body, "state": "open", "order": "term"},
        {"settlement": centre},
        {"settlement": village},
        {"settlement": village, "state": "open", "topic": common},
        {"channel": "paper"},
        {"kind": "appeal", "state": "on_approval"},
        {"urgency": "high"},
        {"triage": "1"},
        {"repeat": "1"},
        {"state": "in_work", "topic": common},
        month,
        {**month, "topic": common, "state": "closed"},
    ]
    return measure_pages("list", cases, [f"/cases/?{urlencode(one or {'state': ''})}" for one in filters])
