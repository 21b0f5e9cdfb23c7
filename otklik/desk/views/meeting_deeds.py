"""Deeds of one meeting by their names: each reads the form, calls one service and says what was done."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from otklik.common.errors import Refused
from otklik.desk.forms.meetings import GuestForm, MeetingForm, PreparationForm
from otklik.desk.page import done, needs
from otklik.desk.request import DeskRequest
from otklik.desk.views.meetings import SEES, meeting_of
from otklik.office import services
from otklik.office.models import AgendaItem, Meeting, Participant
from otklik.office.offers import offered
from otklik.reports.models import Report

Run = Callable[[DeskRequest, Meeting, datetime], object]


@require_POST
@needs(*SEES)
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """One deed of the meeting by its name."""
    one = meeting_of(request, key)
    if name not in DEEDS:
        raise Http404
    run, says = DEEDS[name]
    run(request, one, timezone.now())
    back = "desk:protocol" if name in AT_PROTOCOL else "desk:meeting"
    chosen = request.POST.get("item", "") if name in KEEPS_PLACE else ""
    return done(request, says, reverse(back, args=[one.pk]) + (f"?item={chosen}" if chosen else ""))


def item_of(one: Meeting, key: str) -> AgendaItem:
    """A question of this meeting by its key from a form, or 404."""
    found = one.items.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _person(request: DeskRequest, one: Meeting) -> Participant:
    key = request.POST.get("person", "")
    found = one.participants.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _change(request: DeskRequest, one: Meeting, now: datetime) -> None:
    form = MeetingForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Проверьте основание, дату и время заседания.")
    services.change(one, form.told(), request.user, now)


def _members(request: DeskRequest, one: Meeting, now: datetime) -> None:
    chosen = [int(key) for key in request.POST.getlist("members") if key.isdecimal()]
    services.pick_members(one, chosen, request.user, now)


def _guest(request: DeskRequest, one: Meeting, now: datetime) -> None:
    form = GuestForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Назовите должность приглашённого; почта, если есть, — вида name@mail.ru.")
    services.invite_guest(one, form.told(), request.user, now)


def _question(request: DeskRequest, one: Meeting, now: datetime) -> None:
    data = request.POST
    services.add_question(
        one, data.get("title", ""), data.get("why", ""), data.get("speaker", ""), request.user, now
    )


def _offer(request: DeskRequest, one: Meeting, now: datetime) -> None:
    wanted = request.POST.get("source", "")
    rows = (offer for _, group in offered(request.municipality, now) for offer in group)
    found = next((offer for offer in rows if offer.source == wanted), None)
    if found is None:
        raise Refused("Этого предложения уже нет: данные изменились. Обновите страницу.")
    services.take_offer(one, found, request.user)


def _material(request: DeskRequest, one: Meeting, now: datetime) -> None:
    data, upload = request.POST, request.FILES.get("file")
    report, title = data.get("report", ""), data.get("title", "")
    link = ""
    if report.isdecimal() and "reports.view" in request.rights.permissions:
        kept = Report.objects.filter(municipality=request.municipality, pk=int(report)).first()
        link = reverse("desk:report", args=[kept.pk]) if kept else ""
        title = title or str(kept or "")
    item = item_of(one, data["item"]) if data.get("item") else None
    file = (upload.name or "файл", upload.read()) if upload else None
    services.add_material(one, title, request.user, now, item, file, link)


def _drop_material(request: DeskRequest, one: Meeting, now: datetime) -> None:
    key = request.POST.get("material", "")
    found = one.materials.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise Http404
    services.drop_material(found, request.user)


def _prepare(request: DeskRequest, one: Meeting, now: datetime) -> None:
    form = PreparationForm(request.municipality, request.POST)
    if not form.is_valid():
        raise Refused("Напишите, что подготовить, кому и к какому дню.")
    data = form.cleaned_data
    services.prepare(one, data["text"], data["post"], data["due"], request.user, now)


def _attend(request: DeskRequest, one: Meeting, now: datetime) -> None:
    here = {int(key) for key in request.POST.getlist("here") if key.isdecimal()}
    why = {key: request.POST.get(f"why-{key}", "") for key in one.participants.values_list("pk", flat=True)}
    services.attend(one, here, why, request.user)


def _hand(request: DeskRequest, one: Meeting, now: datetime) -> None:
    key = request.POST.get("dispatch", "")
    found = one.dispatches.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise Http404
    services.hand_over(found, request.POST.get("how", ""), request.user, now)


def _sign(request: DeskRequest, one: Meeting, now: datetime) -> None:
    """«Подписать и разослать»: two deeds of one press, in order."""
    services.send(services.sign(one, request.user, now), request.user, now)


def _ground(request: DeskRequest) -> str:
    return request.POST.get("ground", "")


DEEDS: dict[str, tuple[Run, str]] = {
    "change": (_change, "Изменено: согласование и приглашения нужны заново"),
    "members": (_members, "Участники определены"),
    "guest": (_guest, "Приглашённый добавлен"),
    "drop-guest": (lambda r, m, now: services.drop_guest(m, _person(r, m), r.user, now), "Приглашение снято"),
    "agree": (lambda r, m, now: services.agree(m, r.user, now), "Повестка, дата и время согласованы"),
    "invite": (lambda r, m, now: services.invite(m, r.user, now), "Приглашения отправлены"),
    "question": (_question, "Вопрос в повестке"),
    "offer": (_offer, "Вопрос в повестке"),
    "up": (lambda r, m, now: services.move_question(item_of(m, r.POST.get("item", "")), -1, r.user), "Вопрос выше"),
    "down": (lambda r, m, now: services.move_question(item_of(m, r.POST.get("item", "")), 1, r.user), "Вопрос ниже"),
    "speaker": (
        lambda r, m, now: services.name_speaker(
            item_of(m, r.POST.get("item", "")), r.POST.get("speaker", ""), r.user
        ),
        "Докладчик назван",
    ),
    "drop-question": (
        lambda r, m, now: services.drop_question(item_of(m, r.POST.get("item", "")), r.user),
        "Вопрос убран",
    ),
    "material": (_material, "Материал приложен"),
    "drop-material": (_drop_material, "Материал убран"),
    "prepare": (_prepare, "Подготовка поручена"),
    "hold": (lambda r, m, now: services.hold(m, r.user, now), "Отмечено: состоялось"),
    "cancel": (lambda r, m, now: services.cancel(m, r.POST.get("why", ""), r.user, now), "Отменено"),
    "start": (lambda r, m, now: services.start(m, _ground(r), r.user, now), "Заседание начато"),
    "keeper": (lambda r, m, now: services.name_keeper(m, _person(r, m), r.user), "Ведущий протокол назван"),
    "attend": (_attend, "Явка отмечена"),
    "finish": (lambda r, m, now: services.finish(m, r.user, now), "Обсуждение завершено, протокол на подписи"),
    "reopen": (lambda r, m, now: services.reopen(m, r.user), "Протокол снова открыт"),
    "sign": (_sign, "Протокол подписан и разослан, поручения на контроле"),
    "hand": (_hand, "Передача записана"),
}  # fmt: skip
AT_PROTOCOL = frozenset({"start", "keeper", "attend", "finish", "reopen", "sign", "hand"})
KEEPS_PLACE = frozenset({"keeper", "attend", "finish", "reopen"})
