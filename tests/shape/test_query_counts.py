"""SQL statements of each screen, written down in query_counts.json: a screen that asks more fails here.

Memories of a few seconds are held open and warmed first, so a number depends on the screen alone.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.cases import services
from otklik.cases.models import Case
from otklik.channels.models import Channel
from otklik.channels.services import make_key
from otklik.charter.permissions import PERMISSIONS
from tests.rights.campaigned import campaigned
from tests.rights.met import met
from tests.rights.published import published
from tests.rights.risked import risked
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
WRITTEN = Path(__file__).with_name("query_counts.json")
BUDGETS = {"desk:list": 10, "desk:list?q=": 10, "desk:card": 15, "api:post_message": 10, "api:get_state": 10}
TEXTS = (
    "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?",
    "Третий день не вывозят мусор с контейнерной площадки на улице Ленина, 5.",
    "В подъезде на улице Победы, 3 нет отопления. Почему?",
)


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    for name, module in list(sys.modules.items()):
        if name.startswith("otklik.") and hasattr(module, "MEMORY_SECONDS"):
            monkeypatch.setattr(module, "MEMORY_SECONDS", 3600.0)
    return build_town()


def lively(town: Town) -> Case:
    """A dozen cases; the returned one has a body, a draft under approval, a note and a like case."""
    now = timezone.now() - timedelta(hours=4)
    cases = [town.case(text, "web_form", now) for text in TEXTS for _ in range(4)]
    case = services.assign_case(cases[0], town.bodies[0], town.vera, now, "разобрано")
    services.take_case(case, town.boris, now)
    services.save_draft(case, "Яму заделали, фото приложено.", "solved", None, 0, town.boris)
    services.submit_answer(case, town.boris, now)
    services.add_note(case, "Звонили подрядчику", town.vera)
    return case


def statements(client: Client, method: str, address: str, **more: Any) -> int:
    """Statements of an asking after the first, which warms what is remembered for seconds.

    The fewest of two: on a slow machine those seconds may end between askings.
    """
    client.generic(method, address, **more)
    return min(_asked(client, method, address, **more) for _ in range(2))


def _asked(client: Client, method: str, address: str, **more: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.generic(method, address, **more)
    assert answer.status_code < 300, (address, answer.status_code)
    return sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE")) for one in queries.captured_queries)


def measured(town: Town) -> dict[str, int]:
    case, client = lively(town), Client()
    everything: User = town.user_with("everything", sorted(PERMISSIONS), town.bodies[0])
    client.force_login(everything, "django.contrib.auth.backends.ModelBackend")
    screens = [
        "day",
        "list",
        "triage",
        "terms",
        "rechecks",
        "raw",
        "calls",
        "imports",
        "answers",
        "handed",
        "sites",
        "rules",
        "rule_new",
        "new",
    ]
    screens += [
        "summary",
        "heatmap",
        "dynamics",
        "measures",
        "terms_kept",
        "findings",
        "criteria",
        "criterion_new",
        "quality",
        "satisfaction",
        "solvable",
        "could_solve",
        "fast_track",
        "mechanism_new",
        "advice",
        "advice_new",
        "priorities",
        "kpi",
        "rating",
        "problems",
        "problem_new",
        "problems_outer",
        "talk_errors",
        "roadmaps",
        "roadmap_new",
        "meetings",
        "meeting_new",
        "errands",
        "errand_new",
        "errand_scores",
        "coordination",
        "plans",
        "proposals",
        "methods",
        "visas",
        "competence",
        "requests",
        "inquiry_new",
        "people_history",
        "heatmap_slices",
        "polls",
        "poll_queue",
        "poll_new",
        "content_new",
        "content_headings",
        "pages",
        "page_new",
        "publications",
        "publication_new",
        "dialogue",
        "media",
        "outlet_new",
        "releases",
        "release_new",
        "open_data",
        "reports",
        "report_reference",
        "report_request_new",
        "channels",
        "charter",
        "cadence",
        "parameters",
        "topics",
        "calendar",
        "places",
        "people",
        "journal",
        "profile",
        "notices",
    ]
    found = {f"desk:{name}": statements(client, "GET", reverse(f"desk:{name}")) for name in screens}
    found["desk:affairs"] = statements(client, "GET", reverse("desk:affairs", args=["training"]))
    found["desk:list?q="] = statements(client, "GET", reverse("desk:list") + "?q=яма")
    found["desk:card"] = statements(client, "GET", reverse("desk:card", args=[case.number]))
    found["desk:clause"] = statements(client, "GET", reverse("desk:clause", args=["BOR-3.2.а.1"]))
    since = quote((timezone.now() - timedelta(minutes=1)).isoformat())
    watch = reverse("desk:changes", args=["day"])
    found["desk:changes"] = statements(client, "GET", f"{watch}?since={since}")
    found["desk:hints"] = statements(client, "GET", reverse("desk:hints", args=[case.number]))
    held = met(town, timezone.now() - timedelta(hours=1))["meeting"]
    for name in ("meeting", "protocol", "opinions", "meeting_wall"):
        found[f"desk:{name}"] = statements(client, "GET", reverse(f"desk:{name}", args=held))
    return (
        found | spoken(client, town) | of_risks(client, town) | warned(client, town) | measured_outside(town)
    )


def of_risks(client: Client, town: Town) -> dict[str, int]:
    """The desk of information risks with a card, a page under watch, a finding and an answer of the chat."""
    made = risked(town, timezone.now() - timedelta(hours=1))
    names = ("risks", "risk_new", "risk_watch", "risk_prone", "risk_chat", "risk_figures")
    found = {f"desk:{name}": statements(client, "GET", reverse(f"desk:{name}")) for name in names}
    found["desk:risk"] = statements(client, "GET", reverse("desk:risk", args=made["risk"]))
    return found


def spoken(client: Client, town: Town) -> dict[str, int]:
    """The content plan with posts, pictures and a table given out."""
    told = published(town, timezone.now() - timedelta(hours=1))
    alone = (
        "content",
        "content_materials",
        "content_approval",
        "content_ideas",
        "content_calm",
        "content_media",
        "content_publics",
    )
    found = {f"desk:{name}": statements(client, "GET", reverse(f"desk:{name}")) for name in alone}
    for name, of in (("content_material", "material"), ("content_post", "content_post")):
        found[f"desk:{name}"] = statements(client, "GET", reverse(f"desk:{name}", args=told[of]))
    return found


def warned(client: Client, town: Town) -> dict[str, int]:
    """Campaigns with a call, a threat of the town's own, a draft of one step."""
    told = campaigned(town, timezone.now() - timedelta(hours=1))
    alone = ("campaigns", "campaign_new", "campaign_own", "threats", "threat_new")
    found = {f"desk:{name}": statements(client, "GET", reverse(f"desk:{name}")) for name in alone}
    for name, of in (("campaign", "campaign"), ("campaign_step", "campaign_step"), ("threat", "threat")):
        found[f"desk:{name}"] = statements(client, "GET", reverse(f"desk:{name}", args=told[of]))
    return found


