"""The card of a campaign: plan, steps with their posts, approval, parts people took, the effect."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.common.errors import Refused
from otklik.common.today import today_in
from otklik.desk.campaign_look import avoided_words, curve_of
from otklik.desk.forms.campaigns import CampaignForm, SendForm, StepForm
from otklik.desk.page import done, may, needs, page_or_part, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CAMPAIGNS, SEES_CONTENT
from otklik.desk.sent_files import hand_out, sent_files
from otklik.desk.views.campaigns import address
from otklik.outreach.content.models import Post
from otklik.places.models import Settlement
from otklik.risks.campaigns import services
from otklik.risks.campaigns.flows import picture_of
from otklik.risks.campaigns.models import Campaign, CampaignStep
from otklik.risks.campaigns.rules import blanks_in
from otklik.risks.campaigns.selectors import APPROVES, campaign_whole, lacks, posts_of
from otklik.risks.campaigns.words import AT_WORK, LIVE, STAGES, VERDICTS
from otklik.risks.selectors import WORKS
from otklik.topics.models import Topic

MOST_PARTS = 30


@require_safe
@needs()
def campaign(request: DeskRequest, key: int) -> HttpResponse:
    """Everything about one campaign."""
    found, town = find(request, key), request.municipality
    steps, works = list(found.steps.all()), may(request, WORKS)
    picture = picture_of(found, today_in(town))
    posts = posts_of(found)
    own = [one for one in found.visas.all() if not one.decision and one.post_id in request.rights.post_ids]
    context: dict[str, Any] = {
        "campaign": found,
        "steps": [_drawn(request, found, one, posts) for one in steps],
        "lacks": lacks(found, steps) if found.state == "draft" else [],
        "topics": list(Topic.objects.filter(key__in=found.topics).values_list("title", flat=True)),
        "settlements": list(Settlement.objects.filter(pk__in=found.settlements)) if found.settlements else [],
        "picture": picture,
        "verdict": VERDICTS[picture.saved.verdict],
        "curve": curve_of(picture),
        "avoided": [(one, avoided_words(one)) for one in list(found.effects.all())[:8]],
        "parts": list(found.participations.all())[-MOST_PARTS:],
        "stages": STAGES,
        "is_draft": found.state == "draft",
        "may_plan": works and found.state in AT_WORK,
        "is_live": found.state in LIVE,
        "may_work": works,
        "may_approve": may(request, APPROVES) and found.made_by_id != request.user.pk,
        "is_my_visa": bool(own),
        "waits_visas": any(not one.decision for one in found.visas.all()),
        "send_form": SendForm(town, auto_id="send-%s") if works and found.state == "draft" else None,
        "sees_content": may(request, *SEES_CONTENT),
    }
    return page_or_part(request, "campaigns/card", context)


def _drawn(request: DeskRequest, found: Campaign, step: CampaignStep, posts: list[Post]) -> dict[str, Any]:
    """A step with its posts in the content plan, the blanks of its text and what the person may do with it."""
    works, waits, whose = may(request, WORKS), step.state == "planned", step.post_id or found.post_id
    return {
        "one": step,
        "posts": [one for one in posts if step.material_id and one.material_id == step.material_id],
        "blanks": blanks_in(step.text) if waits else [],
        "may_drop": works and found.state in AT_WORK and step.state in ("planned", "placed"),
        "may_report": waits and found.state == "running" and (works or whose in request.rights.post_ids),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WORKS)
def edit(request: DeskRequest, key: int) -> HttpResponse:
    """The head of a draft; an older sight of it does not overwrite a newer one."""
    found = find(request, key)
    form = CampaignForm(request.municipality, request.POST or None, initial=CampaignForm.of_campaign(found))
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form,
            lambda: services.change(found, form.told(), version_in(request), request.user, timezone.now()),
        )
    ):
        return done(request, "Записано", address(found))
    context = {"form": form, "campaign": found}
    return page_or_part(request, "campaigns/edit", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WORKS)
def step(request: DeskRequest, key: int) -> HttpResponse:
    """A new step of a campaign, or a planned step to be changed."""
    is_new = request.resolver_match is not None and request.resolver_match.url_name == "campaign_step_new"
    kept = None if is_new else find_step(request, key)
    found = find(request, key) if kept is None else kept.campaign
    opened = StepForm.of_step(kept) if kept else {"day": found.since, "audience": found.audience[:200]}
    form = StepForm(request.municipality, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        if kept is None:
            services.add_step(found, form.told(), request.user, timezone.now())
        else:
            services.change_step(kept, form.told(), request.user, timezone.now())
        return done(request, "Шаг записан", address(found, "#steps"))
    context = {"form": form, "campaign": found, "step": kept}
    return page_or_part(request, "campaigns/step", context, status=422 if form.is_bound else 200)


@require_POST
@needs()
def step_deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """«Сделано» with what came of it, «Снять» with the reason."""
    kept, by, now = find_step(request, key), request.user, timezone.now()
    match name:
        case "done":
            file = next(iter(sent_files(request)), None)
            said = request.POST.get("result", "")
            services.report_step(kept, said, request.POST.get("link", ""), by, now, file)
            told = "Шаг отмечен"
        case "drop":
            services.drop_step(kept, request.POST.get("why", ""), by, now)
            told = "Шаг снят"
        case _:
            raise Http404
    return done(request, told, address(kept.campaign, "#steps"))


@require_safe
@needs()
def step_file(request: DeskRequest, key: int) -> HttpResponseBase:
    """The file that shows a step, through the campaign's own door."""
    kept = find_step(request, key)
    if kept.file is None:
        raise Http404
    return hand_out(kept.file)


