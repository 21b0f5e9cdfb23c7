"""Шаблоны ответов: what people begin an answer with; on the card the nearest to its topic come first."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.cases.models import AnswerTemplate
from otklik.cases.selectors.templates import offered_to, templates_of
from otklik.cases.services.templates import close_template, set_template
from otklik.cases.states import ANSWER_KINDS
from otklik.desk.forms.templates import TemplateForm
from otklik.desk.page import done, may, needs, page_or_part, part
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_TEMPLATES, WRITES_TEMPLATES
from otklik.desk.views.card import find
from otklik.topics.groups import GROUP_TITLES

LISTS = (("near", "К этой теме"), ("any", "К любой теме"), ("others", "К другим темам"))


@require_safe
@needs(*SEES_TEMPLATES)
def templates(request: DeskRequest) -> HttpResponse:
    """Everything that is offered, by topics."""
    kinds = dict(ANSWER_KINDS)
    rows = [
        {"template": one, "about": _about(one), "kind": kinds[one.kind]}
        for one in templates_of(request.municipality)
    ]
    rows.sort(key=lambda row: (str(row["about"]), str(row["template"])))
    context = {"rows": rows, "may_write": may(request, *WRITES_TEMPLATES)}
    return page_or_part(request, "templates/list", context)


def _about(template: AnswerTemplate) -> str:
    if template.topic:
        return template.topic.title
    return GROUP_TITLES.get(template.group, "любая тема")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WRITES_TEMPLATES)
def edit(request: DeskRequest, key: int = 0) -> HttpResponse:
    """Write a template down, or change one."""
    template = _find(request, key) if key else None
    initial = TemplateForm.values_of(template) if template else {}
    form = TemplateForm(request.municipality, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = set_template(request.municipality, form.words(), request.user, template)
        return done(request, f"Шаблон «{kept.title}» записан", reverse("desk:templates"))
    context = {"form": form, "template": template}
    return page_or_part(request, "templates/edit", context, status=422 if form.is_bound else 200)


@require_POST
@needs(*WRITES_TEMPLATES)
def close(request: DeskRequest, key: int) -> HttpResponse:
    """Offer it no more."""
    template = _find(request, key)
    close_template(template, request.user, timezone.now())
    return done(request, f"Шаблон «{template.title}» больше не предлагается", reverse("desk:templates"))


def _find(request: DeskRequest, key: int) -> AnswerTemplate:
    found = templates_of(request.municipality).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_safe
@needs("cases.work")
def on_card(request: DeskRequest, number: str) -> HttpResponse:
    """Templates for this case with its number, day, topic and place filled in; asked when the list is opened."""
    lists = offered_to(find(request, number))
    context = {
        "lists": [(title, lists[key]) for key, title in LISTS if lists[key]],
        "may_write": may(request, *WRITES_TEMPLATES),
    }
    return part(request, "card/_templates", context)