def measured_outside(town: Town) -> dict[str, int]:
    """The API by its key and the open pages."""
    _, key = make_key(town.channel("api"), "соседняя система", None)
    client = Client(headers={"X-API-Key": key})
    found = {}
    for number in (1, 2):
        body = json.dumps({"outer_id": f"q-{number}", "text": TEXTS[0]})
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(reverse("api:post_message"), body, content_type="application/json")
        assert answer.status_code == 201
        found["api:post_message"] = sum(
            not one["sql"].startswith(("SAVEPOINT", "RELEASE")) for one in queries.captured_queries
        )
    found["api:get_state"] = statements(client, "GET", reverse("api:get_state", args=["q-1"]))
    Channel.objects.filter(pk=town.channel("api").pk).update(settings={"open311": True})
    for name, args in (("services", ["json"]), ("requests", ["json"]), ("requests", ["xml"])):
        address = reverse(f"open311:{name}", args=args)
        found[f"open311:{name}.{args[0]}"] = statements(client, "GET", address)
    for name in ("submit", "done", "statistics", "data"):
        address = reverse(f"portal:{name}", args=[town.municipality.key])
        found[f"portal:{name}"] = statements(Client(), "GET", address)
    return found


def test_it_asks_no_more_than_is_written_down(town: Town) -> None:
    now = measured(town)
    written: dict[str, int] = json.loads(WRITTEN.read_text(encoding="utf-8"))
    assert now.keys() == written.keys(), "write the screen into query_counts.json"
    grown = {name: (written[name], count) for name, count in now.items() if count > written[name]}
    assert grown == {}, f"measured now: {json.dumps(now)}"


def test_it_writes_down_nothing_above_the_budget() -> None:
    written: dict[str, int] = json.loads(WRITTEN.read_text(encoding="utf-8"))
    assert {name: written[name] for name, most in BUDGETS.items() if written[name] > most} == {}
