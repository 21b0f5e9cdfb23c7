"""Deeds on a poll: approval, opening, another last day, closing, results from outside, the decision and its steps."""

from collections.abc import Callable
from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from otklik.channels.importing.headings import key as key_of
from otklik.channels.importing.run import keep_file
from otklik.common.errors import Refused
from otklik.desk.forms.polls import DecisionForm, OuterForm, ResultsForm, StepDoneForm, StepForm, told
from otklik.desk.page import done, needs
from otklik.desk.request import DeskRequest
from otklik.desk.views.poll_card import APPROVES
from otklik.desk.views.polls import RUNS, address, find
from otklik.office.errands.of_polls import PAGE, give_step
from otklik.outreach.polls import services
from otklik.outreach.polls.models import DecisionStep, Poll, Sign
from otklik.outreach.polls.outer_table import Asked, Tally, read_results
from otklik.outreach.polls.services.outcome import Counts
from otklik.outreach.selectors import open_pages
from otklik.problems.services import Proposal, raise_problem
from otklik.topics.models import Topic

Deed = Callable[[DeskRequest, Poll], str]


@require_POST
@needs(RUNS, APPROVES)
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """A deed on the whole poll; the services say who may do it and when."""
    if name not in DEEDS:
        raise Http404
    found = find(request, key)
    return done(request, DEEDS[name](request, found), address(found))


def _submit(request: DeskRequest, found: Poll) -> str:
    services.submit(found, request.user, timezone.now())
    return "Отправлено на утверждение"


def _approve(request: DeskRequest, found: Poll) -> str:
    services.approve(found, request.user, timezone.now())
    return f"Утверждено: № {found.number}"


def _send_back(request: DeskRequest, found: Poll) -> str:
    services.send_back(found, _why(request), request.user)
    return "Возвращено автору с причиной"


def _withdraw(request: DeskRequest, found: Poll) -> str:
    services.withdraw(found, _why(request), request.user)
    return f"Снято: № {found.number}"


def _open(request: DeskRequest, found: Poll) -> str:
    services.open_poll(found, request.user, timezone.now())
    return "Открыто, голоса принимаются"


def _prolong(request: DeskRequest, found: Poll) -> str:
    day = parse_date(request.POST.get("closes_on", ""))
    if day is None:
        raise Refused("Назовите новый последний день.")
    services.prolong(found, day, _why(request), request.user, timezone.now())
    return "Срок продлён"


def _close(request: DeskRequest, found: Poll) -> str:
    services.close(found, request.user, timezone.now(), _why(request))
    return "Закрыто, урна вскрыта"


def _publish(request: DeskRequest, found: Poll) -> str:
    link = told(OuterForm(request.municipality, request.POST))["link"]
    services.publish_outside(found, link, request.user, timezone.now())
    return "Адрес публикации записан"


def _place(request: DeskRequest, found: Poll) -> str:
    asked = [one for one in request.POST.getlist("pages") if one.isdecimal()]
    pages = list(open_pages(request.municipality).filter(pk__in=asked))
    services.place(found, pages, request.POST.get("text", ""), None, request.user, timezone.now())
    return "Запись об опросе в плане публикаций: отправьте её на согласование"


def _results(request: DeskRequest, found: Poll) -> str:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("Выберите таблицу итогов: CSV или XLSX со столбцами «Вопрос», «Ответ», «Голосов».")
    people = told(ResultsForm(request.municipality, request.POST))["people"]
    path = keep_file(BytesIO(file.read()), request.municipality)
    tallies = read_results(path, file.name or "", asked_outside(found), people)
    services.bring_results(found, people, counts_of(tallies), request.user, timezone.now())
    return "Итоги внесены"


def _sum_up(request: DeskRequest, found: Poll) -> str:
    services.sum_up(found, request.POST.get("words", ""), request.user, timezone.now())
    return "Итоги подведены"


def _decide(request: DeskRequest, found: Poll) -> str:
    data = told(DecisionForm(request.municipality, request.POST))
    services.decide(found, services.DecisionText(**data), request.user, timezone.now())
    return "Решение записано: его видят участники"


def _step(request: DeskRequest, found: Poll) -> str:
    data = told(StepForm(request.municipality, request.POST))
    decision = getattr(found, "decision", None)
    if decision is None:
        raise Refused("Сначала запишите решение, потом шаги его исполнения.")
    services.add_step(decision, data["text"], data["due_on"], request.user, data["post"])
    return "Шаг записан"


def _problem(request: DeskRequest, found: Poll) -> str:
    """«Завести проблему по итогам»: what residents have named goes onto the list with its ground."""
    if found.state not in ("summed", "decided"):
        raise Refused("Проблему по итогам заводят, когда итоги подведены.")
    title = request.POST.get("title", "")
    proposal = Proposal(
        source="polls",
        title=title,
        reason=f"итоги: {found.summed_words}"[:500],
        since=timezone.localdate(),
        gist=found.summed_words,
        ground=f"{found.get_form_display()} № {found.number} «{found.title}»",
        ground_link=f"{PAGE}{found.pk}/",
        topic=Topic.objects.filter(key=found.topic_key).first() if found.topic_key else None,
        body=found.body,
    )
    made = raise_problem(request.municipality, proposal, request.user, timezone.now())
    return f"Проблема {made.number} в перечне"


DEEDS: dict[str, Deed] = {
    "submit": _submit,
    "approve": _approve,
    "send-back": _send_back,
    "withdraw": _withdraw,
    "open": _open,
    "prolong": _prolong,
    "close": _close,
    "publish": _publish,
    "place": _place,
    "results": _results,
    "sum-up": _sum_up,
    "decide": _decide,
    "step": _step,
    "problem": _problem,
}


@require_POST
@needs(RUNS)
def sign(request: DeskRequest, key: int) -> HttpResponse:
    """What came of a sign of fraud; no vote is taken away."""
    found = get_object_or_404(Sign.objects.select_related("poll"), pk=key, municipality=request.municipality)
    services.look_at(found, request.POST.get("words", ""), request.user, timezone.now())
    return done(request, "Вывод записан", address(found.poll, "#signs"))


@require_POST
@needs(RUNS, "office.errands")
def step(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """A step of the decision is put under control as an errand, or reported done to those who voted."""
    found = get_object_or_404(
        DecisionStep.objects.select_related("decision__poll__municipality", "municipality"),
        pk=key,
        municipality=request.municipality,
    )
    match name:
        case "errand":
            said = f"Поручение № {give_step(found, request.user, timezone.now()).number} на контроле"
        case "done":
            data = told(StepDoneForm(request.municipality, request.POST))
            services.finish_step(found, data["proof"], request.user, timezone.now(), data["link"])
            said = "Исполнение показано участникам"
        case _:
            raise Http404
    return done(request, said, address(found.decision.poll, "#decision"))


def asked_outside(poll: Poll) -> list[Asked]:
    """Questions of the poll as a table of results may name them; words and points are not counted by answers."""
    rows = poll.questions.filter(kind__in=["single", "multiple", "scale"]).prefetch_related("options")
    return [
        Asked(
            one.pk,
            one.text,
            {key_of(option.text): option.pk for option in one.options.all()},
            range(one.low, one.high + 1) if one.kind == "scale" else range(0),
            one.kind == "multiple",
        )
        for one in rows
    ]


def counts_of(tallies: list[Tally]) -> Counts:
    """Rows of a table as the service takes them."""
    return {(one.question, one.option, one.number): one.votes for one in tallies}


def _why(request: DeskRequest) -> str:
    return request.POST.get("why", "")
