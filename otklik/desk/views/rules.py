"""Автоправила: list, write, try on the last months, switch. A changed rule is a new version."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.accounts.selectors import bodies_of
from otklik.cases.selectors import try_rule
from otklik.desk.forms.rules import RuleForm, words_of_conditions
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.routing.models import Rule
from otklik.routing.selectors import current_rules
from otklik.routing.services import change_rule, make_rule, switch_rule


@require_safe
@needs("routing.edit")
def rule_list(request: DeskRequest) -> HttpResponse:
    """Rules in the order they are tried."""
    rules = [
        {"rule": rule, "words": words_of_conditions(rule.conditions, request.municipality)}
        for rule in current_rules(request.municipality)
    ]
    return page_or_part(request, "rules/list", {"rules": rules})


def find_rule(request: DeskRequest, key: int) -> Rule:
    """A rule of this municipality; 404 otherwise."""
    rule = Rule.objects.filter(municipality=request.municipality, pk=key).select_related("body").first()
    if rule is None:
        raise Http404
    return rule


@require_http_methods(["GET", "HEAD", "POST"])
@needs("routing.edit")
def edit(request: DeskRequest, key: int = 0) -> HttpResponse:
    """A new rule, or the next version of an old one; it is tried before it is switched on."""
    rule = find_rule(request, key) if key else None
    form = RuleForm(
        request.municipality, request.POST or None, initial=RuleForm.values_of(rule) if rule else {}
    )
    if request.method == "POST" and form.is_valid():
        if rule is None:
            saved = make_rule(request.municipality, form.text(), request.user)
        else:
            saved = change_rule(rule, form.text(), request.user, timezone.now())
        return done(
            request,
            f"Автоправило {saved.number} сохранено, версия {saved.version}",
            reverse("desk:rule_trial", args=[saved.pk]),
        )
    context = {"form": form, "rule": rule}
    return page_or_part(request, "rules/edit", context, status=422 if form.is_bound else 200)


@require_safe
@needs("routing.edit")
def trial(request: DeskRequest, key: int) -> HttpResponse:
    """What the rule would have changed over the last three months."""
    rule = find_rule(request, key)
    replay = try_rule(rule, timezone.now(), 3)
    names = {body.pk: body.short_name for body in bodies_of(request.municipality)}
    loads: list[dict[str, Any]] = [
        {
            "name": names.get(body, "другой орган"),
            "was": replay.load_before[body],
            "will": replay.load_after[body],
        }
        for body in sorted({*replay.load_before, *replay.load_after}, key=lambda one: -replay.load_after[one])
        if replay.load_before[body] != replay.load_after[body]
    ]
    words = words_of_conditions(rule.conditions, request.municipality)
    return page_or_part(
        request, "rules/trial", {"rule": rule, "replay": replay, "loads": loads, "words": words}
    )


@require_POST
@needs("routing.edit")
def switch(request: DeskRequest, key: int) -> HttpResponse:
    """On or off."""
    is_on = request.POST.get("on") == "1"
    rule = switch_rule(find_rule(request, key), is_on, request.user)
    said = f"Автоправило {rule.number} {'включено' if is_on else 'выключено'}"
    return done(request, said, reverse("desk:rules"))
