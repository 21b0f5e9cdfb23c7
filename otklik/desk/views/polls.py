"""Опросы: the list, the maker of a poll with its questions, the preview as residents see it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.common.errors import Refused
from otklik.deadlines.selectors import calendar_of
from otklik.desk.forms.polls import PollForm, QuestionForm
from otklik.desk.page import done, may, needs, page_or_part, tried, version_in
from otklik.desk.poll_look import SHOWN, WAITS, listed, opening_of, row_of
from otklik.desk.poll_text import (
    DOWN,
    UP,
    head_of,
    moved,
    text_of,
    with_head,
    with_question,
    without_question,
)
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_POLLS
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.selectors import questions_of, within_of
from otklik.outreach.polls.services import PollText, QuestionText
from otklik.outreach.polls.words import FORMS
from otklik.places.models import Settlement
from otklik.problems.asking.drafting import RULES, place_of
from otklik.problems.models import Problem

RUNS = "outreach.polls"
MOST = 60
ABOUT_PROBLEM = "problem:"


@require_safe
@needs(*SEES_POLLS)
def polls(request: DeskRequest) -> HttpResponse:
    """Polls with what waits for a person in the first line."""
    now, town = timezone.now(), request.municipality
    calendar = calendar_of(town)
    show, form = request.GET.get("show", ""), request.GET.get("form", "")
    show, form = show if show in SHOWN else "", form if form in FORMS else ""
    # A link to one form (from a clause) shows the whole of it.
    show = "all" if form and "show" not in request.GET else show
    wait = request.GET.get("wait", "") if request.GET.get("wait", "") in WAITS else ""
    asked = within_of(town)
    rows = [row_of(one, now, calendar, asked) for one in listed(town, show, form, wait)[: MOST + 1]]
    context: dict[str, Any] = {
        "rows": rows[:MOST],
        "has_more": len(rows) > MOST,
        "opening": opening_of(town),
        "views": [(title, f"?show={key}&form={form}", key == show) for key, title in SHOWN.items()],
        "forms": [("все формы", f"?show={show}", not form)]
        + [(title, f"?show={show}&form={key}", key == form) for key, title in FORMS.items()],
        "show": show,
        "wait": WAITS[wait][0] if wait else "",
        "may_run": may(request, RUNS),
    }
    return page_or_part(request, "polls/list", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RUNS)
def new(request: DeskRequest) -> HttpResponse:
    """The head of a new poll; `?problem=` tells what it grows from."""
    town = request.municipality
    problem = _problem(request)
    begun = {
        "rules": RULES,
        "territory": town.name,
        "place": place_of(town),
        **(_begun_from(problem) if problem else {}),
    }
    form = PollForm(town, request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        about = f"{ABOUT_PROBLEM}{problem.pk}" if problem else ""
        empty = PollText(form.cleaned_data["form"], form.cleaned_data["title"], about=about)
        made = services.draft(
            town, with_head(empty, form.cleaned_data, _places(request)), request.user, timezone.now()
        )
        return done(request, "Черновик начат: добавьте вопросы", address(made))
    context = {"form": form, "poll": None, "problem": problem}
    return page_or_part(request, "polls/edit", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RUNS)
def edit(request: DeskRequest, key: int) -> HttpResponse:
    """The head of a draft; its questions stay. An older sight of it does not overwrite a newer one."""
    found = find(request, key)
    form = PollForm(request.municipality, request.POST or None, initial=head_of(found))
    if request.method == "POST" and form.is_valid():
        text = with_head(text_of(found), form.cleaned_data, _places(request))
        if tried(form, lambda: services.rewrite(found, text, version_in(request), request.user)):
            return done(request, "Записано", address(found))
    return page_or_part(
        request, "polls/edit", {"form": form, "poll": found}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RUNS)
def question(request: DeskRequest, key: int, place: int) -> HttpResponse:
    """A question of the draft; the place after the last one makes a new question."""
    found = find(request, key)
    questions = questions_of(found)
    if request.method == "POST":
        # Another may have added or taken out questions meanwhile: a new one still stands last, and no text is lost.
        place = len(questions) if "new" in request.POST else min(place, len(questions))
    elif found.state != "draft" or place > len(questions):
        raise Http404
    stands = questions[place] if place < len(questions) else None
    opened = QuestionForm.of(stands) if stands else None
    form = QuestionForm(request.municipality, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        text = with_question(text_of(found), place, _said(form))
        if tried(form, lambda: services.rewrite(found, text, version_in(request), request.user)):
            return done(
                request, f"Вопрос {place + 1} записан", address(found, f"?at={place}#question-{place}")
            )
    context = {"form": form, "poll": found, "place": place, "stands": stands}
    return page_or_part(request, "polls/question", context, status=422 if form.is_bound else 200)


@require_POST
@needs(RUNS)
def question_deed(request: DeskRequest, key: int, place: int, name: str) -> HttpResponse:
    """Move a question by its buttons or take it out; the focus follows it."""
    found = find(request, key)
    if found.version != version_in(request):
        # The place may hold another question now.
        raise Refused("Черновик изменил кто-то другой: обновите страницу и повторите.")
    text = text_of(found)
    match name:
        case "up" | "down":
            text, at = moved(text, place, UP if name == "up" else DOWN)
            told, way = f"Вопрос теперь {at + 1}-й", f"?at={at}&way={name}#question-{at}"
        case "drop":
            text = without_question(text, place)
            told, way = "Вопрос убран", "#questions"
        case _:
            raise Http404
    services.rewrite(found, text, found.version, request.user)
    return done(request, told, address(found, way))


@require_safe
@needs(*SEES_POLLS)
def preview(request: DeskRequest, key: int) -> HttpResponse:
    """The poll as a resident will see it; nothing can be sent from here."""
    found = find(request, key)
    context = {
        "poll": found,
        "questions": questions_of(found),
        "strata": list(found.strata.all()),
    }
    return page_or_part(request, "polls/preview", context)


def find(request: DeskRequest, key: int, rows: QuerySet[Poll] | None = None) -> Poll:
    """The poll of the address in the person's municipality. Raises Http404."""
    known = Poll.objects.all() if rows is None else rows
    return get_object_or_404(
        known.select_related("municipality", "author", "body", "decision"),
        pk=key,
        municipality=request.municipality,
    )


