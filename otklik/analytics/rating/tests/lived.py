"""A month two bodies and a bit have lived through, made by the services: for tests of the rating anywhere."""

from datetime import datetime, timedelta

from otklik.accounts.models import Body, User
from otklik.analytics.rating.spans import span_of
from otklik.cases import services
from otklik.cases.models import Case
from otklik.satisfaction.services import take_outer_score
from tests.town import Town

CAME = datetime.fromisoformat("2026-10-13T09:00:00+03:00")
OCTOBER = span_of(CAME.date(), "month")
FIFTH = datetime.fromisoformat("2026-11-05T12:00:00+03:00")
TEXT = "На улице Гагарина у дома 12 не горит фонарь. Когда починят?"


def live_through_october(town: Town) -> None:
    """Two bodies with three cases each, one quick and one slow, a third with a single case, the rest with none."""
    quick, slow, rare = town.bodies[:3]
    for hours in (2, 4, 5):
        answered(town, quick, hours)
    answered(town, slow, 30)
    for _ in range(2):
        silent(town, slow)
    silent(town, rare)


def answered(town: Town, body: Body, hours: int, kind: str = "incident", score: int = 0) -> Case:
    """A case of the body answered so many hours after it came."""
    case = services.assign_case(town.case(TEXT, kind, CAME), body, town.vera, CAME, "разобрано")
    at, worker = CAME + timedelta(hours=hours), executor(town, body)
    services.take_case(case, worker, at)
    services.save_draft(case, "Фонарь починили 13 октября, фото приложено.", "solved", None, 0, worker)
    services.submit_answer(case, worker, at)
    services.approve_answer(case, town.vera, at)
    case.refresh_from_db()
    if case.state == "signing":
        services.sign_answer(case, town.vera, at)
        case.refresh_from_db()
    if case.state == "placing":
        services.mark_placed(case, "https://vk.example/1", town.vera, at)
        case.refresh_from_db()
    if score:
        take_outer_score(case, score, at)
    return case


def executor(town: Town, body: Body) -> User:
    """Somebody of the body, made once."""
    found = User.objects.filter(holdings__body=body, holdings__role__title="executor").first()
    return found or town.user_with("executor", ["cases.view_body", "cases.work"], body)


def silent(town: Town, body: Body, kind: str = "incident") -> Case:
    """A case nobody answered."""
    return services.assign_case(town.case(TEXT, kind, CAME), body, town.vera, CAME, "разобрано")
