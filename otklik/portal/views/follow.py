"""Following by number and code: state of each question, the signed answer, photos, rating, reply, joining."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from otklik.cases.models import Case, CaseFile
from otklik.cases.services import take_reply
from otklik.channels.files import path_of, thumbnail_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.portal import flood, selectors
from otklik.portal.codes import plain
from otklik.portal.services import join_by_wish
from otklik.portal.towns import in_town
from otklik.satisfaction.rules import REASONS
from otklik.satisfaction.services import open_invitation, take_score

NOT_FOUND = "По этому номеру и коду ничего нет. Проверьте оба: код из двенадцати знаков дан при отправке."


def _address(town: Municipality, name: str, code: str, *args: object) -> str:
    return f"{reverse(f'portal:{name}', args=[town.key, *args])}?{urlencode({'s': code})}"


@require_http_methods(["GET", "HEAD", "POST"])
@in_town
def find(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Ask for number and code; the code alone is enough, the number is what people remember."""
    if request.method != "POST":
        return render(request, "portal/find.html", {"town": town, "tab": "find"})
    number, code = request.POST.get("number", "").strip(), request.POST.get("code", "")
    try:
        flood.check(request, flood.GUESS)
    except Refused as refusal:
        return _not_found(request, town, str(refusal), 429)
    case = selectors.case_by_code(town, code, number)
    if case:
        return redirect(_address(town, "case", plain(code), case.number))
    if not number and selectors.waits_by_code(town, code):
        return redirect(_address(town, "wait", plain(code)))
    return _not_found(request, town, NOT_FOUND, 404)


def _not_found(request: HttpRequest, town: Municipality, words: str, status: int) -> HttpResponse:
    context = {"town": town, "tab": "find", "error": words, "number": request.POST.get("number", "")}
    return render(request, "portal/find.html", context, status=status)


@require_safe
@in_town
def wait(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Right after sending: the code at once, the number as soon as the worker has given it."""
    code = request.GET.get("s", "")
    case = selectors.case_by_code(town, code)
    if case:
        return redirect(f"{_address(town, 'case', code, case.number)}&new=1")
    if selectors.waits_by_code(town, code) is None:
        raise Http404
    return render(request, "portal/wait.html", {"town": town, "tab": "find", "code": code})


@require_http_methods(["GET", "HEAD", "POST"])
@in_town
def case(request: HttpRequest, town: Municipality, number: str) -> HttpResponse:
    """The case's own page; a POST is the citizen's reply, score or wish to join."""
    code = request.GET.get("s", "")
    found = _found(request, town, number, code)
    if request.method != "POST":
        return _page(request, found, code)
    try:
        DEEDS.get(request.POST.get("deed", ""), _nothing)(request, found)
    except Refused as refusal:
        return _page(request, found, code, str(refusal), 422)
    return redirect(_address(town, "case", code, number))


def _found(request: HttpRequest, town: Municipality, number: str, code: str) -> Case:
    """The case behind the secret; a wrong one counts as a guess and looks like nothing there."""
    found = selectors.case_by_code(town, code, number)
    if found:
        return found
    try:
        flood.check(request, flood.GUESS)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    raise Http404


def _page(request: HttpRequest, found: Case, code: str, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "town": found.municipality,
        "tab": "find",
        "code": code,
        "is_new": request.GET.get("new") == "1",
        "followed": selectors.follow(found, timezone.now()),
        "reasons": REASONS,
        "link": request.build_absolute_uri(_address(found.municipality, "case", code, found.number)),
        "error": error,
        "typed": request.POST,
    }
    return render(request, "portal/case.html", context, status=status)


def _reply(request: HttpRequest, found: Case) -> None:
    take_reply(found, request.POST.get("text", "")[:5000], timezone.now())


def _rate(request: HttpRequest, found: Case) -> None:
    if not selectors.follow(found, timezone.now()).may_rate:
        raise Refused("Оценка этого ответа уже принята. Изменить её нельзя.")
    score = request.POST.get("score", "")
    if score not in ("1", "2", "3", "4", "5"):
        raise Refused("Выберите оценку от 1 до 5.")
    words = request.POST.get("words", "")
    take_score(open_invitation(found), int(score), request.POST.getlist("reasons"), words, timezone.now())


def _join(request: HttpRequest, found: Case) -> None:
    like = selectors.follow(found, timezone.now()).like
    if like is None:
        raise Refused("Присоединиться уже нельзя: по похожему сообщению готовят ответ.")
    join_by_wish(found, like, timezone.now())


def _nothing(request: HttpRequest, found: Case) -> None:
    raise Refused("Кнопка не сработала. Обновите страницу и нажмите её снова.")


DEEDS: dict[str, Callable[[HttpRequest, Case], None]] = {"reply": _reply, "rate": _rate, "join": _join}


@require_safe
@in_town
def photo(request: HttpRequest, town: Municipality, number: str, file_id: int) -> HttpResponseBase:
    """A picture of the case, small unless asked whole; only behind the same secret."""
    found = _found(request, town, number, request.GET.get("s", ""))
    kept = (
        CaseFile.objects.filter(case=found, pk=file_id, purpose__in=["message", "proof"])
        .select_related("file")
        .first()
    )
    path = kept and (path_of(kept.file) if request.GET.get("whole") else thumbnail_of(kept.file))
    if not kept or not path or not path.is_file() or not kept.file.content_type.startswith("image/"):
        raise Http404
    return FileResponse(path.open("rb"), content_type=kept.file.content_type)
