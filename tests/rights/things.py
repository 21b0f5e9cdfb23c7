"""What addresses name: one row of each kind in a town, made through the services."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone

from otklik.accounts.bodies import BodyWords, add_body
from otklik.accounts.models import Post, User
from otklik.analytics.criteria.models import Finding
from otklik.analytics.criteria.services import CriterionText, make_criterion
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.dashboards.services import Composed, compose_dashboard
from otklik.analytics.rating.models import RatingObjection, RatingPeriod
from otklik.analytics.rating.services import freeze, object_to
from otklik.analytics.rating.spans import span_before, span_of
from otklik.analytics.targets.services import Plan, hand_down, set_direction
from otklik.cases import services
from otklik.cases.models import Answer, Case, CaseFile
from otklik.cases.services.answers import route_of
from otklik.cases.services.templates import TemplateWords, set_template
from otklik.channels.files import store_file
from otklik.channels.importing.run import start_run
from otklik.channels.models import MediaFetch, Outgoing
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.office.errands.models import ErrandFile
from otklik.office.errands.services import Order as ErrandOrder
from otklik.office.errands.services import give
from otklik.places.models import Settlement
from otklik.reports.composing import Order
from otklik.reports.drafting import order_composition
from otklik.reports.forms import FORMS
from otklik.reports.materials import Asked, take_request
from otklik.reports.models import Composition, MaterialRequest
from otklik.reports.services import compose_report
from otklik.reports.templating import PRODUCT, try_template
from otklik.routing.models import Rule
from otklik.satisfaction.models import Recheck
from otklik.satisfaction.services import take_outer_score
from otklik.satisfaction.studies import StudyText, keep_study
from otklik.topics.models import Block
from tests.rights.advised import advised
from tests.rights.answered import answered as answered_outside
from tests.rights.called import called
from tests.rights.campaigned import campaigned
from tests.rights.coordinated import coordinated
from tests.rights.met import met
from tests.rights.paged import paged
from tests.rights.planned import planned
from tests.rights.polled import polled
from tests.rights.published import published
from tests.rights.raised import raised
from tests.rights.risked import risked
from tests.town import SINCE, Town

NOW = timezone.localtime().replace(microsecond=0) - timedelta(hours=3)
TEXT = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"
TABLE = "id,text\n1,На улице Ленина не горит фонарь\n".encode()
TEMPLATE = TemplateWords("Фонарь", "Фонарь у дома {место} горит с {день}.")
QUERIES = {
    "figure": f"?measure=overdue&since={SINCE}&until={NOW.date()}",
    "reason": "?what=reason.slow",
}


@dataclass(frozen=True)
class Things:
    """A fresh case of a body, an answered one with a file, and the address arguments of every kind of object."""

    case: Case
    arguments: dict[str, list[Any]]

    def address(self, name: str, of: str) -> str:
        """The address with its arguments; a moment goes into the query."""
        query = f"?since={quote(NOW.isoformat())}" if of in ("moment", "changes") else QUERIES.get(of, "")
        return reverse(name, args=self.arguments.get(of, [])) + query


def make_things(town: Town) -> Things:
    case, answered = _assigned(town), _answered(town)
    run = start_run(
        BytesIO(TABLE), "t.csv", town.channel("phone"), None, "", {"text": "text", "outer_id": "id"}
    )
    rule = Rule.objects.filter(municipality=town.municipality).first()
    assert rule is not None
    file = CaseFile.objects.create(
        municipality=town.municipality,
        case=case,
        file=store_file(b"otvet", "otvet.txt", town.municipality),
    )
    score = take_outer_score(answered, 1, NOW)
    assert score is not None
    frozen, objection = _rated(town)
    holding = town.user_with("somebody", ["charter.view"]).holdings.get()
    report = compose_report(town.municipality, Order(FORMS["week"], Period(SINCE, SINCE)), town.vera, NOW)
    asked = _asked(town)
    return Things(
        case,
        {
            "picker": ["state"],
            "view": [0],
            "changes": ["day"],
            "case": [case.number],
            "beside": [case.number, "next"],
            "deed": [case.number, "set_urgency"],
            "twin": [case.number, answered.number],
            "file": [case.number, file.pk],
            "unfetched": [case.number, _unfetched(case).pk],
            "paper": [answered.number, Answer.objects.get(case=answered).pk, "docx"],
            "recheck": [Recheck.objects.get(score=score).pk],
            "raw": [case.raw_id],
            "channel": [town.channel("phone").key],
            "outgoing": [Outgoing.objects.filter(about=answered.number).latest("id").pk],
            "call": [called(town, NOW).pk],
            "run": [run.pk],
            "rule": [rule.pk],
            "settlement": [Settlement.objects.filter(municipality=town.municipality).latest("id").pk],
            "template": [set_template(town.municipality, TEMPLATE, town.vera).pk],
            "parameter": ["deadline.draft_days"],
            "clause": ["BOR-3.2.а.1"],
            "holding": [holding.pk],
            "person": [holding.user_id],
            "body": [add_body(town.municipality, BodyWords("Парк", "Парк", "institution"), town.vera).pk],
            "report": [report.pk],
            "report_deed": [report.pk, "approve"],
            "report_file": [report.pk, "html"],
            "report_form": ["note"],
            "report_version": ["note", _tried(town)],
            "composition": [_failed(town).pk],
            "material_request": [asked.pk],
            "material_deed": [asked.pk, "assemble"],
            **_analysed(town, case),
            **answered_outside(town, case, NOW),
            **met(town, NOW),
            **advised(town),
            **coordinated(town, case),
            **planned(town, case, NOW),
            **raised(town, case, NOW),
            **campaigned(town, NOW),
            **paged(town, NOW),
            **polled(town, NOW),
            **published(town, NOW),
            **risked(town, NOW),
            "board": ["leader"],
            "plot": ["dynamics", "flow", "xlsx"],
            "tile": ["leader", 6, "xlsx"],
            "dashboard": [_composed(town).pk],
            **_given(town, case),
            "rating": [frozen.pk],
            "objection": [objection.pk],
        },
    )


def _given(town: Town, case: Case) -> dict[str, list[Any]]:
    """An errand to a vacant post of the case's body, so that people of this body answer for it; with a file."""
    body = case.body
    assert body is not None
    post = Post.objects.create(municipality=town.municipality, key="vacant", body=body, title="Начальник")
    giver = town.user_with("giver", ["office.errands"])
    errand = give(
        town.municipality, ErrandOrder("убрать снег", post, NOW.date() + timedelta(days=9)), giver, NOW
    )
    kept = ErrandFile.objects.create(
        municipality=town.municipality,
        move=errand.moves.get(),
        file=store_file(b"foto", "foto.txt", town.municipality),
    )
    return {
        "errand": [errand.number],
        "errand_deed": [errand.number, "take"],
        "errand_file": [errand.number, kept.pk],
        "errands_form": ["xlsx"],
    }


