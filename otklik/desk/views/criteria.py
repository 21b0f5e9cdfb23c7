"""Критерии анализа: list, write with a trial on past weeks, switch."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.analytics.criteria.models import Criterion
from otklik.analytics.criteria.reading import formula_of
from otklik.analytics.criteria.selectors import criteria_of, roles_to_tell, try_criterion
from otklik.analytics.criteria.services import change_criterion, make_criterion, switch_criterion
from otklik.analytics.criteria.words import CUTS
from otklik.desk.forms.criteria import CriterionForm
from otklik.desk.page import done, needs, page_or_part
from otklik.desk.request import DeskRequest


@require_safe
@needs("analytics.criteria")
def criteria(request: DeskRequest) -> HttpResponse:
    """Criteria with their rules in words and whom they tell."""
    titles = dict(roles_to_tell(request.municipality))
    rows = [
        {
            "one": one,
            "words": formula_of(one),
            "cut": CUTS[one.cut],
            "roles": ", ".join(titles.get(key, key) for key in one.roles),
        }
        for one in criteria_of(request.municipality)
    ]
    return page_or_part(request, "findings/criteria", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("analytics.criteria")
def edit(request: DeskRequest, key: int = 0) -> HttpResponse:
    """A new criterion or a change of one; saved, it is tried on past weeks."""
    criterion = _find(request, key) if key else None
    opened = CriterionForm.values_of(criterion) if criterion else CriterionForm.STARTS
    form = CriterionForm(request.municipality, request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        if criterion is None:
            saved = make_criterion(request.municipality, form.text(), request.user)
        else:
            saved = change_criterion(criterion, form.text(), request.user)
        return done(request, "Критерий сохранён", reverse("desk:criterion_trial", args=[saved.pk]))
    context = {"form": form, "criterion": criterion}
    return page_or_part(request, "findings/edit", context, status=422 if form.is_bound else 200)


@require_safe
@needs("analytics.criteria")
def trial(request: DeskRequest, key: int) -> HttpResponse:
    """How many times it would have told over the last half-year, with the last findings in words."""
    criterion = _find(request, key)
    tried = try_criterion(criterion, request.municipality, timezone.localdate())
    context = {
        "criterion": criterion,
        "words": formula_of(criterion),
        "trial": tried,
        "last": list(reversed(tried.found))[:12],
    }
    return page_or_part(request, "findings/trial", context)


@require_POST
@needs("analytics.criteria")
def switch(request: DeskRequest, key: int) -> HttpResponse:
    """On or off."""
    is_on = request.POST.get("on") == "1"
    switch_criterion(_find(request, key), is_on, request.user)
    return done(request, f"Критерий {'включён' if is_on else 'выключен'}", reverse("desk:criteria"))


def _find(request: DeskRequest, key: int) -> Criterion:
    found = criteria_of(request.municipality).filter(pk=key).first()
    if found is None:
        raise Http404
    return found