def address(poll: Poll, way: str = "") -> str:
    return reverse("desk:poll", args=[poll.pk]) + way


def _said(form: QuestionForm) -> QuestionText:
    data = form.cleaned_data
    low, high = data["low"], data["high"]
    return QuestionText(
        data["text"],
        data["kind"],
        form.lines if data["kind"] in ("single", "multiple") else (),
        data["help"],
        data["is_required"],
        data["most"] if data["kind"] == "multiple" else None,
        1 if low is None else low,
        5 if high is None else high,
        data["low_words"],
        data["high_words"],
    )


def _places(request: DeskRequest) -> list[Settlement]:
    return list(Settlement.objects.filter(municipality=request.municipality).order_by("name"))


def _problem(request: DeskRequest) -> Problem | None:
    """The problem the poll grows from, by the key in the address."""
    asked = request.GET.get("problem", "")
    rows = Problem.objects.filter(municipality=request.municipality).select_related("topic", "settlement")
    return rows.filter(pk=int(asked)).first() if asked.isdecimal() else None


def _begun_from(problem: Problem) -> dict[str, Any]:
    return {
        "title": problem.title,
        "why": problem.gist or "По ответам решим, с чего начать и что внести в план работ.",
        "topic_key": problem.topic.key if problem.topic else "",
        "body": problem.body_id,
        **({"territory": str(problem.settlement)} if problem.settlement else {}),
    }