def _composed(town: Town) -> Dashboard:
    """A dashboard of somebody else."""
    composed = Composed("Планёрка", [{"kind": "number", "measures": ["received"]}])
    return compose_dashboard(town.municipality, composed, town.vera, NOW)


def _asked(town: Town) -> MaterialRequest:
    """A request for materials of every block."""
    blocks = list(Block.objects.filter(municipality=town.municipality).values_list("key", flat=True))
    letter = Asked("ЦУР", "Сведения о дорогах.", Period(SINCE, SINCE), NOW.date() + timedelta(days=5), blocks)
    return take_request(town.municipality, letter, town.vera, NOW)


def _unfetched(case: Case) -> MediaFetch:
    """A picture of the message that its network did not give."""
    assert case.raw is not None
    return MediaFetch.objects.create(
        municipality=case.municipality, raw=case.raw, position=0, url="https://example.org/1", state="failed"
    )


def _failed(town: Town) -> Composition:
    """A paper the worker could not compose."""
    ordered = order_composition(town.municipality, Order(FORMS["week"], Period(SINCE, SINCE)), None, NOW)
    ordered.state = "failed"
    ordered.save(update_fields=["state"])
    return ordered


def _tried(town: Town) -> int:
    """A look of the note on trial: its version."""
    return try_template(
        town.municipality, FORMS["note"], "a.docx", PRODUCT.read_bytes(), town.vera, NOW
    ).version


def _rated(town: Town) -> tuple[RatingPeriod, RatingObjection]:
    """The last whole month, frozen, with an objection of the first body."""
    month = span_before(span_of(NOW.date(), "month"))
    frozen = freeze(town.municipality, month, None, NOW)
    keeper = town.user_with("keeper", ["analytics.rate"])
    return frozen, object_to(
        frozen, town.bodies[0], "Показатель посчитан не по нашим карточкам.", keeper, NOW
    )


def _analysed(town: Town, case: Case) -> dict[str, list[Any]]:
    """A criterion with a finding of the case's block, a study, a target of it and a direction."""
    whose, today = town.municipality, day_in(town.municipality, NOW)
    days = Period(today - timedelta(days=7), today)
    criterion = make_criterion(
        whose, CriterionText("Рост", "received", "block", [], "growth", 30, 7, 3, ["head"]), None
    )
    finding = Finding.objects.create(
        municipality=whose,
        criterion=criterion,
        cut_key=case.block_key,
        since=days.since,
        until=days.until,
        text="Рост",
        formula="",
        figures={"measure": "received"},
        link="/cases/",
        at=NOW,
    )
    words = StudyText("Осень", "Довольны ли ответами?", "", "Довольны.")
    study = keep_study(whose, words, days, "", town.vera, NOW)
    target = hand_down(
        whose,
        Plan("in_time", case.block_key, Period(SINCE, SINCE + timedelta(days=364)), 95, True),
        town.vera,
        NOW,
    )
    direction = set_direction(whose, "Решать больше решаемого", "", SINCE, town.vera, NOW)
    return {
        "criterion": [criterion.pk],
        "finding": [finding.pk],
        "study": [study.pk],
        "target": [target.pk],
        "direction": [direction.pk],
    }


def _assigned(town: Town) -> Case:
    case = town.case(TEXT, "web_form", NOW)
    return services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано куратором")


def _answered(town: Town) -> Case:
    case, worker = _assigned(town), town.boris
    services.take_case(case, worker, NOW)
    services.save_draft(case, "Яму заделали, фото приложено.", "solved", None, 0, worker)
    services.submit_answer(case, worker, NOW)
    services.approve_answer(case, town.vera, NOW)
    services.sign_answer(case, _signer(town, case), NOW)
    case.refresh_from_db()
    return case


def _signer(town: Town, case: Case) -> User:
    return town.galina if route_of(case).signature == "required" else town.vera