@require_POST
@needs()
def deed(request: DeskRequest, key: int, name: str) -> HttpResponse:
    """A deed on the whole campaign."""
    found, by, now = find(request, key), request.user, timezone.now()
    said = request.POST.get("why", "")
    match name:
        case "send":
            form = SendForm(request.municipality, request.POST)
            if not form.is_valid():
                raise Refused("Выберите согласующих из списка.")
            services.send(found, list(form.cleaned_data["posts"]), by, now)
            told = "Отправлено на согласование"
        case "agree" | "refuse":
            services.decide(found, name == "agree", said, by, now)
            told = "Согласовано" if name == "agree" else "Возвращено с замечанием"
        case "return":
            services.send_back(found, said, by, now)
            told = "Возвращено с замечанием"
        case "approve":
            services.approve(found, by, now)
            told = "Кампания утверждена, записи встали в контент-план"
        case "part":
            services.note_part(found, request.POST.get("stage", ""), said, by, now)
            told = "Участие записано"
        case "finish":
            services.finish(found, said, by, now)
            told = "Кампания завершена"
        case "cancel":
            services.cancel(found, said, by, now)
            told = "Кампания отменена"
        case "count":
            if not may(request, WORKS):
                raise Refused("Эффект пересчитывает тот, кто ведёт кампании.")
            if services.count_effect(found, now) is None:
                raise Refused("Считать рано: ни одна неделя счёта ещё не прошла.")
            told = "Эффект записан"
        case _:
            raise Http404
    return done(request, f"№ {found.number}: {told}", address(found))


def find(request: DeskRequest, key: int) -> Campaign:
    """The campaign of the address if the person may see it: by right, or as a post named in it. Raises Http404."""
    found = get_object_or_404(campaign_whole(request.municipality, key))
    if may(request, *SEES_CAMPAIGNS):
        return found
    named = {
        found.post_id,
        *(one.post_id for one in found.steps.all()),
        *(one.post_id for one in found.visas.all()),
    }
    if named & request.rights.post_ids:
        return found
    raise Http404


def find_step(request: DeskRequest, key: int) -> CampaignStep:
    """A step of a campaign the person may see. Raises Http404."""
    rows = CampaignStep.objects.select_related("municipality", "file", "material")
    kept = get_object_or_404(rows, pk=key, municipality=request.municipality)
    kept.campaign = find(request, kept.campaign_id)
    return kept
